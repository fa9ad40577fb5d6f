import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { Column, TableImage } from "../../core/ddl/statement.ts";
import { indexField } from "../../core/schema/index-fields.ts";
import { columnNames } from "../../core/schema/index-names.ts";
import type { PartitionField, PartitionKey } from "../../core/schema/model.ts";
import { objectName } from "../../core/schema/names.ts";
import { behindNamespace } from "../../core/schema/namespaces.ts";
import { asWritten } from "./written.ts";

/** What the table `c` of the tables `t` is partitioned by, which part of which table it is, and what it inherits from. */
export const treeColumns = `(SELECT json_build_object('method', p.partstrat, 'expressions', pg_catalog.pg_get_expr(p.partexprs, p.partrelid),
    'whole', pg_catalog.pg_get_partkeydef(p.partrelid),
    'by', (SELECT json_agg(json_build_object('field', a.attname, 'class', CASE WHEN NOT o.opcdefault THEN o.opcname END,
      'collation', CASE WHEN u.coll <> 0 AND u.coll IS DISTINCT FROM a.attcollation THEN co.collname END) ORDER BY u.n)
      FROM unnest(p.partattrs::int2[], p.partclass::oid[], p.partcollation::oid[]) WITH ORDINALITY u (attnum, opc, coll, n)
      LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = u.attnum AND u.attnum <> 0
      LEFT JOIN pg_catalog.pg_opclass o ON o.oid = u.opc
      LEFT JOIN pg_catalog.pg_collation co ON co.oid = u.coll))
    FROM pg_catalog.pg_partitioned_table p WHERE p.partrelid = c.oid) AS partitioning,
  CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS bounds,
  (SELECT json_agg(p.relname ORDER BY h.inhseqno) FROM pg_catalog.pg_inherits h JOIN t p ON p.oid = h.inhparent WHERE h.inhrelid = c.oid) AS parents,
  EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid AND h.inhparent NOT IN (SELECT oid FROM t)) AS stray`;

/** Whether the table `c` has any of these. */
export const isInTree =
  "c.relkind = 'p' OR c.relispartition OR EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid)";

/** What those columns say. */
export function treeOf(row: Row): Pick<TableImage, "partitionBy" | "partitionOf" | "inherits"> {
  const parents = jsonOf<readonly string[]>(row["parents"]) ?? [];
  const [parent] = parents;
  const partitioning = jsonOf<Partitioning>(row["partitioning"]);
  const isPart = typeof row["bounds"] === "string";
  return {
    ...(partitioning && { partitionBy: partitionKeyOf(partitioning) }),
    ...(isPart &&
      parent !== undefined && {
        partitionOf: { table: parent, values: String(row["bounds"]).replace(/^FOR VALUES /, "") },
      }),
    ...(!isPart && parents.length > 0 && { inherits: parents }),
  };
}

interface Partitioning {
  /** `partstrat` of pg_partitioned_table. */
  readonly method: "r" | "l" | "h";
  readonly expressions: string | null;
  readonly whole: string;
  readonly by: readonly {
    readonly field: string | null;
    readonly class: string | null;
    readonly collation: string | null;
  }[];
}

const methods = { r: "range", l: "list", h: "hash" } as const;

function partitionKeyOf({ method, expressions, whole, by }: Partitioning): PartitionKey {
  const texts = splitList(expressions ?? "");
  return {
    method: methods[method],
    by: by.map((e): PartitionField => {
      const text = e.field === null ? (texts.shift() ?? "") : undefined;
      // An expression has a collation of its own, which is not written.
      const collates = text === undefined || [`${text} COLLATE `, `${text}) COLLATE `].some((t) => whole.includes(t));
      return indexField({
        ...(text === undefined ? { field: e.field ?? "" } : { expression: asWritten(text) }),
        ...(e.collation !== null && collates && { collation: e.collation }),
        ...(e.class !== null && { operatorClass: e.class }),
      });
    }),
  };
}

/** The expressions of a list, cut at the commas that are in no parentheses and no quotes. */
function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const [token] of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\s\S]/g)) {
    if ("([".includes(token)) depth++;
    if (")]".includes(token)) depth--;
    if (token === "," && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += token;
  }
  return part.trim() === "" ? parts : [...parts, part.trim()];
}

