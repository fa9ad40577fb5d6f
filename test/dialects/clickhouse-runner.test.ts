import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { readHistory, writeApplied } from "../../src/runtime/history.ts";
import { hashOf, noteStart, traceOf } from "../../src/runtime/journal.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { keepPast, openPast } from "../../src/runtime/past.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { log } from "../../src/runtime/tasks/log.ts";
import { squash } from "../../src/runtime/tasks/squash.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { unlock } from "../../src/runtime/tasks/unlock.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
beforeEach(async () => {
  project = await createProject("clickhouse");
});
afterEach(() => project.dispose());

const table = (name: string): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;
const insert = (name: string): string => `runSQL({ forward: "INSERT INTO ${name} VALUES (1)", backward: "" })`;

const processOf = (file: string, ...args: readonly string[]) =>
  Bun.spawn([process.execPath, join(import.meta.dir, "../runtime", file), ...args], { stdout: "pipe", stderr: "pipe" });

const upProcess = () => {
  const { root, migrationsDir, schemaPaths, database, historyTable } = project;
  return processOf("up-process.ts", JSON.stringify({ root, migrationsDir, schemaPaths, database, historyTable }));
};

const failureOf = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => expect.unreachable("it should have been refused"),
    (error: unknown) => (error instanceof ToolError ? error : Promise.reject(error)),
  );

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("it did not come to that in 15 s");
    await Bun.sleep(20);
  }
};

describe("several runs at once", () => {
  test("apply each migration once: four processes, four times over", async () => {
    for (let round = 0; round < 4; round++) {
      project.write(
        `000${round}_a`,
        `${table(`t${round}`)}, ${insert(`t${round}`)}`,
        round > 0 ? { dependencies: [`000${round - 1}_a`] } : {},
      );
      const runs = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const child = upProcess();
          const [out, error, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
          if (code !== 0) throw new Error(error);
          return (JSON.parse(out) as { readonly applied: readonly string[] }).applied;
        }),
      );
      expect(runs.flat()).toEqual([`000${round}_a`]);
      expect(await project.query(`SELECT count() AS n FROM t${round}`)).toEqual([{ n: 1 }]);
    }
  }, 60_000);

  test("twenty who want the lock have it one after the other", async () => {
    let inside = 0;
    let most = 0;
    let turns = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        project.withDatabase((database) =>
          withLock(database, { table: "godwit_history", timeoutMs: 50_000 }, async () => {
            most = Math.max(most, ++inside);
            await Bun.sleep(3);
            inside--;
            turns++;
          }),
        ),
      ),
    );
    expect([most, turns]).toEqual([1, 20]);
  }, 60_000);
});

