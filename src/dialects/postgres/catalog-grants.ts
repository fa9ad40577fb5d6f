import { ofExtension } from "./of-extension.ts";

const relation = `c.oid, c.relkind, NAME_OF(c.relname) AS name, COALESCE(r.rolname, 'public') AS role,
      CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(r.rolname) END AS called, x.is_grantable`;

const granted = `LEFT JOIN pg_catalog.pg_roles r ON r.oid = x.grantee
    WHERE IN_SCOPE AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT starts_with(c.relname, 'godwit_') AND x.grantee <> c.relowner AND NOT ${ofExtension("c.oid", "pg_class")}`;

/** Rows of the shape of `objects`: what roles other than the owner may do with tables, views, sequences and functions, and what everybody no longer may. */
export const grants = `SELECT 'grant' AS kind, g.role || CASE g.relkind WHEN 'S' THEN ' on sequence ' || g.name WHEN 'f' THEN ' on table ' || g.name ELSE '' END AS name,
  CASE WHEN g.relkind NOT IN ('S', 'f') THEN g.name END AS "table",
  string_agg('GRANT ' || g.privileges || ' ON ' || CASE WHEN g.relkind = 'S' THEN 'SEQUENCE ' ELSE '' END || g.oid::regclass || ' TO ' || g.called || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
    E';\\n' ORDER BY g.is_grantable) AS definition, NULL AS comment
FROM (SELECT p.oid, p.relkind, p.name, p.role, p.called, p.is_grantable, string_agg(p.privilege, ', ' ORDER BY p.privilege) AS privileges FROM (
    SELECT ${relation}, x.privilege_type AS privilege
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) x ${granted}
    UNION ALL
    SELECT ${relation}, x.privilege_type || ' (' || string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attname) || ')'
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attacl IS NOT NULL
    CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) x ${granted}
    GROUP BY c.oid, c.relkind, n.nspname, c.relname, r.rolname, x.grantee, x.is_grantable, x.privilege_type) p
  GROUP BY p.oid, p.relkind, p.name, p.role, p.called, p.is_grantable) g
GROUP BY g.oid, g.relkind, g.name, g.role, g.called
UNION ALL
SELECT 'grant', COALESCE(r.rolname, 'public') || ' on ' || f.what || ' ' || f.name, NULL,
  'GRANT EXECUTE ON ' || upper(f.what) || ' ' || f.oid::regprocedure || ' TO ' || CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(r.rolname) END ||
    CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, NULL
FROM (${functions()}) f CROSS JOIN LATERAL pg_catalog.aclexplode(f.proacl) x LEFT JOIN pg_catalog.pg_roles r ON r.oid = x.grantee
WHERE x.grantee NOT IN (0, f.proowner)
UNION ALL
SELECT 'grant', 'public on ' || f.what || ' ' || f.name, NULL, 'REVOKE EXECUTE ON ' || upper(f.what) || ' ' || f.oid::regprocedure || ' FROM PUBLIC', NULL
FROM (${functions()}) f WHERE NOT EXISTS (SELECT FROM pg_catalog.aclexplode(f.proacl) x WHERE x.grantee = 0)
ORDER BY 3, 2`;

/** Those that not everybody may call, or that somebody may give to others. */
function functions(): string {
  return `SELECT p.oid, p.proacl, p.proowner, CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS what, NAME_OF(p.proname) || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' AS name
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE IN_SCOPE AND p.proacl IS NOT NULL AND NOT starts_with(p.proname, 'godwit_') AND NOT ${ofExtension("p.oid", "pg_proc")}`;
}
