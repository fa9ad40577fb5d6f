import type { Row } from "../../core/ddl/dialect.ts";
import { type Part, unionOf } from "./inventory.ts";

/** Made after the server was set up: FirstNormalObjectId of access/transam.h. */
const ofSomebody = (oid: string): string => `${oid} >= 16384`;

/** A name as SQL, with its schema where names do not lead there anyway. */
const called = (name: string, schema: string): string =>
  `CASE WHEN ${schema} IN ('pg_catalog', current_schema()) THEN '' ELSE pg_catalog.quote_ident(${schema}) || '.' END || ${name}`;

/** Of a function; NULL where there is none. The server says its schema where another one has its name. */
const functionCalled = (oid: string): string =>
  `replace(NULLIF(${oid}::oid, 0)::regproc::text, pg_catalog.quote_ident(current_schema()) || '.', '')`;

const operatorCalled = (oid: string): string =>
  `(SELECT CASE WHEN s.nspname IN ('pg_catalog', current_schema()) THEN r.oprname ELSE 'OPERATOR(' || pg_catalog.quote_ident(s.nspname) || '.' || r.oprname || ')' END
    FROM pg_catalog.pg_operator r JOIN pg_catalog.pg_namespace s ON s.oid = r.oprnamespace WHERE r.oid = ${oid})`;

const collationCalled = (oid: string): string =>
  `(SELECT ${called("pg_catalog.quote_ident(k.collname)", "s.nspname")} FROM pg_catalog.pg_collation k JOIN pg_catalog.pg_namespace s ON s.oid = k.collnamespace WHERE k.oid = ${oid})`;

/** The name of something in the namespace `n` as SQL. */
const own = (column: string): string =>
  `CASE WHEN IS_NAMED THEN pg_catalog.quote_ident(n.nspname) || '.' ELSE '' END || pg_catalog.quote_ident(${column})`;

const typeCalled = (oid: string): string => `pg_catalog.format_type(${oid}, NULL)`;

/** `OPTIONS (key 'value')`, with a blank before it; nothing where there are none. */
const optionsOf = (list: string): string =>
  `COALESCE((SELECT ' OPTIONS (' || string_agg(pg_catalog.quote_ident(oo.option_name) || ' ' || pg_catalog.quote_literal(oo.option_value), ', ') || ')'
    FROM pg_catalog.pg_options_to_table(${list}) oo), '')`;

/** Statements that describe what a relation `c` has in the place of columns, after what makes it. */
const columnComments = `COALESCE((SELECT string_agg(E';\\nCOMMENT ON COLUMN ' || ${own("c.relname")} || '.' || pg_catalog.quote_ident(a.attname) || ' IS ' || pg_catalog.quote_literal(d.description), '' ORDER BY a.attnum)
    FROM pg_catalog.pg_description d JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid > 0), '')`;

/** Name and type of a column `a`, with the collation that its type does not have. */
const column = `pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) ||
    CASE WHEN a.attcollation <> (SELECT b.typcollation FROM pg_catalog.pg_type b WHERE b.oid = a.atttypid) THEN ' COLLATE ' || ${collationCalled("a.attcollation")} ELSE '' END`;

const compositeTypes = `SELECT 'composite_type', NAME_OF(y.typname), NULL,
  'CREATE TYPE ' || ${own("y.typname")} || ' AS (' || COALESCE((SELECT string_agg(${column}, ', ' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')' || ${columnComments},
  'pg_type', y.oid
FROM pg_catalog.pg_type y JOIN pg_catalog.pg_class c ON c.oid = y.typrelid AND c.relkind = 'c'
JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
WHERE IN_SCOPE`;

