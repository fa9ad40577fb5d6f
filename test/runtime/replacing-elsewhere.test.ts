import { expect, test } from "bun:test";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "../../src/library/index.ts";
import { compiledFile } from "../../src/runtime/compiled-file.ts";
import { compile } from "../../src/runtime/tasks/compile.ts";
import { squash } from "../../src/runtime/tasks/squash.ts";
import { finishSquash } from "../../src/runtime/tasks/squash-finish.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { rejectionOf } from "../helpers/tool-error.ts";
import { createTracks } from "../helpers/track-project.ts";

// A database in the middle of a squash finishes what it began, whatever the migrations come from.

const table = (name: string): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;
const name = "0001_squashed_0003_c";
const rest = { applied: ["0003_c", "0004_d"], recorded: [name] };

async function halfWay<T>(work: (project: TestProject) => Promise<T>): Promise<T> {
  const project = await createProject("sqlite");
  try {
    project.write("0001_a", table("a"));
    project.write("0002_b", table("b"), { dependencies: ["0001_a"] });
    project.write("0003_c", table("c"), { dependencies: ["0002_b"] });
    project.write("0004_d", table("d"), { dependencies: ["0003_c"] });
    await up(project, { to: "0002_b" });
    await squash(project, { range: "..0003_c" });
    return await work(project);
  } finally {
    await project.dispose();
  }
}

test("from compiled migrations", () =>
  halfWay(async (project) => {
    await compile(project);
    const path = join(project.migrationsDir, "compiled.json");
    for (const file of ["0001_a", "0002_b", "0003_c", "0004_d", name])
      rmSync(join(project.migrationsDir, `${file}.ts`));
    const compiled = { ...project, compiled: compiledFile(path, "compiled.json") };
    expect(await up(compiled)).toEqual(rest);
    expect((await status(compiled)).tracks[0]?.migrations.map((each) => each.name)).toEqual([name, "0004_d"]);
    expect(await up(compiled)).toEqual({ applied: [] });
  }));

test("in a program, from files and from what was compiled", () =>
  halfWay(async (project) => {
    await compile(project);
    const text = readFileSync(join(project.migrationsDir, "compiled.json"), "utf8");
    const { url } = project.database;
    expect((await migrate({ url, migrations: project.migrationsDir })).applied).toEqual(rest.applied);
    expect((await migrate({ url, migrations: JSON.parse(text) as Record<string, unknown> })).applied).toEqual([]);
    expect((await status(project)).tracks[0]?.migrations.map(({ state }) => state)).toEqual(["applied", "applied"]);
  }));

test("in a track that builds on another", async () => {
  const project = await createTracks("sqlite", "name: core", "name: shop");
  try {
    project.write("core", "0001_a", table("a"));
    project.write(
      "shop",
      "0001_b",
      'createTable({ name: "b", fields: [{ name: "id", type: "foreign_key", foreignKey: { table: "a" } }] })',
    );
    project.write("shop", "0002_c", table("c"), { dependencies: ["0001_b"] });
    await up(project.load("core"));
    await up(project.load("shop"), { to: "0001_b" });
    const result = await squash(project.load("shop"), { all: true });
    expect([result.proof, result.warnings]).toEqual(["database", []]);
    expect(await up(project.load())).toMatchObject({
      applied: ["shop/0002_c"],
      recorded: ["shop/0001_squashed_0002_c"],
    });
    expect((await finishSquash(project.load("shop"), {})).removed).toHaveLength(2);
    expect(await up(project.load())).toMatchObject({ applied: [] });
  } finally {
    await project.dispose();
  }
});

test("what was finished leaves what builds on an original of another branch in place", () =>
  halfWay(async (project) => {
    project.write("0003_other", table("other"), { dependencies: ["0002_b"] });
    await up(project);
    await finishSquash(project, {});
    expect(await up(project)).toEqual({ applied: [] });
    expect(await project.tables()).toEqual(["a", "b", "c", "d", "other"]);
  }));

test("--finish removes nothing where a database is behind, or cannot be asked", () =>
  halfWay(async (project) => {
    await up(project);
    const files = (): boolean => readFileSync(join(project.migrationsDir, "0001_a.ts"), "utf8") !== "";
    const nowhere = "postgres://nobody@127.0.0.1:1/none?connect_timeout=1";
    expect((await rejectionOf(finishSquash(project, { also: [nowhere] }))).code).toBe("connect");
    expect(files()).toBe(true);
    await halfWay(async (other) => {
      const error = await rejectionOf(finishSquash(project, { also: [other.database.url] }));
      expect(error.message).toContain('has not applied "0003_c"');
    });
    expect(files()).toBe(true);
  }));
