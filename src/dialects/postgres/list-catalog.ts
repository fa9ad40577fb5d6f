import type { LiveSchema, Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { DomainImage } from "../../core/ddl/statement.ts";
import { enumNamePattern } from "../../core/schema/enums.ts";
import type { DomainCheck, Extension, Sequence } from "../../core/schema/model.ts";
import { ofExtension } from "./of-extension.ts";
import { type FoundSequence, isByItself, numbering, sequenceOptions, toldOf } from "./sequence-catalog.ts";
import { asWritten } from "./written.ts";

/** Extensions, domains and sequences; see `scoped` for what stands in capitals. */
export const listQueries = {
  extensions: `SELECT e.extname AS name, e.extversion AS version, n.nspname AS namespace, n.nspname IS NOT DISTINCT FROM current_schema() AS here,
  (SELECT a.default_version FROM pg_catalog.pg_available_extensions a WHERE a.name = e.extname) AS usual
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql' ORDER BY e.extname COLLATE "C"`,

  domains: `SELECT NAME_OF(y.typname) AS name, pg_catalog.format_type(y.typbasetype, y.typtypmod) AS type, y.typnotnull AS not_null, y.typdefault AS "default",
  CASE WHEN y.typcollation <> b.typcollation THEN (SELECT co.collname FROM pg_catalog.pg_collation co WHERE co.oid = y.typcollation) END AS collation,
  (SELECT json_agg(json_build_object('name', k.conname, 'check', pg_catalog.pg_get_expr(k.conbin, 0), 'notValid', NOT k.convalidated) ORDER BY k.conname)
    FROM pg_catalog.pg_constraint k WHERE k.contypid = y.oid AND k.contype = 'c') AS checks,
  pg_catalog.obj_description(y.oid, 'pg_type') AS comment
FROM pg_catalog.pg_type y
JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
JOIN pg_catalog.pg_type b ON b.oid = y.typbasetype
WHERE IN_SCOPE AND y.typtype = 'd' AND NOT ${ofExtension("y.oid", "pg_type")}
ORDER BY y.typname COLLATE "C"`,

  sequences: `SELECT NAME_OF(c.relname) AS name, ${sequenceOptions}, c.relname AS bare_name, o.identity, o.drives, o.written, o."table", o."column", o.bare_table
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_sequence q ON q.seqrelid = c.oid
LEFT JOIN (SELECT i.objid, NAME_OF(r.relname) AS "table", r.relname AS bare_table, a.attname AS "column", ${numbering}
  FROM pg_catalog.pg_depend i
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.refobjid AND a.attnum = i.refobjsubid
  JOIN pg_catalog.pg_class r ON r.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
  WHERE i.classid = 'pg_catalog.pg_class'::regclass AND i.refclassid = 'pg_catalog.pg_class'::regclass AND i.deptype IN ('a', 'i')) o ON o.objid = c.oid
WHERE IN_SCOPE AND c.relkind = 'S' AND NOT ${ofExtension("c.oid", "pg_class")}
ORDER BY c.relname COLLATE "C"`,
} as const;

/** What the rows of these queries tell. */
export function listsOf(
  rows: Readonly<Record<string, readonly Row[]>>,
): Pick<LiveSchema, "extensions" | "domains" | "sequences"> {
  const [extensions, domains, sequences] = [
    (rows["extensions"] ?? []).map(extensionOf),
    (rows["domains"] ?? []).filter(isPlain).map(domainOf),
    (rows["sequences"] ?? []).filter(isByItself).map(sequenceOf),
  ];
  return {
    ...(extensions.length > 0 && { extensions }),
    ...(domains.length > 0 && { domains }),
    ...(sequences.length > 0 && { sequences }),
  };
}

/** Those that no field could be of. */
export const oddDomains = (rows: Readonly<Record<string, readonly Row[]>>): readonly UnsupportedObject[] =>
  (rows["domains"] ?? [])
    .filter((row) => !isPlain(row))
    .map((row) => ({ kind: "domain", object: String(row["name"]), reason: "its name is no plain word" }));

const isPlain = (row: Row): boolean => enumNamePattern.test(String(row["name"]));

const extensionOf = (row: Row): Extension => ({
  name: String(row["name"]),
  ...(row["version"] !== row["usual"] && { version: String(row["version"]) }),
  ...(row["here"] !== true && { namespace: String(row["namespace"]) }),
});

function domainOf(row: Row): DomainImage {
  const found = typeof row["checks"] === "string" ? (JSON.parse(row["checks"]) as readonly DomainCheck[] | null) : null;
  return {
    name: String(row["name"]),
    type: String(row["type"]),
    ...(row["not_null"] === true && { notNull: true }),
    ...(typeof row["default"] === "string" && { default: row["default"] }),
    ...(typeof row["collation"] === "string" && { collation: row["collation"] }),
    ...(found && {
      checks: found.map(({ name, check, notValid }) => ({
        name,
        check: asWritten(check),
        ...(notValid && { notValid: true }),
      })),
    }),
    ...(typeof row["comment"] === "string" && { comment: row["comment"] }),
  };
}

function sequenceOf(row: Row): Sequence {
  const found = row as FoundSequence;
  return {
    name: String(row["name"]),
    ...(found.type !== "bigint" && { type: found.type }),
    ...toldOf(found),
    ...(typeof row["table"] === "string" && { ownedBy: `${row["table"]}.${row["column"]}` }),
    ...(found.comment !== null && { comment: found.comment }),
  };
}
