import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { PartialError } from "../../src/core/errors.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
afterEach(() => project.dispose());

const table = (name: string) => `createTable({ name: "${name}", fields: [{ name: "id", type: "integer" }] })`;
const sql = (text: string) => `runSQL({ forward: ${JSON.stringify(text)}, backward: "" })`;
const failureOf = async (work: Promise<unknown>): Promise<PartialError> =>
  work.then(
    () => Promise.reject(new Error("expected an error, and nothing was thrown")),
    (error: unknown) => error as PartialError,
  );

for (const database of databases.filter((name) => name !== "mariadb")) {
  describe(`${database}: all in one transaction`, () => {
    beforeEach(async () => {
      project = await createProject(database);
      project.write("0001_a", table("a"));
      project.write("0002_b", sql("INSERT INTO a VALUES (1)"), { dependencies: ["0001_a"] });
    });

    test("what works is applied, and the last failure takes all of it back", async () => {
      project.write("0003_c", sql("SELECT * FROM nowhere"), { dependencies: ["0002_b"] });
      const error = await failureOf(up(project, { singleTransaction: true }));
      expect(error).toMatchObject({ code: "database", applied: [], failed: "0003_c", remaining: ["0001_a", "0002_b"] });
      expect(await status(project)).toMatchObject({ applied: 0, pending: 3, failed: 0 });
      project.write("0003_c", table("c"), { dependencies: ["0002_b"] });
      const events: RunEvent[] = [];
      const onEvent = (event: RunEvent): unknown => events.push(event);
      expect((await up(project, { singleTransaction: true, onEvent })).applied).toEqual(["0001_a", "0002_b", "0003_c"]);
      expect(await project.query("SELECT id FROM a")).toHaveLength(1);
      const ends = events.flatMap((event) => (event.type === "migration-end" ? [event.migration] : []));
      expect(ends).toEqual(["0001_a", "0002_b", "0003_c"]);
    });

    test("what cannot be part of a transaction is named, and nothing runs", async () => {
      project.write("0003_c", `${table("c")}, ${sql("VACUUM")}`, { dependencies: ["0002_b"] });
      const { code, message } = await failureOf(up(project, { singleTransaction: true }));
      expect(code).toBe("unsupported");
      expect(message).toContain('"0003_c" cannot be part of one transaction:\n  VACUUM');
      expect(await status(project)).toMatchObject({ applied: 0, pending: 3 });
    });

    test("nor one that asks for none", async () => {
      project.write("0003_c", `${sql("SELECT 1")}, ${sql("SELECT 2")}`, {
        dependencies: ["0002_b"],
        transaction: false,
      });
      const { message } = await failureOf(up(project, { singleTransaction: true }));
      expect(message).toContain('"0003_c" cannot be part of one transaction (it says so itself)');
    });
  });
}
