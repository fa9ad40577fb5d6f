import { afterEach, beforeEach, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { type Pooler, pgbouncer } from "../helpers/pgbouncer.ts";

/** Migrations in the order of their numbers: tables and rows, an index built concurrently every fifth time, a function with semicolons in it every seventh. */
const names = Array.from({ length: 30 }, (_, i) => `${String(i + 1).padStart(4, "0")}_step`);

const operationsOf = (i: number): string => {
  const table = `createTable({ name: "t${i}", fields: [{ name: "id", type: "serial", primaryKey: true }, { name: "n", type: "integer" }] })`;
  const rows = `runSQL({ forward: "INSERT INTO t${i} (n) SELECT g FROM generate_series(1, 50) g", backward: "" })`;
  const index = `runSQL({ forward: "CREATE INDEX CONCURRENTLY t${i}_n ON t${i} (n)", backward: "DROP INDEX CONCURRENTLY t${i}_n" })`;
  const routine = `runSQL({ forward: "CREATE FUNCTION f${i}() RETURNS INTEGER LANGUAGE plpgsql AS $$ BEGIN RETURN ${i}; END $$; SELECT f${i}()", backward: "DROP FUNCTION f${i}" })`;
  return [table, rows, ...(i % 5 === 0 ? [index] : []), ...(i % 7 === 0 ? [routine] : [])].join(", ");
};

let project: TestProject;
let pooler: Pooler;
beforeEach(async () => {
  project = await createProject("postgresql");
  pooler = await pgbouncer(project.database.url, { mode: "transaction", size: 6 });
  writeFileSync(join(project.root, "godwit.yaml"), "lock: table\nlock_expiry: 1s\n");
}, 60_000);
afterEach(async () => {
  await pooler.stop();
  await project.dispose();
});

const writeMigrations = (count: number): void => {
  for (const [i, name] of names.slice(0, count).entries()) {
    project.write(name, operationsOf(i + 1), { dependencies: names.slice(Math.max(0, i - 1), i) });
  }
};

const main = join(import.meta.dir, "../../src/main.ts");

/** `godwit` through the pooler, as a process of its own. */
const start = (...words: readonly string[]) =>
  Bun.spawn([process.execPath, main, ...words, "--json"], {
    cwd: project.root,
    env: { ...process.env, DATABASE_URL: pooler.url },
    stdout: "pipe",
    stderr: "pipe",
  });

const godwit = async (...words: readonly string[]) => ending(start(...words));

const ending = async (child: ReturnType<typeof start>) => {
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { json: JSON.parse(stdout || "null"), stderr, exitCode };
};

const tableCount = async (): Promise<number> =>
  Number((await project.query("SELECT count(*) AS n FROM pg_tables WHERE tablename ~ '^t[0-9]+$'"))[0]?.["n"]);
const token = async (): Promise<number> => Number((await project.query("SELECT token FROM godwit_lock"))[0]?.["token"]);

test("thirty migrations go up and down, and the sessions that others get are as they were", async () => {
  writeMigrations(names.length);
  const up = await godwit("migrate", "up");
  expect(up).toMatchObject({ exitCode: 0, json: { applied: names } });
  expect(await tableCount()).toBe(30);
  expect(
    (await project.query("SELECT 1 FROM pg_index WHERE indisvalid AND indexrelid::regclass::TEXT ~ '_n$'")).length,
  ).toBe(6);
  expect(await godwit("migrate", "status")).toMatchObject({
    exitCode: 0,
    json: { applied: 30, pending: 0, failed: 0 },
  });
  expect(await sessionSettings()).toEqual(new Set(["0 0 off"]));
  expect(await godwit("migrate", "down", "--to", "zero")).toMatchObject({
    exitCode: 0,
    json: { rolled_back: names.toReversed() },
  });
  expect(await tableCount()).toBe(0);
  expect(await sessionSettings()).toEqual(new Set(["0 0 off"]));
  const here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())";
  const locks = `SELECT 1 AS found FROM pg_locks WHERE locktype = 'advisory' AND ${here}`;
  expect(await project.query(locks)).toEqual([]);
}, 60_000);

test("a migration that tells its session something is warned of, and one that tells its transaction is not", async () => {
  project.write("0001_told", `runSQL({ forward: "SET work_mem = '8MB'", backward: "" })`);
  project.write("0002_local", `runSQL({ forward: "SET LOCAL work_mem = '8MB'", backward: "" })`, {
    dependencies: ["0001_told"],
  });
  const { stderr, exitCode } = await godwit("migrate", "up");
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`0001_told: "SET work_mem = '8MB'" is for a session`);
  expect(stderr).not.toContain("0002_local: ");
}, 60_000);

