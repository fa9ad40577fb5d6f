import { Database } from "bun:sqlite";
import { stringOf } from "../../src/dialects/starrocks/quote.ts";
import { type Answer, type ToldServer, toldServer } from "./mysql-protocol.ts";

/** A stand-in for StarRocks, as far as runs of migrations need one: what is kept in tables is kept by SQLite, what is about tables is only noted. */
export interface StarrocksDouble extends ToldServer {
  readonly url: string;
  /** Makes the next statement that matches fail, or never answer. */
  interrupt(pattern: RegExp): void;
}

const catalog = [
  "ATTACH ':memory:' AS information_schema",
  "CREATE TABLE information_schema.tables (table_schema, table_name PRIMARY KEY, table_type, table_comment)",
  "CREATE TABLE information_schema.columns (table_schema, table_name, column_name, ordinal_position, column_type, is_nullable, column_default, column_comment)",
  "CREATE TABLE information_schema.tables_config (table_schema, table_name, table_model, partition_key, distribute_type, distribute_key, distribute_bucket, sort_key, properties)",
];

/** Says of itself what the documentation of StarRocks says; changes of columns take two questions until they are done. */
export async function starrocksDouble(): Promise<StarrocksDouble> {
  const store = new Database(":memory:");
  for (const sql of catalog) store.run(sql);
  const created = new Map<string, string>();
  const jobs: { table: string; left: number; id: number }[] = [];
  let interruption: RegExp | undefined;
  const answer = (sql: string): Answer => {
    if (interruption?.test(sql)) {
      interruption = undefined;
      return { error: "the frontend is going down", code: 1053 };
    }
    if (/^SET |^SHOW WARNINGS/.test(sql)) return undefined;
    if (/CONNECTION_ID/.test(sql)) return [{ id: 7 }];
    if (/CURRENT_VERSION/.test(sql)) return [{ version: "3.5.1" }];
    if (/^SHOW ALTER/.test(sql)) return lastJob(sql);
    const shown = /^SHOW CREATE TABLE `(\w+)`/.exec(sql)?.[1];
    if (shown !== undefined) return [{ Table: shown, "Create Table": created.get(shown) ?? "" }];
    return changed(sql) ?? kept(store, sql);
  };
  const lastJob = (sql: string): Answer => {
    const job = jobs.findLast(({ table }) => /SHOW ALTER TABLE COLUMN/.test(sql) && sql.includes(`'${table}'`));
    if (!job) return [];
    job.left--;
    return [{ JobId: job.id, State: job.left < 0 ? "FINISHED" : "RUNNING", Msg: "" }];
  };
  const changed = (sql: string): Answer => {
    const made = /^CREATE TABLE (IF NOT EXISTS )?`(\w+)`/.exec(sql);
    if (made) {
      created.set(made[2] ?? "", asShown(sql));
      return makeTable(store, sql, made[2] ?? "", made[1] !== undefined);
    }
    const renamed = /^ALTER TABLE `(\w+)` RENAME COLUMN `(\w+)` TO `(\w+)`/.exec(sql);
    if (renamed) return renameColumn(store, renamed.slice(1));
    const altered = /^ALTER TABLE `(\w+)` ADD COLUMN `(\w+)` (\w+)/.exec(sql);
    if (!altered) return undefined;
    const [, table = "", name = "", type = ""] = altered;
    store.run(`ALTER TABLE main."${table}" ADD COLUMN "${name}"`);
    listColumn(store, table, { name, type });
    const column = `  \`${name}\` ${type.toLowerCase()} NULL COMMENT ""`;
    created.set(
      table,
      (created.get(table) ?? "").replace("\n) ENGINE", () => `,\n${column}\n) ENGINE`),
    );
    jobs.push({ table, left: 2, id: jobs.length + 1 });
    return [{ done: 1 }];
  };
  const server = await toldServer(answer);
  return {
    ...server,
    url: `starrocks://root@127.0.0.1:${server.port}/shop?ssl-mode=disabled`,
    interrupt: (pattern) => {
      interruption = pattern;
    },
  };
}

