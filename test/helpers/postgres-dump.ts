import type { Database } from "../../src/runtime/database.ts";

/** One property of one object of a database. */
export interface DumpLine {
  /** What it is of: `table users`, `view active_users`. */
  readonly object: string;
  readonly text: string;
}

/**
 * All that `pg_dump --schema-only` says of the objects of a database's own schemas, made of the same functions of the server. Where the columns of
 * a table stand does not count, nor do godwit's own tables.
 */
export async function dumpPostgres({ driver }: Database): Promise<readonly DumpLine[]> {
  const lines: DumpLine[] = [];
  for (const query of Object.values(queries)) {
    const rows = await driver.query(query);
    for (const row of rows) lines.push({ object: String(row["object"]), text: String(row["text"]) });
  }
  return lines;
}

const own = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
const class_ = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${own} AND c.relname !~ '^godwit_'`;
const notOfExtension = (oid: string, catalog: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalog}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;
const comment = (oid: string, catalog: string, sub = "0"): string =>
  `COALESCE((SELECT ' comment ' || quote_literal(d.description) FROM pg_description d WHERE d.classoid = '${catalog}'::regclass AND d.objoid = ${oid} AND d.objsubid = ${sub}), '')`;
const kinds = `CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type' ELSE 'table' END`;
const object = `${kinds} || ' ' || c.oid::regclass`;

