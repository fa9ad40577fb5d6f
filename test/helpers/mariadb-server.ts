import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { debianProgram, type FoundProgram } from "./debian-package.ts";
import { type KeptServer, startServer } from "./kept-server.ts";
import { serverUser, sharedFolder } from "./server-folder.ts";

export interface MariadbServer {
  /** Connection URL with the superuser's password; without a name, no database is chosen. */
  url(database?: string): string;
  /** A new empty database that no other test knows. */
  createDatabase(): Promise<MariadbDatabase>;
  /** Ends a server that this process started and deletes its files; one that was given by URL is left running. */
  stop(): Promise<void>;
}

export interface MariadbDatabase {
  readonly name: string;
  readonly url: string;
  /** Ends the connections that are still open, and drops the database. */
  drop(): Promise<void>;
}

/**
 * The real MariaDB for tests: the server that `GODWIT_TEST_MARIADB_URL` names (`npm test` starts one and sets it), else one
 * that this process starts on first use. It ends with the process, however that ends.
 */
export const mariadbServer = (): Promise<MariadbServer> => {
  shared ??= openServer();
  return shared;
};

let shared: Promise<MariadbServer> | undefined;

const openServer = async (): Promise<MariadbServer> => {
  const given = process.env["GODWIT_TEST_MARIADB_URL"];
  if (given) return serverAt(given, async () => undefined);
  const { url, stop } = await startMariadb();
  return serverAt(url, stop);
};

