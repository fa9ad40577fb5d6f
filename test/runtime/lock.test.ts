import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { hostname } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { executeStep } from "../../src/runtime/execute.ts";
import { type LockOptions, withLock } from "../../src/runtime/lock.ts";
import { describeHolder } from "../../src/runtime/lock-holder.ts";
import type { LockMode } from "../../src/runtime/lock-mode.ts";
import { lockTableOf, type Pulse } from "../../src/runtime/row-lock.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { inTransaction } from "../../src/runtime/transaction.ts";
import { createProject, type DatabaseName, databases, type TestProject } from "../helpers/migration-project.ts";

const table = "godwit_history";

/** A process that takes the lock, says so, and keeps it. */
const holdLock = (url: string, options: Pulse & Pick<LockOptions, "mode">) =>
  Bun.spawn([process.execPath, join(import.meta.dir, "hold-lock.ts"), url, JSON.stringify(options)], {
    stdout: "pipe",
    stderr: "inherit",
  });

/** Every database with its own lock, and those whose lock can be a row instead with that. */
const locks: readonly { readonly name: DatabaseName; readonly mode: LockMode | undefined }[] = [
  ...databases.map((name) => ({ name, mode: undefined })),
  { name: "postgresql", mode: "table" },
  { name: "mariadb", mode: "table" },
];

for (const { name, mode } of locks) {
  describe(`lock on ${name}${mode ? `, ${mode}` : ""}`, () => {
    let project: TestProject;
    let first: Database;
    let second: Database;
    beforeEach(async () => {
      project = await createProject(name);
      first = await openDatabase(project.database);
      second = await openDatabase(project.database);
    });
    afterEach(async () => {
      await first.close();
      await second.close();
      await project.dispose();
    });

    test("a second run waits, says for whom, and gets its turn", async () => {
      const order: string[] = [];
      const waiting: string[] = [];
      let begun = (): void => undefined;
      const started = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const one = withLock(first, { table, mode }, async () => {
        begun();
        await Bun.sleep(200);
        order.push("first");
      });
      await started;
      const onWaiting = (holder: Parameters<typeof describeHolder>[0]): unknown => waiting.push(describeHolder(holder));
      await withLock(second, { table, mode, onWaiting }, () => {
        order.push("second");
        return Promise.resolve();
      });
      await one;
      expect(order).toEqual(["first", "second"]);
      expect(waiting).toHaveLength(1);
      // When a session began to hold a lock is not known on MariaDB.
      const since = name === "mariadb" && mode === undefined ? /@[\w.]+$/ : /, since 20\d\d-/;
      expect(waiting[0]).toMatch(/^process \d+ of ./);
      expect(waiting[0]).toMatch(since);
    });

    test("after the time-out it is an error with the holder, and the lock is free again afterwards", async () => {
      await withLock(first, { table, mode }, async () => {
        const error = await withLock(second, { table, mode, timeoutMs: 50 }, () => Promise.resolve()).catch(
          (e: unknown) => e,
        );
        expect(error).toBeInstanceOf(ToolError);
        expect(error).toMatchObject({ code: "lock", data: { holder: { pid: expect.any(String) } } });
      });
      expect(await withLock(second, { table, mode, timeoutMs: 0 }, () => Promise.resolve("done"))).toBe("done");
    });

    test("a failure inside gives the lock back", async () => {
      const fail = (): Promise<void> => Promise.reject(new Error("inside"));
      await expect(withLock(first, { table, mode }, fail)).rejects.toThrow("inside");
      expect(await withLock(second, { table, mode, timeoutMs: 1000 }, () => Promise.resolve("done"))).toBe("done");
    });

    test("runs with different histories do not wait for each other", async () => {
      const inner = () =>
        withLock(second, { table: "other_history", mode, timeoutMs: 0 }, () => Promise.resolve("done"));
      expect(await withLock(first, { table, mode }, inner)).toBe("done");
    });

    test("a signal ends the waiting", async () => {
      const signal = AbortSignal.timeout(50);
      await withLock(first, { table, mode }, async () => {
        const error = await withLock(second, { table, mode, signal }, () => Promise.resolve()).catch((e: unknown) => e);
        expect(error).toMatchObject({ code: "cancelled" });
      });
    });

    test("the lock of a process that was killed is taken over", async () => {
      const holder = holdLock(project.database.url, { mode, deadAfterMs: 600 });
      const { value } = await holder.stdout.getReader().read();
      expect(new TextDecoder().decode(value)).toBe("held\n");
      const tryNow = (): Promise<string> =>
        withLock(first, { table, mode, timeoutMs: 0 }, () => Promise.resolve("done"));
      expect(await tryNow().catch((e: unknown) => (e as ToolError).code)).toBe("lock");
      holder.kill("SIGKILL");
      await holder.exited;
      expect(await withLock(first, { table, mode, timeoutMs: 10_000 }, () => Promise.resolve("done"))).toBe("done");
    });
  });
}

