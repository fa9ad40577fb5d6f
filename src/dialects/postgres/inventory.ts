import type { Row } from "../../core/ddl/dialect.ts";
import { isOdd } from "./odd-columns.ts";
import { historyComment } from "./own-tables.ts";

/**
 * Made after the server was set up: FirstNormalObjectId of access/transam.h. What is asked here is of the whole database, so that a yes may turn
 * out to be about something in another namespace; a no is about everything.
 */
const ofSomebody = (oid: string): string => `${oid} >= 16384`;

/**
 * Of each, whether a database has any, in one pass of the catalog that they are in: most have none, and need no query of their own. As a number, an
 * oid is not looked for in the index, which would take longer where most are somebody's.
 */
const passes = {
  [`pg_catalog.pg_class c WHERE ${ofSomebody("c.oid::int8")}`]: {
    views: "c.relkind IN ('v', 'm')",
    materializedViews: "c.relkind = 'm'",
    sequences: "c.relkind = 'S'",
    foreignTables: "c.relkind = 'f'",
    compositeTypes: "c.relkind = 'c'",
    parts: "c.relispartition",
    grants: "c.relacl IS NOT NULL",
    typedTables: "c.reloftype <> 0",
    // 2 is that of heap: pg_am.dat.
    accessMethodsOfTables: "c.relkind IN ('r', 'p', 'm') AND c.relam NOT IN (0, 2)",
    indexParameters: "c.relkind IN ('i', 'I') AND c.reloptions IS NOT NULL",
    toastParameters: "c.relkind = 't' AND c.reloptions IS NOT NULL",
    tablespaces: "c.reltablespace <> 0",
    owners: "min(c.relowner) <> max(c.relowner)",
    /** What is in the row of a table and few tables have. */
    tableProperties: `c.relkind = 'p' OR c.relkind = 'r' AND (c.relpersistence = 'u' OR c.reloptions IS NOT NULL OR c.reltablespace <> 0
      OR c.relreplident <> 'd' OR c.relrowsecurity OR c.relforcerowsecurity OR c.relispartition)`,
  },
  [`pg_catalog.pg_attribute a WHERE a.attnum > 0 AND (a.attacl IS NOT NULL OR a.attstattarget >= 0 OR ${isOdd("a")}) AND ${ofSomebody("a.attrelid::int8")}`]:
    {
      columnGrants: "a.attacl IS NOT NULL",
      sampledColumns: "a.attstattarget >= 0",
      oddColumns: isOdd("a"),
    },
  [`pg_catalog.pg_type y WHERE ${ofSomebody("y.oid::int8")}`]: {
    domains: "y.typtype = 'd'",
    typeGrants: "y.typacl IS NOT NULL",
    // An array of them comes with each type.
    baseTypes: "y.typtype = 'b' AND y.typarray <> 0 OR NOT y.typisdefined",
  },
  [`pg_catalog.pg_proc p WHERE ${ofSomebody("p.oid")}`]: {
    routines: "p.prokind <> 'a'",
    aggregates: "p.prokind = 'a'",
    routineGrants: "p.proacl IS NOT NULL",
  },
} as const;