test("of two runs at once, each migration is applied once and both succeed", async () => {
  writeMigrations(10);
  const both = await Promise.all([godwit("migrate", "up"), godwit("migrate", "up")]);
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(both.flatMap(({ json }) => json.applied).toSorted()).toEqual(names.slice(0, 10));
}, 60_000);

/** Three migrations, the second of which waits for a lock that the test holds, in a statement that stands alone. */
const stuck = async (work: (run: ReturnType<typeof start>) => Promise<void>): Promise<void> => {
  project.write("0001_step", operationsOf(1));
  project.write("0002_vacuum", `runSQL({ forward: "VACUUM t1", backward: "" })`, { dependencies: ["0001_step"] });
  project.write("0003_step", operationsOf(3), { dependencies: ["0002_vacuum"] });
  const blocker = postgres(project.database.url, { max: 1 });
  expect(await godwit("migrate", "up", "--to", "0001_step")).toMatchObject({ exitCode: 0 });
  await blocker.begin(async (sql) => {
    await sql`LOCK TABLE t1 IN SHARE UPDATE EXCLUSIVE MODE`;
    const run = start("migrate", "up");
    await until("SELECT 1 FROM pg_stat_activity WHERE query = 'VACUUM t1' AND wait_event_type = 'Lock'");
    await work(run);
  });
  await blocker.end();
};

const until = async (query: string): Promise<void> => {
  for (let i = 0; i < 200; i++) {
    if ((await project.query(query)).length > 0) return;
    await Bun.sleep(50);
  }
  throw new Error(`did not happen within ten seconds: ${query}`);
};

test("a run keeps its lease through a statement that takes longer than it lasts", async () => {
  let run: ReturnType<typeof start> | undefined;
  await stuck(async (child) => {
    run = child;
    await Bun.sleep(2500);
    expect(await godwit("migrate", "up", "--lock-timeout", "0")).toMatchObject({
      exitCode: 1,
      json: { error: { code: "lock", data: { holder: { pid: String(child.pid), token: "2" } } } },
    });
  });
  expect(run && (await ending(run))).toMatchObject({ exitCode: 0, json: { applied: ["0002_vacuum", "0003_step"] } });
}, 60_000);

test("Ctrl-C gives the statement up through the pooler, and frees the lease", async () => {
  let run: ReturnType<typeof start> | undefined;
  await stuck(async (child) => {
    run = child;
    child.kill("SIGINT");
    expect(await ending(child)).toMatchObject({ exitCode: 130, json: { error: { code: "cancelled" } } });
    expect(await project.query("SELECT owner FROM godwit_lock")).toEqual([{ owner: null }]);
  });
  expect(run?.killed).toBe(true);
  expect(await godwit("migrate", "up")).toMatchObject({ exitCode: 0, json: { applied: ["0002_vacuum", "0003_step"] } });
}, 60_000);

test("after SIGKILL the lease ends, and the next run takes over with a higher token and goes on", async () => {
  await stuck(async (child) => {
    child.kill("SIGKILL");
    await child.exited;
  });
  const next = await godwit("migrate", "up");
  expect(next).toMatchObject({ exitCode: 0, json: { applied: ["0002_vacuum", "0003_step"] } });
  expect(next.stderr).toContain("waiting for process");
  expect(await token()).toBe(3);
}, 60_000);

test("a run that was frozen until another took over stops before its next statement and says so", async () => {
  let frozen: ReturnType<typeof start> | undefined;
  await stuck((child) => {
    frozen = child;
    child.kill("SIGSTOP");
    return Promise.resolve();
  });
  const next = await godwit("migrate", "up");
  expect(next).toMatchObject({ exitCode: 0, json: { applied: ["0002_vacuum", "0003_step"] } });
  frozen?.kill("SIGCONT");
  const first = frozen && (await ending(frozen));
  expect(first).toMatchObject({ exitCode: 1, json: { error: { code: "lock" } } });
  expect(first?.json.error.message).toStartWith("this run has lost the migration lock (nobody has it now)");
  expect(await godwit("migrate", "status")).toMatchObject({ json: { applied: 3, pending: 0, failed: 0 } });
}, 60_000);

/** What the sessions that the pooler hands out are set to, over as many clients as it has sessions. */
const sessionSettings = async (): Promise<ReadonlySet<string>> => {
  const clients = Array.from({ length: 6 }, () => postgres(pooler.url, { max: 1, prepare: false, fetch_types: false }));
  const found = await Promise.all(
    clients.map((sql) =>
      sql.begin(async (inside) => {
        const [row] =
          await inside`SELECT current_setting('lock_timeout') AS a, current_setting('statement_timeout') AS b, current_setting('default_transaction_read_only') AS c`;
        await Bun.sleep(100);
        return Object.values(row ?? {}).join(" ");
      }),
    ),
  );
  for (const sql of clients) await sql.end();
  return new Set(found);
};
