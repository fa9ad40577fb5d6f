import { expect } from "bun:test";
import { codeOf } from "../../sandbox/host/code.ts";
import type { Dialect, Row, Value } from "../../src/core/ddl/dialect.ts";
import { columnImage } from "../../src/core/ddl/image.ts";
import { diffLive } from "../../src/core/ddl/live.ts";
import { marked, quoteQualified } from "../../src/core/ddl/qualified.ts";
import { schemaOn } from "../../src/core/ddl/schema-on.ts";
import { diff } from "../../src/core/diff/index.ts";
import { type Operation, parseOperation } from "../../src/core/operations/index.ts";
import type { Migration, MigrationCode } from "../../src/core/plan/migration.ts";
import { replay } from "../../src/core/plan/state.ts";
import { planDown, planUp } from "../../src/core/plan/steps.ts";
import { isInTree } from "../../src/core/schema/heritage.ts";
import { emptySchema, type Schema, type Table } from "../../src/core/schema/model.ts";
import { namespaceNames } from "../../src/core/schema/namespaces.ts";
import { getTable } from "../../src/core/schema/resolve.ts";
import { type Database, introspect } from "../../src/runtime/database.ts";
import { runPlan } from "../../src/runtime/runner.ts";

/** A migration as evaluation would give it. */
export const migrationOf = (
  name: string,
  operations: readonly object[],
  before: readonly string[] = [],
  code?: MigrationCode,
): Migration => ({
  name,
  dependencies: before,
  operations: operations.map(parseOperation),
  replaces: [],
  transaction: true,
  checksum: name,
  file: `${name}.ts`,
  ...(code && { code }),
});

/** The operations that make a schema out of nothing. */
export const makeSchema = (schema: Schema): readonly Operation[] => diff(emptySchema, schema).operations;

/** Migrations applied one after the other to a real database, and taken back. */
export function storyOf(database: Database) {
  const { dialect } = database;
  const applied: Migration[] = [];
  return {
    state: (): Schema => replay(applied),
    /** `source`: the file whose functions the operations name. */
    async up(name: string, operations: readonly object[], source?: string): Promise<void> {
      const code = source === undefined ? undefined : await codeOf(source);
      const before = applied.slice(-1).map((m) => m.name);
      const named = code ? operations.map((operation) => ofCode(operation, code.hash)) : operations;
      const migration = migrationOf(name, named, before, code);
      await runPlan(database, planUp({ pending: [migration], before: replay(applied), dialect }));
      applied.push(migration);
    },
    async down(): Promise<void> {
      const last = applied.at(-1);
      if (!last) throw new Error("nothing is applied");
      await runPlan(database, planDown({ rollback: [last], applied, dialect }));
      applied.pop();
    },
    /** The database has what the migrations say, no more and no less. */
    async agrees(schema: Schema = replay(applied)): Promise<void> {
      const live = await introspect(database, namespaceNames(schema));
      expect(diffLive(schema, live, dialect)).toEqual([]);
      expect(live.unsupported).toEqual([]);
    },
  };
}

/** The operation with its functions where the code is. */
const ofCode = (operation: object, code: string): object =>
  Object.fromEntries(
    Object.entries(operation).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === "object" && value !== null && "code" in value ? { ...value, code } : value,
    ]),
  );

/** Inserts rows with literals of the dialect, as nothing else of what is tested would. */
export async function plant(
  { driver, dialect }: Database,
  schema: Schema,
  rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>,
): Promise<void> {
  for (const [name, list] of Object.entries(rows)) {
    const table = getTable(schema, name);
    for (const row of list) {
      const columns = Object.keys(row);
      const values = columns.map((column) =>
        dialect.literal(row[column] as Value, typeOfColumn(schema, table, column)),
      );
      const names = columns.map((column) => dialect.quote(column)).join(", ");
      await driver.execute(
        `INSERT INTO ${quotedTable(dialect, schema, name)} (${names}) VALUES (${values.join(", ")})`,
      );
    }
    function typeOfColumn(all: Schema, owner: Table, column: string): string {
      const field = owner.fields.find((f) => f.name === column);
      if (!field) throw new Error(`no field ${column}`);
      return columnImage(all, owner, field, dialect).type;
    }
  }
}

/** All rows of all tables of the schema, each where it is kept, in an order of their own. */
export async function contents(
  { driver, dialect }: Database,
  whole: Schema,
): Promise<Readonly<Record<string, readonly Row[]>>> {
  const schema = schemaOn(whole, dialect);
  const result: Record<string, readonly Row[]> = {};
  for (const { name, fields } of schema.tables) {
    const columns = fields.map((f) => dialect.quote(f.name)).join(", ");
    const only = schema.tables.some(isInTree) ? "ONLY " : "";
    const rows = await driver.query(`SELECT ${columns} FROM ${only}${quotedTable(dialect, schema, name)}`);
    result[name] = rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  }
  return result;
}

/** The name of a table as SQL has it, with its namespace. */
export const quotedTable = (dialect: Dialect, schema: Schema, name: string): string =>
  quoteQualified(dialect.quote)(dialect.capabilities.namespaces ? marked(name, namespaceNames(schema)) : name);

const text = (row: Row): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
