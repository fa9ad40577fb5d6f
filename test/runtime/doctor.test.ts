import { afterEach, describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../../src/runtime/lock.ts";
import { doctor } from "../../src/runtime/tasks/doctor.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { canStopHalfWay, createProject, databases, type TestProject } from "../helpers/migration-project.ts";
import { pgbouncer } from "../helpers/pgbouncer.ts";
import { clockVerdict } from "./doctor-facts.ts";

let project: TestProject;
afterEach(() => project.dispose());

const table = (name: string): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;

const terminal = { interactive: false, colours: false };

/** `name: state found` of each check but those about this machine. */
async function look(changes: Partial<TestProject> = {}): Promise<Readonly<Record<string, string>>> {
  const { checks } = await doctor({ value: { ...project, ...changes } }, { env: {}, terminal });
  return Object.fromEntries(checks.map(({ name, state, found }) => [name, `${state} ${found}`]));
}

for (const database of databases) {
  describe(database, () => {
    const about = async (...names: readonly string[]) => {
      const all = await look();
      return names.map((name) => all[name]);
    };

    test("pending, applied, changed, missing, forked", async () => {
      project = await createProject(database);
      project.write("0001_a", table("a"));
      project.write("0002_b", table("b"), { dependencies: ["0001_a"] });
      if (database === "sqlite") expect((await look())["history"]).toBeUndefined();
      else expect(await about("history")).toEqual(["warning 2 of 2 not applied"]);
      expect(await project.tables("own")).toEqual([]);
      await up(project);
      expect(await about("schema", "migrations", "rights", "lock", "history", "journal")).toEqual([
        "ok no schema file; migrations are written by hand",
        "ok 2 migrations in migrations",
        database === "sqlite" ? "ok can be written" : "ok this user may make and change tables",
        "ok free",
        "ok 2 migrations applied",
        "ok empty",
      ]);
      expect((await look())["clock"]).toBe(database === "sqlite" ? undefined : "ok the same as here");
      project.write("0002_c", table("c"), { dependencies: ["0001_a"] });
      expect(await about("migrations", "history")).toEqual([
        "warning 2 heads: 0002_b, 0002_c",
        "warning 1 of 3 not applied",
      ]);
      rmSync(join(project.migrationsDir, "0002_c.ts"));
      rmSync(join(project.migrationsDir, "0002_b.ts"));
      expect(await about("history")).toEqual(["warning 0002_b: applied, but the file is missing"]);
      const path = join(project.migrationsDir, "0001_a.ts");
      writeFileSync(path, readFileSync(path, "utf8").replace("integer", "bigint"));
      expect(await about("history")).toEqual(["fault 0001_a: other operations than those that were applied"]);
    });

    test("who holds the lock", async () => {
      project = await createProject(database);
      const lock = await project.withDatabase((opened) =>
        withLock(opened, { table: "godwit_history" }, async () => (await look())["lock"]),
      );
      expect(lock).toMatch(/^warning held by process \d+/);
      expect((await look())["lock"]).toBe("ok free");
    });

    test("migrations that cannot be read leave the database its say", async () => {
      project = await createProject(database);
      await project.query("SELECT 1");
      project.write("0001_a", 'createTable({ name: "a" })');
      const all = await look();
      expect(all["migrations"]).toStartWith("fault migrations/0001_a.ts:");
      expect(all["history"]).toBeUndefined();
      expect(all["journal"]).toBe("ok empty");
    });

    if (!canStopHalfWay(database)) return;
    test("what stopped half-way", async () => {
      project = await createProject(database);
      project.write("0001_a", `${table("a")}, runSQL({ forward: "no", backward: "" })`);
      await up(project).catch(() => undefined);
      const all = await look();
      expect(all["history"]).toBe("fault 0001_a stopped half-way");
      expect(all["journal"]).toStartWith("fault ");
    });
  });
}

test("a SQLite file that may only be read, and a cache that cannot be written", async () => {
  project = await createProject("sqlite");
  await project.query("CREATE TABLE other (a)");
  const url = `${project.database.url}?mode=ro`;
  expect((await look({ database: { url } }))["rights"]).toBe(
    "fault can only be read: its URL says mode=ro; leave that out",
  );
  const file = join(project.root, "file");
  writeFileSync(file, "");
  chmodSync(file, 0o600);
  const { checks } = await doctor({ value: project }, { env: { XDG_CACHE_HOME: join(file, "cache") }, terminal });
  expect(checks.find(({ name }) => name === "cache")?.state).toBe("warning");
});

test("modules for migrations, and one that leads nowhere", async () => {
  project = await createProject("sqlite");
  expect((await look())["symbols"]).toBeUndefined();
  const path = join(project.root, "prices.ts");
  writeFileSync(path, "export const price = 1;\n");
  expect((await look({ symbols: { "shop/prices": path } }))["symbols"]).toBe("ok 1 module: shop/prices");
  rmSync(path);
  expect((await look({ symbols: { "shop/prices": path } }))["symbols"]).toMatch(/^fault .*prices\.ts" does not exist/);
});

test("PostgreSQL: a user without rights, and a database for reading only", async () => {
  project = await createProject("postgresql");
  const role = `godwit_doctor_${process.pid}`;
  await project.withDatabase(({ driver }) => driver.execute(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`));
  try {
    const url = new URL(project.database.url);
    [url.username, url.password] = [role, "x"];
    expect((await look({ database: { url: url.href } }))["rights"]).toBe(
      "fault this user lacks CREATE on schema public",
    );
    await project.withDatabase(({ driver }) =>
      driver.execute(
        `ALTER ROLE ${role} SET default_transaction_read_only = on; ALTER ROLE ${role} SET search_path = nowhere`,
      ),
    );
    expect((await look({ database: { url: url.href } }))["rights"]).toStartWith(
      "fault can only be read: default_transaction_read_only is on",
    );
    await project.withDatabase(({ driver }) =>
      driver.execute(`ALTER ROLE ${role} RESET default_transaction_read_only`),
    );
    expect((await look({ database: { url: url.href } }))["rights"]).toBe(
      "fault this user lacks a schema that search_path leads to",
    );
  } finally {
    await project.withDatabase(({ driver }) => driver.execute(`DROP ROLE ${role}`));
  }
});

test("MariaDB: rights are those of the user on this database, patterns too", async () => {
  project = await createProject("mariadb");
  const name = new URL(project.database.url).pathname.slice(1);
  const user = `doctor_${process.pid}`;
  const pattern = name.replaceAll("_", "\\_").slice(0, -1);
  await project.withDatabase(({ driver }) =>
    driver.execute(
      `CREATE USER '${user}'@'%' IDENTIFIED BY 'x'; GRANT SELECT, INSERT ON \`${pattern}%\`.* TO '${user}'@'%'`,
    ),
  );
  try {
    const url = new URL(project.database.url);
    [url.username, url.password] = [user, "x"];
    expect((await look({ database: { url: url.href } }))["rights"]).toBe(
      "warning not granted to this user itself: UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES",
    );
  } finally {
    await project.withDatabase(({ driver }) => driver.execute(`DROP USER '${user}'@'%'`));
  }
});

test("a pooler that shares sessions is a fault, unless the lock is a table", async () => {
  project = await createProject("postgresql");
  const pooler = await pgbouncer(project.database.url, { mode: "transaction", size: 4 });
  try {
    const database = { url: pooler.url };
    expect((await look({ database }))["pooler"]).toStartWith("fault one that gives each transaction another session");
    expect((await look({ database, lock: "table" }))["pooler"]).toStartWith("ok ");
  } finally {
    await pooler.stop();
  }
  expect((await look())["pooler"]).toBe("ok none");
}, 60_000);

test("of several tracks, the one that is behind is named, and one that cannot be led to leaves the rest its say", async () => {
  project = await createProject("postgresql");
  const track = (name: string, schema?: string) => ({
    name,
    migrationsDir: join(project.root, name),
    historyTable: "godwit_history",
    requires: [],
    ...(schema !== undefined && { schema }),
  });
  const tracks = [track("core"), track("vector", "vectors")];
  for (const [i, { migrationsDir }] of tracks.entries()) {
    mkdirSync(migrationsDir);
    project.write("0001_a", table(`a${i}`), { directory: migrationsDir });
  }
  expect((await look({ tracks }))["history"]).toBe("warning core: 1 of 1 not applied");
  await up({ ...project, tracks });
  const all = await look({ tracks });
  expect(all["history"]).toBe("ok core: 1 migration applied; vector: 1 migration applied");
  const pooler = await pgbouncer(project.database.url, { mode: "transaction", size: 4 });
  const pooled = await look({ tracks, lock: "table", database: { url: pooler.url } }).finally(pooler.stop);
  expect(pooled["history"]).toStartWith('fault track "vector" wants the database schema "vectors"');
  expect(pooled["server"]).toBe(all["server"]);
}, 60_000);

test("a clock is wrong only when the way to the server does not explain it", async () => {
  project = await createProject("sqlite");
  expect(clockVerdict(4000, 0)).toBe("ok");
  expect(clockVerdict(-7000, 0)).toBe("warning");
  expect(clockVerdict(7000, 3000)).toBe("ok");
});
