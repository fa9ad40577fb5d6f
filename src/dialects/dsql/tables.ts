import { createTable } from "../../core/ddl/ansi.ts";
import { type Command, execute } from "../../core/ddl/dialect.ts";
import { beside, localName, namespaceOf } from "../../core/ddl/qualified.ts";
import type { RenameTable } from "../../core/ddl/rename-statements.ts";
import { nameList, type Quote, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { AddColumn, FillColumn, SetComment, TableImage } from "../../core/ddl/statement.ts";
import { cannot, columnIn, numbered, refuseColumn } from "./columns.ts";
import { addConstraint, addForeignKey, refuseConstraint } from "./constraints.ts";

/**
 * A table in one statement, then what is not to be validated. Throws ToolError `unsupported` for what a table cannot have
 * there.
 */
export function newTable(quote: Quote, table: TableImage): readonly Command[] {
  const { name, constraints = [], foreignKeys } = table;
  for (const constraint of constraints) refuseConstraint(name, constraint);
  const [later, own] = split(constraints, (c) => "check" in c && Boolean(c.notValid));
  const [laterKeys, ownKeys] = split(foreignKeys, (key) => Boolean(key.notValid));
  const made = { ...table, constraints: own, foreignKeys: ownKeys };
  return [
    execute(createTable({ quote, column: columnIn(quote) }, made)),
    ...later.flatMap((constraint) => addConstraint(quote, name, constraint)),
    ...laterKeys.flatMap((key) => addForeignKey(quote, name, key)),
  ];
}

/** Another name, another namespace, or both with a name of its own in between. */
export function renameTable(quote: Quote, { from, to }: RenameTable): readonly Command[] {
  const alter = (table: string, change: string): Command => execute(`ALTER TABLE ${quote(table)} ${change}`);
  const rename = (table: string, name: string): Command => alter(table, `RENAME TO ${quote(name)}`);
  if (namespaceOf(from) === namespaceOf(to)) return [rename(from, localName(to))];
  const move = (table: string): Command => alter(table, `SET SCHEMA ${quote(namespaceOf(to) ?? "public")}`);
  if (localName(from) === localName(to)) return [move(from)];
  const onTheWay = beside(from, "godwit_moving");
  return [rename(from, localName(onTheWay)), move(onTheWay), rename(beside(to, localName(onTheWay)), localName(to))];
}

/**
 * ADD COLUMN takes a name and a type. A default follows, and the rows that are there get it as they would elsewhere; NOT NULL there is only for
 * columns that come with their table. Throws ToolError `unsupported` for such columns.
 */
export function addColumn(quote: Quote, { table, column, keys }: AddColumn): readonly Command[] {
  refuseColumn(column, table);
  const made = numbered(column);
  const no = (why: string) =>
    cannot(`add the column "${column.name}" to table "${table}"`, why, { table, column: column.name });
  if (made.identity || made.generated)
    throw no("a column that is numbered or computed comes with its table there; make a new table");
  if (!made.nullable)
    throw no(
      "ADD COLUMN there takes no NOT NULL, and ALTER TABLE cannot set it; make the field nullable, with a check that says IS NOT NULL, or make a new table",
    );
  const alter = `ALTER TABLE ${quote(table)}`;
  const value = made.default;
  return [
    execute(`${alter} ADD COLUMN ${quote(made.name)} ${made.type}`),
    ...(value === undefined || /^null$/i.test(value)
      ? []
      : [
          execute(`${alter} ALTER COLUMN ${quote(made.name)} SET DEFAULT ${value}`),
          fillColumn(quote, {
            kind: "fillColumn",
            table,
            column: made.name,
            value,
            onlyNull: true,
            ...(keys && { keys }),
          }),
        ]),
  ];
}

/**
 * A transaction changes 3,000 rows at most (https://docs.aws.amazon.com/aurora-dsql/latest/userguide/CHAP_quotas.html), so rows are changed a thousand at
 * a time, where those that are done can be told from the others: a value that depends on the column itself, or that is another one each time,
 * is set at once.
 */
export function fillColumn(
  quote: Quote,
  { table, column, value, onlyNull, keys }: Omit<FillColumn, "settles">,
): Command {
  const [at, name] = [quote(table), quote(column)];
  const update = `UPDATE ${at} SET ${name} = ${value}`;
  const open = onlyNull ? `${name} IS NULL` : `${name} IS DISTINCT FROM (${value})`;
  const ends = !value.includes(name) && !value.includes(column) && !volatile.test(value) && !/^null$/i.test(value);
  if (!keys || !(ends || onlyNull)) return execute(words(update, onlyNull && `WHERE ${open}`));
  const still = onlyNull ? `${open} AND (${value}) IS NOT NULL` : open;
  const key = keys.length === 1 ? keys.map(quote).join() : nameList(quote, keys);
  return {
    ...execute(`${update} WHERE ${key} IN (SELECT ${keys.map(quote).join(", ")} FROM ${at} WHERE ${still} LIMIT 1000)`),
    untilUnchanged: true,
  } as Command;
}

const volatile = /\b(?:random|gen_random_uuid|clock_timestamp|nextval|timeofday|setseed)\s*\(/i;

/** Comments of tables and columns; indexes and constraints have none there. */
export function setComment(quote: Quote, s: SetComment): readonly Command[] {
  const { table, column, index, constraint, comment } = s;
  if (index !== undefined || constraint !== undefined)
    throw cannot(
      `describe ${index === undefined ? `the constraint "${constraint}"` : `the index "${index}"`}`,
      "godwit keeps comments of tables, columns and what stands beside them there",
      { table },
    );
  return describe(quote, table, column, comment);
}

export const describe = (
  quote: Quote,
  table: string,
  column: string | undefined,
  comment: string | undefined,
): readonly Command[] => [
  execute(
    `COMMENT ON ${column === undefined ? `TABLE ${quote(table)}` : `COLUMN ${quote(table)}.${quote(column)}`} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`,
  ),
];

function split<T>(list: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter(isFirst), list.filter((item) => !isFirst(item))];
}
