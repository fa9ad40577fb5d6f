import { expect, test } from "bun:test";
import type { ToolError } from "../../src/core/errors.ts";
import type { Database } from "../../src/runtime/database.ts";
import { withLock } from "../../src/runtime/lock.ts";
import type { LockHolder } from "../../src/runtime/lock-holder.ts";
import { unlock } from "../../src/runtime/tasks/unlock.ts";
import { createProject, type DatabaseName, databases, type TestProject } from "../helpers/migration-project.ts";

const table = "godwit_history";
const yes = () => Promise.resolve(true);

/** Runs `work` while another connection has the lock; gives back how that one fared. */
const whileHeld = async (name: DatabaseName, work: (project: TestProject, holder: Database) => Promise<void>) => {
  const project = await createProject(name);
  const outcome = await project.withDatabase((database) =>
    withLock(database, { table }, async (locked) => {
      await work(project, locked);
      await locked.confirmLock?.();
      return locked.driver.query("SELECT 1 AS alive");
    }).catch((error: unknown) => error),
  );
  await project.dispose();
  return outcome;
};

for (const name of databases) {
  test(`${name}: where nobody holds the lock there is nothing to free, and nobody is asked`, async () => {
    const project = await createProject(name);
    const confirm = () => Promise.reject(new Error("asked"));
    expect(await unlock(project, { terminate: true, confirm })).toEqual({ holder: null, freed: false });
    await project.dispose();
  });

  test(`${name}: the holder is shown, and a no leaves everything as it is`, async () => {
    const outcome = await whileHeld(name, async (project) => {
      const shown: LockHolder[] = [];
      const confirm = (holder: LockHolder): Promise<boolean> => Promise.resolve(shown.push(holder) === 0);
      const result = await unlock(project, { terminate: true, confirm });
      expect(result).toMatchObject({ freed: false, holder: { pid: expect.any(String) } });
      // MariaDB does not know since when a session is there.
      if (name !== "mariadb") expect(result.holder?.since).toMatch(/^\d{4}-/);
      expect(shown).toEqual(result.holder === null ? [] : [result.holder]);
    });
    expect(outcome).toEqual([{ alive: 1 }]);
  });

  test(`${name}: a yes frees it for the next run, and stops the one that had it`, async () => {
    const outcome = await whileHeld(name, async (project) => {
      expect(await unlock(project, { terminate: true, confirm: yes })).toMatchObject({ freed: true });
      const next = (database: Database) =>
        withLock(database, { table, timeoutMs: 5000 }, () => Promise.resolve("next"));
      expect(await project.withDatabase(next)).toBe("next");
    });
    expect(outcome).toMatchObject({ code: name === "sqlite" || name === "turso" ? "lock" : "connect" });
  });
}

test("sqlite: a lock that changes hands while a person thinks is left alone", async () => {
  await whileHeld("sqlite", async (project, holder) => {
    const confirm = async (): Promise<boolean> => {
      await holder.driver.execute("UPDATE godwit_lock SET owner = 'another run'");
      return true;
    };
    const error = await unlock(project, { confirm }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "lock" });
    expect(await holder.driver.query("SELECT owner FROM godwit_lock")).toEqual([{ owner: "another run" }]);
  });
});

test("sqlite: signs of life while a person thinks do not hinder", async () => {
  await whileHeld("sqlite", async (project, holder) => {
    const confirm = async (): Promise<boolean> => {
      await holder.driver.execute("UPDATE godwit_lock SET seen = 'a moment ago'");
      return true;
    };
    expect(await unlock(project, { confirm })).toMatchObject({ freed: true });
  });
});

test("postgresql: a session is ended only on request", async () => {
  const outcome = await whileHeld("postgresql", async (project) => {
    const error = await unlock(project, { confirm: yes }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "lock", data: { holder: { user: "postgres" } } });
    expect((error as ToolError).message).toContain("--terminate");
  });
  expect(outcome).toEqual([{ alive: 1 }]);
});
