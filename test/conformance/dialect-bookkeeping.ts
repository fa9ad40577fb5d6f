import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { TableImage } from "../../src/core/ddl/statement.ts";
import { ToolError } from "../../src/core/errors.ts";
import type { Applied } from "../../src/core/plan/migration.ts";
import { type Database, errorClass, introspect } from "../../src/runtime/database.ts";
import { createHistory, deleteApplied, historyExists, readHistory, writeApplied } from "../../src/runtime/history.ts";
import { withLock } from "../../src/runtime/lock.ts";
import type { DialectSuite, Scratch } from "./dialect.ts";

/** History, lock and error classes, with the code that uses them. */
export function bookkeepingSuite({ dialect, open, lacks = {} }: DialectSuite): void {
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await open();
  });
  afterEach(() => scratch.close());

  describe("history", () => {
    const place = { table: "godwit_history", track: "core" };
    const row: Applied = {
      track: "core",
      name: "0001_o'brien",
      checksum: "ab",
      state: "applied",
      stepsDone: 3,
      appliedAt: "2026-01-31T08:09:10.123Z",
      durationMs: 12,
      toolVersion: "0.1.0",
      appliedBy: "CORP\\ann@host",
    };

    test("rows are written, replaced, read and deleted, and introspection does not see the table", async () => {
      const { database } = scratch;
      expect(await historyExists(database, place)).toBe(false);
      expect(await readHistory(database, place)).toEqual([]);
      await createHistory(database, place);
      await writeApplied(database, place, row);
      await writeApplied(database, place, { ...row, stepsDone: 4, state: "failed" }, true);
      await writeApplied(database, { ...place, track: "vector" }, { ...row, track: "vector" });
      expect(await readHistory(database, place)).toEqual([{ ...row, stepsDone: 4, state: "failed" }]);
      expect(await introspect(database)).toEqual({ tables: [], unsupported: [] });
      await deleteApplied(database, place, row.name);
      expect(await readHistory(database, place)).toEqual([]);
      expect(await historyExists(database, place)).toBe(true);
    });

    test("its name may need quoting", async () => {
      const odd = { table: `godwit_o'brien "h"`, track: "core" };
      await createHistory(scratch.database, odd);
      await writeApplied(scratch.database, odd, row);
      expect(await readHistory(scratch.database, odd)).toEqual([row]);
    });
  });

  describe("lock", () => {
    const options = { table: "godwit_history", timeoutMs: 0 };

    test("one session at a time; the other is told who has it", async () => {
      const { database } = scratch;
      const other = await scratch.again();
      const refused = await withLock(database, options, () =>
        failureOf(withLock(other, options, () => Promise.resolve())),
      );
      expect(refused.code).toBe("lock");
      expect(refused.message).toMatch(/process \d+/);
      expect(await withLock(other, options, () => Promise.resolve("free again"))).toBe("free again");
    });

    test("work that fails gives it back", async () => {
      const other = await scratch.again();
      await failureOf(withLock(scratch.database, options, () => Promise.reject(new ToolError("internal", "no"))));
      expect(await withLock(other, options, () => Promise.resolve(1))).toBe(1);
    });

    test("of twenty sessions that want it, one after the other has it", async () => {
      const sessions = await Promise.all(Array.from({ length: 20 }, () => scratch.again()));
      let inside = 0;
      let most = 0;
      let count = 0;
      const work = async (): Promise<void> => {
        most = Math.max(most, ++inside);
        const seen = count;
        await Bun.sleep(5);
        count = seen + 1;
        inside--;
      };
      await Promise.all(sessions.map((session) => withLock(session, { ...options, timeoutMs: 25_000 }, work)));
      expect({ most, count }).toEqual({ most: 1, count: 20 });
    });

    if (dialect.bookkeeping.lock.kind === "session")
      test("where it belongs to a session, it is free when that ends, however it ends", async () => {
        const holder = await scratch.again();
        const other = await scratch.again();
        await failureOf(
          withLock(holder, options, async () => {
            await holder.close();
            throw new ToolError("internal", "the connection is gone");
          }),
        );
        expect(await withLock(other, { ...options, timeoutMs: 5000 }, () => Promise.resolve("free"))).toBe("free");
      });
  });

  describe("failures", () => {
    const parent: TableImage = {
      name: "p",
      columns: [{ name: "id", type: dialect.columnType({ type: "integer" }), nullable: false }],
      primaryKey: ["id"],
      indexes: [],
      foreignKeys: [],
    };
    const make = () => run(scratch.database, { kind: "createTable", table: parent });

    test("what is there already, what is missing, what is violated and what is not SQL are told apart", async () => {
      const { database } = scratch;
      await make();
      await database.driver.execute("INSERT INTO p (id) VALUES (1)");
      expect(await classOf(make())).toBe("already-exists");
      expect(await classOf(run(database, { kind: "dropTable", table: { ...parent, name: "missing" } }))).toBe(
        "not-found",
      );
      expect(await classOf(database.driver.query("SELECT absent FROM p"))).toBe("not-found");
      if (lacks.uniqueKeys === undefined)
        expect(await classOf(database.driver.execute("INSERT INTO p (id) VALUES (1)"))).toBe("constraint");
      expect(await classOf(database.driver.execute("SELEC 1"))).toBe("syntax");
    });

    const classOf = async (work: Promise<unknown>): Promise<string> =>
      errorClass(scratch.database, await failureOf(work)) ?? "no database error";
  });
}

async function run(database: Database, statement: Parameters<typeof renderStatement>[0]): Promise<void> {
  for (const command of renderStatement(statement, database.dialect))
    if (command.kind === "execute") await database.driver.execute(command.sql);
}

const failureOf = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => (error instanceof ToolError ? error : Promise.reject(error)),
  );