/** Of the multirange's name only one that is not the usual one is told: makeMultirangeTypeName of pg_type.c. */
const rangeTypes = `SELECT 'range_type', NAME_OF(y.typname), NULL,
  'CREATE TYPE ' || ${own("y.typname")} || ' AS RANGE (' || concat_ws(', ', 'SUBTYPE = ' || ${typeCalled("g.rngsubtype")},
    (SELECT 'SUBTYPE_OPCLASS = ' || ${called("pg_catalog.quote_ident(o.opcname)", "s.nspname")} FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace s ON s.oid = o.opcnamespace
      WHERE o.oid = g.rngsubopc AND NOT o.opcdefault),
    CASE WHEN g.rngcollation <> b.typcollation THEN 'COLLATION = ' || ${collationCalled("g.rngcollation")} END,
    'SUBTYPE_DIFF = ' || ${functionCalled("g.rngsubdiff")},
    (SELECT 'MULTIRANGE_TYPE_NAME = ' || pg_catalog.quote_ident(m.typname) FROM pg_catalog.pg_type m WHERE m.oid = (to_jsonb(g) ->> 'rngmultitypid')::oid
      AND m.typname <> CASE WHEN y.typname LIKE '%range%' THEN regexp_replace(y.typname, 'range', 'multirange') ELSE y.typname || '_multirange' END)) || ')',
  'pg_type', y.oid
FROM pg_catalog.pg_range g JOIN pg_catalog.pg_type y ON y.oid = g.rngtypid JOIN pg_catalog.pg_type b ON b.oid = g.rngsubtype
JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
WHERE IN_SCOPE AND g.rngcanonical::oid = 0`;

/** https://www.postgresql.org/docs/current/catalog-pg-aggregate.html */
const aggregates = `SELECT 'aggregate', NAME_OF(p.proname) || '(' || CASE WHEN p.pronargs = 0 THEN '*' WHEN g.aggkind = 'n' THEN pg_catalog.oidvectortypes(p.proargtypes)
    ELSE pg_catalog.pg_get_function_identity_arguments(p.oid) END || ')', NULL,
  'CREATE AGGREGATE ' || ${own("p.proname")} || '(' || CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_catalog.pg_get_function_arguments(p.oid) END || ') (' || concat_ws(', ',
    'SFUNC = ' || ${functionCalled("g.aggtransfn")}, 'STYPE = ' || ${typeCalled("g.aggtranstype")}, 'SSPACE = ' || NULLIF(g.aggtransspace, 0),
    'FINALFUNC = ' || ${functionCalled("g.aggfinalfn")}, CASE WHEN g.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
    'FINALFUNC_MODIFY = ' || ${modify("g.aggfinalmodify")}, 'COMBINEFUNC = ' || ${functionCalled("g.aggcombinefn")},
    'SERIALFUNC = ' || ${functionCalled("g.aggserialfn")}, 'DESERIALFUNC = ' || ${functionCalled("g.aggdeserialfn")}, 'INITCOND = ' || pg_catalog.quote_literal(g.agginitval),
    'MSFUNC = ' || ${functionCalled("g.aggmtransfn")}, 'MINVFUNC = ' || ${functionCalled("g.aggminvtransfn")},
    CASE WHEN g.aggmtranstype <> 0 THEN 'MSTYPE = ' || ${typeCalled("g.aggmtranstype")} END, 'MSSPACE = ' || NULLIF(g.aggmtransspace, 0),
    'MFINALFUNC = ' || ${functionCalled("g.aggmfinalfn")}, CASE WHEN g.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
    CASE WHEN g.aggmtransfn::oid <> 0 THEN 'MFINALFUNC_MODIFY = ' || ${modify("g.aggmfinalmodify")} END, 'MINITCOND = ' || pg_catalog.quote_literal(g.aggminitval),
    'SORTOP = ' || ${operatorCalled("g.aggsortop")}, CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
    CASE WHEN g.aggkind = 'h' THEN 'HYPOTHETICAL' END) || ')',
  'pg_proc', p.oid
FROM pg_catalog.pg_aggregate g JOIN pg_catalog.pg_proc p ON p.oid = g.aggfnoid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE IN_SCOPE`;

/** What is not the default, which for ordered-set aggregates is READ_WRITE. */
function modify(value: string): string {
  return `CASE WHEN ${value} <> CASE WHEN g.aggkind = 'n' THEN 'r' ELSE 'w' END THEN CASE ${value} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END`;
}

