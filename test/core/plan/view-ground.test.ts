import { expect, test } from "bun:test";
import { type Operation, parseOperation } from "../../../src/core/operations/index.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";
import { planUp } from "../../../src/core/plan/steps.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const op = (kind: string, params: Readonly<Record<string, unknown>>): Operation => parseOperation({ kind, ...params });
const create = (name: string): Operation =>
  op("createTable", { name, fields: [{ name: "id", type: "integer", primaryKey: true }] });
const view = (query: string): Operation => op("createView", { name: "v", query });
const drop = op("dropTable", { name: "users" });

const migration = (...operations: readonly Operation[]): Migration => ({
  name: "0001_x",
  dependencies: [],
  operations,
  replaces: [],
  transaction: true,
  checksum: "",
  file: "0001_x.ts",
});
const plan = (operations: readonly Operation[], dialect = sqlite) =>
  planUp({ pending: operations.map((each) => migration(each)), before: emptySchema, dialect });

const reading = [
  "SELECT id FROM users",
  'SELECT p.id FROM posts AS p, main."Users" WHERE 1',
  "SELECT 1 FROM posts LEFT JOIN [users] USING (id)",
];
test.each(reading)("a table under a view is not dropped from under it: %s", (query) => {
  const operations = [create("users"), create("posts"), view(query), drop];
  expect(errorOf(() => plan(operations)).message).toEndWith(
    'view "v" reads table "users", and SQLite would drop that all the same, and then refuse to change other tables; drop or replace the view first',
  );
  // That one refuses it itself.
  plan(operations, postgres);
  plan([...operations, op("dropView", { name: "v" })]);
  plan([...operations, op("replaceView", { name: "v", query: "SELECT 1 AS one" })]);
  plan([...operations, create("users")]);
});

const others = [
  "SELECT id AS users FROM posts",
  "SELECT id, users FROM posts",
  "SELECT 'from users' AS x FROM posts -- FROM users",
  "WITH users AS (SELECT 1 AS id) SELECT id FROM users",
  "WITH a AS (SELECT 1), users (id) AS (SELECT 1) SELECT id FROM users",
];
test.each(others)("a name that is no table's is in nobody's way: %s", (query) => {
  plan([create("users"), create("posts"), view(query), drop]);
});