describe("a holder of the lock that is gone", () => {
  const hold = async (pulse: object = {}) => {
    const child = processOf("hold-lock.ts", project.database.url, JSON.stringify(pulse));
    const reader = child.stdout.getReader();
    await reader.read();
    return child;
  };
  const options = { table: "godwit_history", timeoutMs: 5000 };

  test("is found dead by those on its machine, at once", async () => {
    const child = await hold();
    expect(
      (
        await failureOf(
          project.withDatabase((database) => withLock(database, { ...options, timeoutMs: 0 }, () => Promise.resolve())),
        )
      ).message,
    ).toContain(`process ${child.pid}`);
    child.kill("SIGKILL");
    await child.exited;
    const start = performance.now();
    await project.withDatabase((database) => withLock(database, options, () => Promise.resolve()));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("that gives signs of life keeps it; whoever loses it stops before the next statement", async () => {
    await project.withDatabase((database) =>
      withLock(database, { ...options, pulse: { beatMs: 50 } }, async (locked) => {
        const state = async () =>
          (
            await project.query(
              "SELECT name AS n FROM system.columns WHERE table = 'godwit_lock' AND database = currentDatabase()",
            )
          )[0]?.["n"];
        const first = await state();
        await until(async () => (await state()) !== first);
        await locked.confirmLock?.();
        const freed = await unlock(project, { confirm: () => Promise.resolve(true) });
        expect(freed.freed).toBe(true);
        expect((await failureOf(locked.confirmLock?.() ?? Promise.resolve())).message).toContain("nobody has it now");
      }),
    );
    await project.withDatabase((database) => withLock(database, options, () => Promise.resolve()));
  });
});

describe("a run that is killed", () => {
  const place = { table: "godwit_history", track: "default" };
  const long = "SELECT sum(sleepEachRow(0.2)) FROM numbers(30) SETTINGS max_block_size = 1";
  const killedWhen = async (holds: () => Promise<boolean>): Promise<void> => {
    const child = upProcess();
    await until(holds);
    child.kill("SIGKILL");
    await child.exited;
  };
  const journal = () =>
    project.query(
      "SELECT position, finished_at IS NULL AS open FROM (SELECT * FROM godwit_history_journal ORDER BY number DESC LIMIT 1 BY track, name, position) WHERE present = 1 ORDER BY position",
    );

  test("between its statements: the next one does what is left, and nothing twice", async () => {
    project.write(
      "0001_a",
      `${table("a")}, ${insert("a")}, runSQL({ forward: "${long}", backward: "" }), ${table("b")}`,
    );
    await killedWhen(async () => {
      const exists = await project.tables("own");
      return exists.includes("godwit_history_journal") && (await journal()).length === 3;
    });
    expect(await journal()).toEqual([
      { position: 0, open: 0 },
      { position: 1, open: 0 },
      { position: 2, open: 1 },
    ]);
    expect((await status(project)).failed).toBe(1);
    expect(await up(project)).toMatchObject({ applied: ["0001_a"] });
    expect(await project.tables()).toEqual(["a", "b"]);
    expect(await project.query("SELECT count() AS n FROM a")).toEqual([{ n: 1 }]);
    expect(await journal()).toEqual([]);
    expect(await status(project)).toMatchObject({ applied: 1, failed: 0 });
  }, 40_000);

  test.each([
    ["has done", true],
    ["has not begun", false],
  ])("in an ALTER TABLE that the server %s: the catalog says so", async (_, isDone) => {
    const sql = "ALTER TABLE `a` ADD COLUMN `x` Nullable(String)";
    project.write("0001_a", table("a"));
    await up(project);
    project.write("0002_x", `addField({ table: "a", field: { name: "x", type: "text", nullable: true } })`, {
      dependencies: ["0001_a"],
    });
    const pending = (await status(project)).tracks[0]?.migrations.find(({ name }) => name === "0002_x");
    await project.withDatabase(async (database) => {
      const [first] = await readHistory(database, place);
      const recovery = database.dialect.bookkeeping.recoveryOf(sql);
      if (!first || recovery.kind !== "compare") throw new Error("the catalog should be asked");
      const row = {
        ...first,
        name: "0002_x",
        checksum: String(pending?.checksum),
        state: "failed" as const,
        stepsDone: 0,
      };
      await writeApplied(database, place, row);
      const trace = await traceOf(database, recovery.query);
      const entry = { migration: "0002_x", position: 0, sqlHash: hashOf(sql), statement: sql };
      await noteStart(database, place, { ...entry, trace, startedAt: "2026-01-31T08:09:10.123Z" });
      if (isDone) await database.driver.execute(sql);
    });
    expect(await up(project)).toMatchObject({ applied: ["0002_x"] });
    expect(
      await project.query("SELECT name FROM system.columns WHERE table = 'a' AND database = currentDatabase()"),
    ).toEqual([{ name: "id" }, { name: "x" }]);
  });

  test("in an UPDATE that the server goes on with: the next run waits for it", async () => {
    const sql = (text: string): string => `runSQL({ forward: "${text}", backward: "" })`;
    project.write(
      "0001_a",
      [
        sql("CREATE TABLE a (id Int32, v Int32) ORDER BY id"),
        sql("CREATE TABLE b (id Int64) ORDER BY id"),
        sql("INSERT INTO a SELECT number, 0 FROM numbers(4)"),
        sql("ALTER TABLE a UPDATE v = 1 + sleepEachRow(0.7) WHERE true"),
        sql("INSERT INTO b SELECT sum(v) FROM a"),
      ].join(", "),
    );
    await killedWhen(
      async () =>
        (await project.query("SELECT 1 FROM system.mutations WHERE table = 'a' AND database = currentDatabase()"))
          .length > 0,
    );
    expect(await project.query("SELECT sum(v) AS sum FROM a")).toEqual([{ sum: 0 }]);
    await up(project);
    expect(await project.query("SELECT id FROM b")).toEqual([{ id: 4 }]);
  }, 40_000);

  test("in an INSERT: nobody can tell, so a person is asked", async () => {
    project.write(
      "0001_a",
      `${table("a")}, runSQL({ forward: "INSERT INTO a SELECT number + sleepEachRow(0.2) FROM numbers(30) SETTINGS max_block_size = 1", backward: "" })`,
    );
    await killedWhen(async () => {
      const exists = await project.tables("own");
      return exists.includes("godwit_history_journal") && (await journal()).length === 2;
    });
    const error = await failureOf(up(project));
    expect(error.message).toContain("the database does not show whether it took effect");
    expect(error.message).toContain("godwit migrate repair 0001_a");
  }, 40_000);
});

test("the log tells of a rollback once, and not before the history does", async () => {
  const told = async (): Promise<readonly string[]> => (await log(project)).entries.map(({ event }) => event);
  project.write("0001_a", table("a"));
  await up(project);
  await project.withDatabase(async (database) => {
    const place = { table: "godwit_history", track: "default" };
    const ending = await openPast(database, place, { reason: "rolled_back" });
    await keepPast(database, place, "0001_a", { ...ending, endedMs: 1 });
  });
  expect(await told()).toEqual(["applied"]);
  await down(project);
  expect(await told()).toEqual(["rolled_back", "applied"]);
  await up(project);
  expect(await told()).toEqual(["applied", "rolled_back", "applied"]);
});

test("what ClickHouse has not is said before anything runs, and nothing is left", async () => {
  project.write("0001_a", table("a"));
  project.write(
    "0002_b",
    `${table("b")}, addIndex({ table: "b", index: { name: "u", fields: ["id"], unique: true } })`,
    {
      dependencies: ["0001_a"],
    },
  );
  const error = await failureOf(up(project));
  expect(error.message).toContain('migration "0002_b", operation 2');
  expect(error.message).toContain("nothing there keeps two rows from having the same values");
  expect(await project.tables()).toEqual([]);
});

test("a squash is shown to do the same on two databases of the server", async () => {
  project.write("0001_t", table("t"));
  project.write("0002_rows", insert("t"), { dependencies: ["0001_t"] });
  const { proof, warnings } = await squash(project, { all: true });
  expect([proof, warnings]).toEqual(["database", []]);
});
