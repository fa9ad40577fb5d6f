import { type Command, execute } from "../../core/ddl/dialect.ts";
import { block } from "../../core/ddl/sql.ts";
import type { StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { quote } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { canonicalTtl, reservedTtl } from "./ttl.ts";

/** What may stand in WITH (…), in small letters: https://ydb.tech/docs/en/concepts/datamodel/table#partitioning_row_table */
export const tableOptions = [
  "auto_partitioning_by_size",
  "auto_partitioning_by_load",
  "auto_partitioning_partition_size_mb",
  "auto_partitioning_min_partitions_count",
  "auto_partitioning_max_partitions_count",
  "uniform_partitions",
  "partition_at_keys",
  "read_replicas_settings",
  "key_bloom_filter",
  "ttl",
] as const;

type Options = Readonly<Record<string, string>>;

/** What follows the columns in CREATE TABLE. Throws ToolError `schema` for a value that cannot be. */
export function storage({ name, options = {} }: TableImage): string | undefined {
  const said = Object.entries(options).map(([key, value]) => setting(name, key, value));
  return said.length === 0 ? undefined : block("WITH", said);
}

/** All but the first partitions change in place; what is not said any more is what it would be by itself. */
export function alterOptions({ before, after }: StatementOf<"alterOptions">): readonly Command[] {
  const [old, next] = [before.options ?? {}, after.options ?? {}];
  const [was, is] = [canonicalOptions(before), canonicalOptions(after)];
  for (const key of firstPartitions)
    if (old[key] !== next[key])
      throw cannot(
        `change ${key} of table "${after.name}"`,
        "a table gets its first partitions when it is made; later it divides them by itself",
        { table: after.name, option: key },
      );
  const changed = tableOptions.filter((key) => was[key] !== is[key]);
  const set = changed.flatMap((key) => {
    const value = next[key] ?? usual[key]?.[0];
    return value === undefined ? [] : [setting(after.name, key, value)];
  });
  const alter = (change: string): Command => execute(`ALTER TABLE ${quote(after.name)} ${change}`);
  return [
    ...(set.length > 0 ? [alter(`SET (${set.join(", ")})`)] : []),
    ...(changed.includes("ttl") && next["ttl"] === undefined ? [alter("RESET (TTL)")] : []),
  ];
}

const firstPartitions = ["uniform_partitions", "partition_at_keys"];

/** What is so where nothing is said, as the documentation and the server have it. */
const usual: Readonly<Record<string, readonly string[]>> = {
  auto_partitioning_by_size: ["ENABLED"],
  auto_partitioning_by_load: ["DISABLED"],
  auto_partitioning_partition_size_mb: ["2048", "2000", "0"],
  auto_partitioning_min_partitions_count: ["1", "0"],
  auto_partitioning_max_partitions_count: ["50", "0"],
  read_replicas_settings: ["PER_AZ:0", "ANY_AZ:0"],
  key_bloom_filter: ["DISABLED"],
};

function setting(table: string, key: string, value: string): string {
  const text = checked(table, key, value.trim());
  return `${key.toUpperCase()} = ${key === "read_replicas_settings" ? `"${text}"` : text}`;
}

function checked(table: string, key: string, value: string): string {
  const form = forms[key];
  if (form === undefined) {
    if (value !== "" && (key !== "ttl" || reservedTtl.test(value))) return value;
  } else if (form.pattern.test(value)) return value.toUpperCase();
  throw new ToolError(
    "schema",
    `option "${key}" of table "${table}" is "${value}"; YDB takes ${form?.words ?? (key === "ttl" ? 'Interval("P30D") ON column' : "a list of keys in parentheses")}`,
    { table, option: key },
  );
}

const flag = { pattern: /^(?:enabled|disabled)$/i, words: "ENABLED or DISABLED" };
const count = { pattern: /^\d+$/, words: "a whole number" };
const forms: Readonly<Record<string, { readonly pattern: RegExp; readonly words: string }>> = {
  auto_partitioning_by_size: flag,
  auto_partitioning_by_load: flag,
  auto_partitioning_partition_size_mb: count,
  auto_partitioning_min_partitions_count: count,
  auto_partitioning_max_partitions_count: count,
  uniform_partitions: count,
  read_replicas_settings: { pattern: /^(?:per_az|any_az):\d+$/i, words: "PER_AZ:1 or ANY_AZ:1, with how many" },
  key_bloom_filter: flag,
};

/** A table as the scheme tells it: without what goes without saying, and without the partitions that it began with. */
export function canonicalTable(table: TableImage): TableImage {
  const { options: _, ...rest } = table;
  const options = canonicalOptions(table);
  return Object.keys(options).length === 0 ? rest : { ...rest, options };
}

function canonicalOptions({ options = {} }: TableImage): Options {
  const entries = Object.entries(options).map(([key, value]): [string, string] => {
    const text = value.trim();
    return [key, key === "ttl" ? canonicalTtl(text) : forms[key] ? text.toUpperCase() : text];
  });
  return Object.fromEntries(
    entries.filter(([key, value]) => !firstPartitions.includes(key) && !usual[key]?.includes(value)),
  );
}
