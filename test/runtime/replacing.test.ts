import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { down } from "../../src/runtime/tasks/down.ts";
import { fake } from "../../src/runtime/tasks/fake.ts";
import { redo } from "../../src/runtime/tasks/redo.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { rejectionOf } from "../helpers/tool-error.ts";

const squash = "0001_squashed_0003_c";
const originals = ["0001_a", "0002_b", "0003_c"];
const table = (name: string): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;

describe.each(["sqlite", "postgresql", "mariadb"] as const)("a migration that replaces others, on %s", (name) => {
  let project: TestProject;

  beforeEach(async () => {
    project = await createProject(name);
    project.write("0001_a", table("a"));
    project.write("0002_b", table("b"), { dependencies: ["0001_a"] });
    project.write("0003_c", table("c"), { dependencies: ["0002_b"] });
    project.write("0004_d", table("d"), { dependencies: ["0003_c"] });
  });
  afterEach(() => project.dispose());

  const writeSquash = (): void => project.write(squash, ["a", "b", "c"].map(table).join(", "), { replaces: originals });
  const removeOriginals = (): void => {
    for (const each of originals) rmSync(join(project.migrationsDir, `${each}.ts`));
  };
  const recorded = async (): Promise<readonly unknown[]> =>
    (await project.query("SELECT name FROM godwit_history ORDER BY name")).map((row) => row["name"]);
  const states = async (): Promise<readonly string[]> =>
    (await status(project)).tracks.flatMap((track) => track.migrations.map((m) => `${m.name} ${m.state}`));

  test("runs by itself where nothing is applied", async () => {
    writeSquash();
    expect(await up(project)).toEqual({ applied: [squash, "0004_d"] });
    expect(await project.tables()).toEqual(["a", "b", "c", "d"]);
    expect(await recorded()).toEqual([squash, "0004_d"].toSorted());
    expect(await up(project)).toEqual({ applied: [] });
  });

  test("counts as applied where all of them are, which status says and up records", async () => {
    await up(project);
    writeSquash();
    expect(await states()).toEqual([`${squash} applied`, "0004_d applied"]);
    expect((await status(project)).tracks[0]?.squashes).toEqual([
      { name: squash, state: "counted", replaces: originals, waits_for: [] },
    ]);
    expect(await recorded()).toEqual([...originals, "0004_d"]);
    expect(await up(project)).toEqual({ applied: [], recorded: [squash] });
    expect(await up(project)).toEqual({ applied: [] });
    removeOriginals();
    expect(await states()).toEqual([`${squash} applied`, "0004_d applied"]);
    expect(await up(project)).toEqual({ applied: [] });
  });

  test("counts as applied where all of them are and their files are gone", async () => {
    await up(project);
    writeSquash();
    removeOriginals();
    expect(await states()).toEqual([`${squash} applied`, "0004_d applied"]);
    expect(await up(project)).toEqual({ applied: [], recorded: [squash] });
  });

  test("waits where some of them are, until the rest is", async () => {
    await up(project, { to: "0002_b" });
    writeSquash();
    expect(await states()).toEqual(["0001_a applied", "0002_b applied", "0003_c pending", "0004_d pending"]);
    expect((await status(project)).tracks[0]?.squashes).toEqual([
      { name: squash, state: "waiting", replaces: originals, waits_for: ["0003_c"] },
    ]);
    expect(await up(project)).toEqual({ applied: ["0003_c", "0004_d"], recorded: [squash] });
    expect(await project.tables()).toEqual(["a", "b", "c", "d"]);
    expect(await states()).toEqual([`${squash} applied`, "0004_d applied"]);
  });

  test("runs nothing where some of them are and the files of the rest are gone", async () => {
    await up(project, { to: "0002_b" });
    writeSquash();
    removeOriginals();
    const error = await rejectionOf(up(project));
    expect(error.code).toBe("history");
    expect(error.message).toContain(`some of what "${squash}" replaces is applied, and "0003_c" is not`);
    expect(await project.tables()).toEqual(["a", "b"]);
  });

  test("is rolled back as one, also where the originals ran, and runs by itself afterwards", async () => {
    await up(project);
    writeSquash();
    expect(await down(project, { to: "zero" })).toEqual({ rolled_back: ["0004_d", squash] });
    expect(await project.tables()).toEqual([]);
    expect(await recorded()).toEqual([]);
    expect(await up(project)).toEqual({ applied: [squash, "0004_d"] });
    expect(await down(project, { steps: 2 })).toEqual({ rolled_back: ["0004_d", squash] });
    expect(await project.tables()).toEqual([]);
  });

  test("is taken back and done again by redo, and forgotten with what it replaces", async () => {
    await up(project, { to: "0003_c" });
    writeSquash();
    expect(await redo(project)).toEqual({ rolled_back: [squash], applied: [squash] });
    expect(await project.tables()).toEqual(["a", "b", "c"]);
    expect(await fake(project, { name: squash, undo: true })).toEqual({ faked: [], forgotten: [squash] });
    expect(await recorded()).toEqual([]);
  });

  test("is not by its parts what up and down go to", async () => {
    writeSquash();
    const error = await rejectionOf(up(project, { to: "0002_b" }));
    expect(error.message).toBe(
      `"0002_b" is not there by itself: on this database "${squash}" stands for it; name that`,
    );
  });
});