/** As SHOW CREATE TABLE tells what was made. */
const asShown = (sql: string): string =>
  `${sql.replace(/ (INT|BIGINT|STRING)\b/g, (_, type: string) => ` ${shownTypes[type] ?? type}`).replace("\n)\n", "\n) ENGINE=OLAP \n")}
PROPERTIES (
"replication_num" = "1",
"compression" = "LZ4"
);`;

const shownTypes: Readonly<Record<string, string>> = { INT: "int(11)", BIGINT: "bigint(20)", STRING: "varchar(65533)" };

function makeTable(store: Database, sql: string, name: string, unlessThere: boolean): Answer {
  const there = store.query("SELECT 1 FROM information_schema.tables WHERE table_name = ?").get(name) !== null;
  if (there) return unlessThere ? [{ done: 0 }] : { error: `Table '${name}' already exists`, code: 1050 };
  const [head = ""] = sql.split(/\n?\)?\n(?:PRIMARY|DUPLICATE) KEY/, 1);
  const columns = [...head.matchAll(/(?<=[(,\n]\s*)`(\w+)` (\w+)/g)];
  const comment = /COMMENT '([^']*)'/.exec(sql)?.[1] ?? "";
  store.query("INSERT INTO information_schema.tables VALUES ('shop', ?, 'BASE TABLE', ?)").run(name, comment);
  const key = /PRIMARY KEY \(`(\w+)`\)/.exec(sql)?.[1];
  const names = columns.map(([, column = ""]) => `"${column}"${column === key ? " PRIMARY KEY" : ""}`);
  store.run(`CREATE TABLE main."${name}" (${names.join(", ")})`);
  for (const [, column = "", type = ""] of columns) listColumn(store, name, { name: column, type });
  return [{ done: 1 }];
}

function listColumn(store: Database, table: string, column: { readonly name: string; readonly type: string }): void {
  store
    .query("INSERT INTO information_schema.columns VALUES ('shop', ?, ?, 0, ?, 'YES', NULL, '')")
    .run(table, column.name, column.type);
}

function renameColumn(store: Database, [table = "", from = "", to = ""]: readonly string[]): Answer {
  const { changes } = store
    .query("UPDATE information_schema.columns SET column_name = ? WHERE table_name = ? AND column_name = ?")
    .run(to, table, from);
  if (changes === 0) return { error: `Unknown column '${from}' in '${table}'`, code: 5509 };
  store.run(`ALTER TABLE main."${table}" RENAME COLUMN "${from}" TO "${to}"`);
  return [{ done: 1 }];
}

/** In the words of SQLite, in whose texts nothing escapes. */
const translated = (sql: string): string =>
  sql
    .replace(/'(?:[^'\\]|''|\\[\s\S])*'/g, (text) => `'${(stringOf(text) ?? "").replaceAll("'", "''")}'`)
    .replace(/^INSERT INTO/, "INSERT OR REPLACE INTO")
    .replaceAll("DATABASE()", "'shop'")
    .replaceAll("MD5(", "(")
    .replace("UNHEX(SUBSTRING(column_name, 3))", "CAST(UNHEX(SUBSTR(column_name, 3)) AS TEXT)")
    .replaceAll("\\_%'", "_%'")
    .replace("ARRAY_JOIN(ARRAY_AGG(table_name), ',')", "GROUP_CONCAT(table_name)")
    .replaceAll("AS STRING)", "AS TEXT)")
    .replace(/^DROP TABLE `(\w+)`( FORCE)?$/, "DROP TABLE main.`$1`");

function kept(store: Database, sql: string): Answer {
  const dropped = /^DROP TABLE `(\w+)`/.exec(sql)?.[1];
  if (dropped !== undefined)
    for (const list of ["tables", "columns"])
      store.query(`DELETE FROM information_schema.${list} WHERE table_name = ?`).run(dropped);
  try {
    const query = store.query(translated(sql));
    if (!/^\s*SELECT/i.test(sql)) {
      query.run();
      return undefined;
    }
    return query.all() as Answer;
  } catch (error) {
    return { error: `Getting analyzing error. Detail message: ${String(error)}, of ${sql}`, code: 1064 };
  }
}
