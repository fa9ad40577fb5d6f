import { type Command, execute } from "../../core/ddl/dialect.ts";
import { quoteQualified } from "../../core/ddl/qualified.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import type { Column, StatementOf } from "../../core/ddl/statement.ts";
import { columnDefinition, numbered } from "./columns.ts";
import { canonicalColumnOptions } from "./options.ts";
import { quote as plain } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { canonicalType } from "./types.ts";

const quote = quoteQualified(plain);

/**
 * A type changes within its class only, where nothing has to be stored in another way; else another column takes the place of this one:
 * https://docs.vertica.com/24.1.x/en/admin/working-with-native-tables/managing-table-columns/changing-scalar-column-data-type/supported-data-type-conversions/
 */
export const changesInPlace = (before: Column, after: Column): boolean =>
  numbering(before) === numbering(after) && converts(canonicalType(before.type), canonicalType(after.type));

const numbering = (column: Column): string =>
  numbered(column) ? JSON.stringify([column.identity ?? null, column.sequence ?? null]) : "";

function converts(from: string, to: string): boolean {
  if (from === to) return true;
  const [[a, n, s], [b, m, t]] = [partsOf(from), partsOf(to)];
  if (characters.test(a)) return characters.test(b);
  if (binaries.test(a)) return a === b;
  return a === "numeric" && b === "numeric" && s === t && sizeOf(n) === sizeOf(m);
}

const characters = /^(?:char|varchar|long varchar)$/;
const binaries = /^(?:binary|varbinary|long varbinary)$/;

/** Numbers of 18 digits take eight bytes, of 37 sixteen, and so on. */
const sizeOf = (precision: number): number => (precision <= 18 ? 0 : Math.floor(precision / 19));

const partsOf = (type: string): readonly [string, number, number] => {
  const [, base = type, first = "0", second = "0"] = /^([^(]+)\((\d+)(?:,(\d+))?\)$/.exec(type) ?? [];
  return [base, Number(first), Number(second)];
};

/** SET DATA TYPE must stand by itself (https://docs.vertica.com/24.1.x/en/sql-reference/statements/alter-statements/alter-table/), so each change does. */
export function alterColumn({ table, before, after, using }: StatementOf<"alterColumn">): readonly Command[] {
  const no = (why: string) =>
    cannot(`change the column "${after.name}" of table "${table}"`, why, { table, column: after.name });
  if (!changesInPlace(before, after))
    throw no("its type is of another class, and whether a column numbers itself is settled with the table");
  const [old, next] = [before, after].map(({ options = {} }) => canonicalColumnOptions(options, table)["encoding"]);
  if (old !== next)
    throw no("an encoding belongs to projections once a table is there; make another projection with runSQL");
  const at = `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(after.name)}`;
  const isRetyped = canonicalType(before.type) !== canonicalType(after.type);
  const newDefault = before.default !== after.default;
  const set = `UPDATE ${quote(table)} SET ${quote(after.name)} = ${using}`;
  return [
    newDefault && before.default !== undefined && `${at} DROP DEFAULT`,
    using !== undefined && set,
    isRetyped && `${at} SET DATA TYPE ${after.type}`,
    newDefault && after.default !== undefined && `${at} SET DEFAULT ${after.default}`,
    before.nullable !== after.nullable && `${at} ${after.nullable ? "DROP" : "SET"} NOT NULL`,
    before.comment !== after.comment && describe(table, after),
  ]
    .filter((sql) => sql !== false)
    .map(execute);
}

const describe = (table: string, { name, comment }: Column): string =>
  `COMMENT ON COLUMN ${quote(table)}.${quote(name)} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`;

/** Rows that are there get the default, without which a column that takes the place of another may not be NOT NULL: nothing would say so later. */
export function addColumn({ table, column }: StatementOf<"addColumn">): readonly Command[] {
  const isReplacement = column.name.startsWith("godwit_converted");
  const what = isReplacement
    ? `put another column in the place of one of table "${table}"`
    : `add the column "${column.name}" to table "${table}"`;
  const no = (why: string) => cannot(what, why, { table, column: column.name });
  if (numbered(column))
    throw no("a column that numbers itself comes with its table there; make a new table and copy the rows");
  if (isReplacement && !column.nullable && column.default === undefined)
    throw no("NOT NULL there needs a default where there are rows; give it one, or make the field nullable first");
  return [execute(`ALTER TABLE ${quote(table)} ADD COLUMN ${columnDefinition(column, table)}`)];
}
