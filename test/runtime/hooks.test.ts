import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { introspect } from "../../src/runtime/database.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import type { Hooks } from "../../src/runtime/hook-config.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { redo } from "../../src/runtime/tasks/redo.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, type TestProject } from "../helpers/migration-project.ts";

const table = (name: string) =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;

for (const database of databases) {
  describe(`hooks on ${database}`, () => {
    let project: TestProject;
    beforeEach(async () => {
      project = await createProject(database);
      project.write("0001_a", table("a"));
      project.write("0002_b", table("b"), { dependencies: ["0001_a"] });
    });
    afterEach(() => project.dispose());

    const note = (text: string) => ({ command: `echo "${text}" >> notes` });
    const notes = (): readonly string[] => {
      const file = join(project.root, "notes");
      return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    };
    const withHooks = (hooks: Hooks) => ({ ...project, hooks });
    const tables = async (): Promise<readonly string[]> => {
      const { tables: found } = await project.withDatabase(introspect);
      return found.map(({ name }) => name).toSorted();
    };

    test("all run in their order, and know what goes on", async () => {
      const hooks: Hooks = {
        before_run: [note("$GODWIT_HOOK $GODWIT_DIALECT $GODWIT_DIRECTION $GODWIT_TRACK: $GODWIT_MIGRATIONS")],
        before_migration: [note("$GODWIT_HOOK $GODWIT_MIGRATION")],
        after_migration: [note("$GODWIT_HOOK $GODWIT_MIGRATION $GODWIT_RESULT")],
        after_run: [note("$GODWIT_HOOK $GODWIT_RESULT"), note("done")],
        on_failure: [note("never")],
      };
      await up(withHooks(hooks));
      expect(notes()).toEqual([
        `before_run ${database} up default: 0001_a 0002_b`,
        "before_migration 0001_a",
        "after_migration 0001_a success",
        "before_migration 0002_b",
        "after_migration 0002_b success",
        "after_run success",
        "done",
      ]);
    });

    test("SQL runs on the connection of the run, under its lock and outside of transactions", async () => {
      // A libSQL server has no temporary tables.
      const temporary = database === "turso" ? "" : "TEMPORARY ";
      const hooks: Hooks = {
        before_run: [{ sql: `CREATE ${temporary}TABLE mine (word TEXT)` }],
        before_migration: [{ sql: "INSERT INTO mine VALUES ('begun')" }],
        after_run: [{ sql: "CREATE TABLE log AS SELECT * FROM mine" }],
      };
      await up(withHooks(hooks));
      expect(await project.query("SELECT word FROM log")).toEqual([{ word: "begun" }, { word: "begun" }]);
    });

    test("none run when there is nothing to do, in a dry run, and when none are wanted", async () => {
      const hooks: Hooks = { before_run: [note("run")], before_migration: [note("migration")] };
      await up(withHooks(hooks), { dryRun: true });
      expect(notes()).toEqual([]);
      await up(withHooks(hooks), { hooks: false });
      await up(withHooks(hooks));
      expect(notes()).toEqual([]);
      expect(await tables()).toEqual(["a", "b"]);
    });

    test("down and redo have them too", async () => {
      const run = note("$GODWIT_DIRECTION $GODWIT_MIGRATIONS");
      const migration = note("$GODWIT_DIRECTION $GODWIT_MIGRATION");
      await up(project);
      await redo(withHooks({ before_run: [run], after_migration: [migration] }));
      await down(withHooks({ before_run: [run], after_migration: [migration] }), { to: "zero" });
      expect(notes()).toEqual([
        "redo 0002_b",
        "down 0002_b",
        "up 0002_b",
        "down 0002_b 0001_a",
        "down 0002_b",
        "down 0001_a",
      ]);
    });

    test("a before_run that fails stops the run before anything is changed, the history table included", async () => {
      const hooks: Hooks = {
        before_run: [{ command: "echo no space >&2; exit 3" }, note("never")],
        on_failure: [note("$GODWIT_RESULT $GODWIT_ERROR_CODE")],
      };
      const error = await up(withHooks(hooks)).catch((e: unknown) => e);
      expect(error).toMatchObject({
        code: "hook",
        message: 'hook before_run: "echo no space >&2; exit 3" ended with exit code 3\n  no space\nnothing was changed',
        data: { hook: "before_run", index: 0 },
      });
      expect(notes()).toEqual(["failure hook"]);
      expect(await tables()).toEqual([]);
      expect(
        await project.withDatabase(({ driver, dialect }) =>
          driver.query(dialect.bookkeeping.historyExists("godwit_history")),
        ),
      ).toEqual([]);
      expect(await up(project)).toEqual({ applied: ["0001_a", "0002_b"] });
    });

    test("a before_migration that fails stops the run before that migration", async () => {
      const hooks: Hooks = { before_migration: [{ command: '[ "$GODWIT_MIGRATION" = 0001_a ]' }] };
      const error = await up(withHooks(hooks)).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: "hook", applied: ["0001_a"], failed: "0002_b", remaining: [] });
      expect(await tables()).toEqual(["a"]);
      expect(await up(project)).toEqual({ applied: ["0002_b"] });
    });

    test("an after_migration that fails stops the run after that migration, which stays", async () => {
      const hooks: Hooks = { after_migration: [{ sql: "INSERT INTO nowhere VALUES (1)" }] };
      const error = await up(withHooks(hooks)).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: "hook", applied: ["0001_a"], failed: "", remaining: ["0002_b"] });
      expect(String(error)).toContain("the migration itself is done, and stays so");
      expect(await tables()).toEqual(["a"]);
      expect(await up(project)).toEqual({ applied: ["0002_b"] });
    });

    test("an after_run that fails is an error that names all that was applied", async () => {
      const error = await up(withHooks({ after_run: [{ command: ["false"] }] })).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: "hook", applied: ["0001_a", "0002_b"], remaining: [] });
      expect(await up(project)).toEqual({ applied: [] });
    });

    test("on_failure knows the error, runs to the end whatever fails, and hides nothing", async () => {
      project.write("0002_b", `runSQL({ forward: "INSERT INTO nowhere VALUES (1)" })`, { dependencies: ["0001_a"] });
      const warnings: RunEvent[] = [];
      const hooks: Hooks = {
        on_failure: [
          { command: "exit 7" },
          note("$GODWIT_RESULT $GODWIT_ERROR_CODE $GODWIT_MIGRATION"),
          { command: 'printf %s "$GODWIT_ERROR" > error' },
        ],
      };
      const onEvent = (event: RunEvent): void => {
        if (event.type === "hook" && event.error !== undefined) warnings.push(event);
      };
      const error = await up(withHooks(hooks), { onEvent }).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: "database", failed: "0002_b", applied: ["0001_a"] });
      expect(notes()).toEqual(["failure database 0002_b"]);
      expect(readFileSync(join(project.root, "error"), "utf8")).toBe((error as Error).message);
      expect(warnings).toMatchObject([{ when: "on_failure", index: 0, error: '"exit 7" ended with exit code 7' }]);
    });

    test("a command that takes too long is ended with what it has started", async () => {
      const started = performance.now();
      const hooks: Hooks = { before_run: [{ command: "sleep 30 & sleep 30", timeout: 200 }] };
      const error = await up(withHooks(hooks)).catch((e: unknown) => e);
      expect(String(error)).toContain("did not end within 0.2 s");
      expect(performance.now() - started).toBeLessThan(5000);
    });

    test("a run that was stopped on request tells so, too", async () => {
      const stop = new AbortController();
      const hooks: Hooks = { on_failure: [note("$GODWIT_ERROR_CODE $GODWIT_MIGRATION")] };
      const onEvent = (event: RunEvent): void => {
        if (event.type === "migration-end") stop.abort();
      };
      const error = await up(withHooks(hooks), { onEvent, signal: stop.signal }).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: "cancelled", applied: ["0001_a"] });
      expect(notes()).toEqual(["cancelled 0002_b"]);
    });

    test("a signal ends the command that runs", async () => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 300);
      const running = up(withHooks({ before_run: [{ command: "sleep 30" }] }), { signal: stop.signal });
      expect(String(await running.catch((e: unknown) => e))).toContain("was stopped on request");
      expect(await tables()).toEqual([]);
    });
  });
}