const operators = `SELECT 'operator', NAME_OF(o.oprname) || '(' || CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE ${typeCalled("o.oprleft")} END || ', ' || CASE WHEN o.oprright = 0 THEN 'NONE' ELSE ${typeCalled("o.oprright")} END || ')', NULL,
  'CREATE OPERATOR ' || CASE WHEN IS_NAMED THEN pg_catalog.quote_ident(n.nspname) || '.' ELSE '' END || o.oprname || ' (' || concat_ws(', ', 'FUNCTION = ' || ${functionCalled("o.oprcode")},
    CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || ${typeCalled("o.oprleft")} END, CASE WHEN o.oprright <> 0 THEN 'RIGHTARG = ' || ${typeCalled("o.oprright")} END,
    'COMMUTATOR = ' || ${operatorCalled("o.oprcom")}, 'NEGATOR = ' || ${operatorCalled("o.oprnegate")},
    'RESTRICT = ' || ${functionCalled("o.oprrest")}, 'JOIN = ' || ${functionCalled("o.oprjoin")},
    CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END) || ')',
  'pg_operator', o.oid
FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
WHERE IN_SCOPE AND o.oprcode::oid <> 0`;

/** Casts are in no schema. */
const casts = `SELECT 'cast', ${typeCalled("k.castsource")} || ' AS ' || ${typeCalled("k.casttarget")}, NULL,
  'CREATE CAST (' || ${typeCalled("k.castsource")} || ' AS ' || ${typeCalled("k.casttarget")} || ') ' ||
    CASE k.castmethod WHEN 'b' THEN 'WITHOUT FUNCTION' WHEN 'i' THEN 'WITH INOUT'
      ELSE 'WITH FUNCTION ' || ${functionCalled("k.castfunc")} || '(' || (SELECT pg_catalog.oidvectortypes(f.proargtypes) FROM pg_catalog.pg_proc f WHERE f.oid = k.castfunc) || ')' END ||
    CASE k.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END,
  'pg_cast', k.oid
FROM pg_catalog.pg_cast k WHERE ${ofSomebody("k.oid")}`;

/** The locale of ICU has had three places: collcollate until 14, colliculocale in 15 and 16. */
const collations = `SELECT 'collation', NAME_OF(k.collname), NULL,
  'CREATE COLLATION ' || ${own("k.collname")} || ' (' || concat_ws(', ',
    'PROVIDER = ' || CASE k.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
    CASE WHEN k.collprovider = 'c' AND k.collcollate <> k.collctype THEN 'LC_COLLATE = ' || pg_catalog.quote_literal(k.collcollate) || ', LC_CTYPE = ' || pg_catalog.quote_literal(k.collctype)
      ELSE 'LOCALE = ' || pg_catalog.quote_literal(COALESCE(to_jsonb(k) ->> 'colllocale', to_jsonb(k) ->> 'colliculocale', k.collcollate)) END,
    CASE WHEN NOT k.collisdeterministic THEN 'DETERMINISTIC = false' END,
    'RULES = ' || pg_catalog.quote_literal(to_jsonb(k) ->> 'collicurules')) || ')',
  'pg_collation', k.oid
FROM pg_catalog.pg_collation k JOIN pg_catalog.pg_namespace n ON n.oid = k.collnamespace
WHERE IN_SCOPE AND k.collprovider <> 'd' AND ${ofSomebody("k.oid")}`;

const statistics = `SELECT 'statistics', NAME_OF(st.stxname), NAME_OF(c.relname),
  'CREATE STATISTICS ' || CASE WHEN IS_NAMED THEN pg_catalog.quote_ident(n.nspname) || '.' ELSE '' END || substr(pg_catalog.pg_get_statisticsobjdef(st.oid), length('CREATE STATISTICS ' || pg_catalog.quote_ident(n.nspname) || '.') + 1) ||
    COALESCE(E';\\nALTER STATISTICS ' || ${own("st.stxname")} || ' SET STATISTICS ' || NULLIF(to_jsonb(st) ->> 'stxstattarget', '-1'), ''),
  'pg_statistic_ext', st.oid
FROM pg_catalog.pg_statistic_ext st JOIN pg_catalog.pg_namespace n ON n.oid = st.stxnamespace JOIN pg_catalog.pg_class c ON c.oid = st.stxrelid AND c.relnamespace = n.oid
WHERE IN_SCOPE`;

