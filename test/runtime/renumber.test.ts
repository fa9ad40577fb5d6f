import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ToolError } from "../../src/core/errors.ts";
import { type RenumberOptions, renumber } from "../../src/runtime/tasks/renumber.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
const field = (name: string): string =>
  `addField({ table: "users", field: { name: "${name}", type: "text", nullable: true } })`;

beforeEach(async () => {
  project = await createProject("sqlite");
  project.write(
    "0001_initial",
    'createTable({ name: "users", fields: [{ name: "id", type: "integer", primaryKey: true }] })',
  );
  project.write("0002_mine", field("mine"), { dependencies: ["0001_initial"] });
  project.write("0003_more", field("more"), { dependencies: ["0002_mine"] });
  project.write("0002_theirs", field("theirs"), { dependencies: ["0001_initial"] });
});
afterEach(() => project.dispose());

const files = (): readonly string[] =>
  readdirSync(project.migrationsDir)
    .filter((file) => /^\d/.test(file))
    .sort();
const read = (file: string): string => readFileSync(join(project.migrationsDir, file), "utf8");
const failure = (options: RenumberOptions): Promise<ToolError> =>
  renumber(project, options).then(
    () => Promise.reject(new Error("it did not fail")),
    (error: ToolError) => error,
  );
function git(...words: readonly string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(["git", "-c", "user.name=n", "-c", "user.email=a@b", ...words], {
    cwd: project.root,
  });
  if (exitCode !== 0) throw new Error(stderr.toString());
}

test("a branch goes behind the other head, with its numbers, names and dependencies", async () => {
  const dry = await renumber(project, { name: "0002_mine", dryRun: true });
  expect(files()).toContain("0002_mine.ts");
  expect(await renumber(project, { name: "0002_mine" })).toEqual(dry);
  expect(dry).toEqual({
    renamed: [
      { from: "0002_mine", to: "0003_mine" },
      { from: "0003_more", to: "0004_more" },
    ],
    after: "0002_theirs",
    files: ["migrations/0003_mine.ts", "migrations/0004_more.ts"],
    warnings: [],
  });
  expect(files()).toEqual(["0001_initial.ts", "0002_theirs.ts", "0003_mine.ts", "0004_more.ts"]);
  expect(read("0003_mine.ts")).toContain('dependencies: ["0002_theirs"]');
  expect(read("0004_more.ts")).toContain('dependencies: ["0003_mine"]');
  expect(await up(project)).toEqual({ applied: ["0001_initial", "0002_theirs", "0003_mine", "0004_more"] });
  expect((await renumber(project)).warnings[0]).toContain("there are no two heads");
});

test("files of SQL go along, both ways", async () => {
  rmSync(join(project.migrationsDir, "0003_more.ts"));
  writeFileSync(join(project.migrationsDir, "0003_more.up.sql"), "-- dependencies: 0002_mine\nSELECT 1;\n");
  writeFileSync(join(project.migrationsDir, "0003_more.down.sql"), "SELECT 2;\n");
  await renumber(project, { name: "0003_more" });
  expect(files()).toEqual([
    "0001_initial.ts",
    "0002_theirs.ts",
    "0003_mine.ts",
    "0004_more.down.sql",
    "0004_more.up.sql",
  ]);
  expect(read("0004_more.up.sql")).toBe("-- dependencies: 0003_mine\nSELECT 1;\n");
  expect(read("0004_more.down.sql")).toBe("SELECT 2;\n");
});

test("what no longer fits behind the other head is moved, and said", async () => {
  project.write("0002_theirs", 'renameTable({ from: "users", to: "people" })', { dependencies: ["0001_initial"] });
  const { warnings, renamed } = await renumber(project, { name: "0002_mine" });
  expect(renamed).toHaveLength(2);
  expect(warnings[0]).toMatch(/has to be edited: .*"0003_mine".*"users"/);
});

describe("nothing moves, and the reason is said", () => {
  const before = (): readonly string[] => ["0001_initial.ts", "0002_mine.ts", "0002_theirs.ts", "0003_more.ts"];
  const refused = async (options: RenumberOptions, code: string, message: RegExp): Promise<void> => {
    const error = await failure(options);
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code as ToolError["code"]);
    expect(files()).toEqual([...before()]);
  };

  test("where it is applied, unless nobody is asked", async () => {
    await up(project, { to: "0002_mine" });
    await refused({ name: "0003" }, "history", /"0002_mine" is applied to this database/);
    expect((await renumber(project, { name: "0003", offline: true, dryRun: true })).renamed).toHaveLength(2);
  });

  test("where git has it on the main branch, or it is not clear which is local", async () => {
    await refused({}, "usage", /without git nobody can tell/);
    await refused({ base: "main" }, "usage", /is in no git repository/);
    git("init", "-q", "-b", "main", ".");
    await refused({}, "usage", /nobody can tell|several of the heads/);
    git("add", ".");
    git("commit", "-qm", "all");
    await refused({ name: "0002_mine" }, "graph", /"0002_mine", "0003_more" are merged already/);
    await refused({}, "usage", /all of the heads .* are merged; name the migration/);
    git("rm", "-q", "--cached", "migrations/0002_mine.ts", "migrations/0003_more.ts");
    git("commit", "-qm", "theirs");
    await refused({ base: "nope" }, "usage", /git knows no commit "nope"/);
    expect((await renumber(project, { dryRun: true })).after).toBe("0002_theirs");
  });

  test("where other branches build on it, there are three, or its dependencies are not plain", async () => {
    await refused({ name: "0001_initial" }, "graph", /other branches build on "0001_initial" too/);
    await refused({ name: "0009" }, "unknown-migration", /there is no migration "0009"/);
    const path = join(project.migrationsDir, "0002_mine.ts");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('["0001_initial"]', '["0001" + "_initial"]'));
    await refused({ name: "0002_mine" }, "migration", /not one list of plain names/);
    writeFileSync(path, text);
    project.write("0002_third", field("third"), { dependencies: ["0001_initial"] });
    expect((await failure({ name: "0002_mine" })).message).toContain('behind "0002_theirs" or "0002_third"');
  });
});

test("what has the last number already keeps its name, and one may get the old name of another", async () => {
  rmSync(join(project.migrationsDir, "0003_more.ts"));
  project.write("0003_mine", "", { dependencies: ["0002_mine"] });
  expect((await renumber(project, { name: "0003_mine" })).renamed).toEqual([
    { from: "0002_mine", to: "0003_mine" },
    { from: "0003_mine", to: "0004_mine" },
  ]);
  expect(files()).toEqual(["0001_initial.ts", "0002_theirs.ts", "0003_mine.ts", "0004_mine.ts"]);
  expect(read("0003_mine.ts")).toContain('dependencies: ["0002_theirs"]');
  project.write("0005_late", "", { dependencies: ["0001_initial"] });
  expect((await renumber(project, { name: "0005_late" })).renamed).toEqual([{ from: "0005_late", to: "0005_late" }]);
  expect(read("0005_late.ts")).toContain('dependencies: ["0004_mine"]');
});
