import type { Value } from "../../src/core/ddl/dialect.ts";
import { columnImage } from "../../src/core/ddl/image.ts";
import { isInTree } from "../../src/core/schema/heritage.ts";
import type { Field, Schema, Table } from "../../src/core/schema/model.ts";
import { resolveType } from "../../src/core/schema/resolve.ts";
import { integerBase } from "../../src/core/schema/types.ts";
import type { Database } from "../../src/runtime/database.ts";
import { quotedTable } from "../conformance/story.ts";
import type { Traits } from "./outline.ts";

/** SQL of what a field has in a row: of the same type the same, so that foreign keys point somewhere and checks hold. */
export function literalOf(schema: Schema, field: Field, row: number, { dialect }: Traits): string {
  const named = resolveType(schema, field).type;
  const type = integerBase(schema.domains?.find(({ name }) => name === named)?.type ?? named);
  if (schema.enums?.some(({ name }) => name === type)) return "'1'";
  const n = row + 1;
  const known: Readonly<Record<string, string>> = {
    boolean: dialect === "sqlite" ? "1" : "true",
    timestamp: `'2026-01-0${n} 10:00:00'`,
    timestamptz: `'2026-01-0${n} 10:00:00'`,
    DATETIME: `'2026-01-0${n} 10:00:00'`,
    date: `'2026-01-0${n}'`,
    time: `'10:00:0${n}'`,
    uuid: `'00000000-0000-4000-8000-00000000000${n}'`,
    json: `'{"n":${n}}'`,
    jsonb: `'{"n":${n}}'`,
    bytes: dialect === "postgresql" ? `'\\x0${n}'` : `X'0${n}'`,
    inet: `'10.0.0.${n}'`,
    interval: `'${n} days'`,
    int4range: `'[${n},5)'`,
    "text[]": dialect === "postgresql" ? `'{${n}}'` : `'["${n}"]'`,
    "integer[]": `'{${n}}'`,
    "bit varying(8)": `B'0${n % 2}'`,
    untyped: `X'0${n}ff'`,
    ANY: `X'0${n}ff'`,
  };
  return known[type] ?? (numbers.has(type) ? String(n) : `'${n}'`);
}

const numbers = new Set(["integer", "bigint", "smallint", "decimal", "float", "double"]);

/** Gives each table so many rows; `void` where nullable fields of the second one are NULL. */
export async function plantRows(database: Database, schema: Schema, rows: number, traits: Traits): Promise<void> {
  const { driver, dialect } = database;
  for (let row = 0; row < rows; row++) {
    for (const table of schema.tables) {
      // What a partition has, its table was given.
      if (table.partitionOf) continue;
      const fields = table.fields.filter((field) => !field.generated);
      const names = fields.map((field) => dialect.quote(field.name)).join(", ");
      const values = fields.map((field, i) =>
        row === 1 && i % 2 === 1 && mayBeNull(schema, table, field) ? "NULL" : literalOf(schema, field, row, traits),
      );
      const overriding = fields.some(({ identity }) => identity?.always) ? "OVERRIDING SYSTEM VALUE " : "";
      await driver.execute(
        `INSERT INTO ${quotedTable(dialect, schema, table.name)} (${names}) ${overriding}VALUES (${values.join(", ")})`,
      );
    }
  }
}

/** NULL is in no foreign key that must be whole or nothing. */
const mayBeNull = (schema: Schema, table: Table, field: Field): boolean =>
  field.nullable &&
  !schema.domains?.some(({ name, notNull }) => name === field.type && notNull) &&
  !table.primaryKey?.includes(field.name) &&
  !table.foreignKeys.some((key) => key.fields.includes(field.name));

/** What a column is and has. */
export interface Contents {
  readonly type: string;
  readonly values: readonly Value[];
}

/** Of each field, by table and name, in the order of the rows. */
export async function contentsOf(database: Database, schema: Schema): Promise<ReadonlyMap<string, Contents>> {
  const { driver, dialect } = database;
  const found = new Map<string, Contents>();
  for (const table of schema.tables) {
    const columns = table.fields.map((field) => columnImage(schema, table, field, dialect));
    const asText = { sqlite: "BLOB", mariadb: "CHAR", mysql: "CHAR" }[dialect.name] ?? "TEXT";
    const text = columns.map(({ name }, i) => `CAST(${dialect.quote(name)} AS ${asText}) AS c${i}`);
    const only = table.partitionBy || !schema.tables.some(isInTree) ? "" : "ONLY ";
    const rows = await driver.query(
      `SELECT ${text.join(", ")} FROM ${only}${quotedTable(dialect, schema, table.name)}`,
    );
    columns.forEach(({ name, type }, i) => {
      found.set(JSON.stringify([table.name, name]), {
        type,
        values: rows.map((row) => shown(row[`c${i}`] as Value)).toSorted(),
      });
    });
  }
  return found;
}

const shown = (value: Value | undefined): string =>
  value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : String(value);
