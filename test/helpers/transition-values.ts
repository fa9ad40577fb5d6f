import type { Database } from "../../src/runtime/database.ts";

/** Table → column → what is in it, sorted. */
export type Values = ReadonlyMap<string, ReadonlyMap<string, Column>>;

interface Column {
  readonly type: string;
  /** In the order of all values, so that rows need no key. */
  readonly values: readonly string[];
  /** Its table is partitioned, so that other tables keep them. */
  readonly elsewhere?: boolean;
}

/** All rows of all tables, as text; each where it is kept, and in its partitioned tables. */
export async function valuesOf({ driver, dialect }: Database): Promise<Values> {
  const tables = new Map<string, Map<string, Column>>();
  const text = textOf[dialect.name] ?? ((name) => `CAST(${name} AS TEXT)`);
  for (const { table, column, type, namespace, kind } of await driver.query(columns[dialect.name] ?? "")) {
    const name = dialect.quote(String(column));
    const plain = dialect.quote(String(table).slice(namespace ? String(namespace).length + 1 : 0));
    const from = namespace ? `${dialect.quote(String(namespace))}.${plain}` : plain;
    const only = kind === "r" ? "ONLY " : "";
    const rows = await driver.query(`SELECT ${text(name, String(type))} AS value FROM ${only}${from}`);
    const values = rows.map(({ value }) => String(value)).toSorted();
    const found = tables.get(String(table)) ?? new Map<string, Column>();
    tables.set(String(table), found.set(String(column), { type: String(type), values, elsewhere: kind === "p" }));
  }
  return tables;
}

/** Bytes need not be a text, which libSQL would not send then. */
const sqliteText = (name: string): string =>
  `CASE typeof(${name}) WHEN 'blob' THEN hex(${name}) ELSE CAST(${name} AS TEXT) END`;

const mariadbText = (name: string, type: string): string =>
  /blob|binary|bit|point|line|polygon|geometry|vector/.test(type) ? `HEX(${name})` : `CAST(${name} AS CHAR)`;

const columnsOfMariadb = (
  isStored: string,
): string => `SELECT c.table_name AS \`table\`, c.column_name AS \`column\`, c.column_type AS type FROM information_schema.columns AS c
    JOIN information_schema.tables AS t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
    WHERE c.table_schema = DATABASE() AND c.table_name NOT LIKE 'godwit\\_%' AND ${isStored} ORDER BY 1, 2`;

/** How a column is told as text, by its type. */
const textOf: Readonly<Record<string, (name: string, type: string) => string>> = {
  sqlite: sqliteText,
  turso: sqliteText,
  clickhouse: (name) => `toString(${name})`,
  mariadb: mariadbText,
  mysql: mariadbText,
};

const columnsOfSqlite = `SELECT s.name AS "table", x.name AS column, x.type AS type FROM sqlite_schema s, pragma_table_xinfo(s.name) x
    WHERE s.type = 'table' AND s.name NOT IN (SELECT l.name FROM pragma_table_list l WHERE l.schema = 'main' AND l.type = 'shadow') AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND s.name NOT LIKE 'libsql\\_%' ESCAPE '\\' AND s.name NOT LIKE 'godwit\\_%' ESCAPE '\\' AND x.hidden = 0 ORDER BY 1, 2`;

const columns: Readonly<Record<string, string>> = {
  clickhouse: `SELECT c.table AS \`table\`, c.name AS \`column\`, c.type AS type FROM system.columns AS c JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
    WHERE c.database = currentDatabase() AND t.engine LIKE '%MergeTree' AND NOT startsWith(c.table, 'godwit_') AND c.default_kind IN ('', 'DEFAULT') ORDER BY 1, 2`,
  mariadb: columnsOfMariadb("c.is_generated = 'NEVER'"),
  mysql: columnsOfMariadb("c.generation_expression = ''"),
  postgresql: `SELECT CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS "table", NULLIF(n.nspname, 'public') AS namespace, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, c.relkind AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relname !~ '^godwit_' AND a.attgenerated = '' ORDER BY 1, 3`,
  sqlite: columnsOfSqlite,
  turso: columnsOfSqlite,
};

/**
 * The first column that is in both and does not hold what it held. Where its type is another one, only how many rows there are and how many of
 * them are NULL counts. `renames` are flags of `generate`.
 */
export function valuesThatChanged(before: Values, after: Values, renames: readonly string[]): string | undefined {
  for (const [table, old] of before) {
    const now = after.get(newName(renames, undefined, table));
    if (!now || isReplaced(renames, table)) continue;
    for (const [column, { type, values, elsewhere }] of old) {
      const found = now.get(newName(renames, newName(renames, undefined, table), column) ?? column);
      if (!found || elsewhere) continue;
      const same = type === found.type ? isSubset(values, found.values) : values.length === found.values.length;
      if (!same) return `the values of ${table}.${column} were ${values.join(", ")} and are ${found.values.join(", ")}`;
    }
  }
  return undefined;
}

/** Whether another table has taken the name of this one. */
const isReplaced = (renames: readonly string[], table: string): boolean =>
  renames.some((each) => each.endsWith(`:${table}`) && !each.includes(".")) &&
  !renames.some((each) => each.startsWith(`${table}:`));

function newName(renames: readonly string[], table: string | undefined, name: string): string {
  const prefix = `${table === undefined ? "" : `${table}.`}${name}:`;
  const rename = renames.find((each) => each.startsWith(prefix));
  return rename === undefined ? name : rename.slice(prefix.length);
}

/** NULL may have become something. */
function isSubset(before: readonly string[], after: readonly string[]): boolean {
  const left = [...after];
  const kept = before.filter((value) => value !== "null");
  const found = kept.every((value) => {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return found && before.length === after.length;
}
