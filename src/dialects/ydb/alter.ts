import { type Command, execute } from "../../core/ddl/dialect.ts";
import type { Column, StatementOf } from "../../core/ddl/statement.ts";
import { columnDefinition, numbers } from "./columns.ts";
import { defaultClause, leastOf } from "./defaults.ts";
import { quote } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { canonicalType } from "./types.ts";

/** A NOT NULL column comes with a default for the rows that are there (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns): without one, there may be none. */
export function addColumn({ table, column }: StatementOf<"addColumn">): readonly Command[] {
  if (numbers(column))
    throw cannot(
      `add the column "${column.name}" to table "${table}"`,
      "a column that numbers itself comes with its table there; make a new table and copy the rows",
      { table, column: column.name },
    );
  const isOpen = column.nullable || defaultClause(table, column) !== undefined;
  return isOpen
    ? [execute(`ALTER TABLE ${quote(table)} ADD COLUMN ${columnDefinition(column, table)}`)]
    : [refuseRows(table, column), ...addFilled(table, column)];
}

const refuseRows = (table: string, { name }: Column): Command => ({
  kind: "check",
  sql: `SELECT 1 AS \`found\` FROM ${quote(table)} LIMIT 1`,
  message: `table "${table}" has rows, and the new column "${name}" is NOT NULL without a default: give it one, or say what to fill it with`,
});

/** The default goes again, and no row has taken it that is not given its value next. */
function addFilled(table: string, column: Column): readonly Command[] {
  const alter = (change: string): Command => execute(`ALTER TABLE ${quote(table)} ${change}`);
  const own = column.nullable ? "" : defaultClause(table, column);
  if (own !== undefined) return [alter(`ADD COLUMN ${columnDefinition(column, table)}`)];
  const least = leastOf(column.type);
  if (least === undefined)
    throw cannot(
      `add the column "${column.name}" to table "${table}"`,
      `a column that is NOT NULL comes with a default there, and godwit knows none of type ${column.type}; give it one`,
      { table, column: column.name },
    );
  return [
    alter(`ADD COLUMN ${columnDefinition({ ...column, default: least }, table)}`),
    alter(`ALTER COLUMN ${quote(column.name)} DROP DEFAULT`),
  ];
}

/** Whether a column changes by ALTER COLUMN. */
const inPlace = (before: Column, after: Column): boolean =>
  canonicalType(before.type) === canonicalType(after.type) && (after.nullable || !before.nullable);

/** Indexes hold on to a column that goes for a moment. */
export const dependentsHold = (before: Column, after: Column): boolean => !inPlace(before, after);

/**
 * Defaults, and that there may be no NULL, change in place. Neither another type nor NOT NULL does, and nothing renames a column
 * (https://ydb.tech/docs/en/yql/reference/syntax/alter_table/columns), so the values go to a column beside it, the column is made anew, and they come back.
 */
export function alterColumn(statement: StatementOf<"alterColumn">): readonly Command[] {
  const { table, before, after, held, using } = statement;
  const no = (why: string) =>
    cannot(`change the column "${after.name}" of table "${table}"`, why, { table, column: after.name });
  if (numbers(before) !== numbers(after)) throw no("whether a column numbers itself is settled with its table");
  const stays = inPlace(before, after) && using === undefined;
  if (numbers(before) && !stays) throw no("a column that numbers itself stays what it is");
  if (held && !(inPlace(before, after) && before.nullable === after.nullable))
    throw no(
      "it is part of the primary key or of an option of the table, and what rows are stored by stays; make a new table and copy the rows",
    );
  // Throws for what no column can be.
  columnDefinition(after, table);
  return stays ? changed(statement) : remade(statement);
}

function changed({ table, before, after }: StatementOf<"alterColumn">): readonly Command[] {
  const at = `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(after.name)}`;
  const [old, next] = [defaultClause(table, before), defaultClause(table, after)];
  return [
    before.nullable !== after.nullable && `${at} DROP NOT NULL`,
    old !== next && (next === undefined ? `${at} DROP DEFAULT` : `${at} SET DEFAULT ${next}`),
  ]
    .filter((sql) => sql !== false)
    .map(execute);
}

/** A cast that fails gives NULL, so that its values are looked for first. Each step may be done again. */
function remade({ table, before, after, using }: StatementOf<"alterColumn">): readonly Command[] {
  const [t, name, beside] = [quote(table), quote(after.name), `godwit_of_${after.name}`];
  const converts = canonicalType(before.type) !== canonicalType(after.type);
  const values = using ?? (converts ? `CAST(${name} AS ${after.type})` : name);
  const set = (column: string, value: string): Command => execute(`UPDATE ${t} SET ${column} = ${value}`);
  const check = (where: string, message: string): Command => ({
    kind: "check",
    sql: `SELECT 1 AS \`found\` FROM ${t} WHERE ${where} LIMIT 1`,
    message: `table "${table}" has rows in which "${after.name}" ${message}`,
  });
  return [
    ...(converts && using === undefined
      ? [
          check(
            `${name} IS NOT NULL AND ${values} IS NULL`,
            `has no value of type ${after.type}: correct them, or say how to convert them`,
          ),
        ]
      : []),
    ...(before.nullable && !after.nullable && using === undefined
      ? [check(`${name} IS NULL`, "is NULL, and it is to be NOT NULL: say what to fill it with")]
      : []),
    execute(`ALTER TABLE ${t} ADD COLUMN ${quote(beside)} ${after.type}`),
    set(quote(beside), values),
    execute(`ALTER TABLE ${t} DROP COLUMN ${name}`),
    ...addFilled(table, after),
    set(name, after.nullable ? quote(beside) : `Unwrap(${quote(beside)})`),
    execute(`ALTER TABLE ${t} DROP COLUMN ${quote(beside)}`),
  ];
}

/** The values of a column as those of another type. */
export const converted = (before: Column, after: Column): string | undefined =>
  canonicalType(before.type) === canonicalType(after.type) ? undefined : `CAST(${quote(before.name)} AS ${after.type})`;
