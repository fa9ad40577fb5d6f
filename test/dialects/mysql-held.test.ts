import { describe, expect, test } from "bun:test";
import { replay } from "../../src/core/plan/state.ts";
import { planUp } from "../../src/core/plan/steps.ts";
import { emptySchema, type Schema } from "../../src/core/schema/model.ts";
import { introspect } from "../../src/runtime/database.ts";
import { runPlan } from "../../src/runtime/runner.ts";
import { makeSchema, migrationOf, storyOf } from "../conformance/story.ts";
import { emptyMysqlDatabases } from "../helpers/empty-database.ts";
import { mysqlIsFetched, mysqlIsHere } from "../helpers/mysql-server.ts";

describe.if(mysqlIsHere())(`${mysqlIsFetched}, and there`, () => {
  const withEmpty = emptyMysqlDatabases();

  test("a field that a check, a computed field and an index by an expression name gets another name, and back", () =>
    withEmpty(async (database) => {
      const schema: Schema = {
        ...emptySchema,
        tables: [
          {
            name: "t",
            fields: [
              { name: "id", type: "integer", nullable: false },
              { name: "n", type: "integer", nullable: true },
              { name: "twice", type: "integer", nullable: true, generated: { as: "n * 2", stored: true } },
            ],
            primaryKey: ["id"],
            indexes: [
              { name: "by_sum", fields: [{ expression: "n + 1" }] },
              { name: "by_n", fields: ["n"], unique: true },
              { name: "by_twice", fields: ["twice"] },
            ],
            foreignKeys: [],
            constraints: [{ name: "positive", check: "n > 0" }],
          },
        ],
      };
      const story = storyOf(database);
      await story.up("1", makeSchema(schema));
      await database.driver.execute("INSERT INTO t (id, n) VALUES (1, 7)");
      await story.up("2", [{ kind: "renameField", table: "t", from: "n", to: "m" }]);
      await story.agrees();
      expect(await database.driver.query("SELECT m, twice FROM t")).toEqual([{ m: 7, twice: 14 }]);
      await expect(database.driver.execute("INSERT INTO t (id, m) VALUES (2, -1)")).rejects.toThrow("positive");
      await story.down();
      await story.agrees();
    }));

  test("a foreign key that others have made stands on an index of another name, and goes without one of its own", () =>
    withEmpty(async (database) => {
      const { driver, dialect } = database;
      await driver.execute(`CREATE TABLE p (id INT PRIMARY KEY);
CREATE TABLE c (id INT PRIMARY KEY, a INT, b INT, KEY own (a), CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id), CONSTRAINT g FOREIGN KEY (b) REFERENCES p (id))`);
      const made = migrationOf("1", [
        { kind: "createTable", name: "p", fields: [{ name: "id", type: "integer", primaryKey: true }] },
        {
          kind: "createTable",
          name: "c",
          fields: [
            { name: "id", type: "integer", primaryKey: true },
            { name: "a", type: "foreign_key", foreignKey: { table: "p", name: "f", onDelete: "NO ACTION" } },
            { name: "b", type: "foreign_key", foreignKey: { table: "p", name: "g", onDelete: "NO ACTION" } },
          ],
          indexes: [{ name: "own", fields: ["a"] }],
        },
      ]);
      const drops = ["f", "g"].map((name) => ({ kind: "dropForeignKey", table: "c", name }));
      const pending = [migrationOf("2", drops, ["1"])];
      await runPlan(database, planUp({ pending, before: replay([made]), dialect }));
      const [child] = (await introspect(database)).tables;
      expect(child).toMatchObject({ name: "c", foreignKeys: [], indexes: [{ name: "own" }] });
    }));
});
