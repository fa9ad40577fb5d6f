import { type Command, execute } from "../../core/ddl/dialect.ts";
import { quoteQualified } from "../../core/ddl/qualified.ts";
import { lines, stringLiteral } from "../../core/ddl/sql.ts";
import type { StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { ofTable } from "./names.ts";
import { quote as plain } from "./quote.ts";
import { cannot } from "./refusal.ts";

const quote = quoteQualified(plain);

/** How rows are sorted, divided between nodes and into partitions, and whether keys are kept: https://docs.vertica.com/24.1.x/en/sql-reference/statements/create-statements/create-table/ */
export const tableOptions = ["order_by", "segmented_by", "ksafe", "partition_by", "constraints"] as const;
export const columnOptions = ["encoding"] as const;

type Options = Readonly<Record<string, string>>;

/** What follows the columns in CREATE TABLE, in Vertica's own words. Throws ToolError `schema` for an option that says nothing. */
export function storage({ name, options = {} }: TableImage): string {
  const { order_by, segmented_by, ksafe, partition_by } = said(name, options);
  return lines(
    order_by && `ORDER BY ${order_by}`,
    segmented_by && (/^unsegmented\b/i.test(segmented_by) ? segmented_by : `SEGMENTED BY ${segmented_by}`),
    ksafe && `KSAFE ${ksafe}`,
    partition_by && `PARTITION BY ${partition_by}`,
  );
}

/** What stands behind a key or a check: Vertica keeps none but checks where nothing is said (https://docs.vertica.com/24.1.x/en/admin/constraints/constraint-enforcement/). */
export const enforcement = ({ name, options = {} }: Pick<TableImage, "name" | "options">): string =>
  said(name, options)["constraints"] === "disabled" ? "DISABLED" : "ENABLED";

/** Partitions and the keeping of keys change in place; how rows are sorted and divided belongs to projections, which stay as they are. */
export function alterOptions({ before, after }: StatementOf<"alterOptions">): readonly Command[] {
  const [old, next] = [said(before.name, before.options ?? {}), said(after.name, after.options ?? {})];
  for (const option of ["order_by", "segmented_by", "ksafe"])
    if (old[option] !== next[option])
      throw cannot(
        `change ${option} of table "${after.name}"`,
        "it went into the projections of the table when that was made; make another projection with runSQL, and refresh it",
        { table: after.name, option },
      );
  const [from, to] = [enforcement(before), enforcement(after)];
  return [
    ...(old["partition_by"] === next["partition_by"] ? [] : [execute(partitions(after.name, next["partition_by"]))]),
    ...(from === to ? [] : switchAll(after.name, to)),
  ];
}

const partitions = (table: string, by: string | undefined): string =>
  `ALTER TABLE ${quote(table)} ${by === undefined ? "REMOVE PARTITIONING" : `PARTITION BY ${by} REORGANIZE`}`;

/** Every key and check of the table, whatever its name. */
const switchAll = (table: string, to: string): readonly Command[] => [
  {
    kind: "capture",
    name: "constraints",
    sql: `SELECT DISTINCT ${stringLiteral(`ALTER TABLE ${quote(table)} ALTER CONSTRAINT `)} || QUOTE_IDENT(constraint_name) || ' ${to}' AS sql FROM v_catalog.constraint_columns
WHERE ${ofTable(table)} AND constraint_type IN ('p', 'u', 'c')`,
  },
  { kind: "replay", name: "constraints" },
];

/** The options of a column in one spelling: https://docs.vertica.com/24.1.x/en/sql-reference/statements/create-statements/create-projection/encoding-types/ */
export function canonicalColumnOptions(options: Options, table: string): Options {
  const { encoding } = options;
  if (encoding === undefined) return {};
  const word = encoding.trim().toLowerCase();
  if (!encodings.test(word))
    throw wrong(table, "encoding", encoding, "auto, rle, deltaval, block_dict, gzip_comp, zstd_comp and the like");
  return { encoding: word };
}

const encodings =
  /^(?:auto|block_dict|blockdict_comp|bzip_comp|commondelta_comp|deltarange_comp|deltaval|gcddelta|gzip_comp|rle|zstd_(?:fast_|high_)?comp)$/;

function said(table: string, options: Options): Options {
  const text = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, value.trim()]));
  const empty = Object.entries(text).find(([, value]) => value === "");
  if (empty) throw wrong(table, empty[0], "", "what stands behind the words in CREATE TABLE");
  const { ksafe, constraints } = text;
  if (ksafe !== undefined && !/^[012]$/.test(ksafe)) throw wrong(table, "ksafe", ksafe, "0, 1 or 2");
  if (constraints !== undefined && !/^(?:en|dis)abled$/i.test(constraints))
    throw wrong(table, "constraints", constraints, "enabled or disabled");
  return { ...text, ...(constraints !== undefined && { constraints: constraints.toLowerCase() }) };
}

const wrong = (table: string, option: string, found: string, expected: string): ToolError =>
  new ToolError("schema", `option "${option}" of table "${table}" is "${found}"; Vertica takes ${expected}`, {
    table,
    option,
  });
