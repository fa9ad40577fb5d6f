import { expect, test } from "bun:test";
import type { Operation } from "../../../src/core/operations/index.ts";
import { buildGraph, type Graph } from "../../../src/core/plan/graph.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";
import { replay } from "../../../src/core/plan/state.ts";
import { planUp } from "../../../src/core/plan/steps.ts";
import { graphAmong, ownPart } from "../../../src/core/plan/surroundings.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const migration = (name: string, ...operations: readonly Operation[]): Migration => ({
  name,
  dependencies: [],
  operations,
  transaction: true,
  replaces: [],
  checksum: name,
  file: `${name}.ts`,
});
const table = (name: string, type: "integer" | "bigint" = "integer"): Operation => ({
  kind: "createTable",
  name,
  fields: [{ name: "id", type, primaryKey: true }],
});
const pointing = (name: string, target: string): Operation => ({
  kind: "createTable",
  name,
  fields: [
    { name: "id", type: "integer", primaryKey: true },
    { name: "ref", type: "foreign_key", foreignKey: { table: target } },
  ],
});
const names = ({ tables }: { readonly tables: readonly { readonly name: string }[] }): readonly string[] =>
  tables.map(({ name }) => name);

const core = buildGraph([
  migration("0001_a", table("users"), table("gone")),
  migration("0002_b", { kind: "renameTable", from: "users", to: "people" }, { kind: "dropTable", name: "gone" }),
]);

/** Name → the table that its field "ref" points at. */
const targets = (graph: Graph): Readonly<Record<string, string | undefined>> => {
  const { tables } = ownPart(replay(graph.order, graph.surroundings), graph);
  return Object.fromEntries(tables.map((each) => [each.name, each.foreignKeys[0]?.references.table]));
};

test("every table that an earlier track ever had may be pointed at, and what was renamed goes by its name now", () => {
  expect(names(graphAmong([core], []).surroundings).toSorted()).toEqual(["gone", "people", "users"]);
  expect(targets(graphAmong([core], [migration("0001_x", pointing("items", "gone"))]))).toEqual({ items: "gone" });
  expect(targets(graphAmong([core], [migration("0001_x", pointing("items", "people"))]))).toEqual({ items: "people" });
  expect(targets(graphAmong([core], [migration("0001_x", pointing("items", "users"))]))).toEqual({ items: "people" });
});

test("a name that another table has taken since is left alone", () => {
  const again = buildGraph([...core.order, migration("0003_c", table("users"))]);
  expect(targets(graphAmong([again], [migration("0001_x", pointing("items", "users"))]))).toEqual({ items: "users" });
});

test("a table that is nowhere is still missed", () => {
  const graph = graphAmong([core], [migration("0001_x", pointing("items", "nowhere"))]);
  expect(errorOf(() => replay(graph.order, graph.surroundings)).message).toContain('refers to table "nowhere"');
});

test("a table of the same name that the track makes itself is its own", () => {
  const own = [migration("0001_x", table("users", "bigint"), pointing("items", "users"))];
  expect(targets(graphAmong([core], own))).toEqual({ users: undefined, items: "users" });
});

test("a third track sees the tables of both, each once", () => {
  const second = graphAmong([core], [migration("0001_x", pointing("items", "people"))]);
  const { surroundings } = graphAmong([core, second], []);
  expect(names(surroundings).toSorted()).toEqual(["gone", "items", "people", "users"]);
});

test("what migrations say and their checksums stay as they were written", () => {
  const [written] = [migration("0001_x", pointing("items", "users"))];
  const [now] = written ? graphAmong([core], [written]).order : [];
  expect(now?.checksum).toBe("0001_x");
  expect(written?.operations[0]).toEqual(pointing("items", "users"));
});

test("the namespaces of an earlier track are there, and are not one's own", () => {
  const before = buildGraph([migration("0001_a", { kind: "createNamespace", name: "audit" }, table("audit.events"))]);
  const graph = graphAmong([before], [migration("0001_x", table("audit.more"), pointing("items", "audit.events"))]);
  expect(graph.surroundings.namespaces).toEqual([{ name: "audit" }]);
  expect(ownPart(replay(graph.order, graph.surroundings), graph).namespaces).toBeUndefined();
  const plan = planUp({ pending: graph.order, before: graph.surroundings, dialect: postgres });
  const sql = plan.steps.flatMap(({ actions }) =>
    actions.flatMap(({ commands }) => commands.map((c) => ("sql" in c ? c.sql : ""))),
  );
  expect(sql[0]).toStartWith('CREATE TABLE "audit"."more"');
  expect(sql[1]).toContain('REFERENCES "audit"."events" ("id")');
});
