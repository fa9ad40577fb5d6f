import { type Command, execute } from "../../core/ddl/dialect.ts";
import { type Quote, stacked, stringLiteral } from "../../core/ddl/sql.ts";
import type { Column, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { doBlock, regclass } from "./procedure.ts";

/** How a column is stored and sampled: `storage: external`, `compression: lz4`, `statistics: 500`, `n_distinct: -0.5`. */
export const columnOptions = ["storage", "compression", "statistics", "n_distinct", "n_distinct_inherited"] as const;

/** A JSON object, or NULL: what a column `a` of the type `ty` is told, as text. `a.newer` is its compression, which PostgreSQL has since version 14. */
export const columnOptionsSql = `CASE WHEN a.attoptions IS NOT NULL OR a.attstorage <> ty.typstorage OR a.attstattarget >= 0
    OR a.newer <> '' THEN json_build_object(
      'storage', CASE WHEN a.attstorage <> ty.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END,
      'compression', CASE a.newer WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
      'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END,
      'given', array_to_json(a.attoptions)) END`;

/** What that gives. */
export function columnOptionsOf(found: unknown): Pick<Column, "options"> {
  if (typeof found !== "string") return {};
  const { given, ...told } = JSON.parse(found) as Readonly<Record<string, string | null>> & {
    readonly given: readonly string[] | null;
  };
  const entries = [
    ...Object.entries(told).filter(([, value]) => value !== null),
    ...(given ?? []).map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
  ];
  return entries.length > 0 ? { options: Object.fromEntries(entries) as Readonly<Record<string, string>> } : {};
}

/** The statements that tell a new column what its definition cannot say. */
export const newColumnOptions = (quote: Quote, table: string, column: Column): readonly Command[] =>
  column.options ? alterColumnOptions(quote, table, { after: column }) : [];

/**
 * A column that gets another type loses how it was stored, so that is said again. Throws ToolError `schema` for an option that says
 * nothing.
 */
export function alterColumnOptions(
  quote: Quote,
  table: string,
  { before, after, retyped = false }: { readonly before?: Column; readonly after: Column; readonly retyped?: boolean },
): readonly Command[] {
  const [old, next] = [canonical(before?.options ?? {}, table), canonical(after.options ?? {}, table)];
  const at = `ALTER COLUMN ${quote(after.name)}`;
  const lost = (key: string): boolean => retyped && (key === "storage" || key === "compression");
  const clausesOf = (keys: readonly string[]): readonly string[] =>
    keys.flatMap((key) => {
      const [was, is] = [lost(key) ? undefined : old[key], next[key]];
      if (was === is) return [];
      if (key === "storage") return is === undefined ? [] : [`${at} SET STORAGE ${is.toUpperCase()}`];
      if (key === "compression") return [`${at} SET COMPRESSION ${is ?? "default"}`];
      if (key === "statistics") return [`${at} SET STATISTICS ${is ?? "-1"}`];
      return [is === undefined ? `${at} RESET (${key})` : `${at} SET (${key} = ${is})`];
    });
  const isNew = before === undefined;
  const clauses = clausesOf(columnOptions.filter((key) => isNew || !staysAbove.has(key)));
  const below = isNew ? [] : clausesOf([...staysAbove]);
  const unstored = !retyped && old["storage"] !== undefined && next["storage"] === undefined;
  return [
    ...(unstored ? [execute(usualStorage(quote, table, after.name))] : []),
    ...(clauses.length > 0 ? [execute(`ALTER TABLE ${quote(table)}\n${stacked(clauses)}`)] : []),
    ...(below.length > 0 ? [execute(alterTree(quote, table, below))] : []),
  ];
}

/** What ALTER TABLE does not tell the tables that have the column from this one. */
const staysAbove: ReadonlySet<string> = new Set(["compression", "n_distinct", "n_distinct_inherited"]);

const alterTree = (quote: Quote, table: string, clauses: readonly string[]): string =>
  doBlock([
    "DECLARE",
    "  member REGCLASS;",
    "BEGIN",
    "  FOR member IN",
    "    WITH RECURSIVE tree AS (",
    `      SELECT ${regclass(quote, table)}::OID AS oid`,
    "      UNION SELECT h.inhrelid FROM pg_catalog.pg_inherits h JOIN tree ON h.inhparent = tree.oid",
    "    )",
    "    SELECT oid FROM tree",
    "  LOOP",
    `    EXECUTE 'ALTER TABLE ' || member || ${stringLiteral(` ${clauses.join(", ")}`)};`,
    "  END LOOP;",
    "END",
  ]);

/** The table with the options of its columns in one spelling, for comparing. */
export const canonicalColumns = (table: TableImage): TableImage =>
  table.columns.some(({ options }) => options)
    ? {
        ...table,
        columns: table.columns.map((column) =>
          column.options ? { ...column, options: canonical(column.options, table.name) } : column,
        ),
      }
    : table;

type Options = Readonly<Record<string, string>>;

function canonical(options: Options, table: string): Options {
  return Object.fromEntries(
    Object.entries(options).map(([key, text]) => {
      const value = text.trim().toLowerCase();
      const expected = forms[key];
      if (expected && !expected.form.test(value)) {
        const what = `option "${key}" of a field of table "${table}" is "${text}"`;
        throw new ToolError("schema", `${what}; PostgreSQL takes ${expected.words}`, { table, option: key });
      }
      return [key, /^[-+]?[\d.]+$/.test(value) ? String(Number(value)) : value];
    }),
  );
}

const share = { form: /^[-+]?\d*\.?\d+$/, words: "a number of values, or a share of the rows such as -0.5" };
const forms: Readonly<Record<string, { readonly form: RegExp; readonly words: string }>> = {
  storage: { form: /^(?:plain|external|extended|main)$/, words: "plain, external, extended or main" },
  compression: { form: /^(?:pglz|lz4)$/, words: "pglz or lz4" },
  statistics: { form: /^\d+$/, words: "a number up to 10000" },
  n_distinct: share,
  n_distinct_inherited: share,
};

/** PostgreSQL has SET STORAGE DEFAULT since version 16 only. */
const usualStorage = (quote: Quote, table: string, column: string): string =>
  doBlock([
    "BEGIN",
    "  EXECUTE (",
    "    SELECT format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s', a.attrelid::REGCLASS, a.attname,",
    "      CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END)",
    "    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid",
    `    WHERE a.attrelid = ${regclass(quote, table)} AND a.attname = ${stringLiteral(column)}`,
    "  );",
    "END",
  ]);
