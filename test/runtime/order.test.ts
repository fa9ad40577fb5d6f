import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { loadProject } from "../../src/runtime/config.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, type TestProject } from "../helpers/migration-project.ts";
import { errorOf } from "../helpers/tool-error.ts";

const table = (name: string): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;

const refusal = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => "nothing was thrown",
    (error: unknown) => (error instanceof ToolError ? { code: error.code, data: error.data } : error),
  );

for (const database of databases) {
  describe(`late migrations on ${database}`, () => {
    let project: TestProject;
    beforeEach(async () => {
      project = await createProject(database);
      project.write("0001_a", table("a"));
      project.write("0003_c", table("c"), { dependencies: ["0001_a"] });
      await up(project);
      project.write("0002_b", table("b"), { dependencies: ["0001_a"] });
    });
    afterEach(() => project.dispose());

    const notes = async (run: (onEvent: (event: RunEvent) => void) => Promise<unknown>): Promise<readonly string[]> => {
      const events: RunEvent[] = [];
      await run((event) => events.push(event));
      return events.flatMap((event) => (event.type === "note" ? [event.message] : []));
    };

    test("any: it is applied, and said once that it comes late", async () => {
      const late = '"0002_b" comes late: "0003_c", which has a higher number, is applied already';
      expect(await notes((onEvent) => up(project, { dryRun: true, onEvent }))).toEqual([late]);
      expect(await notes((onEvent) => up(project, { onEvent }))).toEqual([late]);
      expect((await status(project)).pending).toBe(0);
    });

    test("strict: it is refused by name before anything runs, on top of what the project says too", async () => {
      project.write("0004_d", table("d"), { dependencies: ["0003_c"] });
      const refused = { code: "history", data: { late: ["0002_b"], after: "0003_c" } };
      const strict: TestProject = { ...project, order: "strict" };
      expect(await refusal(up(strict))).toEqual(refused);
      expect(await refusal(up(strict, { dryRun: true }))).toEqual(refused);
      expect(await refusal(up(project, { order: "strict" }))).toEqual(refused);
      expect((await status(project)).pending).toBe(2);
      expect(await up(strict, { to: "0004_d" })).toEqual({ applied: ["0004_d"] });
      expect(await up(strict, { order: "any" })).toEqual({ applied: ["0002_b"] });
    });

    test("strict: what is applied counts without its file too, and equal numbers of two branches are not late", async () => {
      rmSync(join(project.migrationsDir, "0003_c.ts"));
      expect(await refusal(up(project, { order: "strict" }))).toMatchObject({ data: { late: ["0002_b"] } });
      rmSync(join(project.migrationsDir, "0002_b.ts"));
      project.write("0003_x", table("x"), { dependencies: ["0001_a"] });
      expect(await up(project, { order: "strict" })).toEqual({ applied: ["0003_x"] });
    });

    test("strict: one that stopped half-way is continued", async () => {
      rmSync(join(project.migrationsDir, "0002_b.ts"));
      project.write("0004_d", `${table("d")}, runSQL({ forward: "INSERT INTO e (id) VALUES (1)" })`, {
        dependencies: ["0003_c"],
        transaction: false,
      });
      expect(await refusal(up(project))).toMatchObject({ code: "database" });
      project.write("0005_e", table("e"), { dependencies: ["0001_a"] });
      await up(project, { to: "0005_e", allowConflicts: true });
      expect(await up(project, { order: "strict" })).toEqual({ applied: ["0004_d"] });
    });
  });
}

test("the policy of the environment goes before the default, and a word that is none is refused", () => {
  expect(loadProject({}, {}, "/nowhere").order).toBe("any");
  expect(loadProject({}, { GODWIT_ORDER: "strict" }, "/nowhere").order).toBe("strict");
  expect(errorOf(() => loadProject({}, { GODWIT_ORDER: "stirct" }, "/nowhere")).code).toBe("config");
});