describe("the environment of a hook", () => {
  const set = { HOOK_TOKEN: "geheim", DATABASE_URL: "postgres://u:geheim@h/d" };
  let project: TestProject;
  beforeEach(async () => {
    Object.assign(process.env, set);
    project = await createProject("sqlite");
    project.write("0001_a", table("a"));
  });
  afterEach(async () => {
    for (const name of Object.keys(set)) delete process.env[name];
    await project.dispose();
  });
  const run = async (env: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    await up({ ...project, hooks: { before_run: [{ command: "env > env", env: [...env] }] } });
    const lines = readFileSync(join(project.root, "env"), "utf8").trim().split("\n");
    return new Map(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  };

  test("is clean: a path, a home and a language of godwit's own, and the facts of the run", async () => {
    const env = await run([]);
    // The shell itself adds some.
    const added = ["PWD", "OLDPWD", "SHLVL", "_"];
    const names = [...env.keys()].filter((name) => !added.includes(name) && !["PATH", "HOME", "LANG"].includes(name));
    expect(names.toSorted()).toEqual([
      "GODWIT_DIALECT",
      "GODWIT_DIRECTION",
      "GODWIT_HOOK",
      "GODWIT_MIGRATIONS",
      "GODWIT_TRACK",
    ]);
    expect([...env.values()].join()).not.toContain("geheim");
  });

  test("has more when the hook names it", async () => {
    expect((await run(["HOOK_TOKEN"])).get("HOOK_TOKEN")).toBe("geheim");
  });

  test("a named variable that is not set is an error before anything runs", async () => {
    const hooks: Hooks = {
      before_run: [{ command: "touch begun" }],
      on_failure: [{ command: "x", env: ["NO_TOKEN"] }],
    };
    const error = await up({ ...project, hooks }).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: "config",
      message: 'a hook of on_failure needs the environment variable "NO_TOKEN", which is not set; nothing was changed',
    });
    expect(existsSync(join(project.root, "begun"))).toBe(false);
  });

  test("what a command prints is shown without passwords of URLs", async () => {
    const hooks: Hooks = { before_run: [{ command: 'echo "$DATABASE_URL"; exit 1', env: ["DATABASE_URL"] }] };
    const error = await up({ ...project, hooks }).catch((e: unknown) => e);
    expect(String(error)).toContain("postgres://u:***@h/d");
    expect(String(error)).not.toContain("geheim");
  });
});
