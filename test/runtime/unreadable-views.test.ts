import { expect, test } from "bun:test";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject } from "../helpers/migration-project.ts";

// SQLite makes a view whatever its text names: a typo would show when a program reads it.

test("a view of SQLite that nobody can read is told when it is made, and others are not", async () => {
  const project = await createProject("sqlite");
  const warnings: string[] = [];
  project.write(
    "0001_first",
    `createTable({ name: "t", fields: [{ name: "a", type: "integer" }] }), createView({ name: "fine", query: "SELECT a FROM t" }),
    createView({ name: "odd one", query: "SELECT b FROM t" }), createView({ name: "gone", query: "SELECT c FROM t" }), dropView({ name: "gone" })`,
  );
  await up(project, { onEvent: (event) => event.type === "warning" && warnings.push(event.message) });
  expect(warnings).toEqual([
    'view "odd one" cannot be read, though SQLite has made it: no such column: b; correct its query in the schema',
  ]);
  await project.dispose();
});
