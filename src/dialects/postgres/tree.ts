import {
  constraintDefinition,
  foreignKeyConstraint,
  indexElement,
  keyOf,
  primaryKeyDefinition,
} from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { beside, unmarked } from "../../core/ddl/qualified.ts";
import { block, nameList, type Quote, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { Column, DropColumn, MoveRows, TableImage } from "../../core/ddl/statement.ts";
import type { AlterInherits, Inherited, NamePartIndexes } from "../../core/ddl/tree-statements.ts";
import { canonicalBounds } from "../../core/schema/bounds.ts";
import type { PartitionKey } from "../../core/schema/model.ts";
import { canonicalPredicate } from "./defaults.ts";
import { notNullAsAbove, notNullOfOwn } from "./not-null.ts";
import { withOptions } from "./options.ts";
import { doBlock, regclass } from "./procedure.ts";
import { continueSequence } from "./sequence.ts";

interface Parts {
  readonly quote: Quote;
  column(column: Column): string;
  /** What CREATE TABLE cannot say of a table. */
  further(table: TableImage): readonly Command[];
  /** The table without what it cannot say. */
  plain(table: TableImage): TableImage;
}

/** Partitions and inheritance. */
export const treeRenderers = (
  parts: Parts,
): Pick<
  Renderers,
  | "createTreeTable"
  | "attachPartition"
  | "detachPartition"
  | "namePartIndexes"
  | "moveRows"
  | "alterInherits"
  | "dropConstraint"
> => {
  const { quote } = parts;
  return {
    createTreeTable: ({ table }) => createTreeTable(parts, table),
    attachPartition: (s) => [
      ...notNullAsAbove(quote, s, [s.to]),
      execute(`ALTER TABLE ${quote(s.to)} ATTACH PARTITION ${quote(s.table)} ${boundsClause(s.values)}`),
    ],
    detachPartition: (s) => [
      execute(`ALTER TABLE ${quote(s.from)} DETACH PARTITION ${quote(s.table)}`),
      ...notNullOfOwn(quote, s, [s.from]),
    ],
    moveRows: (s) => moveRows(quote, s),
    namePartIndexes: (s) => [execute(nameIndexes(quote, s))],
    alterInherits: (s) => alterInherits(quote, s),
    dropConstraint: (s) => [
      execute(`ALTER TABLE ${quote(s.table)} DROP CONSTRAINT ${quote(s.constraint.name)}`),
      ...dropBelow(quote, s, `CONSTRAINT IF EXISTS ${quote(s.constraint.name)}`),
    ],
  };
};

/** A column goes, and from what inherits it. One that is the next number of it by default would keep it. */
export function dropInherited(quote: Quote, { column, heirs = [] }: DropColumn, drop: readonly Command[]) {
  const at = (heir: string) => `ALTER TABLE ${quote(heir)} ALTER COLUMN ${quote(column.name)}`;
  return [
    ...(column.autoIncrement ? heirs : []).map((heir) => execute(`${at(heir)} DROP DEFAULT`)),
    ...drop,
    ...dropBelow(quote, { heirs }, `COLUMN IF EXISTS ${quote(column.name)}`),
  ];
}

/** Bounds and partition keys in one spelling, for comparing. */
export function canonicalTree(table: TableImage): TableImage {
  const { partitionBy, partitionOf } = table;
  if (!partitionBy && !partitionOf) return table;
  return {
    ...table,
    ...(partitionBy && {
      partitionBy: {
        ...partitionBy,
        by: partitionBy.by.map((element) =>
          typeof element === "string" || element.expression === undefined
            ? element
            : { ...element, expression: canonicalPredicate(element.expression) },
        ),
      },
    }),
    ...(partitionOf && { partitionOf: { ...partitionOf, values: canonicalBounds(partitionOf.values) } }),
  };
}

function createTreeTable(parts: Parts, image: TableImage): readonly Command[] {
  const { quote } = parts;
  const table = parts.plain(image);
  const elements = [
    ...table.columns.flatMap((column) => columnElement(parts, table, column)),
    ...(table.primaryKey && !table.partitionOf ? [primaryKeyDefinition(quote, keyOf(table))] : []),
    ...(table.constraints ?? []).map((constraint) => constraintDefinition(quote, constraint)),
    ...table.foreignKeys.map((key) => foreignKeyConstraint(quote, key)),
  ];
  const head = words(
    `CREATE TABLE ${quote(table.name)}`,
    table.partitionOf && `PARTITION OF ${quote(table.partitionOf.table)}`,
  );
  const none = table.partitionOf ? head : `${head} ()`;
  const sql = words(
    elements.length > 0 ? block(head, elements) : none,
    table.partitionOf && boundsClause(table.partitionOf.values),
    table.inherits && `INHERITS ${nameList(quote, table.inherits)}`,
    table.partitionBy && partitionClause(quote, table.partitionBy),
  );
  return [
    execute(withOptions(quote, sql, table)),
    ...(table.inherits ? table.columns.flatMap((column) => changedColumn(quote, table.name, column)) : []),
    ...(table.partitionOf ? onceMade(quote, table) : []),
    ...parts.further(image),
  ];
}

/**
 * What makes columns NOT NULL comes when the partition is there: in CREATE TABLE the server would call that in another way than where it is the table
 * above that says it.
 */
function onceMade(quote: Quote, table: TableImage): readonly Command[] {
  const change = `ALTER TABLE ${quote(table.name)}`;
  return [
    ...table.columns
      .filter((column) => column.inherited === "changed" && !column.nullable)
      .map((column) => `${change} ALTER COLUMN ${quote(column.name)} SET NOT NULL`),
    ...(table.primaryKey ? [`${change} ADD ${primaryKeyDefinition(quote, keyOf(table))}`] : []),
  ].map(execute);
}

/** A partition says of its columns only what is different; a table that inherits says that afterwards. */
function columnElement(
  { quote, column: definition }: Parts,
  { partitionOf }: TableImage,
  column: Column,
): readonly string[] {
  if (!column.inherited) return [definition(column)];
  if (!partitionOf || column.inherited === "same") return [];
  const { generated, identity, default: value } = column;
  return generated || identity || column.autoIncrement ? [] : [`${quote(column.name)} DEFAULT ${value ?? "NULL"}`];
}

function changedColumn(quote: Quote, table: string, column: Column): readonly Command[] {
  if (column.inherited !== "changed") return [];
  const at = `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(column.name)}`;
  return [
    column.default === undefined ? `${at} DROP DEFAULT` : `${at} SET DEFAULT ${column.default}`,
    ...(column.nullable ? [] : [`${at} SET NOT NULL`]),
  ].map(execute);
}

/**
 * What goes above stays where it is a table's own, too: NO INHERIT makes it that, and INHERIT leaves it so.
 * See https://www.postgresql.org/docs/current/ddl-inherit.html.
 */
const dropBelow = (quote: Quote, { heirs = [] }: Inherited, what: string): readonly Command[] =>
  heirs.map((heir) => execute(`ALTER TABLE ${quote(heir)} DROP ${what}`));

function alterInherits(quote: Quote, s: AlterInherits): readonly Command[] {
  const change = (words: string) => (parent: string) =>
    execute(`ALTER TABLE ${quote(s.table)} ${words} ${quote(parent)}`);
  return [
    ...s.drop.map(change("NO INHERIT")),
    ...notNullOfOwn(quote, s, s.drop),
    ...notNullAsAbove(quote, s, s.add),
    ...s.add.map(change("INHERIT")),
  ];
}

/** `PARTITION BY RANGE ("at")`. */
const partitionClause = (quote: Quote, { method, by }: PartitionKey): string =>
  `PARTITION BY ${method.toUpperCase()} (${by.map((element) => indexElement(quote, element)).join(", ")})`;

/** `FOR VALUES FROM (1) TO (2)`, but `DEFAULT`. */
const boundsClause = (values: string): string =>
  /^\s*default\s*$/i.test(values) ? "DEFAULT" : `FOR VALUES ${values.replace(/^\s*for\s+values\s+/i, "")}`;

/** TRUNCATE is refused where other tables refer to the rows; DELETE would take theirs along. */
function moveRows(quote: Quote, { from, to, columns, numbered }: MoveRows): readonly Command[] {
  const list = columns.map(({ name }) => quote(name)).join(", ");
  const overriding = columns.some(({ identity }) => identity?.always) ? "OVERRIDING SYSTEM VALUE " : "";
  return [
    { kind: "check", sql: `SELECT 1 FROM ${quote(to)} LIMIT 1`, message: `table "${unmarked(to)}" has rows already` },
    ...[
      `INSERT INTO ${quote(to)} (${list})\n${overriding}SELECT ${list} FROM ${quote(from)}`,
      `TRUNCATE ${quote(from)}`,
      ...numbered.map((name) => continueSequence(quote, { from, to, column: name })),
    ].map(execute),
  ];
}

/** What an index of a partition is called was for the server to choose when it was made, so it is looked up. */
function nameIndexes(quote: Quote, { table, from, indexes }: NamePartIndexes): string {
  const pairs = indexes.map(({ above, name }) => [quote(beside(from, above)), name].map(stringLiteral).join(", "));
  const wanted = pairs.map((pair) => `(${pair})`).join(", ");
  return doBlock([
    "DECLARE",
    "  found RECORD;",
    "BEGIN",
    "  FOR found IN",
    "    SELECT i.indexrelid::REGCLASS AS index, w.name",
    `    FROM (VALUES ${wanted}) w (above, name)`,
    "    JOIN pg_catalog.pg_inherits h ON h.inhparent = to_regclass(w.above)",
    "    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relname <> w.name",
    `    JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid AND i.indrelid = ${regclass(quote, table)}`,
    "  LOOP",
    "    EXECUTE format('ALTER INDEX %s RENAME TO %I', found.index, found.name);",
    "  END LOOP;",
    "END",
  ]);
}
