import { afterAll, beforeAll, expect, test } from "bun:test";
import { down } from "../../src/runtime/tasks/down.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

/** Roles are those of the whole server. */
const owner = `kept_owner_${process.pid}`;

let project: TestProject;
beforeAll(async () => {
  project = await createProject("postgresql");
});
afterAll(async () => {
  await project.withDatabase(({ driver }) => driver.execute(`DROP OWNED BY ${owner}; DROP ROLE ${owner}`));
  await project.dispose();
});

/** What nobody declared of the view, its columns, the function and the computed column. */
const grants = `
  GRANT SELECT ON v TO pg_monitor WITH GRANT OPTION;
  GRANT UPDATE (a) ON v TO pg_read_all_stats;
  ALTER VIEW v ALTER COLUMN a SET DEFAULT 7;
  GRANT SELECT (twice) ON t TO pg_monitor;
  REVOKE EXECUTE ON FUNCTION most() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION most() TO pg_monitor;
  CREATE ROLE ${owner}; GRANT CREATE ON SCHEMA public TO ${owner};
  ALTER VIEW v OWNER TO ${owner};`;

const state = `SELECT c.relname, c.relacl::text, c.relowner::regrole::text AS owner,
  (SELECT string_agg(a.attname || ' ' || a.attacl::text, ', ' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid) AS columns,
  (SELECT string_agg(pg_get_expr(d.adbin, d.adrelid), ', ') FROM pg_attrdef d WHERE d.adrelid = c.oid AND c.relkind = 'v') AS defaults,
  (SELECT proacl::text FROM pg_proc WHERE proname = 'most') AS function
  FROM pg_class c WHERE c.relname IN ('t', 'v') ORDER BY 1`;

const table = (type: string): string => `{ name: "a", type: "${type}", nullable: true }`;

test("what nobody declares of a view, a function or a computed column is there after these are made again", async () => {
  project.write(
    "0001_first",
    `createTable({ name: "t", fields: [${table("integer")}, { name: "twice", type: "bigint", nullable: true, generated: { as: "a * 2", stored: true } }] }),
    createObject({ object: { kind: "function", name: "most()", definition: "CREATE FUNCTION most() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT max(a) FROM t; END" } }),
    createView({ name: "v", query: "SELECT a FROM t" })`,
  );
  await up(project);
  await project.withDatabase(({ driver }) => driver.execute(grants));
  const before = await project.query(state);
  project.write(
    "0002_second",
    `dropView({ name: "v" }), dropObject({ object: { kind: "function", name: "most()" } }),
    alterField({ table: "t", field: ${table("bigint")} }),
    createObject({ object: { kind: "function", name: "most()", definition: "CREATE FUNCTION most() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT max(a) FROM t; END" } }),
    createView({ name: "v", query: "SELECT a FROM t" })`,
    { dependencies: ["0001_first"] },
  );
  await up(project);
  expect(await project.query(state)).toEqual(before);
  await down(project);
  expect(await project.query(state)).toEqual(before);
});

test("what was said of a column that the view shows no longer goes with it", async () => {
  project.write("0002_second", `dropView({ name: "v" }), createView({ name: "v", query: "SELECT twice FROM t" })`, {
    dependencies: ["0001_first"],
  });
  await up(project);
  const [, view] = await project.query(state);
  expect(view).toMatchObject({ owner, columns: null, defaults: null });
  expect(String(view?.["relacl"])).toContain("pg_monitor=r*");
});