test("a row of this process that it does not hold is a leftover of a container's earlier run with the same number", async () => {
  const project = await createProject("sqlite");
  await project.withDatabase(async (database) => {
    await withLock(database, { table }, () => Promise.resolve());
    const { lock } = database.dialect.bookkeeping;
    if (lock.kind !== "row") throw new Error("SQLite's lock is a row");
    const row = ["somebody", hostname(), process.pid, "root", "2026-01-01T00:00:00Z"];
    await database.driver.execute(lock.tryAcquire(lockTableOf(table)), row);
    expect(await withLock(database, { table, timeoutMs: 2000 }, () => Promise.resolve("done"))).toBe("done");
    await database.driver.execute(lock.tryAcquire(lockTableOf(table)), ["somebody", "elsewhere", ...row.slice(2)]);
    const error = await withLock(database, { table, timeoutMs: 300 }, () => Promise.resolve()).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "lock", data: { holder: { host: "elsewhere" } } });
  });
  await project.dispose();
});

/** A project whose lock another process holds that seems to run on another machine, where nobody can see it. */
const heldElsewhere = async (beatMs: number) => {
  const project = await createProject("sqlite");
  const holder = holdLock(project.database.url, { beatMs });
  await holder.stdout.getReader().read();
  await project.query("UPDATE godwit_lock SET host = 'elsewhere'");
  const stop = async (): Promise<void> => {
    holder.kill("SIGKILL");
    await holder.exited;
  };
  const wait = (timeoutMs: number): Promise<string> =>
    project.withDatabase((database) => {
      const take = () =>
        withLock(database, { table, timeoutMs, pulse: { deadAfterMs: 600 } }, () => Promise.resolve("done"));
      return take().catch((e: unknown) => (e as ToolError).code);
    });
  return { stop, wait, dispose: () => stop().then(project.dispose) };
};

test("the row of a process on another machine is taken over when it gives no sign of life any more", async () => {
  const { stop, wait, dispose } = await heldElsewhere(100);
  await stop();
  expect(await wait(10_000)).toBe("done");
  await dispose();
});

test("the row of a process on another machine stays as long as it gives signs of life", async () => {
  const { wait, dispose } = await heldElsewhere(100);
  expect(await wait(2000)).toBe("lock");
  await dispose();
});

for (const transaction of [true, false]) {
  const kind = transaction ? "in transactions" : "piece by piece";
  test(`a run ${kind} whose lock row is removed stops before it does anything more`, async () => {
    const project = await createProject("sqlite");
    // SQL of authors shares no transaction with other migrations.
    const create = (name: string): string => `runSQL({ forward: "CREATE TABLE ${name} (id integer)", backward: "" })`;
    project.write("0001_a", create("a"), transaction ? {} : { transaction });
    project.write("0002_b", create("b"), { dependencies: ["0001_a"], ...(!transaction && { transaction }) });
    await project.withDatabase(async ({ driver }) => {
      const onEvent = (event: RunEvent): void => {
        if (event.type === "migration-end") void driver.execute("DELETE FROM godwit_lock");
      };
      const error = await up(project, { onEvent }).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: "lock", data: { applied: ["0001_a"], failed: "0002_b" } });
      expect((error as ToolError).message).toContain("nobody has it now");
    });
    expect(await project.query("SELECT name FROM sqlite_schema WHERE name IN ('a', 'b')")).toEqual([{ name: "a" }]);
    expect((await up(project)).applied).toEqual(["0002_b"]);
    await project.dispose();
  });
}

test("what a run changed while somebody else had its lock is rolled back", async () => {
  const project = await createProject("sqlite");
  await project.withDatabase(async (database) => {
    const work = async (locked: Database): Promise<void> => {
      const theft = async (): Promise<void> =>
        void (await locked.driver.execute("UPDATE godwit_lock SET owner = 'thief'"));
      const step = { migration: "0001_a", checksum: "", position: 0, transaction: true, foreignKeysOff: false };
      const action = { operation: 0, title: "", ignoreErrors: false, statements: [] };
      const commands = [{ kind: "execute", sql: "CREATE TABLE a (id INTEGER)" } as const];
      await executeStep(locked, { ...step, actions: [{ ...action, commands }] }, { record: theft });
    };
    const error = await withLock(database, { table }, work).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "lock" });
    expect(await database.driver.query("SELECT name FROM sqlite_schema WHERE name = 'a'")).toEqual([]);
  });
  await project.dispose();
});

test("a transaction does not begin its work when somebody else has the lock", async () => {
  const project = await createProject("sqlite");
  await project.withDatabase(async (database) => {
    const error = await withLock(database, { table }, async (locked) => {
      await locked.driver.execute("UPDATE godwit_lock SET owner = 'thief'");
      await inTransaction(locked, () => locked.driver.execute("CREATE TABLE a (id INTEGER)").then(() => undefined));
    }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "lock" });
    expect(await database.driver.query("SELECT name FROM sqlite_schema WHERE name = 'a'")).toEqual([]);
  });
  await project.dispose();
});
