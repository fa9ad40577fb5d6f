import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { showSql } from "../../src/runtime/tasks/showsql.ts";
import { state } from "../../src/runtime/tasks/state.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, type TestProject } from "../helpers/migration-project.ts";

const users = `createTable({ name: "users", fields: [
  { name: "id", type: "serial", primaryKey: true },
  { name: "email", type: "varchar", length: 255 },
  { name: "made", type: "timestamp", default: "now" },
], indexes: [{ name: "idx_email", fields: ["email"], unique: true }] })`;

for (const database of databases) {
  describe(`drift on ${database}`, () => {
    let project: TestProject;
    beforeEach(async () => {
      project = await createProject(database);
      project.write("0001_a", users);
    });
    afterEach(() => project.dispose());

    test("a database just migrated has none, whatever the history is called; a change by hand is found", async () => {
      const renamed = { ...project, historyTable: "my_migrations" };
      await up(renamed);
      expect(await drift(renamed)).toEqual({ changes: [], unsupported: [] });
      project.write("0002_b", 'addField({ table: "users", field: { name: "age", type: "integer", nullable: true } })', {
        dependencies: ["0001_a"],
      });
      expect((await drift(renamed)).changes).toEqual([]);
      expect((await drift(renamed, { all: true })).changes).toMatchObject([{ table: "users", object: "age" }]);
      await project.withDatabase(({ driver }) => driver.execute("ALTER TABLE users ADD COLUMN nick TEXT"));
      expect((await drift(renamed)).changes).toMatchObject([{ table: "users", object: "nick" }]);
    });

    test("without a history the database is compared with all migrations", async () => {
      expect((await drift(project)).changes).toMatchObject([{ table: "users" }]);
    });

    test("showsql --all asks no database, and without an answer shows all with a warning", async () => {
      await up(project);
      expect((await showSql(project)).migrations).toEqual([]);
      expect((await showSql(project, { all: true })).migrations.map((m) => m.name)).toEqual(["0001_a"]);
      const warnings: string[] = [];
      const url = database === "sqlite" ? `sqlite:${project.root}` : "postgres://ann:secret@127.0.0.1:1/x";
      const onEvent = (event: { readonly type: string; readonly message?: string }): void => {
        if (event.type === "warning") warnings.push(event.message ?? "");
      };
      const { migrations } = await showSql({ ...project, database: { url } }, { onEvent });
      expect(migrations.map((m) => m.name)).toEqual(["0001_a"]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).not.toContain("secret");
    });
  });
}

test("state: what all migrations add up to, as a schema file", async () => {
  const project = await createProject("sqlite");
  project.write("0001_a", users);
  const { schema, yaml } = await state(project);
  expect(schema.tables.map((t) => t.name)).toEqual(["users"]);
  expect(Bun.YAML.parse(yaml)).toMatchObject({
    tables: [{ name: "users", fields: [{ name: "id" }, { name: "email" }, { name: "made" }] }],
  });
  rmSync(join(project.migrationsDir, "0001_a.ts"));
  expect((await state(project)).schema.tables).toEqual([]);
  await project.dispose();
});
