import { words } from "../../core/ddl/sql.ts";
import type { Column, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import mysql from "../mysql/dialect.ts";

type Options = Readonly<Record<string, string>>;

/** What a table of TiDB can be told beyond MySQL: https://docs.pingcap.com/tidb/stable/sql-statement-create-table/ */
const own = [
  "clustered",
  "shard_row_id_bits",
  "pre_split_regions",
  "auto_id_cache",
  "auto_random_base",
  "placement_policy",
  "ttl",
  "ttl_enable",
  "ttl_job_interval",
] as const;

type OwnOption = (typeof own)[number];

/** What is there for MySQL is taken as well, and has no effect but for the collation. */
export const tableOptions: readonly string[] = [...(mysql.tableOptions ?? []), ...own];

/** Bits by which the numbers that a column gets are spread: https://docs.pingcap.com/tidb/stable/auto-random/ */
export const columnOptions = ["auto_random"] as const;

const isOwn = (key: string): key is OwnOption => own.some((option) => option === key);

/** The table without what only TiDB can be told. */
export const plainTable = (table: TableImage): TableImage => ({
  ...table,
  ...(table.options && { options: Object.fromEntries(Object.entries(table.options).filter(([key]) => !isOwn(key))) }),
});

/** What is kept of a table where two are compared: the catalog tells only these. */
const compared: readonly OwnOption[] = ["clustered", "shard_row_id_bits", "placement_policy"];

/** As for MySQL. Of its options the collation counts, because TiDB reads the others and forgets them. */
export function canonicalTable(table: TableImage): TableImage {
  const { collate, ...options } = table.options ?? {};
  const base = mysql.canonicalTable?.({ ...table, options: collate === undefined ? {} : { collate } }) ?? table;
  const said = compared.flatMap((key) => {
    const value = options[key]?.toLowerCase();
    return value === undefined || value === usual[key] || (key === "clustered" && !table.primaryKey)
      ? []
      : [[key, value] as const];
  });
  return { ...base, options: { ...base.options, ...Object.fromEntries(said) } };
}

const usual: Partial<Record<OwnOption, string>> = { clustered: "true", shard_row_id_bits: "0" };

/**
 * What follows the primary key and the table, each part in a comment that only TiDB reads, and only a TiDB that has it:
 * https://docs.pingcap.com/tidb/stable/comment-syntax/. Whether the primary key is clustered is always said, because what goes without saying is a
 * setting of the server.
 */
export function marksOf(table: TableImage) {
  const options = checked(table);
  const clustered = isTrue(options["clustered"] ?? "true") ? "CLUSTERED" : "NONCLUSTERED";
  return { primaryKey: `/*T![clustered_index] ${clustered} */`, table: words(...optionParts(options).map(marked)) };
}

/** The parts of ALTER TABLE that make the options of one those of the other; one each, because TiDB takes few of them together. */
export function optionChanges(before: TableImage, after: TableImage): readonly string[] {
  const [old, now] = [checked(before), checked(after)];
  if (isTrue(old["clustered"] ?? "true") !== isTrue(now["clustered"] ?? "true"))
    throw settled(after.name, "clustered", "whether the rows are stored by the primary key");
  if (old["pre_split_regions"] !== now["pre_split_regions"])
    throw settled(after.name, "pre_split_regions", "into how many regions it is split");
  const changed = optionParts({ ...unset(old), ...now }).filter((part) => !isSame(part, old, now));
  const removed = old["ttl"] !== undefined && now["ttl"] === undefined;
  return [...(removed ? ["REMOVE TTL"] : []), ...changed.map(({ text }) => text)];
}

/** What makes an option that is said no longer what it is where nobody says it. */
const unset = (options: Options): Options =>
  Object.fromEntries(Object.keys(options).flatMap((key) => (absent[key] === undefined ? [] : [[key, absent[key]]])));

const absent: Options = {
  shard_row_id_bits: "0",
  auto_id_cache: "0",
  placement_policy: "default",
  ttl_enable: "ON",
  ttl_job_interval: "1h",
};

interface Part {
  readonly keys: readonly OwnOption[];
  readonly feature?: string;
  readonly text: string;
}

const isSame = ({ keys }: Part, old: Options, now: Options): boolean =>
  keys.every((key) => (old[key] ?? absent[key]) === (now[key] ?? absent[key]));

function optionParts(options: Options): readonly Part[] {
  const part = (key: OwnOption, feature: string | undefined, text: (value: string) => string): readonly Part[] => {
    const value = options[key];
    return value === undefined ? [] : [{ keys: [key], ...(feature && { feature }), text: text(value) }];
  };
  return [
    ...part("shard_row_id_bits", undefined, (bits) => `SHARD_ROW_ID_BITS=${bits}`),
    ...part("pre_split_regions", undefined, (bits) => `PRE_SPLIT_REGIONS=${bits}`),
    ...part("auto_id_cache", "auto_id_cache", (size) => `AUTO_ID_CACHE=${size}`),
    ...part("auto_random_base", "auto_rand_base", (number) => `AUTO_RANDOM_BASE=${number}`),
    ...part("placement_policy", "placement", (policy) => `PLACEMENT POLICY=${policy}`),
    ...part("ttl", "ttl", (time) => `TTL=${time}`),
    ...part("ttl_enable", "ttl", (word) => `TTL_ENABLE='${isTrue(word) ? "ON" : "OFF"}'`),
    ...part("ttl_job_interval", "ttl", (time) => `TTL_JOB_INTERVAL='${time}'`),
  ];
}

const marked = ({ feature, text }: Part): string => `/*T!${feature === undefined ? "" : `[${feature}]`} ${text} */`;

const isTrue = (word: string): boolean => /^(?:true|on|1|yes)$/i.test(word);

/** The options that only TiDB has. Throws ToolError `schema` for a value that is none. */
function checked({ name, options = {} }: TableImage): Options {
  const ours = Object.entries(options).filter(([key]) => isOwn(key));
  for (const [key, value] of ours)
    if (!(shapes[key] ?? /^\w+$/).test(value))
      throw new ToolError(
        "schema",
        `option "${key}" of table "${name}" is "${value}"; ${examples[key] ?? "it is a number"}`,
        {
          table: name,
          option: key,
        },
      );
  return Object.fromEntries(ours);
}

const shapes: Readonly<Record<string, RegExp>> = {
  clustered: /^(?:true|false)$/i,
  ttl: /^`?[^`'*/;]+`?\s*\+\s*INTERVAL\s+\d+\s+\w+$/i,
  placement_policy: /^(?:\w+|`[^`*]+`)$/,
  shard_row_id_bits: /^\d+$/,
  pre_split_regions: /^\d+$/,
  auto_id_cache: /^\d+$/,
  auto_random_base: /^\d+$/,
};

const examples: Readonly<Record<string, string>> = {
  clustered: 'it is "true" or "false"',
  ttl: "it is a column and how long a row stays, such as created_at + INTERVAL 90 DAY",
  placement_policy: "it is the name of a placement policy",
  ttl_job_interval: "it is a time such as 24h",
};

/** A column with what only TiDB reads behind its type. Throws ToolError `schema`. */
export function markedColumn(table: string, column: Column): Column {
  const bits = column.options?.["auto_random"];
  if (bits === undefined) return column;
  if (!/^\d+(?:\s*,\s*\d+)?$/.test(bits) || !/^bigint/i.test(column.type) || column.autoIncrement || column.default)
    throw new ToolError(
      "schema",
      `field "${column.name}" of table "${table}" has the option auto_random: "${bits}"; it is a number of bits such as "5", of a bigint that is the primary key and has no default and no numbers of its own`,
      { table, field: column.name },
    );
  return { ...column, type: `${column.type} /*T![auto_rand] AUTO_RANDOM(${bits}) */` };
}

const settled = (table: string, option: string, what: string): ToolError =>
  new ToolError(
    "unsupported",
    `TiDB cannot change the option "${option}" of table "${table}": ${what} is settled when it is made; make a new table, copy the rows and exchange the two`,
    { table, option },
  );
