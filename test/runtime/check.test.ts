import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { check, checkAgainst } from "../../src/runtime/tasks/check.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, type TestProject } from "../helpers/migration-project.ts";

const table = (name: string, more = ""): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }${more}] })`;

let project: TestProject;
afterEach(() => project.dispose());

const chain = (...names: readonly string[]): void => {
  for (const [i, name] of names.entries()) {
    const before = names[i - 1];
    project.write(name, table(`t_${name}`), before ? { dependencies: [before] } : {});
  }
};

const git = (...args: readonly string[]): void => {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"];
  const { exitCode, stderr } = Bun.spawnSync(["git", ...who, ...args], { cwd: project.root });
  if (exitCode !== 0) throw new Error(`git ${args.join(" ")}: ${stderr.toString()}`);
};

const commit = (message = "a commit"): void => {
  git("add", "-A");
  git("commit", "--quiet", "--allow-empty", "-m", message);
};

const path = (name: string): string => join(project.migrationsDir, `${name}.ts`);

const edit = (name: string, change: (text: string) => string): void =>
  writeFileSync(path(name), change(readFileSync(path(name), "utf8")));

for (const database of databases) {
  describe(`is ${database} current`, () => {
    beforeEach(async () => {
      project = await createProject(database);
    });

    test("pending, then current, then changed and missing", async () => {
      chain("0001_a", "0002_b", "0003_c");
      const kinds = async () => (await check(project)).findings.map((f) => [f.kind, f.migration, f.file]);
      expect(await kinds()).toEqual(
        ["0001_a", "0002_b", "0003_c"].map((name) => ["pending", name, `migrations/${name}.ts`]),
      );
      await up(project);
      expect(await check(project)).toEqual({ findings: [] });
      edit("0001_a", (text) => text.replace("integer", "bigint"));
      rmSync(path("0003_c"));
      expect(await kinds()).toEqual([
        ["changed", "0001_a", "migrations/0001_a.ts"],
        ["missing", "0003_c", null],
      ]);
    });

    test("one that stopped half-way is told", async () => {
      project.write("0001_a", `${table("t")}, runSQL({ forward: "SELECT * FROM nowhere" })`, { transaction: false });
      await up(project).catch(() => undefined);
      expect((await check(project)).findings).toMatchObject([{ kind: "failed", migration: "0001_a" }]);
    });

    test("what was applied is found in git, however long ago, and the operations that differ are listed", async () => {
      project.write("0001_a", table("t", ', { name: "bio", type: "varchar", length: 10 }'));
      git("init", "--quiet");
      commit();
      await up(project);
      edit("0001_a", (text) => text.replace("length: 10", "length: 20"));
      commit();
      commit();
      const [finding] = (await check(project)).findings;
      expect(finding?.detail.split("\n").slice(1)).toEqual(['~ create table "t": fields[1].length: 10 → 20']);
    });
  });
}

describe("compared with a commit", () => {
  beforeEach(async () => {
    project = await createProject("sqlite");
    chain("0001_a", "0002_b");
    git("init", "--quiet");
    commit();
    git("checkout", "--quiet", "-b", "feature");
  });

  const kinds = async (ref = "main") =>
    (await checkAgainst(project, ref)).findings.map((f) => `${f.kind} ${f.migration}`);

  test("a higher number with a way back passes, and so does another layout of what is merged", async () => {
    project.write("0003_c", table("t3"), { dependencies: ["0002_b"] });
    edit("0001_a", (text) => `// a comment\n${text.replaceAll("\n", "\r\n").replaceAll(" ", "  ")}`);
    expect(await kinds()).toEqual([]);
    commit();
    expect(await kinds()).toEqual([]);
  });

  test("edited, with the operations that differ", async () => {
    edit("0002_b", (text) => text.replace("integer", "bigint"));
    expect((await checkAgainst(project, "main")).findings).toEqual([
      {
        kind: "edited",
        migration: "0002_b",
        file: "migrations/0002_b.ts",
        detail:
          'a merged migration has other operations now; put the change into a new one\n~ create table "t_0002_b": fields[0].type: "integer" → "bigint"',
      },
    ]);
  });

  test("renamed, even to a number that would do", async () => {
    renameSync(path("0002_b"), path("0005_z"));
    expect(await kinds()).toEqual(["renamed 0002_b"]);
  });

  test("deleted; renamed and edited at once is deleted as well", async () => {
    rmSync(path("0002_b"));
    expect(await kinds()).toEqual(["deleted 0002_b"]);
    project.write("0002_x", table("other"), { dependencies: ["0001_a"] });
    expect(await kinds()).toEqual(["deleted 0002_b", "late 0002_x"]);
  });

  test("a number at or below the newest of a base that went on; what the base alone has is not deleted", async () => {
    project.write("0003_mine", table("t3"), { dependencies: ["0002_b"] });
    commit();
    git("checkout", "--quiet", "main");
    project.write("0003_theirs", table("t4"), { dependencies: ["0002_b"] });
    commit();
    git("checkout", "--quiet", "feature");
    expect(await kinds()).toEqual(["late 0003_mine"]);
    renameSync(path("0003_mine"), path("0004_mine"));
    expect(await kinds()).toEqual([]);
  });

  test("no way back is told of new migrations only", async () => {
    project.write("0003_c", 'runSQL({ forward: "SELECT 1" })', { dependencies: ["0002_b"] });
    const { findings } = await checkAgainst(project, "main");
    expect(findings).toMatchObject([{ kind: "irreversible", migration: "0003_c", file: "migrations/0003_c.ts" }]);
    commit();
    expect(await kinds("feature")).toEqual([]);
  });

  test("SQL files are merged migrations too, of which the way up counts", async () => {
    const write = (file: string, text: string): void => writeFileSync(join(project.migrationsDir, file), text);
    write("0003_s.up.sql", "CREATE TABLE s (id integer);\nINSERT INTO s VALUES (1);\n");
    write("0003_s.down.sql", "DROP TABLE s;\n");
    write("0004_t.up.sql", "CREATE TABLE t (id integer);\n");
    expect(await kinds()).toEqual(["irreversible 0004_t"]);
    commit();
    write("0003_s.up.sql", "-- a comment\r\nCREATE TABLE s (id integer);\r\nINSERT INTO s VALUES (1);\r\n");
    expect(await kinds("feature")).toEqual([]);
    write("0003_s.down.sql", "DROP TABLE IF EXISTS s;\n");
    expect(await kinds("feature")).toEqual([]);
    write("0003_s.up.sql", "CREATE TABLE s (id bigint);\n");
    expect(await kinds("feature")).toEqual(["edited 0003_s"]);
    rmSync(join(project.migrationsDir, "0003_s.up.sql"));
    rmSync(join(project.migrationsDir, "0003_s.down.sql"));
    expect(await kinds("feature")).toEqual(["deleted 0003_s"]);
  });

  test("a directory that moved, with a space in its new name, is compared with where it was", async () => {
    const moved = { ...project, migrationsDir: join(project.root, "data base", "migrations") };
    mkdirSync(join(project.root, "data base"));
    renameSync(project.migrationsDir, moved.migrationsDir);
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent): unknown => events.push(event);
    expect((await checkAgainst(moved, "main", { onEvent })).findings).toEqual([]);
    expect(events).toEqual([{ type: "note", message: 'comparing with the directory "migrations" at "main"' }]);
    rmSync(join(moved.migrationsDir, "0002_b.ts"));
    expect((await checkAgainst(moved, "main")).findings).toMatchObject([{ kind: "deleted", migration: "0002_b" }]);
    commit();
    expect((await checkAgainst(moved, "feature")).findings).toEqual([]);
  });

  test("a base without common history is compared with as it is, and a warning says so", async () => {
    git("checkout", "--quiet", "--orphan", "other");
    commit("of another root");
    const events: RunEvent[] = [];
    expect((await checkAgainst(project, "main", { onEvent: (event) => events.push(event) })).findings).toEqual([]);
    expect(events).toMatchObject([{ type: "warning" }]);
  });

  test("a ref that git does not know, one that looks like a flag, and no repository are wrong usage", async () => {
    const codeOf = (ref: string): Promise<unknown> =>
      checkAgainst(project, ref).catch((error: unknown) => (error instanceof ToolError ? error.code : error));
    expect(await codeOf("origin/main")).toBe("usage");
    expect(await codeOf("--output=/tmp/x")).toBe("usage");
    rmSync(join(project.root, ".git"), { recursive: true });
    expect(await codeOf("main")).toBe("usage");
  });
});
