import { type Command, execute } from "../../core/ddl/dialect.ts";
import { lines, nameList } from "../../core/ddl/sql.ts";
import type { StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { withoutParentheses } from "../../core/sql-files/parentheses.ts";
import { quote, stringLiteral } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { canonicalText, columnsIn, partsOf, topLevelClauses } from "./text.ts";

/** What may be said of a table, in the words of CREATE TABLE: https://clickhouse.com/docs/engines/table-engines/mergetree-family/mergetree */
export const tableOptions = [
  "engine",
  "primary_key",
  "order_by",
  "partition_by",
  "sample_by",
  "ttl",
  "settings",
] as const;

type Options = Readonly<Record<string, string>>;

/**
 * What follows the columns in CREATE TABLE. Rows are sorted by the primary key unless `order_by` says more; it is said in as many words, so that
 * the catalog tells it from a sorting key that nobody called so. Throws ToolError `unsupported` for what the table cannot have.
 */
export function storage({ name, primaryKey, options = {}, comment }: TableImage): string {
  const { engine = "MergeTree", order_by: order, partition_by: partition, sample_by: sample, ttl, settings } = options;
  const { primary_key: expressionKey } = options;
  if (!/^\w*MergeTree(?:\s*\(.*\))?$/s.test(engine.trim()))
    throw cannot(
      name,
      `have the engine ${engine}`,
      "godwit changes tables of the MergeTree family only; make it with runSQL",
    );
  const key = primaryKey ? nameList(quote, primaryKey) : expressionKey && enclosed(expressionKey);
  const columns = order === undefined ? undefined : columnsIn(order);
  if (primaryKey && columns && primaryKey.some((column, i) => columns[i] !== column))
    throw cannot(name, `be sorted by ${order}`, `order_by has to begin with the primary key, which is ${key}`);
  if (primaryKey && expressionKey !== undefined)
    throw cannot(name, `have the primary key ${expressionKey}`, `its primary key is ${key} already; say one of them`);
  return lines(
    `ENGINE = ${engine}`,
    partition && `PARTITION BY ${partition}`,
    key && `PRIMARY KEY ${key}`,
    `ORDER BY ${order === undefined ? (key ?? "tuple()") : enclosed(order)}`,
    sample && `SAMPLE BY ${sample}`,
    ttl && `TTL ${ttl}`,
    settings && `SETTINGS ${settings}`,
    comment !== undefined && `COMMENT ${stringLiteral(comment)}`,
  );
}

/** A list needs parentheses there, which are easily forgotten. */
const enclosed = (list: string): string => (partsOf(list).length > 1 ? `(${list})` : list);

/** TTL and settings change in place; all else is settled when a table is made. */
export function alterOptions({ before, after }: StatementOf<"alterOptions">): readonly Command[] {
  const [old, next] = [canonicalOptions(before), canonicalOptions(after)];
  const fixed = tableOptions.find((key) => key !== "ttl" && key !== "settings" && old[key] !== next[key]);
  if (fixed !== undefined)
    throw cannot(
      after.name,
      `change its ${fixed} from ${before.options?.[fixed] ?? "the default"} to ${after.options?.[fixed] ?? "the default"}`,
      "it is settled when a table is made; make a new table, copy the rows and exchange the two",
    );
  const alter = (change: string): Command => execute(`ALTER TABLE ${quote(after.name)} ${change}`);
  const { ttl } = after.options ?? {};
  return [
    ...(old["ttl"] === next["ttl"] ? [] : [alter(ttl ? `MODIFY TTL ${ttl}` : "REMOVE TTL")]),
    ...settingChanges(after.name, settingsIn(old["settings"]), settingsIn(next["settings"])).map(alter),
  ];
}

type Settings = ReadonlyMap<string, string>;

function settingChanges(table: string, before: Settings, after: Settings): readonly string[] {
  const fixed = [...before.keys(), ...after.keys()].find(
    (name) => readOnly.test(name) && before.get(name) !== after.get(name),
  );
  if (fixed !== undefined) throw cannot(table, `change its setting ${fixed}`, "it is settled when a table is made");
  const set = [...after]
    .filter(([name, value]) => before.get(name) !== value)
    .map(([name, value]) => `${name} = ${value}`);
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return [
    ...(set.length > 0 ? [`MODIFY SETTING ${set.join(", ")}`] : []),
    ...(gone.length > 0 ? [`RESET SETTING ${gone.join(", ")}`] : []),
  ];
}

const readOnly = /^(?:index_granularity|index_granularity_bytes|enable_mixed_granularity_parts)$/;

const settingsIn = (text = ""): Settings =>
  new Map(partsOf(text).map((part) => [part.split("=", 1)[0]?.trim() ?? "", part.slice(part.indexOf("=") + 1).trim()]));

/** The options that `engine_full` of system.tables says, without those that go without saying, and the primary key where it is one of columns. */
export function storageIn(definition: string): Pick<TableImage, "primaryKey" | "options"> {
  const clauses = topLevelClauses(definition, [
    "PARTITION BY",
    "PRIMARY KEY",
    "ORDER BY",
    "SAMPLE BY",
    "TTL",
    "SETTINGS",
  ]);
  const order = clauses.get("ORDER BY");
  const key = columnsIn(clauses.get("PRIMARY KEY") ?? order ?? "");
  const found: Options = Object.fromEntries(
    [
      ["engine", clauses.get("") ?? ""],
      ["primary_key", key === undefined ? clauses.get("PRIMARY KEY") : undefined],
      ["order_by", order],
      ["partition_by", clauses.get("PARTITION BY")],
      ["sample_by", clauses.get("SAMPLE BY")],
      ["ttl", clauses.get("TTL")],
      ["settings", clauses.get("SETTINGS")],
    ].flatMap(([name = "", sql = ""]) => (sql === "" ? [] : [[name, name === "engine" ? sql : bare(sql)]])),
  );
  const primaryKey = key && key.length > 0 && key[0] !== "tuple()" ? { primaryKey: key } : {};
  const options = saidOptions(found, key);
  return { ...primaryKey, ...(Object.keys(options).length > 0 && { options }) };
}

/** The catalog keeps parentheses that mean nothing. */
const bare = (sql: string): string =>
  partsOf(withoutParentheses(sql, scriptSyntax)).length === 1 ? withoutParentheses(sql, scriptSyntax) : sql;

/** A table as the catalog would tell it. A sorting key of columns is the primary key, where nobody says another one. */
export function canonicalTable(table: TableImage): TableImage {
  const order = table.options?.["order_by"];
  const key = table.primaryKey ?? (order === undefined ? undefined : columnsIn(order));
  const { options: _, primaryKey: __, ...rest } = table;
  const options = canonicalOptions(table);
  return {
    ...rest,
    ...(key && key.length > 0 && { primaryKey: key }),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

function canonicalOptions({ options = {}, primaryKey }: TableImage): Options {
  const order = options["order_by"];
  const said = saidOptions(options, primaryKey ?? (order === undefined ? undefined : columnsIn(order)));
  return Object.fromEntries(
    Object.entries(said).map(([key, text]) => [
      key,
      key === "settings" ? canonicalSettings(text) : canonicalText(text),
    ]),
  );
}

const canonicalSettings = (text: string): string =>
  [...settingsIn(text)]
    .map(([name, value]) => `${name} = ${value}`)
    .toSorted()
    .join(", ");

/** Without what is so anyway. */
function saidOptions(options: Options, key: readonly string[] | undefined): Options {
  const { engine = "", primary_key: expressionKey, order_by: order, settings, ...others } = options;
  const plain = engineOf(engine);
  const kept = partsOf(settings ?? "").filter((part) => !/^index_granularity\s*=\s*8192$/.test(part));
  const isKey = order !== undefined && key !== undefined && columnsIn(order)?.join("\0") === key.join("\0");
  const isOrder = canonicalText(expressionKey ?? "") === canonicalText(order ?? "");
  const unsorted = order !== undefined && canonicalText(order) === "tuple()";
  return {
    ...(plain !== "" && plain !== "MergeTree" && { engine: plain }),
    ...(expressionKey !== undefined && !isOrder && { primary_key: expressionKey }),
    ...(order !== undefined && !isKey && !unsorted && { order_by: order }),
    ...others,
    ...(kept.length > 0 && { settings: kept.join(", ") }),
  };
}

/** Without what replication adds to the name and its parameters: a path and the name of the replica. */
function engineOf(engine: string): string {
  const [, shared, name = "", parameters = ""] =
    /^(Replicated|Shared)?(\w*MergeTree)\s*(?:\((.*)\))?$/s.exec(engine.trim()) ?? [];
  const own = partsOf(parameters).slice(shared && parameters.startsWith("'") ? 2 : 0);
  return own.length > 0 ? `${name}(${own.join(", ")})` : name;
}

const cannot = (table: string, what: string, why: string): ToolError =>
  new ToolError("unsupported", `in ClickHouse, table "${table}" cannot ${what}: ${why}`, {
    dialect: "clickhouse",
    table,
  });
