import { type Command, execute } from "../../core/ddl/dialect.ts";
import { beside, localName, namespaceOf } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import { primaryKeyName } from "../../core/schema/constraints.ts";
import { objectName } from "../../core/schema/names.ts";
import { notNullAfterColumn, notNullAfterTable } from "./not-null.ts";
import { doBlock, regclass } from "./procedure.ts";

/**
 * What the server calls after a table by itself, and does not rename with it: its primary key, the sequences of its columns and that these are NOT NULL. Otherwise
 * the database would not be what the same migrations make of an empty one. What is called something else, or in the way, is left alone. `now` is
 * what the table is called at the moment.
 */
export function namesAfterTable(quote: Quote, s: StatementOf<"renameTable">, now = s.to): readonly Command[] {
  const { from, to, primaryKey, numbered = [] } = s;
  const followed = block([
    ...(primaryKey ? followKey(quote, now, usualKeyName(from), usualKeyName(to)) : []),
    ...numbered.flatMap((column) =>
      followSequence(quote, now, column, [sequenceName(from, column), sequenceName(to, column)]),
    ),
  ]);
  return [...followed, ...notNullAfterTable(quote, s, now)];
}

/** The same for a column that a sequence numbers, or that is NOT NULL. */
export function namesAfterColumn(quote: Quote, s: StatementOf<"renameColumn">): readonly Command[] {
  const { table, from, to, numbered, notNull } = s;
  return [
    ...(numbered ? block(followSequence(quote, table, to, [sequenceName(table, from), sequenceName(table, to)])) : []),
    ...(notNull ? notNullAfterColumn(quote, s) : []),
  ];
}

/** The name that SERIAL and IDENTITY give. */
export const sequenceName = (table: string, column: string): string => objectName(localName(table), [column], "seq");

/** What the primary key of a table is called unless somebody says otherwise. */
export const usualKeyName = (table: string): string =>
  namespaceOf(table) === undefined ? primaryKeyName({ name: table }) : objectName(localName(table), [], "pkey");

const block = (body: readonly string[]): readonly Command[] =>
  body.length > 0 ? [execute(doBlock(["BEGIN", ...body, "END"]))] : [];

function followKey(quote: Quote, table: string, from: string, to: string): readonly string[] {
  if (from === to) return [];
  const isThere = `EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contype = 'p' AND conrelid = ${regclass(quote, table)} AND conname = ${stringLiteral(from)})`;
  return [
    `  IF ${isThere} AND ${isFree(quote, beside(table, to))} THEN`,
    `    ALTER TABLE ${quote(table)} RENAME CONSTRAINT ${quote(from)} TO ${quote(to)};`,
    "  END IF;",
  ];
}

function followSequence(
  quote: Quote,
  table: string,
  column: string,
  [from, to]: readonly [string, string],
): readonly string[] {
  if (from === to) return [];
  const owned = `pg_get_serial_sequence(${stringLiteral(quote(table))}, ${stringLiteral(column)})::REGCLASS`;
  const present = quote(beside(table, from));
  return [
    `  IF ${owned} = to_regclass(${stringLiteral(present)}) AND ${isFree(quote, beside(table, to))} THEN`,
    `    ALTER SEQUENCE ${present} RENAME TO ${quote(to)};`,
    "  END IF;",
  ];
}

const isFree = (quote: Quote, name: string): string => `to_regclass(${stringLiteral(quote(name))}) IS NULL`;