const queries = {
  tables: `SELECT ${object} AS object, concat_ws(' ', c.relkind, c.relpersistence, (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(c.reloptions) o), pg_get_partkeydef(c.oid),
      pg_get_expr(c.relpartbound, c.oid), (SELECT string_agg(h.inhparent::regclass::text, ',' ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = c.oid),
      CASE WHEN c.relrowsecurity THEN 'rls' END, CASE WHEN c.relforcerowsecurity THEN 'forced' END, c.relreplident,
      CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END) || ${comment("c.oid", "pg_class")} AS text
    FROM ${class_} WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${notOfExtension("c.oid", "pg_class")} ORDER BY 1, 2`,
  columns: `SELECT ${object} AS object, 'column ' || concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
      'default ' || pg_get_expr(e.adbin, e.adrelid), 'identity ' || NULLIF(a.attidentity::text, ''), 'generated ' || NULLIF(a.attgenerated::text, ''),
      (SELECT 'collate ' || co.collname FROM pg_collation co WHERE co.oid = a.attcollation AND a.attcollation <> ty.typcollation),
      a.attoptions::text, CASE WHEN a.attstorage <> ty.typstorage THEN 'storage ' || a.attstorage::text END) || ${comment("a.attrelid", "pg_class", "a.attnum")} AS text
    FROM ${class_} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type ty ON ty.oid = a.atttypid
    LEFT JOIN pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${notOfExtension("c.oid", "pg_class")} ORDER BY 1, 2`,
  // Without those that the server keeps for itself, for each partition that a foreign key points at: version 12 has them or not, by the order of statements.
  constraints: `SELECT ${object} AS object, 'constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) || ${comment("k.oid", "pg_constraint")} AS text
    FROM ${class_} JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype <> 't'
      AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid) ORDER BY 1, 2`,
  indexes: `SELECT ${object} AS object, pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END || CASE WHEN i.indisclustered THEN ' clustered' ELSE '' END ||
      CASE WHEN i.indisreplident THEN ' identity' ELSE '' END || ${comment("i.indexrelid", "pg_class")} AS text
    FROM ${class_} JOIN pg_index i ON i.indrelid = c.oid ORDER BY 1, 2`,
  sequences: `SELECT 'sequence ' || c.oid::regclass AS object, concat_ws(' ', format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle,
      (SELECT d.deptype::text || ' owned by ' || d.refobjid::regclass || '.' || quote_ident(a.attname) FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))) || ${comment("c.oid", "pg_class")} AS text
    FROM ${class_} JOIN pg_sequence q ON q.seqrelid = c.oid ORDER BY 1, 2`,
  functions: `SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END || ' ' || p.oid::regprocedure AS object,
      CASE WHEN p.prokind = 'a' THEN (SELECT concat_ws(' ', g.aggkind, g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggtranstype::regtype, g.agginitval, g.aggfinalextra, g.aggmtransfn, g.aggsortop::regoperator, p.proparallel)
        FROM pg_aggregate g WHERE g.aggfnoid = p.oid) ELSE pg_get_functiondef(p.oid) END || ${comment("p.oid", "pg_proc")} AS text
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND ${own} AND p.proname !~ '^godwit_' WHERE ${notOfExtension("p.oid", "pg_proc")} ORDER BY 1, 2`,
  triggers: `SELECT 'trigger ' || g.tgname AS object, pg_get_triggerdef(g.oid) || ' ' || g.tgenabled::text || ${comment("g.oid", "pg_trigger")} AS text
    FROM ${class_} JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal ORDER BY 1, 2`,
  rules: `SELECT 'rule ' || r.rulename AS object, pg_get_ruledef(r.oid) || ' ' || r.ev_enabled::text || ${comment("r.oid", "pg_rewrite")} AS text FROM ${class_} JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename <> '_RETURN' ORDER BY 1, 2`,
  policies: `SELECT 'policy ' || p.polname AS object, concat_ws(' ', c.oid::regclass, p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), p.polroles::text) || ${comment("p.oid", "pg_policy")} AS text
    FROM ${class_} JOIN pg_policy p ON p.polrelid = c.oid ORDER BY 1, 2`,
  types: `SELECT CASE y.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' ELSE 'type' END || ' ' || y.oid::regtype AS object, concat_ws(' ', y.typtype,
      (SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = y.oid),
      CASE WHEN y.typtype = 'd' THEN concat_ws(' ', format_type(y.typbasetype, y.typtypmod), CASE WHEN y.typnotnull THEN 'not null' END, y.typdefault,
        (SELECT string_agg(quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ', ' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = y.oid)) END) || ${comment("y.oid", "pg_type")} AS text
    FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace AND ${own} WHERE y.typtype IN ('e', 'd', 'r') AND ${notOfExtension("y.oid", "pg_type")} ORDER BY 1, 2`,
  ranges: `SELECT 'range ' || g.rngtypid::regtype AS object, concat_ws(' ', g.rngsubtype::regtype, g.rngcollation, g.rngsubdiff, (SELECT o.opcname FROM pg_opclass o WHERE o.oid = g.rngsubopc), (to_jsonb(g) ->> 'rngmultitypid')::oid::regtype) AS text
    FROM pg_range g JOIN pg_type y ON y.oid = g.rngtypid JOIN pg_namespace n ON n.oid = y.typnamespace AND ${own} ORDER BY 1, 2`,
  operators: `SELECT 'operator ' || o.oid::regoperator AS object, concat_ws(' ', o.oprcode, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest, o.oprjoin, o.oprcanhash, o.oprcanmerge) || ${comment("o.oid", "pg_operator")} AS text
    FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace AND ${own} ORDER BY 1, 2`,
  casts: `SELECT 'cast ' || k.castsource::regtype || ' AS ' || k.casttarget::regtype AS object, concat_ws(' ', k.castfunc::regprocedure, k.castcontext, k.castmethod) || ${comment("k.oid", "pg_cast")} AS text
    FROM pg_cast k WHERE k.oid >= 16384 AND ${notOfExtension("k.oid", "pg_cast")} ORDER BY 1, 2`,
  collations: `SELECT 'collation ' || k.collname AS object, concat_ws(' ', k.collprovider, k.collisdeterministic, k.collcollate, k.collctype, to_jsonb(k) ->> 'colllocale', to_jsonb(k) ->> 'collicurules') || ${comment("k.oid", "pg_collation")} AS text
    FROM pg_collation k JOIN pg_namespace n ON n.oid = k.collnamespace AND ${own} ORDER BY 1, 2`,
  searches: `SELECT 'text search configuration ' || g.oid::regconfig AS object, concat_ws(' ', g.cfgparser, (SELECT string_agg(concat_ws(' ', m.maptokentype, m.mapseqno, m.mapdict::regdictionary), ', ' ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m
      WHERE m.mapcfg = g.oid)) || ${comment("g.oid", "pg_ts_config")} AS text FROM pg_ts_config g JOIN pg_namespace n ON n.oid = g.cfgnamespace AND ${own}
    UNION ALL SELECT 'text search dictionary ' || y.oid::regdictionary, concat_ws(' ', y.dicttemplate, y.dictinitoption) || ${comment("y.oid", "pg_ts_dict")} FROM pg_ts_dict y JOIN pg_namespace n ON n.oid = y.dictnamespace AND ${own} ORDER BY 1, 2`,
  foreign: `SELECT 'foreign data wrapper ' || w.fdwname AS object, concat_ws(' ', w.fdwhandler, w.fdwvalidator, w.fdwoptions) || ${comment("w.oid", "pg_foreign_data_wrapper")} AS text
      FROM pg_foreign_data_wrapper w WHERE ${notOfExtension("w.oid", "pg_foreign_data_wrapper")}
    UNION ALL SELECT 'server ' || s.srvname, concat_ws(' ', s.srvtype, s.srvversion, s.srvoptions) || ${comment("s.oid", "pg_foreign_server")} FROM pg_foreign_server s
    UNION ALL SELECT 'foreign table ' || t.ftrelid::regclass, concat_ws(' ', s.srvname, t.ftoptions, (SELECT string_agg(a.attname || a.attfdwoptions::text, ',' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = t.ftrelid))
      FROM pg_foreign_table t JOIN pg_foreign_server s ON s.oid = t.ftserver ORDER BY 1, 2`,
  eventTriggers: `SELECT 'event trigger ' || v.evtname AS object, concat_ws(' ', v.evtevent, v.evttags, v.evtfoid::regproc, v.evtenabled) || ${comment("v.oid", "pg_event_trigger")} AS text FROM pg_event_trigger v ORDER BY 1, 2`,
  classes: `SELECT 'operator class ' || o.opcname AS object, concat_ws(' ', o.opcmethod, o.opcintype::regtype, o.opcdefault) AS text FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace AND ${own} ORDER BY 1, 2`,
  conversions: `SELECT 'conversion ' || k.conname AS object, concat_ws(' ', k.conforencoding, k.contoencoding, k.conproc, k.condefault) || ${comment("k.oid", "pg_conversion")} AS text
    FROM pg_conversion k JOIN pg_namespace n ON n.oid = k.connamespace AND ${own} ORDER BY 1, 2`,
  grants: `SELECT ${object} AS object, concat_ws(' ', 'grant', x.privilege_type, 'to', x.grantee::regrole, x.is_grantable) AS text
      FROM ${class_} CROSS JOIN LATERAL aclexplode(c.relacl) x WHERE x.grantee <> c.relowner
    UNION ALL SELECT ${object}, concat_ws(' ', 'grant', x.privilege_type, quote_ident(a.attname), 'to', x.grantee::regrole, x.is_grantable)
      FROM ${class_} JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped CROSS JOIN LATERAL aclexplode(a.attacl) x
    UNION ALL SELECT 'function ' || p.oid::regprocedure, concat_ws(' ', 'grant', x.privilege_type, 'to', x.grantee::regrole, x.is_grantable)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND ${own} CROSS JOIN LATERAL aclexplode(p.proacl) x WHERE ${notOfExtension("p.oid", "pg_proc")} AND x.grantee <> p.proowner
      AND (SELECT array_agg(i::text ORDER BY i::text) FROM unnest(p.proacl) i) <> (SELECT array_agg(i::text ORDER BY i::text) FROM unnest(acldefault('f', p.proowner)) i) ORDER BY 1, 2`,
  statistics: `SELECT 'statistics ' || s.stxname AS object, pg_get_statisticsobjdef(s.oid) || COALESCE(' ' || NULLIF((to_jsonb(s) ->> 'stxstattarget')::int, -1), '') || ${comment("s.oid", "pg_statistic_ext")} AS text FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace AND ${own} ORDER BY 1, 2`,
  extensions: `SELECT 'extension ' || e.extname AS object, e.extversion AS text FROM pg_extension e WHERE e.extname <> 'plpgsql' ORDER BY 1, 2`,
  schemas: `SELECT 'schema ' || n.nspname AS object, n.nspname::text AS text FROM pg_namespace n WHERE ${own} ORDER BY 1, 2`,
} as const;
