import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { down } from "../../src/runtime/tasks/down.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, type TestProject } from "../helpers/migration-project.ts";

// A column that is derived from what other tables have said over time: filled where they agree, left NULL where nobody can tell.

let project: TestProject;
afterEach(() => project.dispose());

const before = `
  createTable({ name: "sessions", fields: [
    { name: "id", type: "integer", primaryKey: true },
    { name: "session", type: "varchar", length: 40 },
    { name: "user_id", type: "varchar", length: 40 },
    { name: "deleted_at", type: "timestamp", nullable: true },
  ] }),
  createTable({ name: "tasks", fields: [
    { name: "id", type: "integer", primaryKey: true },
    { name: "session", type: "varchar", length: 40, nullable: true },
  ] })`;

const backfill = `UPDATE tasks SET user_id = (SELECT MIN(s.user_id) FROM sessions s WHERE s.session = tasks.session)
WHERE (SELECT COUNT(DISTINCT s.user_id) FROM sessions s WHERE s.session = tasks.session) = 1`;

const rows = [
  "INSERT INTO sessions VALUES (1, 'a', 'ann', NULL), (2, 'a', 'ann', '2026-01-01 00:00:00')",
  "INSERT INTO sessions VALUES (3, 'b', 'bob', '2026-01-01 00:00:00')",
  "INSERT INTO sessions VALUES (4, 'c', 'ann', '2026-01-01 00:00:00'), (5, 'c', 'bob', NULL)",
  "INSERT INTO tasks VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'gone'), (5, NULL)",
];

for (const database of databases) {
  describe(`${database}: an owner is filled in where history names exactly one`, () => {
    beforeEach(async () => {
      project = await createProject(database);
      project.write("0001_tables", before);
      await up(project);
      await project.withDatabase(async ({ driver }) => {
        for (const sql of rows) await driver.execute(sql);
      });
      project.write(
        "0002_owner",
        `addField({ table: "tasks", field: { name: "user_id", type: "varchar", length: 40, nullable: true } }),
         runSQL({ forward: ${JSON.stringify(backfill)}, backward: "" })`,
        { dependencies: ["0001_tables"] },
      );
    });

    test("deleted sessions count, disagreement and orphans stay NULL, and down removes the column", async () => {
      await up(project);
      expect(await project.query("SELECT id, user_id FROM tasks ORDER BY id")).toEqual([
        { id: 1, user_id: "ann" },
        { id: 2, user_id: "bob" },
        { id: 3, user_id: null },
        { id: 4, user_id: null },
        { id: 5, user_id: null },
      ]);
      await down(project);
      expect(await project.query("SELECT * FROM tasks ORDER BY id LIMIT 1")).toEqual([{ id: 1, session: "a" }]);
    });
  });
}
