import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "./kept-server.ts";
import { type MariadbServer, serverAt } from "./mariadb-server.ts";
import { type MysqlProgram, mysqlProgram } from "./mysql-install.ts";
import { serverUser, sharedFolder } from "./server-folder.ts";

/** Whether tests can have a MySQL. */
export const mysqlIsHere = (): boolean => Boolean(process.env["GODWIT_TEST_MYSQL_URL"]) || mysqlProgram() !== undefined;

/** For the names of tests that are left out without it. */
export const mysqlIsFetched = "npx bun test/engines/mysql.ts has fetched MySQL";

/**
 * A real MySQL for tests: the server that `GODWIT_TEST_MYSQL_URL` names (`npm test` starts one and sets it), else one that this process
 * starts on first use, which ends with it. Throws where `mysqlIsHere` says no.
 */
export const mysqlServer = (): Promise<MariadbServer> => {
  shared ??= openServer();
  return shared;
};

let shared: Promise<MariadbServer> | undefined;

const openServer = async (): Promise<MariadbServer> => {
  const given = process.env["GODWIT_TEST_MYSQL_URL"];
  if (given) return serverAt(given, async () => undefined);
  const { url, stop } = await startMysql();
  return serverAt(url, stop);
};

/** A server of one's own, for tests that change its settings. `settings` are options of `mysqld`. */
export const startMysql = async (
  settings: readonly string[] = [],
): Promise<{ readonly url: string; readonly folder: string; readonly stop: () => Promise<void> }> => {
  const program = mysqlProgram();
  if (!program) throw new Error("there is no MySQL: npx bun test/engines/mysql.ts fetches it");
  const files = sharedFolder(`mysql-${program.version}`, (folder) => initialise(program, folder));
  const password = readFileSync(join(files, "password"), "utf8");
  const { port, folder, stop } = await startServer({
    name: "mysql",
    template: join(files, "template/data"),
    command: (home, number) => [
      ...program.command,
      ...commonOptions,
      `--datadir=${join(home, "data")}`,
      `--tmpdir=${home}`,
      `--socket=${join(home, "socket")}`,
      `--pid-file=${join(home, "pid")}`,
      `--port=${number}`,
      "--bind-address=127.0.0.1",
      "--skip-name-resolve",
      "--max-connections=300",
      ...settings,
    ],
    ready: /ready for connections/,
    failed: /\[ERROR\]|error while loading|not found/,
    signal: "TERM",
  });
  return { url: `mysql://root:${password}@127.0.0.1:${port}`, folder, stop };
};

/** Nothing has to survive the machine. */
const commonOptions = [
  "--secure-file-priv=NULL",
  "--mysqlx=OFF",
  "--skip-log-bin",
  "--performance-schema=OFF",
  "--innodb-doublewrite=OFF",
  "--innodb-flush-method=nosync",
  "--innodb-flush-log-at-trx-commit=0",
  "--innodb-redo-log-capacity=16M",
  "--innodb-buffer-pool-size=64M",
];

const initialise = ({ command }: MysqlProgram, folder: string): void => {
  const user = serverUser();
  const template = join(folder, "template");
  const password = randomBytes(12).toString("hex");
  mkdirSync(template, { mode: 0o700 });
  writeFileSync(join(folder, "password"), password, { mode: 0o600 });
  const users = join(template, "users.sql");
  // One statement a line. Who connects by a socket is root@localhost, whom nobody needs.
  writeFileSync(
    users,
    `CREATE USER root@'%' IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;\n`,
  );
  for (const path of user ? [template, users] : []) chownSync(path, user?.uid ?? 0, user?.gid ?? 0);
  const [program = "", ...words] = command;
  const options = [...commonOptions, "--initialize-insecure", `--datadir=${join(template, "data")}`];
  const { status, stderr, error } = spawnSync(program, [...words, ...options, `--init-file=${users}`], {
    cwd: "/",
    encoding: "utf8",
    env: { PATH: "/usr/bin:/bin" },
    ...user,
  });
  if (status !== 0)
    throw new Error(`mysqld --initialize failed: ${error?.message ?? stderr.split("\n").slice(-5).join("\n")}`);
};
