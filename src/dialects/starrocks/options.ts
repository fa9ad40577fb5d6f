import { type Command, execute } from "../../core/ddl/dialect.ts";
import { lines, nameList } from "../../core/ddl/sql.ts";
import type { Column, StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { typeOf } from "./columns.ts";
import { quote, stringLiteral, stringOf } from "./quote.ts";
import { canonicalText, columnsIn, partsOf } from "./text.ts";
import { canBeKey, canonicalType } from "./types.ts";

/** What may be said of a table, in the words of CREATE TABLE: https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/CREATE_TABLE/ */
export const tableOptions = [
  "duplicate_key",
  "unique_key",
  "aggregate_key",
  "partition_by",
  "distributed_by",
  "order_by",
  "properties",
] as const;

type Options = Readonly<Record<string, string>>;

/** How rows are told apart. */
export interface Model {
  readonly kind: "PRIMARY" | "UNIQUE" | "AGGREGATE" | "DUPLICATE";
  readonly columns: readonly string[];
}

/**
 * The model of a table: by its primary key, else by one of the options, else its rows are kept as they come, sorted by the first column that they can
 * be sorted by. Throws ToolError `unsupported` where two are said, or none can be.
 */
export function modelOf(table: TableImage): Model {
  const said = (["unique_key", "aggregate_key", "duplicate_key"] as const).filter((key) => table.options?.[key]);
  const { primaryKey = [] } = table;
  if (said.length + Math.min(1, primaryKey.length) > 1)
    throw cannot(
      table.name,
      `have ${[...(primaryKey.length > 0 ? ["a primary key"] : []), ...said].join(" and ")}`,
      "a table has one of them",
    );
  if (primaryKey.length > 0) return { kind: "PRIMARY", columns: primaryKey };
  const [option] = said;
  if (option === undefined) return { kind: "DUPLICATE", columns: usualKey(table) };
  const text = table.options?.[option] ?? "";
  const columns = columnsIn(text);
  const lost = columns?.find((name) => !table.columns.some((column) => column.name === name));
  if (!columns || lost !== undefined)
    throw new ToolError(
      "schema",
      `option "${option}" of table "${table.name}" is "${text}"; it is a list of its columns${lost === undefined ? "" : `, and "${lost}" is none`}`,
      { table: table.name, option },
    );
  return { kind: option === "unique_key" ? "UNIQUE" : option === "aggregate_key" ? "AGGREGATE" : "DUPLICATE", columns };
}

function usualKey({ name, columns }: TableImage): readonly string[] {
  const first = columns.find((column) => canBeKey(column.type) && !column.generated);
  if (first) return [first.name];
  throw cannot(name, "be made", "its rows have to be sorted by a column, and none of its types can be sorted by");
}

/** The columns in the order that StarRocks wants: those of the key first, and in its order. Throws ToolError `unsupported` for one that cannot be of it. */
export function inOrder(table: TableImage, { kind, columns }: Model): readonly Column[] {
  const key = columns.flatMap((name) => table.columns.filter((column) => column.name === name));
  for (const column of key)
    if (!canBeKey(column.type))
      throw cannot(table.name, `have "${column.name}" in its key`, `a ${column.type} cannot be of a key`);
  const numbered = table.columns.find((column) => column.autoIncrement && column.nullable);
  if (numbered) throw cannot(table.name, `number "${numbered.name}"`, "a column that numbers itself is NOT NULL there");
  if (kind === "AGGREGATE") checkAggregates(table, columns);
  return [...key, ...table.columns.filter((column) => !key.includes(column))];
}

function checkAggregates(table: TableImage, key: readonly string[]): void {
  const bare = table.columns.find((c) => !key.includes(c.name) && c.options?.["aggregate"] === undefined);
  if (bare)
    throw cannot(
      table.name,
      `be an aggregate of "${bare.name}"`,
      "a column that is not of its key says how its values become one: the option aggregate, such as SUM or REPLACE",
    );
}

/** What follows the columns in CREATE TABLE. Rows are spread by the primary key, or in no order where there is none. */
export function storage(table: TableImage, model: Model): string {
  const { partition_by: partition, order_by: order, properties } = table.options ?? {};
  return lines(
    `${model.kind} KEY ${nameList(quote, model.columns)}`,
    table.comment !== undefined && `COMMENT ${stringLiteral(table.comment)}`,
    partition && `PARTITION BY ${partition}`,
    `DISTRIBUTED BY ${distributionOf(table, model)}`,
    order && `ORDER BY ${enclosed(order)}`,
    properties && `PROPERTIES ${enclosed(properties)}`,
  );
}

/** Only rows without a key that counts can be spread at random: https://docs.starrocks.io/docs/table_design/data_distribution/#random-bucketing */
function distributionOf(table: TableImage, model: Model): string {
  const given = table.options?.["distributed_by"];
  if (given === undefined) return model.kind === "DUPLICATE" ? "RANDOM" : `HASH${nameList(quote, model.columns)}`;
  if (/^RANDOM\b/i.test(given.trim()) && model.kind !== "DUPLICATE")
    throw cannot(table.name, `be distributed by ${given}`, "rows with a key are distributed by HASH of columns of it");
  return given;
}

const enclosed = (list: string): string => (list.trim().startsWith("(") ? list : `(${list})`);

/** Distribution, sort key and properties change in place; all else is settled when a table is made. */
export function alterOptions({ before, after }: StatementOf<"alterOptions">): readonly Command[] {
  const [old, next] = [comparedOptions(before), comparedOptions(after)];
  const fixed = tableOptions.find((key) => !changeable.has(key) && old[key] !== next[key]);
  if (fixed !== undefined)
    throw cannot(
      after.name,
      `change its ${fixed} from ${before.options?.[fixed] ?? "the default"} to ${after.options?.[fixed] ?? "the default"}`,
      "it is settled when a table is made; make a new table, copy the rows and exchange the two",
    );
  const alter = (change: string): Command => execute(`ALTER TABLE ${quote(after.name)} ${change}`);
  const model = modelOf(after);
  const { order_by: order } = after.options ?? {};
  return [
    ...(old["distributed_by"] === next["distributed_by"]
      ? []
      : [alter(`DISTRIBUTED BY ${distributionOf(after, model)}`)]),
    ...(old["order_by"] === next["order_by"]
      ? []
      : [alter(`ORDER BY ${order === undefined ? nameList(quote, model.columns) : enclosed(order)}`)]),
    ...propertyChanges(after.name, propertiesIn(before), propertiesIn(after)).map((change) => alter(`SET (${change})`)),
  ];
}

const changeable = new Set<string>(["distributed_by", "order_by", "properties"]);

type Properties = ReadonlyMap<string, string>;

/** One statement each, because StarRocks takes most of them one at a time. */
function propertyChanges(table: string, before: Properties, after: Properties): readonly string[] {
  const gone = [...before.keys()].find((name) => !after.has(name));
  if (gone !== undefined)
    throw cannot(
      table,
      `go without its property "${gone}"`,
      "nothing says what it would be then; say the value that it is to have",
    );
  return [...after]
    .filter(([name, value]) => before.get(name) !== value)
    .map(([name, value]) => propertyText(name, value));
}

const propertyText = (name: string, value: string): string => `"${name}" = ${JSON.stringify(value)}`;

const propertiesIn = ({ options = {} }: TableImage): Properties => readProperties(options["properties"] ?? "");

/** `"replication_num" = "3", …` */
export const readProperties = (text: string): Properties =>
  new Map(
    partsOf(text.trim().replace(/^\(([\s\S]*)\)$/, "$1")).map((part) => {
      const at = part.indexOf("=");
      const [name, value] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      return [stringOf(name) ?? name, stringOf(value) ?? value];
    }),
  );

/** The properties as the option has them. */
export const writeProperties = (properties: Properties): string =>
  [...properties].map(([name, value]) => propertyText(name, value)).join(", ");

/** The options in their one spelling, without what goes without saying. */
function comparedOptions(table: TableImage): Options {
  const model = modelOf(table);
  const entries = Object.entries(table.options ?? {}).map(([key, text]): [string, string] => [
    key,
    canonicalText(text),
  ]);
  return Object.fromEntries(entries.filter(([key, text]) => text !== canonicalText(usualOf(table, model)[key] ?? "")));
}

/** What is so where nothing is said. */
const usualOf = (table: TableImage, { kind, columns }: Model): Options => ({
  ...(table.primaryKey ? {} : { duplicate_key: usualKey(table).join(", ") }),
  distributed_by: kind === "DUPLICATE" ? "RANDOM" : `HASH(${columns.join(", ")})`,
  order_by: columns.join(", "),
});

/**
 * A table as the catalog would tell it. Properties are not compared: the catalog tells all of them, said or not. The order of columns and the size of one
 * that numbers itself are StarRocks' own.
 */
export function canonicalTable(table: TableImage): TableImage {
  const { options: _, ...rest } = table;
  const { properties: __, ...options } = comparedOptions(table);
  return {
    ...rest,
    columns: table.columns.map((column) => ({ ...column, type: canonicalType(typeOf(column)) })),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

const cannot = (table: string, what: string, why: string): ToolError =>
  new ToolError("unsupported", `in StarRocks, table "${table}" cannot ${what}: ${why}`, {
    dialect: "starrocks",
    table,
  });
