import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { ToolError } from "../../src/core/errors.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { unlock } from "../../src/runtime/tasks/unlock.ts";
import { inTransaction } from "../../src/runtime/transaction.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

const options = { table: "godwit_history", mode: "table" } as const;
const done = (): Promise<string> => Promise.resolve("done");

const session = { table: "godwit_history", mode: "session" } as const;

const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);
/** Somebody who wants the lock at once, and takes a holder without a sign of life for dead after so long. */
const tryNow = (database: Database): Promise<unknown> =>
  withLock(database, { ...options, timeoutMs: 0 }, done).catch((error: unknown) => (error as ToolError).code);

const servers = [
  { name: "postgresql", sleep: "SELECT pg_sleep(1.5)" },
  { name: "mariadb", sleep: "SELECT SLEEP(1.5)" },
] as const;

for (const { name, sleep } of servers) {
  describe(`lease on ${name}`, () => {
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

    const lockRow = async () => (await project.query("SELECT owner, token FROM godwit_lock"))[0];

    test("each holder has a higher token than the one before, and afterwards nobody has the lease", async () => {
      const tokens: number[] = [];
      for (const database of [first, second, first]) {
        await withLock(database, options, async () => void tokens.push(Number((await lockRow())?.["token"])));
      }
      expect(tokens).toEqual([1, 2, 3]);
      expect(await lockRow()).toMatchObject({ owner: null });
    });

    test("of many that make the table at once, one after the other gets the lease", async () => {
      const sessions = await Promise.all(Array.from({ length: 8 }, () => openDatabase(project.database)));
      let inside = 0;
      const work = async (): Promise<number> => {
        const before = inside++;
        await Bun.sleep(5);
        inside--;
        return before;
      };
      const found = await Promise.all(sessions.map((session) => withLock(session, options, work)));
      for (const session of sessions) await session.close();
      expect(found).toEqual(sessions.map(() => 0));
      expect(Number((await lockRow())?.["token"])).toBe(8);
    });

    test("a statement that takes longer than the lease lasts keeps it", async () => {
      const pulse = { deadAfterMs: 500, beatMs: 100 };
      const answers = await withLock(first, { ...options, pulse }, async (locked) => {
        const busy = locked.driver.query(sleep);
        await Bun.sleep(1100);
        const answer = await tryNow(second);
        await busy;
        await locked.confirmLock?.();
        return [answer];
      });
      expect(answers).toEqual(["lock"]);
    });

    test("nobody takes over from an open transaction, however long ago the last sign of life was", async () => {
      const pulse = { deadAfterMs: 100, beatMs: 60_000 };
      await project.query("CREATE TABLE t (id INTEGER)");
      await withLock(first, { ...options, pulse }, async (locked) => {
        await inTransaction(locked, async () => {
          await locked.driver.execute("INSERT INTO t VALUES (1)");
          await Bun.sleep(300);
          const start = performance.now();
          expect(await tryNow(second)).toBe("lock");
          // A waiting statement would hold a snapshot, and keep CREATE INDEX CONCURRENTLY waiting.
          expect(performance.now() - start).toBeLessThan(200);
          await locked.confirmLock?.();
        });
        expect(await tryNow(second)).toBe("lock");
      });
      expect(await project.query("SELECT id FROM t")).toEqual([{ id: 1 }]);
    });

    test("whoever was taken over from does nothing more, and is told who has it now", async () => {
      const pulse = { deadAfterMs: 100, beatMs: 60_000 };
      await project.query("CREATE TABLE t (id INTEGER)");
      const error = await failureOf(
        withLock(first, { ...options, pulse }, async (locked) => {
          await Bun.sleep(200);
          expect(await withLock(second, options, done)).toBe("done");
          const holder = await openDatabase(project.database);
          await withLock(holder, options, () =>
            inTransaction(locked, () => locked.driver.execute("INSERT INTO t VALUES (1)").then(() => undefined)),
          ).finally(() => holder.close());
        }),
      );
      expect(error).toMatchObject({ code: "lock", data: { holder: { token: "3" } } });
      expect((error as ToolError).message).toMatch(
        /^this run has lost the migration lock \(process \d+ of .* has it now\)/,
      );
      expect(await project.query("SELECT id FROM t")).toEqual([]);
      expect(await lockRow()).toMatchObject({ owner: null });
    });

    test("a lease that ended and that nobody wanted goes on", async () => {
      const pulse = { deadAfterMs: 50, beatMs: 60_000 };
      const work = async (locked: Database): Promise<string> => {
        await Bun.sleep(150);
        await locked.confirmLock?.();
        return "went on";
      };
      expect(await withLock(first, { ...options, pulse }, work)).toBe("went on");
    });

    test("unlock shows the holder and frees the lease; the run that had it stops", async () => {
      const error = await failureOf(
        withLock(first, options, async (locked) => {
          const holders: unknown[] = [];
          const confirm = (holder: unknown): Promise<boolean> => Promise.resolve(holders.push(holder) > 0);
          expect(await unlock({ ...project, lock: "table" }, { confirm })).toMatchObject({ freed: true });
          expect(holders).toMatchObject([{ pid: String(process.pid), token: "1", seen: expect.stringMatching(/Z$/) }]);
          await locked.confirmLock?.();
        }),
      );
      expect(error).toMatchObject({ code: "lock" });
      expect((error as ToolError).message).toContain("nobody has it now");
    });

    test("unlock does not wait for a holder who has a transaction open, and says so", async () => {
      await withLock(first, options, (locked) =>
        inTransaction(locked, async () => {
          const confirm = () => Promise.resolve(true);
          const error = await failureOf(unlock({ ...project, lock: "table" }, { confirm }));
          expect(error).toMatchObject({ code: "lock", data: { holder: { token: "1" } } });
          expect((error as ToolError).message).toContain("has a transaction open");
        }),
      );
    });

    for (const [mine, theirs] of [
      [options, session],
      [session, options],
    ] as const) {
      test(`a run with lock: ${theirs.mode} waits for one with lock: ${mine.mode}, and says for whom`, async () => {
        const waiting: unknown[] = [];
        const order: string[] = [];
        const onWaiting = (holder: unknown): unknown => waiting.push(holder);
        let other: Promise<unknown> | undefined;
        await withLock(first, mine, async () => {
          other = withLock(second, { ...theirs, onWaiting }, () => Promise.resolve(order.push("second")));
          await Bun.sleep(300);
          order.push("first");
        });
        await other;
        expect(order).toEqual(["first", "second"]);
        expect(waiting).toMatchObject([{ pid: expect.any(String), user: expect.any(String) }]);
      });
    }

    test("runs that do not agree on the kind of lock still come in one after the other", async () => {
      const sessions = await Promise.all(Array.from({ length: 8 }, () => openDatabase(project.database)));
      let inside = 0;
      const work = async (): Promise<number> => {
        const before = inside++;
        await Bun.sleep(5);
        inside--;
        return before;
      };
      const found = await Promise.all(sessions.map((one, i) => withLock(one, i % 2 === 0 ? options : session, work)));
      for (const one of sessions) await one.close();
      expect(found).toEqual(sessions.map(() => 0));
    });

    test("a lease that ended is nobody's any more when a run with a lock of its session comes", async () => {
      const pulse = { deadAfterMs: 100, beatMs: 60_000 };
      const error = await failureOf(
        withLock(first, { ...options, pulse }, async (locked) => {
          await Bun.sleep(200);
          await withLock(second, session, async () => {
            await locked.confirmLock?.();
          });
        }),
      );
      expect(error).toMatchObject({ code: "lock" });
    });

    test("emptying the table frees the lease, and the next run has it", async () => {
      const error = await failureOf(
        withLock(first, options, async (locked) => {
          await project.query("DELETE FROM godwit_lock");
          expect(await withLock(second, options, done)).toBe("done");
          await locked.confirmLock?.();
        }),
      );
      expect(error).toMatchObject({ code: "lock" });
    });

    test("unlock finds a lease although the project has locks of sessions", async () => {
      await failureOf(
        withLock(first, options, async () => {
          expect(await unlock(project, { confirm: () => Promise.resolve(true) })).toMatchObject({ freed: true });
        }),
      );
      expect(await lockRow()).toMatchObject({ owner: null });
    });
  });
}

test("a lock that the database does not have is an error that says what it has", async () => {
  const sqlite = await createProject("sqlite");
  const error = await sqlite.withDatabase((database) =>
    failureOf(withLock(database, { table: "godwit_history", mode: "session" }, done)),
  );
  await sqlite.dispose();
  expect(error).toMatchObject({ code: "config" });
  expect((error as ToolError).message).toBe("SQLite has no lock: session; use lock: table, or leave it out");
});