/** Tables that have their columns from others, each after those, with the columns marked that they have from there. */
export function withParents(tables: readonly TableImage[], rows: readonly Row[]): readonly TableImage[] {
  if (!tables.some((table) => parentsOf(table).length > 0)) return tables;
  const found = Map.groupBy(rows, (row) => String(row["table"]));
  const rowOf = (table: string, name: string) => found.get(table)?.find((row) => row["name"] === name);
  const done = new Map<string, TableImage>();
  const byName = new Map(tables.map((table) => [table.name, table]));
  const visit = (table: TableImage): TableImage => {
    const known = done.get(table.name);
    if (known) return known;
    const parents = parentsOf(table).flatMap((name) => {
      const parent = byName.get(name);
      return parent ? [visit(parent)] : [];
    });
    const columns = table.columns.map((column) => {
      const row = rowOf(table.name, column.name);
      const parent = parents.find((p) => p.columns.some(({ name }) => name === column.name));
      const above = parent?.columns.find(({ name }) => name === column.name);
      const rowAbove = parent && rowOf(parent.name, column.name);
      if (!row || !above || !rowAbove || row["local"] === true) return column;
      return inheritedColumn({ column, above, isPart: table.partitionOf !== undefined, same: isSame(row, rowAbove) });
    });
    const whole = { ...table, columns };
    done.set(table.name, whole);
    return whole;
  };
  return tables.map(visit);
}

const parentsOf = ({ partitionOf, inherits }: TableImage): readonly string[] =>
  partitionOf ? [partitionOf.table] : (inherits ?? []);

const isSame = (row: Row, above: Row): boolean =>
  ["type", "nullable", "default", "generated", "collation", "options"].every((key) => row[key] === above[key]);

/** Before version 17, partitions had no identity columns; what a sequence numbers is numbered by that of the table above. */
function inheritedColumn(found: {
  readonly column: Column;
  readonly above: Column;
  readonly isPart: boolean;
  readonly same: boolean;
}): Column {
  const { column, above, isPart, same } = found;
  const { comment } = column;
  const { comment: _, identity, autoUpdate, ...rest } = same ? above : column;
  const given = same ? { identity, autoUpdate } : { identity: above.identity, autoUpdate: above.autoUpdate };
  return {
    ...rest,
    ...(isPart && given.identity && { identity: given.identity }),
    ...(isPart && given.autoUpdate && { autoUpdate: given.autoUpdate }),
    ...(comment !== undefined && { comment }),
    inherited: same ? "same" : "changed",
  };
}

/** What is a part of a table that is not read. */
export const strayTables = (rows: readonly Row[]): readonly UnsupportedObject[] =>
  rows
    .filter((row) => row["stray"] === true)
    .map((row) => ({
      kind: typeof row["bounds"] === "string" ? "partition" : "inheritance",
      object: String(row["table"]),
      table: String(row["table"]),
      reason:
        "the table above it is in another schema, or one that godwit does not manage; it is taken for one by itself",
    }));

/** The indexes and foreign keys that the tables `t` have as parts of those above them. */
export const partNames = (withTables: string): string => `${withTables}
SELECT t.relname AS "table", c.relname AS name, COALESCE(k.contype, 'i') AS kind,
  (SELECT json_agg(COALESCE(h.attname, a.attname) ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
    LEFT JOIN pg_catalog.pg_attribute h ON h.attrelid = i.indrelid AND h.attnum = i.indkey[a.attnum - 1] AND h.attnum <> 0
    WHERE a.attrelid = i.indexrelid) AS columns
FROM t
JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relispartition
LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
UNION ALL
SELECT t.relname, k.conname, 'f', NULL
FROM t
JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid AND p.conrelid <> k.conrelid AND p.conname <> k.conname
ORDER BY 1, 2`;

/** Those with other names than PostgreSQL gives them, which a schema has no place for. */
export const oddPartNames = (rows: readonly Row[]): readonly UnsupportedObject[] =>
  rows
    .filter((row) => row["kind"] === "f" || !isUsual(row))
    .map((row) => ({
      kind: row["kind"] === "f" ? "foreign key" : "index",
      object: String(row["name"]),
      table: String(row["table"]),
      reason: "it is part of one of the table above, under a name that a schema does not keep",
    }));

function isUsual(row: Row): boolean {
  const columns = row["kind"] === "p" ? [] : (jsonOf<readonly string[]>(row["columns"]) ?? []);
  const suffix = suffixes[String(row["kind"])] ?? "idx";
  const usual = objectName(behindNamespace(String(row["table"])), columnNames(columns), suffix);
  return String(row["name"]).replace(/\d+$/, "") === usual.replace(/\d+$/, "");
}

/** `contype` of pg_constraint. */
const suffixes: Readonly<Record<string, string>> = { p: "pkey", u: "key", x: "excl" };

const jsonOf = <T>(value: unknown): T | undefined =>
  typeof value === "string" ? ((JSON.parse(value) ?? undefined) as T | undefined) : undefined;
