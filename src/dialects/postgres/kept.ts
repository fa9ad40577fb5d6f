import type { Command } from "../../core/ddl/dialect.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import { plainObjectName } from "../../core/schema/managed.ts";
import type { ManagedObject, View } from "../../core/schema/model.ts";

/** What is told of a thing before it is dropped, and said again when it is there again. */
export interface Kept {
  readonly before: readonly Command[];
  readonly after: readonly Command[];
}

const nothingKept: Kept = { before: [], after: [] };

/** What roles may do with a view and its columns, defaults of those, and whose it is. What is about a column counts only if there is one again. */
export const keptOfView = (quote: Quote, { name }: View): Kept =>
  kept(
    `view ${quote(name)}`,
    [
      granted("to_regclass", quote(name)),
      grantedColumns("to_regclass", quote(name)),
      ifColumn(
        `'ALTER VIEW ' || c.oid::REGCLASS || ' ALTER COLUMN ' || pg_catalog.quote_ident(a.attname) || ' SET DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid)`,
        `pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum`,
        isIt("to_regclass", quote(name)),
      ),
      owned(
        `'ALTER ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' ELSE 'VIEW ' END || c.oid::REGCLASS`,
        { from: "pg_catalog.pg_class c", owner: "c.relowner", namespace: "c.relnamespace" },
        isIt("to_regclass", quote(name)),
      ),
    ].join("\nUNION ALL\n"),
  );

/** Who may do what with one column, where it is dropped and made again, and how far it has counted. */
export const keptOfColumn = (quote: Quote, { table, column, again }: Columnar): Kept =>
  again
    ? kept(
        `column ${quote(table)}.${quote(column.name)}`,
        [
          `${grantedColumns("to_regclass", quote(table))} AND a.attname = ${stringLiteral(column.name)}`,
          ...(column.autoIncrement || column.identity ? [counted(quote(table), column.name)] : []),
        ].join("\nUNION ALL\n"),
      )
    : nothingKept;

type Columnar = Pick<StatementOf<"addColumn" | "dropColumn">, "table" | "column" | "again">;

/** Numbers that were given once are not given again, whether their rows are there or not. */
const counted = (table: string, column: string): string => {
  const sequence = `pg_catalog.pg_get_serial_sequence(${stringLiteral(table)}, ${stringLiteral(column)})`;
  return `SELECT 4, pg_catalog.format('SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(%L, %L), %s)', ${stringLiteral(table)}, ${stringLiteral(column)}, q.last)
FROM (SELECT pg_catalog.pg_sequence_last_value(${sequence}::REGCLASS) AS last) q WHERE q.last IS NOT NULL`;
};

/** Who may call a function, which everybody may at first, and whose it is. */
export function keptOfObject(quote: Quote, object: ManagedObject): Kept {
  if (!callable.has(object.kind)) return nothingKept;
  const parameters = /\([\s\S]*\)\s*$/.exec(object.name)?.[0] ?? "()";
  const name = `${quote(plainObjectName(object))}${parameters}`;
  const from = "pg_catalog.pg_proc c";
  const at = isIt("to_regprocedure", name);
  return kept(
    `${object.kind} ${name}`,
    [
      `SELECT 0 AS place, 'REVOKE ALL ON ROUTINE ' || c.oid::REGPROCEDURE || ' FROM PUBLIC' AS sql FROM ${from}
WHERE ${at} AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(c.proacl) x WHERE x.grantee = 0) AND c.proacl IS NOT NULL`,
      `SELECT 1, 'GRANT EXECUTE ON ROUTINE ' || c.oid::REGPROCEDURE || ${toRole} FROM ${from}, pg_catalog.aclexplode(c.proacl) x
WHERE ${at} AND x.grantee NOT IN (0, c.proowner)`,
      owned(`'ALTER ROUTINE ' || c.oid::REGPROCEDURE`, { from, owner: "c.proowner", namespace: "c.pronamespace" }, at),
    ].join("\nUNION ALL\n"),
  );
}

const callable: ReadonlySet<string> = new Set(["function", "procedure", "aggregate"]);

const kept = (name: string, rows: string): Kept => ({
  before: [{ kind: "capture", name, sql: `SELECT k.sql FROM (\n${rows}\n) k ORDER BY k.place, k.sql` }],
  after: [{ kind: "replay", name }],
});

type Lookup = "to_regclass" | "to_regprocedure";

const isIt = (lookup: Lookup, name: string): string => `c.oid = pg_catalog.${lookup}(${stringLiteral(name)})`;

const toRole = `' TO ' || CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`;

const granted = (lookup: Lookup, name: string): string =>
  `SELECT 1 AS place, 'GRANT ' || x.privilege_type || ' ON ' || c.oid::REGCLASS || ${toRole} AS sql
FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) x WHERE ${isIt(lookup, name)} AND x.grantee <> c.relowner`;

const grantedColumns = (lookup: Lookup, name: string): string =>
  ifColumn(
    `'GRANT ' || x.privilege_type || ' (' || pg_catalog.quote_ident(a.attname) || ') ON ' || c.oid::REGCLASS || ${toRole}`,
    "pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid, pg_catalog.aclexplode(a.attacl) x",
    `${isIt(lookup, name)} AND NOT a.attisdropped AND x.grantee <> c.relowner`,
  );

/** A statement about a column, which does nothing where that is not made again. */
const ifColumn = (statement: string, from: string, where: string): string =>
  `SELECT 2 AS place, pg_catalog.format('DO %L', pg_catalog.format('BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass(%L) AND attname = %L AND NOT attisdropped) THEN EXECUTE %L; END IF; END',
  c.oid::REGCLASS, a.attname, ${statement})) AS sql
FROM ${from} WHERE ${where}`;

/** Only where whoever migrates may give it away: a member of the owner, who may make things there. */
const owned = (
  statement: string,
  of: { readonly from: string; readonly owner: string; readonly namespace: string },
  at: string,
): string =>
  `SELECT 3 AS place, ${statement} || ' OWNER TO ' || pg_catalog.quote_ident(o.rolname) AS sql
FROM ${of.from} JOIN pg_catalog.pg_roles o ON o.oid = ${of.owner} JOIN pg_catalog.pg_roles u ON u.rolname = current_user
WHERE ${at} AND o.oid <> u.oid AND pg_catalog.pg_has_role(o.oid, 'MEMBER')
  AND (u.rolsuper OR pg_catalog.has_schema_privilege(o.oid, ${of.namespace}, 'CREATE'))`;
