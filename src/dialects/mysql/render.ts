import { ansiRenderers, constraintDefinition, inParts, matchRow } from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers, unsupported } from "../../core/ddl/dialect.ts";
import { isServed } from "../../core/ddl/key-indexes.ts";
import { lostValues } from "../../core/ddl/lost-values.ts";
import { block, lines, nameList, stacked, words } from "../../core/ddl/sql.ts";
import type { Column, SqlRow, StatementOf, TableImage, UpsertRows } from "../../core/ddl/statement.ts";
import { alterColumn, modifyParts } from "./alter.ts";
import { columnDefinition, withoutAutoUpdate } from "./columns.ts";
import { createGuarded, dropGuarded, dropKey } from "./guarded.ts";
import { checkKeys, foreignKeyParts, notNumberable, type Powers } from "./keys.ts";
import { objectRenderersWith, viewRenderers } from "./managed.ts";
import { optionChanges, optionWords } from "./options.ts";
import { quote as q, stringLiteral } from "./quote.ts";

const ansi = ansiRenderers({ quote: q });
const alter = (table: string, change: string): readonly Command[] => [execute(`ALTER TABLE ${q(table)} ${change}`)];

/** What MySQL and MariaDB write in their own way. */
export const renderersWith = (powers: Powers): Renderers => ({
  ...ansi,
  createTable: ({ table }) => [execute(createTable(table, powers))],
  addColumn: (s) => addColumn(s, powers),
  alterColumn: (s) => alterColumn(s).map(execute),
  createIndex: (s) => createGuarded(s, powers),
  dropIndex: (s) => dropGuarded(s, powers),
  renameIndex: (s) => alter(s.table, `RENAME INDEX ${q(s.from.name)} TO ${q(s.to)}`),
  dropConstraint: ({ table, constraint: { name }, column }) =>
    column
      ? alter(table, `\n${stacked([`DROP CONSTRAINT IF EXISTS ${q(name)}`, ...modifyParts(withoutCheck(column))])}`)
      : alter(table, `DROP CONSTRAINT ${q(name)}`),
  setComment: ({ table, comment = "" }) => alter(table, `COMMENT=${stringLiteral(comment)}`),
  alterOptions: ({ before, after }) => {
    const changes = optionChanges(before, after);
    return changes.length > 0 ? alter(after.name, `\n${stacked(changes)}`) : [];
  },
  renameConstraint: unsupported("the database cannot rename a constraint; drop it and add it under its new name"),
  addForeignKey: (s) =>
    alter(s.table, `\n${stacked(foreignKeyParts(s.foreignKey, s.served).map((part) => `ADD ${part}`))}`),
  dropForeignKey: (s) => dropKey(s, powers),
  createAutoUpdate: (s) => alter(s.table, modifyParts(s.column).join(", ")),
  dropAutoUpdate: (s) => alter(s.table, modifyParts(withoutAutoUpdate(s.column)).join(", ")),
  ...viewRenderers,
  ...objectRenderersWith(powers.replacesObjects),
  upsertRows: (s) =>
    (s.onlyKeys ? inParts(s).map(insertOrUpdate) : s.rows.flatMap((row) => upsertRow(s, row))).map(execute),
});

const withoutCheck = ({ check: _, ...column }: Column): Column => column;

/** In the character set and collation of the predecessor's tables, so that foreign keys between old and new ones fit. */
function createTable(table: TableImage, powers: Powers): string {
  checkKeys(table);
  const { marks } = powers;
  const parts = [
    ...table.columns.map((column) => columnDefinition(withoutAutoUpdate(column))),
    ...(table.primaryKey ? [words(`PRIMARY KEY ${nameList(q, table.primaryKey)}`, marks?.primaryKey)] : []),
    ...(table.constraints ?? []).map((constraint) => constraintDefinition(q, constraint)),
    ...table.foreignKeys.flatMap((key) => foreignKeyParts(key, isServed(table, key, powers))),
  ];
  return words(block(`CREATE TABLE ${q(table.name)}`, parts), ...optionWords(table), marks?.table);
}

/** The rows that are there would get an empty text or a zero, without a word, where nothing says what they are to have. */
function addColumn(s: StatementOf<"addColumn">, { randomDefaults }: Powers): readonly Command[] {
  const { table, column, primaryKey } = s;
  if (primaryKey) return alter(table, `ADD COLUMN ${columnDefinition(column)}, ADD PRIMARY KEY (${q(column.name)})`);
  if (column.autoIncrement) throw notNumberable(table, column.name);
  if (!randomDefaults && isRandom(column)) return addAndFill(table, withoutAutoUpdate(column));
  const add = alter(table, `ADD COLUMN ${columnDefinition(withoutAutoUpdate(column))}`);
  if (hasValue(column)) return add;
  return [...(s.lost === undefined ? [refuseRows(table, column.name)] : lostValues(q, s)), ...add];
}

/** MySQL refuses such a default while there may be rows (1674), because a replica would make up other values. */
const isRandom = (column: Column): boolean =>
  /\b(?:uuid|uuid_short|rand|random_bytes)\s*\(/i.test(column.default ?? "");

function addAndFill(table: string, column: Column): readonly Command[] {
  const open = columnDefinition({ name: column.name, type: column.type, nullable: true });
  return [
    ...alter(table, `ADD COLUMN ${open}`),
    execute(`UPDATE ${q(table)} SET ${q(column.name)} = ${column.default}`),
    ...alter(table, `MODIFY COLUMN ${columnDefinition(column)}`),
  ];
}

const hasValue = (column: Column): boolean =>
  column.nullable || (column.default !== undefined && !/^null$/i.test(column.default));

const refuseRows = (table: string, column: string): Command => ({
  kind: "check",
  sql: `SELECT 1 FROM ${q(table)} LIMIT 1`,
  message: `table "${table}" has rows, and the new column "${column}" is NOT NULL without a default: give it one, or say what to fill it with`,
});

/** `VALUES(column)` is what MariaDB and all of MySQL know: https://mariadb.com/kb/en/insert-on-duplicate-key-update/ */
function insertOrUpdate({ table, columns, keys, rows }: UpsertRows): string {
  const others = columns.filter((column) => !keys.includes(column));
  const set = others.length > 0 ? others : keys.slice(0, 1);
  return lines(
    `INSERT INTO ${q(table)} ${nameList(q, columns)} VALUES`,
    stacked(rows.map((row) => `(${columns.map((column) => row[column]).join(", ")})`)),
    `ON DUPLICATE KEY UPDATE ${set.map((column) => `${q(column)} = VALUES(${q(column)})`).join(", ")}`,
  );
}

/**
 * UPDATE, then INSERT where there is no such row. Where more is unique than the keys, `ON DUPLICATE KEY UPDATE` would change whatever row any of it hits, not
 * only the one with these keys.
 */
function upsertRow({ table, columns, keys }: UpsertRows, row: SqlRow): readonly string[] {
  const given = columns.filter((column) => row[column] !== undefined);
  const others = given.filter((column) => !keys.includes(column));
  const match = matchRow(q, keys, row);
  const update = lines(
    `UPDATE ${q(table)} SET`,
    stacked(others.map((column) => `${q(column)} = ${row[column]}`)),
    `WHERE ${match}`,
  );
  const insert = lines(
    `INSERT INTO ${q(table)} ${nameList(q, given)}`,
    `SELECT ${given.map((column) => row[column]).join(", ")} FROM DUAL`,
    `WHERE NOT EXISTS (SELECT 1 FROM ${q(table)} WHERE ${match})`,
  );
  return others.length > 0 ? [update, insert] : [insert];
}
