import { words } from "../../core/ddl/sql.ts";
import type { Column, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { elementOf, indexField } from "../../core/schema/index-fields.ts";
import { modifyParts } from "./alter.ts";
import { characterSet } from "./character-set.ts";
import { prefixLength } from "./keys.ts";
import { stringLiteral } from "./quote.ts";
import { familyOf, isLong } from "./types.ts";

/**
 * What a table can be told beyond its columns, as CREATE TABLE has it. `collate` says the character set as well. `auto_increment` is the number that
 * the first row gets; what the next one gets is no part of a schema, so it is never compared.
 */
export const tableOptions = [
  "engine",
  "collate",
  "row_format",
  "auto_increment",
  "key_block_size",
  "stats_persistent",
  "stats_auto_recalc",
  "stats_sample_pages",
  "avg_row_length",
  "max_rows",
  "min_rows",
  "pack_keys",
  "checksum",
  "delay_key_write",
  "page_checksum",
  "transactional",
  "page_compressed",
  "page_compression_level",
  "encrypted",
  "encryption_key_id",
  "compression",
  "encryption",
] as const;

const usualEngine = "InnoDB";
/** That of the predecessor's tables. */
export const usualCollation = "utf8mb4_unicode_ci";

/** What stands behind the columns in CREATE TABLE. Throws ToolError `schema` for a value that is none. */
export function optionWords(table: TableImage): readonly string[] {
  const { engine = usualEngine, collate = usualCollation, ...others } = checked(table);
  return [
    `ENGINE=${engine}`,
    `DEFAULT CHARSET=${characterSet(collate)} COLLATE=${collate}`,
    ...Object.entries(others).map(([key, value]) => optionText(key, value)),
    ...(table.comment === undefined ? [] : [`COMMENT=${stringLiteral(table.comment)}`]),
  ];
}

/** The parts of an ALTER TABLE that make the options of one those of the other. Texts that follow the table in their collation are converted. */
export function optionChanges(before: TableImage, after: TableImage): readonly string[] {
  const [{ collate: from = usualCollation, ...old }, { collate: to = usualCollation, ...now }] = [
    checked(before),
    checked(after),
  ];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => !same(key, old[key], now[key]));
  const following = after.columns.filter((column) => isText(column) && !column.collation && !column.generated);
  return [
    ...keys.flatMap((key) => optionText(key, now[key] ?? unset[key] ?? "DEFAULT")),
    ...(from.toLowerCase() === to.toLowerCase()
      ? []
      : [
          `DEFAULT CHARSET=${characterSet(to)} COLLATE=${to}`,
          ...following.flatMap((column) => modifyParts({ ...column, collation: to })),
        ]),
  ];
}

const isText = ({ type }: Column): boolean => familyOf(type) === "text" || /^(?:enum|set)\b/i.test(type);

/** What an option is where nothing is said. */
const unset: Readonly<Record<string, string>> = {
  engine: usualEngine,
  key_block_size: "0",
  avg_row_length: "0",
  max_rows: "0",
  min_rows: "0",
  checksum: "0",
  delay_key_write: "0",
  page_checksum: "0",
  transactional: "DEFAULT",
  page_compressed: "0",
  compression: "'NONE'",
};

const same = (key: string, a: string | undefined, b: string | undefined): boolean =>
  comparable(key, a) === comparable(key, b) || (key === "auto_increment" && b === undefined);

const comparable = (key: string, value: string | undefined): string =>
  (value ?? unset[key] ?? "default").toLowerCase().replace(/^'(.*)'$/, "$1");

const optionText = (key: string, value: string): string => words(`${key.toUpperCase()}=${value}`);

function checked({ name, options = {} }: TableImage): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(options))
    if (!/^(?:\w+|'[\w ]*')$/.test(value))
      throw new ToolError("schema", `option "${key}" of table "${name}" is "${value}"; it is a word or a number`, {
        table: name,
        option: key,
      });
  return options;
}

/** What CREATE_OPTIONS of the catalog tells: `row_format=COMPRESSED key_block_size=8`. */
export const optionsIn = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/`?(\w+)`?=('[^']*'|"[^"]*"|\S+)/g)].map(
    ([, key = "", value = ""]) => [key.toLowerCase(), value.replace(/^"(.*)"$/, "'$1'")] as const,
  );

/** How tables are compared: what goes without saying is said of none. */
export function canonicalTable(table: TableImage): TableImage {
  const { auto_increment: _, ...told } = table.options ?? {};
  const options = Object.entries(told)
    .map(([key, value]) => [key, comparable(key, value)] as const)
    .filter(([key, value]) => value !== comparable(key, key === "collate" ? usualCollation : undefined));
  const collation = (told["collate"] ?? usualCollation).toLowerCase();
  return {
    ...table,
    options: Object.fromEntries(options),
    columns: table.columns.map(({ collation: own, ...column }) =>
      own === undefined || own.toLowerCase() === collation ? column : { ...column, collation: own.toLowerCase() },
    ),
    indexes: table.indexes.map((index) => withoutUnset(withoutLongPrefixes(index, table.columns))),
  };
}

/** Of long values an index holds as much as it was made with, which is more where a column has become long under it. */
function withoutLongPrefixes(index: IndexImage, columns: readonly Column[]): IndexImage {
  const isWhole = (field: string | undefined, prefix = 0): boolean =>
    prefix >= prefixLength && columns.some(({ name, type }) => name === field && isLong(type));
  return {
    ...index,
    fields: index.fields.map((field) => {
      const { prefix, ...element } = elementOf(field);
      return isWhole(element.field, prefix) ? indexField(element) : field;
    }),
  };
}

/** An index that is not hidden need not say so. */
function withoutUnset(index: IndexImage): IndexImage {
  const { hidden, ...others } = index.with ?? {};
  const { with: _, ...rest } = index;
  const told = { ...others, ...(/^(?:true|1)$/i.test(hidden ?? "") && { hidden: "true" }) };
  return Object.keys(told).length > 0 ? { ...rest, with: told } : rest;
}