/** Of each, a query that finds one. */
const single = {
  triggers: "pg_catalog.pg_trigger WHERE NOT tgisinternal",
  foreignKeysOff: "pg_catalog.pg_trigger WHERE tgisinternal AND tgenabled <> 'O'",
  enums: "pg_catalog.pg_enum",
  rangeTypes: `pg_catalog.pg_range WHERE ${ofSomebody("rngtypid")}`,
  policies: "pg_catalog.pg_policy",
  /** A server that knows constraints which are not enforced, and such as are about periods. */
  laxConstraints:
    "pg_catalog.pg_attribute WHERE attrelid = 'pg_catalog.pg_constraint'::regclass AND attname = 'conenforced'",
  namedNotNull: "pg_catalog.pg_constraint WHERE contype = 'n' AND conrelid <> 0",
  rules: `pg_catalog.pg_rewrite WHERE ${ofSomebody("oid")} AND rulename <> '_RETURN'`,
  operators: `pg_catalog.pg_operator WHERE ${ofSomebody("oid")}`,
  operatorClasses: `pg_catalog.pg_opclass WHERE ${ofSomebody("oid")}`,
  operatorFamilies: `pg_catalog.pg_opfamily WHERE ${ofSomebody("oid")}`,
  casts: `pg_catalog.pg_cast WHERE ${ofSomebody("oid")}`,
  collations: `pg_catalog.pg_collation WHERE ${ofSomebody("oid")}`,
  conversions: `pg_catalog.pg_conversion WHERE ${ofSomebody("oid")}`,
  statistics: "pg_catalog.pg_statistic_ext",
  dictionaries: `pg_catalog.pg_ts_dict WHERE ${ofSomebody("oid")}`,
  configurations: `pg_catalog.pg_ts_config WHERE ${ofSomebody("oid")}`,
  parsers: `pg_catalog.pg_ts_parser WHERE ${ofSomebody("oid")}`,
  templates: `pg_catalog.pg_ts_template WHERE ${ofSomebody("oid")}`,
  eventTriggers: "pg_catalog.pg_event_trigger",
  wrappers: "pg_catalog.pg_foreign_data_wrapper",
  languages: `pg_catalog.pg_language WHERE ${ofSomebody("oid")}`,
  accessMethods: `pg_catalog.pg_am WHERE ${ofSomebody("oid")}`,
  transforms: "pg_catalog.pg_transform",
  publications: "pg_catalog.pg_publication",
  subscriptions: "pg_catalog.pg_subscription WHERE subdbid <> 0",
  largeObjects: "pg_catalog.pg_largeobject_metadata",
  labels: "(SELECT FROM pg_catalog.pg_seclabel UNION ALL SELECT FROM pg_catalog.pg_shseclabel) l",
  defaultPrivileges: "pg_catalog.pg_default_acl",
  settings: "pg_catalog.pg_db_role_setting",
  hangOnExtension: "pg_catalog.pg_depend WHERE refclassid = 'pg_catalog.pg_extension'::regclass AND deptype = 'x'",
  commentsOnRelations: `pg_catalog.pg_description WHERE classoid = 'pg_catalog.pg_class'::regclass AND objsubid = 0 AND description <> '${historyComment}'`,
  commentsOnColumns: `pg_catalog.pg_description WHERE classoid = 'pg_catalog.pg_class'::regclass AND objsubid > 0 AND ${ofSomebody("objoid")}`,
  heirs: "pg_catalog.pg_inherits",
  clusteredTables: "pg_catalog.pg_index WHERE indisclustered",
} as const;

type Passes = typeof passes;

/** What a database may have none of. */
export type Item = keyof typeof single | { readonly [P in keyof Passes]: keyof Passes[P] }[keyof Passes];

/** The query for a row that says of each item whether the database has any. */
export const inventory = `SELECT * FROM ${Object.entries(passes)
  .map(
    ([from, items], n) =>
      `(SELECT ${Object.entries(items).map(([item, sql]) => `COALESCE(${aggregateOf(sql)}, FALSE) AS "${item}"`)} FROM ${from}) pass${n}`,
  )
  .join(",\n")},
(SELECT ${Object.entries(single).map(([item, from]) => `EXISTS (SELECT FROM ${from}) AS "${item}"`)}) single`;

function aggregateOf(condition: string): string {
  return condition.startsWith("min(") ? condition : `bool_or(${condition})`;
}

/** A part of a query that can only give rows where there is such an item; always asked where there is none to name. */
export interface Part {
  readonly when?: Item | readonly Item[];
  readonly sql: string;
}

/** Those that may give rows, in a UNION ALL; `undefined` where none may. Without an answer to the inventory, all may. */
export function unionOf(parts: readonly Part[], found: Row | undefined): string | undefined {
  const asked = parts.filter(({ when }) => isAsked(when, found)).map(({ sql }) => sql);
  return asked.length > 0 ? asked.join("\nUNION ALL\n") : undefined;
}

export const isAsked = (when: Part["when"], found: Row | undefined): boolean =>
  when === undefined || !found || [when].flat().some((item) => found[String(item)] !== false);
