import { matchRow } from "../../core/ddl/ansi.ts";
import { type Command, execute } from "../../core/ddl/dialect.ts";
import { chunks, lines, nameList } from "../../core/ddl/sql.ts";
import type { SqlRow, UpsertRows } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./names.ts";

/**
 * UPDATE, and INSERT where there was no such row; the lock of the UPDATE covers the place where the row would be, so that nobody puts one there in between.
 * A MERGE with that lock does the same, but makes one type of all values of a column: a number beside a fraction would lose digits, and NULL alone would be
 * an integer, which many types do not take.
 */
export function upsertRows(s: UpsertRows): readonly Command[] {
  const counting = (row: SqlRow): boolean => (s.numbered ?? []).some((name) => row[name] !== undefined);
  const groups = [false, true].map((numbers) => ({ numbers, rows: s.rows.filter((row) => counting(row) === numbers) }));
  return groups.flatMap(({ numbers, rows }) =>
    chunks(rows, 100).map((part) => {
      const upserts = part.map((row) => upsertRow(s, row));
      return execute(numbers ? numbered(s.table, upserts) : upserts.join(";\n"));
    }),
  );
}

/** Only in a session that says so may rows give numbers of their own; the count goes on after the greatest of them by itself. */
const numbered = (table: string, statements: readonly string[]): string =>
  [`SET IDENTITY_INSERT ${quote(table)} ON`, ...statements, `SET IDENTITY_INSERT ${quote(table)} OFF`].join(";\n");

function upsertRow(s: UpsertRows, row: SqlRow): string {
  const table = quote(s.table);
  const given = s.columns.filter((column) => row[column] !== undefined);
  const others = given.filter((column) => !s.keys.includes(column));
  refuseNumbers(s, others);
  const match = matchRow(quote, s.keys, row);
  const values = given.map((column) => row[column]).join(", ");
  const insert = `INSERT INTO ${table} ${nameList(quote, given)}`;
  if (others.length === 0)
    return lines(
      insert,
      `SELECT ${values}`,
      `WHERE NOT EXISTS (SELECT 1 FROM ${table} WITH (UPDLOCK, HOLDLOCK) WHERE ${match})`,
    );
  const changes = others.map((column) => `${quote(column)} = ${row[column]}`).join(", ");
  return lines(
    `UPDATE ${table} WITH (UPDLOCK, HOLDLOCK) SET ${changes} WHERE ${match}`,
    "IF @@ROWCOUNT = 0",
    `  ${insert} VALUES (${values})`,
  );
}

function refuseNumbers({ table, numbered: counting = [] }: UpsertRows, others: readonly string[]): void {
  const field = others.find((column) => counting.includes(column));
  if (field === undefined) return;
  throw new ToolError(
    "unsupported",
    `rows for table "${table}" give "${field}", which SQL Server numbers and never changes (IDENTITY), and it is not among their keys; make it the key, or leave it out`,
    { table, field },
  );
}