/** The server of that URL, be it MariaDB or MySQL. */
export const serverAt = (base: string, stop: () => Promise<void>): MariadbServer => {
  const url = (database = ""): string => {
    const full = new URL(base);
    full.pathname = `/${encodeURIComponent(database)}`;
    return full.href;
  };
  const createDatabase = async (): Promise<MariadbDatabase> => {
    const name = `godwit_test_${process.pid}_${crypto.randomUUID().slice(0, 8)}`;
    await asAdmin(url(), (query) => query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`));
    return { name, url: url(name), drop: () => asAdmin(url(), (query) => dropDatabase(name, query)) };
  };
  return { url, createDatabase, stop };
};

type Query = (sql: string) => Promise<readonly RowDataPacket[]>;

/** On a connection of its own: an open one would keep the process from ending. */
const asAdmin = async (url: string, work: (query: Query) => Promise<unknown>): Promise<void> => {
  const admin = await createConnection({ uri: url.replace(/^mariadb:/, "mysql:") });
  try {
    await work(async (sql) => (await admin.query<RowDataPacket[]>(sql))[0]);
  } finally {
    await admin.end();
  }
};

/** A connection with an open transaction would make DROP DATABASE wait for it. */
const dropDatabase = async (name: string, query: Query): Promise<void> => {
  for (const { id } of await query(`SELECT id FROM information_schema.processlist WHERE db = '${name}'`)) {
    await query(`KILL ${id}`).catch(() => undefined);
  }
  await query(`DROP DATABASE IF EXISTS ${name}`);
};

/** A server of one's own, for tests that change its settings. `settings` are options of `mariadbd`. */
export const startMariadb = async (
  settings: readonly string[] = [],
): Promise<{ readonly url: string; readonly folder: string; readonly stop: () => Promise<void> }> => {
  const { server, urlAt } = mariadbProgram(settings);
  const { port, folder, stop } = await startServer(server);
  return { url: urlAt(port), folder, stop };
};

/** What a MariaDB of one's own is, for tests that kill it or fill its disk. */
export const mariadbProgram = (
  settings: readonly string[] = [],
): { readonly server: KeptServer; urlAt(port: number): string } => {
  const program = debianProgram("mariadb-server-core", "usr/sbin/mariadbd");
  const files = sharedFolder(`mariadb-${versionOf(program)}`, (folder) => initialise(program, folder));
  const password = readFileSync(join(files, "password"), "utf8");
  const server = {
    name: "mariadb",
    template: join(files, "template"),
    env: program.env,
    command: (home: string, number: number) => [
      program.path,
      ...commonOptions(program),
      `--datadir=${join(home, "data")}`,
      // A server that starts removes what looks like a temporary table of an earlier one, also where another one is at work.
      `--tmpdir=${home}`,
      `--socket=${join(home, "socket")}`,
      `--pid-file=${join(home, "pid")}`,
      `--port=${number}`,
      ...serverOptions,
      ...settings,
    ],
    ready: /ready for connections/,
    failed: /\[ERROR\]|error while loading|not found/,
    signal: "TERM",
  };
  return { server, urlAt: (port) => `mariadb://root:${password}@127.0.0.1:${port}` };
};

/** `10.11.19`. */
const versionOf = ({ path, env }: FoundProgram): string => {
  const { stdout } = spawnSync(path, ["--no-defaults", "--version"], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return /Ver (\d[\d.]*)/.exec(stdout)?.[1] ?? "unknown";
};

/** Where its texts and character sets are; `--no-defaults` has to come first, and means latin1 where nothing else is said. */
const commonOptions = ({ root }: FoundProgram): readonly string[] => [
  "--no-defaults",
  ...(root === "" ? [] : [`--basedir=${root}/usr`, `--lc-messages-dir=${root}/usr/share/mysql`]),
  "--character-set-server=utf8mb4",
];

/** Nothing has to survive the machine. */
const serverOptions = [
  "--bind-address=127.0.0.1",
  "--skip-name-resolve",
  "--innodb-flush-method=nosync",
  "--innodb-flush-log-at-trx-commit=0",
  "--innodb-log-file-size=8M",
  "--innodb-buffer-pool-size=32M",
  "--performance-schema=OFF",
  "--max-connections=300",
];

/** What `mariadb-install-db` does; it cannot itself, because it needs programs of further packages. */
const initialise = (program: FoundProgram, folder: string): void => {
  const user = serverUser();
  const template = join(folder, "template");
  const password = randomBytes(12).toString("hex");
  mkdirSync(join(template, "mysql"), { mode: 0o700, recursive: true });
  writeFileSync(join(folder, "password"), password, { mode: 0o600 });
  for (const path of user ? [template, join(template, "mysql")] : []) chownSync(path, user?.uid ?? 0, user?.gid ?? 0);
  const { status, stderr, error } = spawnSync(
    program.path,
    [
      ...commonOptions(program),
      "--bootstrap",
      `--datadir=${template}`,
      "--innodb-log-file-size=8M",
      "--innodb-buffer-pool-size=16M",
    ],
    {
      cwd: "/",
      encoding: "utf8",
      env: { PATH: "/usr/bin:/bin", ...program.env },
      input: bootstrap(program, password),
      ...user,
    },
  );
  if (status !== 0)
    throw new Error(`mariadbd --bootstrap failed: ${error?.message ?? stderr.split("\n").slice(-5).join("\n")}`);
};

const bootstrap = (program: FoundProgram, password: string): string => {
  const folder = sqlFolder(program);
  const file = (name: string): string => readFileSync(join(folder, name), "utf8");
  return [
    "USE mysql;\nSET @auth_root_socket = NULL;\nSET @skip_auth_anonymous = 1;",
    file("mysql_system_tables.sql"),
    file("mysql_performance_tables.sql"),
    file("mysql_system_tables_data.sql"),
    // The users that it begins with are several for one name, and have no password.
    "DELETE FROM global_priv;\nFLUSH PRIVILEGES;",
    `CREATE USER root@'%' IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;\n`,
  ].join("\n");
};

const sqlFolder = ({ path, root }: FoundProgram): string => {
  const candidates = root === "" ? [join(dirname(path), "../share"), "/usr/share"] : [join(root, "usr/share")];
  const folders = candidates.flatMap((share) => [join(share, "mysql"), join(share, "mariadb")]);
  const found = folders.find((folder) => existsSync(join(folder, "mysql_system_tables.sql")));
  if (!found) throw new Error(`the tables that MariaDB begins with are in none of ${folders.join(", ")}`);
  return found;
};
