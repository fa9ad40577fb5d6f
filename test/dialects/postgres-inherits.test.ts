import { afterAll, beforeAll, expect, test } from "bun:test";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

// ALTER TABLE … INHERIT leaves a check that the table had before one of its own, which stays when it goes above.

let project: TestProject;
beforeAll(async () => {
  project = await createProject("postgresql");
});
afterAll(() => project.dispose());

const table = (name: string, above: string) => `createTable({ name: "${name}", inherits: [${above}], fields: [] })`;
const again = (name: string, above: string) =>
  `setInherits({ table: "${name}", inherits: [] }), setInherits({ table: "${name}", inherits: [${above}] })`;

test("a check that goes above goes from what inherits it, whatever that was before", async () => {
  const checks = ["pos", "even"].map((name) => `{ name: "${name}", check: "n % 2 = 0 AND n > 0" }`).join(", ");
  project.write(
    "0001_first",
    `createTable({ name: "a", fields: [{ name: "n", type: "integer" }, { name: "x", type: "text" }], constraints: [${checks}] }),
    createTable({ name: "other", fields: [{ name: "n", type: "integer" }], constraints: [{ name: "even", check: "n % 2 = 0 AND n > 0" }] }),
    ${table("c", `"a"`)}, ${table("b", `"a"`)}, ${table("two", `"a", "other"`)}, ${again("b", `"a"`)}, ${again("c", `"a", "b"`)},
    ${again("two", `"a", "other"`)}`,
  );
  project.write(
    "0002_second",
    `dropConstraint({ table: "a", name: "pos" }), dropConstraint({ table: "a", name: "even" }), dropField({ table: "a", name: "x" })`,
    {
      dependencies: ["0001_first"],
    },
  );
  await up(project);
  expect((await drift(project)).changes).toEqual([]);
  expect(
    await project.query(
      "SELECT conrelid::regclass::text AS table, conname AS name FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text IN ('a', 'b', 'c', 'two')",
    ),
  ).toEqual([{ table: "two", name: "even" }]);
});
