import type { Row } from "../../core/ddl/dialect.ts";
import { type Item, type Part, unionOf } from "./inventory.ts";

/** Of objects that are in no schema: those that somebody made, and no extension. */
const ofSomebody = (oid: string, catalog: string): string =>
  `${oid} >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.${catalog}'::regclass AND x.objid = ${oid} AND x.deptype IN ('e', 'i'))`;

/** Of objects in the schema that is read. */
const here = (namespace: string, oid: string, catalog: string): string =>
  `${namespace} IN (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE IN_SCOPE) AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.${catalog}'::regclass AND x.objid = ${oid} AND x.deptype IN ('e', 'i'))`;

const relationHere = `${here("c.relnamespace", "c.oid", "pg_class")} AND NOT starts_with(c.relname, 'godwit_')`;

const listed = (what: {
  readonly when?: Item;
  readonly kind: string;
  readonly object: string;
  readonly table?: string;
  readonly reason: string;
  readonly from: string;
}): Part => ({
  ...(what.when && { when: what.when }),
  sql: `SELECT ${what.kind}, ${what.object}::text, ${what.table ?? "NULL"}::text, ${what.reason} FROM ${what.from}`,
});

const text = (sql: string): string => `'${sql.replaceAll("'", "''")}'`;

const parts: readonly Part[] = [
  listed({
    when: "baseTypes",
    kind: "CASE WHEN NOT y.typisdefined THEN 'shell type' ELSE 'base type' END",
    object: "y.typname",
    table: "NULL",
    reason: "'it is made of functions in C, or not made to its end'",
    from: `pg_catalog.pg_type y WHERE ${here("y.typnamespace", "y.oid", "pg_type")} AND (y.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = y.oid) OR NOT y.typisdefined)`,
  }),
  listed({
    when: "rangeTypes",
    kind: "'range type'",
    object: "y.typname",
    reason: "'its canonical function needs the type before there is one'",
    from: `pg_catalog.pg_range g JOIN pg_catalog.pg_type y ON y.oid = g.rngtypid WHERE ${here("y.typnamespace", "y.oid", "pg_type")} AND g.rngcanonical::oid <> 0`,
  }),
  listed({
    when: "operators",
    kind: "'operator'",
    object: "o.oprname",
    reason: "'another operator names it, and nothing makes it'",
    from: `pg_catalog.pg_operator o WHERE ${here("o.oprnamespace", "o.oid", "pg_operator")} AND o.oprcode::oid = 0`,
  }),
  listed({
    when: "operatorClasses",
    kind: "'operator class'",
    object: "o.opcname",
    reason: text(
      "PostgreSQL does not tell what makes an operator class; declare it among the objects, with what drops it",
    ),
    from: `pg_catalog.pg_opclass o WHERE ${here("o.opcnamespace", "o.oid", "pg_opclass")}`,
  }),
  // One comes with each operator class that names none.
  listed({
    when: "operatorFamilies",
    kind: "'operator family'",
    object: "f.opfname",
    reason: text(
      "PostgreSQL does not tell what makes an operator family; declare it among the objects, with what drops it",
    ),
    from: `pg_catalog.pg_opfamily f WHERE ${here("f.opfnamespace", "f.oid", "pg_opfamily")} AND NOT EXISTS (SELECT FROM pg_catalog.pg_opclass o WHERE o.opcfamily = f.oid AND o.opcname = f.opfname)`,
  }),
  listed({
    when: "parsers",
    kind: "'text search parser'",
    object: "p.prsname",
    reason: "'it is made of functions in C'",
    from: `pg_catalog.pg_ts_parser p WHERE ${here("p.prsnamespace", "p.oid", "pg_ts_parser")}`,
  }),
  listed({
    when: "templates",
    kind: "'text search template'",
    object: "t.tmplname",
    reason: "'it is made of functions in C'",
    from: `pg_catalog.pg_ts_template t WHERE ${here("t.tmplnamespace", "t.oid", "pg_ts_template")}`,
  }),
  listed({
    when: "languages",
    kind: "'language'",
    object: "g.lanname",
    reason: "'languages are not part of a schema'",
    from: `pg_catalog.pg_language g WHERE ${ofSomebody("g.oid", "pg_language")}`,
  }),
  listed({
    when: "accessMethods",
    kind: "'access method'",
    object: "a.amname",
    reason: "'access methods are not part of a schema'",
    from: `pg_catalog.pg_am a WHERE ${ofSomebody("a.oid", "pg_am")}`,
  }),
  listed({
    when: "transforms",
    kind: "'transform'",
    object: "pg_catalog.format_type(r.trftype, NULL) || ' of ' || g.lanname",
    reason: "'transforms are not part of a schema'",
    from: `pg_catalog.pg_transform r JOIN pg_catalog.pg_language g ON g.oid = r.trflang WHERE ${ofSomebody("r.oid", "pg_transform")}`,
  }),
  listed({
    when: "wrappers",
    kind: "'user mapping'",
    object: "m.usename || ' at ' || m.srvname",
    reason: "'it may hold a password'",
    from: "pg_catalog.pg_user_mappings m",
  }),
  listed({
    when: "foreignTables",
    kind: "'foreign table'",
    object: "c.relname",
    reason: "'a foreign table that is a partition, or inherits from another table, is not part of a schema'",
    from: `pg_catalog.pg_class c WHERE ${relationHere} AND c.relkind = 'f' AND (c.relispartition OR EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid))`,
  }),
  listed({
    when: "eventTriggers",
    kind: "'event trigger'",
    object: "v.evtname",
    reason: "'it calls a function of another schema'",
    from: `pg_catalog.pg_event_trigger v JOIN pg_catalog.pg_proc p ON p.oid = v.evtfoid JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE NOT (IN_SCOPE) AND ${ofSomebody("v.oid", "pg_event_trigger")}`,
  }),
  listed({
    when: "publications",
    kind: "'publication'",
    object: "p.pubname",
    reason: "'what is replicated is not part of a schema'",
    from: `pg_catalog.pg_publication p WHERE ${ofSomebody("p.oid", "pg_publication")}`,
  }),
  listed({
    when: "subscriptions",
    kind: "'subscription'",
    object: "u.subname",
    reason: "'what is replicated is not part of a schema'",
    from: "pg_catalog.pg_subscription u WHERE u.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())",
  }),
  listed({
    when: "largeObjects",
    kind: "'large objects'",
    object: "count(*) || ' of them'",
    reason: "'they are rows of the database, not part of its schema'",
    from: "pg_catalog.pg_largeobject_metadata HAVING count(*) > 0",
  }),
  listed({
    when: "labels",
    kind: "'security label'",
    object: "b.objname",
    reason: "'security labels are not part of a schema'",
    from: "pg_catalog.pg_seclabels b WHERE b.objtype NOT IN ('role', 'tablespace') AND (b.objnamespace IS NULL OR b.objnamespace IN (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE IN_SCOPE))",
  }),
  listed({
    when: "defaultPrivileges",
    kind: "'default privileges'",
    object: "a.rolname",
    reason: "'privileges that future objects are to have are not part of a schema'",
    from: `pg_catalog.pg_default_acl d JOIN pg_catalog.pg_roles a ON a.oid = d.defaclrole
  WHERE (d.defaclnamespace = 0 OR d.defaclnamespace IN (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE IN_SCOPE))`,
  }),
  listed({
    when: "settings",
    kind: "'setting'",
    object: "split_part(w, '=', 1)",
    reason:
      "'it is set for the database' || COALESCE(' and the role ' || a.rolname, '') || ', and not part of a schema'",
    from: `pg_catalog.pg_db_role_setting g CROSS JOIN unnest(g.setconfig) w LEFT JOIN pg_catalog.pg_roles a ON a.oid = g.setrole
  WHERE g.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())`,
  }),
  ...(
    [
      [
        undefined,
        `SELECT 'schema' AS kind, n.nspname AS name, n.nspacl AS acl, n.nspowner AS owner, n.oid, 'pg_namespace' AS class FROM pg_catalog.pg_namespace n WHERE IN_SCOPE
    UNION ALL SELECT 'language', l.lanname, l.lanacl, l.lanowner, l.oid, 'pg_language' FROM pg_catalog.pg_language l
    UNION ALL SELECT 'database', d.datname, d.datacl, d.datdba, d.oid, 'pg_database' FROM pg_catalog.pg_database d WHERE d.datname = current_database()`,
      ],
      [
        "typeGrants",
        "SELECT 'type' AS kind, y.typname AS name, y.typacl AS acl, y.typowner AS owner, y.oid, 'pg_type' AS class FROM pg_catalog.pg_type y JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace WHERE IN_SCOPE",
      ],
      [
        "wrappers",
        `SELECT 'server' AS kind, s.srvname AS name, s.srvacl AS acl, s.srvowner AS owner, s.oid, 'pg_foreign_server' AS class FROM pg_catalog.pg_foreign_server s
    UNION ALL SELECT 'foreign data wrapper', w.fdwname, w.fdwacl, w.fdwowner, w.oid, 'pg_foreign_data_wrapper' FROM pg_catalog.pg_foreign_data_wrapper w`,
      ],
    ] as const
  ).map(([when, from]) =>
    listed({
      ...(when && { when }),
      kind: "'grants'",
      object: "g.name",
      reason: "'what others may do with a ' || g.kind || ' is not part of a schema'",
      from: `(${from}) g
  WHERE g.acl IS NOT NULL AND NOT EXISTS (SELECT FROM pg_catalog.pg_init_privs i WHERE i.classoid = ('pg_catalog.' || g.class)::regclass AND i.objoid = g.oid AND i.initprivs::text = g.acl::text)`,
    }),
  ),
  listed({
    when: "grants",
    kind: "'grants'",
    object: "c.relname",
    reason: "'its owner may not do everything with it, which is not part of a schema'",
    from: `pg_catalog.pg_class c WHERE ${relationHere} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relacl IS NOT NULL
  AND (SELECT count(*) FROM pg_catalog.aclexplode(c.relacl) x WHERE x.grantee = c.relowner AND x.privilege_type <> 'MAINTAIN') < 7`,
  }),
  listed({
    kind: "'comment on database'",
    object: "d.datname",
    reason: "'what describes the database is not part of a schema'",
    from: "pg_catalog.pg_database d JOIN pg_catalog.pg_shdescription e ON e.classoid = 'pg_catalog.pg_database'::regclass AND e.objoid = d.oid WHERE d.datname = current_database()",
  }),
  listed({
    kind: "'comment on schema'",
    object: "n.nspname",
    reason: "'what describes the current schema is not part of it'",
    from: "pg_catalog.pg_namespace n JOIN pg_catalog.pg_description e ON e.classoid = 'pg_catalog.pg_namespace'::regclass AND e.objoid = n.oid WHERE n.nspname = current_schema() AND e.description <> 'standard public schema' AND NOT IS_NAMED",
  }),
  listed({
    when: "owners",
    kind: "'owner'",
    object: "c.relname",
    reason:
      "'it belongs to ' || pg_catalog.pg_get_userbyid(c.relowner) || ', unlike most; owners are not part of a schema'",
    from: `pg_catalog.pg_class c JOIN (SELECT o.relnamespace, mode() WITHIN GROUP (ORDER BY o.relowner) AS most FROM pg_catalog.pg_class o
    WHERE o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') GROUP BY 1) w ON w.relnamespace = c.relnamespace
  WHERE ${relationHere} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relowner <> w.most`,
  }),
  listed({
    when: "hangOnExtension",
    kind: "'dependence on extension'",
    object: "pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)",
    reason: "'it is dropped with the extension ' || e.extname || ', which is not part of a schema'",
    from: "pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON d.refclassid = 'pg_catalog.pg_extension'::regclass AND e.oid = d.refobjid WHERE d.deptype = 'x'",
  }),
  listed({
    when: "typedTables",
    kind: "'typed table'",
    object: "c.relname",
    table: "c.relname",
    reason: "'that it is of a composite type is not part of a schema; only its columns are compared'",
    from: `pg_catalog.pg_class c WHERE ${relationHere} AND c.relkind IN ('r', 'p') AND c.reloftype <> 0`,
  }),
  listed({
    when: "accessMethodsOfTables",
    kind: "'table access method'",
    object: "c.relname",
    table: "c.relname",
    reason: "'it is kept by ' || a.amname || ', which is not part of a schema'",
    from: `pg_catalog.pg_class c JOIN pg_catalog.pg_am a ON a.oid = c.relam AND a.amname <> 'heap' WHERE ${relationHere} AND c.relkind IN ('r', 'p', 'm')`,
  }),
  listed({
    when: "toastParameters",
    kind: "'storage parameter'",
    object: "c.relname",
    table: "c.relname",
    reason: "'parameters of its TOAST table are not part of a schema: ' || array_to_string(o.reloptions, ', ')",
    from: `pg_catalog.pg_class c JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid AND o.reloptions IS NOT NULL WHERE ${relationHere} AND c.relkind NOT IN ('r', 'p')`,
  }),
  listed({
    when: "domains",
    kind: "'not null'",
    object: "NAME_OF(y.typname)",
    reason: `'a schema does not keep the name "' || k.conname || '", under which the domain is NOT NULL, nor what describes that'`,
    from: `pg_catalog.pg_constraint k JOIN pg_catalog.pg_type y ON y.oid = k.contypid JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
  WHERE ${here("y.typnamespace", "y.oid", "pg_type")} AND k.contype = 'n' AND (EXISTS (SELECT FROM pg_catalog.pg_description e WHERE e.classoid = 'pg_catalog.pg_constraint'::regclass AND e.objoid = k.oid)
    OR k.conname <> y.typname || '_not_null' AND octet_length(y.typname) < 55)`,
  }),
  listed({
    when: "tablespaces",
    kind: "'tablespace'",
    object: "c.relname",
    reason: "'that it is kept in ' || s.spcname || ' is not part of a schema'",
    from: `pg_catalog.pg_class c JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace WHERE ${relationHere} AND c.relkind IN ('i', 'I', 'm')`,
  }),
  listed({
    when: "sampledColumns",
    kind: "'index'",
    object: "c.relname",
    reason: "'how an index is sampled is not part of a schema'",
    from: `pg_catalog.pg_class c WHERE ${relationHere} AND c.relkind IN ('i', 'I') AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0)`,
  }),
  listed({
    when: "views",
    kind: "'default of view'",
    object: "a.attname",
    table: "c.relname",
    reason: "'defaults of the columns of a view are not part of a schema'",
    from: `pg_catalog.pg_class c JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum WHERE ${relationHere} AND c.relkind = 'v'`,
  }),
  listed({
    when: "materializedViews",
    kind: "'view storage'",
    object: "c.relname",
    reason:
      "'the table is clustered by it, or its columns are stored or sampled in another way; that is not part of a schema'",
    from: `pg_catalog.pg_class c WHERE ${relationHere} AND c.relkind = 'm' AND (EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisclustered)
  OR EXISTS (SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type y ON y.oid = a.atttypid WHERE a.attrelid = c.oid AND a.attnum > 0
    AND (a.attoptions IS NOT NULL OR a.attstorage <> y.typstorage OR a.attstattarget > 0)))`,
  }),
  listed({
    when: "foreignKeysOff",
    kind: "'trigger'",
    object: "k.conname",
    table: "c.relname",
    reason: "'the foreign key is switched off, which nothing declares'",
    from: `pg_catalog.pg_class c JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid AND g.tgisinternal AND g.tgenabled <> 'O'
  JOIN pg_catalog.pg_constraint k ON k.oid = g.tgconstraint WHERE ${relationHere} GROUP BY k.conname, c.relname`,
  }),
];

/** What is in the schema or is the whole database's, has no place in a schema, and is not read as a statement either. */
export const unread = (found?: Row): string =>
  `SELECT l.kind, l.object, l."table", l.reason FROM (
${unionOf(parts, found)}
) l (kind, object, "table", reason) ORDER BY 1, 2`;