const dictionaries = `SELECT 'text_search_dictionary', NAME_OF(d.dictname), NULL,
  'CREATE TEXT SEARCH DICTIONARY ' || ${own("d.dictname")} || ' (' || concat_ws(', ', 'TEMPLATE = ' || ${called("pg_catalog.quote_ident(t.tmplname)", "s.nspname")}, d.dictinitoption) || ')',
  'pg_ts_dict', d.oid
FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate JOIN pg_catalog.pg_namespace s ON s.oid = t.tmplnamespace
WHERE IN_SCOPE`;

/** One statement for all tokens that are looked up in the same dictionaries. */
const configurations = `SELECT 'text_search_configuration', NAME_OF(g.cfgname), NULL,
  'CREATE TEXT SEARCH CONFIGURATION ' || ${own("g.cfgname")} || ' (PARSER = ' || ${called("pg_catalog.quote_ident(r.prsname)", "s.nspname")} || ')' ||
    COALESCE((SELECT string_agg(E';\\nALTER TEXT SEARCH CONFIGURATION ' || ${own("g.cfgname")} || ' ADD MAPPING FOR ' || y.tokens || ' WITH ' || y.dictionaries, '' ORDER BY y.first)
      FROM (SELECT string_agg(z.alias, ', ' ORDER BY z.tokid) AS tokens, min(z.tokid) AS first, z.dictionaries FROM (
        SELECT k.tokid, k.alias, string_agg(${called("pg_catalog.quote_ident(d.dictname)", "e.nspname")}, ', ' ORDER BY m.mapseqno) AS dictionaries
        FROM pg_catalog.pg_ts_config_map m JOIN pg_catalog.ts_token_type(g.cfgparser) k ON k.tokid = m.maptokentype
        JOIN pg_catalog.pg_ts_dict d ON d.oid = m.mapdict JOIN pg_catalog.pg_namespace e ON e.oid = d.dictnamespace
        WHERE m.mapcfg = g.oid GROUP BY k.tokid, k.alias) z GROUP BY z.dictionaries) y), ''),
  'pg_ts_config', g.oid
FROM pg_catalog.pg_ts_config g JOIN pg_catalog.pg_namespace n ON n.oid = g.cfgnamespace
JOIN pg_catalog.pg_ts_parser r ON r.oid = g.cfgparser JOIN pg_catalog.pg_namespace s ON s.oid = r.prsnamespace
WHERE IN_SCOPE`;

/** They are in no schema; those that call functions of another one are of whoever has that. */
const eventTriggers = `SELECT 'event_trigger', v.evtname, NULL,
  'CREATE EVENT TRIGGER ' || pg_catalog.quote_ident(v.evtname) || ' ON ' || v.evtevent ||
    COALESCE((SELECT ' WHEN TAG IN (' || string_agg(pg_catalog.quote_literal(w), ', ') || ')' FROM unnest(v.evttags) w), '') || ' EXECUTE FUNCTION ' || ${own("p.proname")} || '()' ||
    CASE v.evtenabled WHEN 'O' THEN '' ELSE E';\\nALTER EVENT TRIGGER ' || pg_catalog.quote_ident(v.evtname) || CASE v.evtenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS' END END,
  'pg_event_trigger', v.oid
FROM pg_catalog.pg_event_trigger v JOIN pg_catalog.pg_proc p ON p.oid = v.evtfoid JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE IN_SCOPE`;

const conversions = `SELECT 'conversion', NAME_OF(k.conname), NULL,
  'CREATE ' || CASE WHEN k.condefault THEN 'DEFAULT ' ELSE '' END || 'CONVERSION ' || ${own("k.conname")} || ' FOR ' || pg_catalog.quote_literal(pg_catalog.pg_encoding_to_char(k.conforencoding)) ||
    ' TO ' || pg_catalog.quote_literal(pg_catalog.pg_encoding_to_char(k.contoencoding)) || ' FROM ' || ${functionCalled("k.conproc")},
  'pg_conversion', k.oid
FROM pg_catalog.pg_conversion k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
WHERE IN_SCOPE AND ${ofSomebody("k.oid")}`;

