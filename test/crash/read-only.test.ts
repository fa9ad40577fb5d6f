import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { godwitBinary } from "../helpers/binary.ts";
import { testInNamespaces } from "../helpers/namespaces.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";
import { reachableFolder } from "../helpers/server-folder.ts";
import { snapshotOf, withDatabase } from "./database.ts";
import { withMounts } from "./mounts.ts";
import { type OwnServer, startOwnMariadb, startOwnPostgres } from "./own-server.ts";
import { type CrashProject, createCrashProject } from "./supervisor.ts";

const create = (table: string): string =>
  `import { createTable, migration } from "godwit";
export default migration({ operations: [createTable({ name: "${table}", fields: [{ name: "id", type: "integer" }] })] });
`;

let project: CrashProject;
beforeAll(async () => {
  project = await createCrashProject(new Map([["0001_a.ts", create("a")]]));
});
afterAll(() => project.dispose());

/** What `up` says, where it fails before it has done anything. */
async function refusal(url: string): Promise<string> {
  const { exitCode, error, log } = await project.up(url).ended();
  expect({ exitCode, log }).toMatchObject({ exitCode: 1 });
  expect(log).not.toContain("migration-start");
  return error?.message ?? "";
}

describe("PostgreSQL", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await (await postgresServer()).createDatabase();
  });
  afterAll(() => database.drop());

  const asAdmin = async (sql: string): Promise<void> =>
    withDatabase((await postgresServer()).url(), async ({ driver }) => void (await driver.execute(sql)));

  test("a database whose transactions are read-only: said before anything is tried, and all is well without", async () => {
    await asAdmin(`ALTER DATABASE ${database.name} SET default_transaction_read_only = on`);
    expect(await refusal(database.url)).toMatch(
      /can only be read: default_transaction_read_only is on; set it to off for this user or database, .*; nothing was changed$/,
    );
    expect(await project.status(database.url)).toMatchObject({ applied: 0, pending: 1 });
    await asAdmin(`ALTER DATABASE ${database.name} RESET default_transaction_read_only`);
    expect((await project.up(database.url).ended()).exitCode).toBe(0);
    expect(Object.keys(await withDatabase(database.url, snapshotOf))).toContain("table a");
  });

  test("where nothing is pending, a database that can only be read is good enough", async () => {
    await asAdmin(`ALTER DATABASE ${database.name} SET default_transaction_read_only = on`);
    expect((await project.up(database.url).ended()).exitCode).toBe(0);
  });

  test("a standby: the primary is what to connect to", async () => {
    const server = await startOwnPostgres([], { standby: true });
    try {
      expect(await refusal(server.url)).toContain("can only be read: the server is a standby");
      expect(await project.status(server.url)).toMatchObject({ applied: 0, pending: 1 });
    } finally {
      await server.stop();
    }
  }, 30_000);

  test("a password that has expired: PostgreSQL only says that it is refused, godwit that this may be why", async () => {
    const role = `late_${database.name}`;
    await asAdmin(`CREATE ROLE ${role} LOGIN PASSWORD 'pw' VALID UNTIL '2020-01-01'`);
    try {
      const url = new URL(database.url);
      url.username = role;
      url.password = "pw";
      expect(await refusal(url.href)).toMatch(/does not let user "late_.* in: .*expired .*VALID UNTIL/);
    } finally {
      await asAdmin(`DROP ROLE ${role}`);
    }
  });
});

describe("MariaDB", () => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await startOwnMariadb();
  }, 30_000);
  afterAll(() => server.stop());

  /** A URL of somebody who has all rights in the database, and none beside. */
  async function somebody(name: string): Promise<string> {
    await asRoot(`CREATE USER ${name} IDENTIFIED BY 'pw'; GRANT ALL ON app.* TO ${name}`);
    const url = new URL(server.url);
    url.username = name;
    url.password = "pw";
    return url.href;
  }
  const asRoot = (sql: string): Promise<void> =>
    withDatabase(server.url, async ({ driver }) => void (await driver.execute(sql)));

  test("a server that is set to read_only: said before anything is tried, but not to those who may write all the same", async () => {
    const url = await somebody("plain");
    await asRoot("SET GLOBAL read_only = ON");
    try {
      expect(await refusal(url)).toContain("can only be read: the server is set to read_only");
      expect(await project.status(url)).toMatchObject({ applied: 0, pending: 1 });
      expect((await project.up(server.url).ended()).exitCode).toBe(0);
      expect((await project.up(url).ended()).exitCode).toBe(0);
    } finally {
      await asRoot("SET GLOBAL read_only = OFF");
    }
  });

  test("a password that has expired, on servers that let its user in and on those that do not", async () => {
    const url = await somebody("late");
    await asRoot("ALTER USER late PASSWORD EXPIRE");
    for (const disconnect of ["OFF", "ON"]) {
      await asRoot(`SET GLOBAL disconnect_on_expired_password = ${disconnect}`);
      expect(await refusal(url)).toMatch(/the password of user "late" at \S+ has expired; set a new one: ALTER USER/);
    }
  });
});

describe("SQLite", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(reachableFolder(), "godwit-read-only-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What `up` says when it is not one of those who may write everywhere, as root is. */
  const said = async (url: string): Promise<string> => {
    const root = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, DATABASE_URL: url };
    const words = [...root, await godwitBinary(), "migrate", "up"];
    const { exitCode, stderr } = Bun.spawnSync(words, { cwd: project.root, env, stdin: "ignore" });
    expect(exitCode).toBe(1);
    return String(stderr);
  };
  const openFile = (name: string): string => {
    const place = join(folder, name);
    mkdirSync(place);
    writeFileSync(join(place, "app.db"), "");
    return place;
  };

  test("a file that this user may not write to", async () => {
    const place = openFile("file");
    chmodSync(join(place, "app.db"), 0o444);
    expect(await said(`sqlite:${join(place, "app.db")}`)).toContain("may not write to the file; nothing was changed");
  });

  test("a file in a folder that this user may not write to: SQLite needs it for its journal", async () => {
    const place = openFile("folder");
    chmodSync(place, 0o555);
    try {
      const path = join(place, "app.db");
      expect(await said(`sqlite:${path}`)).toContain(`this user may not create files in "${place}"`);
    } finally {
      chmodSync(place, 0o755);
    }
  });

  testInNamespaces("a file system that is mounted for reading only", async () => {
    const place = openFile("mount");
    const script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"';
    const words = ["/bin/sh", "-c", script, "sh", place, await godwitBinary(), "migrate", "up"];
    const { exitCode, stderr } = Bun.spawnSync([...withMounts(), ...words], {
      cwd: project.root,
      env: { PATH: process.env["PATH"] ?? "", HOME: folder, DATABASE_URL: `sqlite:${join(place, "app.db")}` },
      stdin: "ignore",
    });
    expect(String(stderr)).toContain("can only be read: the file system is mounted for reading only");
    expect(exitCode).toBe(1);
  });

  test("a URL that says mode=ro", async () => {
    const place = openFile("mode");
    expect(await refusal(`sqlite:${join(place, "app.db")}?mode=ro`)).toContain("its URL says mode=ro; leave that out");
  });
});