/** Wrappers and servers are in no schema. */
const wrappers = `SELECT 'foreign_data_wrapper', w.fdwname, NULL,
  'CREATE FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(w.fdwname) || COALESCE(' HANDLER ' || ${functionCalled("w.fdwhandler")}, '') ||
    COALESCE(' VALIDATOR ' || ${functionCalled("w.fdwvalidator")}, '') || ${optionsOf("w.fdwoptions")},
  'pg_foreign_data_wrapper', w.oid
FROM pg_catalog.pg_foreign_data_wrapper w WHERE ${ofSomebody("w.oid")}
UNION ALL
SELECT 'server', s.srvname, NULL,
  'CREATE SERVER ' || pg_catalog.quote_ident(s.srvname) || COALESCE(' TYPE ' || pg_catalog.quote_literal(s.srvtype), '') || COALESCE(' VERSION ' || pg_catalog.quote_literal(s.srvversion), '') ||
    ' FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(w.fdwname) || ${optionsOf("s.srvoptions")},
  'pg_foreign_server', s.oid
FROM pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE ${ofSomebody("s.oid")}`;

const foreignTables = `SELECT 'foreign_table', NAME_OF(c.relname), NULL,
  'CREATE FOREIGN TABLE ' || ${own("c.relname")} || ' (' || COALESCE((SELECT string_agg(E'\\n  ' || l.text, ',' ORDER BY l.rank, l.name) FROM (
      SELECT a.attnum AS rank, a.attname AS name, ${column} || ${optionsOf("a.attfdwoptions")} || COALESCE(CASE WHEN a.attgenerated = 's' THEN ' GENERATED ALWAYS AS (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ') STORED'
          ELSE ' DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) END, '') || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END AS text
        FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 9999, k.conname, 'CONSTRAINT ' || pg_catalog.quote_ident(k.conname) || ' ' || pg_catalog.pg_get_constraintdef(k.oid)
        FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c') l), '') || E'\\n) SERVER ' || pg_catalog.quote_ident(s.srvname) || ${optionsOf("t.ftoptions")} || ${columnComments},
  'pg_class', c.oid
FROM pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_class c ON c.oid = t.ftrelid JOIN pg_catalog.pg_foreign_server s ON s.oid = t.ftserver
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE IN_SCOPE AND NOT c.relispartition AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid)`;

const parts: readonly Part[] = [
  { when: "compositeTypes", sql: compositeTypes },
  { when: "rangeTypes", sql: rangeTypes },
  { when: "aggregates", sql: aggregates },
  { when: "operators", sql: operators },
  { when: "casts", sql: casts },
  { when: "collations", sql: collations },
  { when: "statistics", sql: statistics },
  { when: "dictionaries", sql: dictionaries },
  { when: "configurations", sql: configurations },
  { when: "eventTriggers", sql: eventTriggers },
  { when: "conversions", sql: conversions },
  { when: "wrappers", sql: wrappers },
  { when: "foreignTables", sql: foreignTables },
];

/** What a database has beside tables, views, routines and what is part of these, as the statements that make it: kind, name, table, definition, comment. */
export function objects(found?: Row): string | undefined {
  const union = unionOf(parts, found);
  return (
    union &&
    `SELECT o.kind, o.name, o."table", o.definition, e.description AS comment FROM (
${union}
) o (kind, name, "table", definition, class, oid)
LEFT JOIN pg_catalog.pg_description e ON e.classoid = ('pg_catalog.' || o.class)::regclass AND e.objoid = o.oid AND e.objsubid = 0
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = ('pg_catalog.' || o.class)::regclass AND x.objid = o.oid AND x.deptype IN ('e', 'i'))
ORDER BY o.oid`
  );
}
