import { expect, test } from "bun:test";
import { policyFindings } from "../../../src/core/policies/index.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import { migrationOf } from "./tracks.ts";

const core = { name: "core", migrations: [migrationOf("core", "CREATE TABLE users (id int)")] };

test("a finding says where it is: in SQL files by line and column, in the file of its direction", () => {
  const place = (file: string, line: number) => ({ file, line, transaction: true });
  const forward = "\nSELECT 1;\n  ALTER TABLE\n users ADD x int;";
  const migration = migrationOf("vector", [{ kind: "runSQL", forward, backward: "ALTER TABLE users DROP x" }], {
    file: "vector/0001.up.sql",
    sql: { up: place("vector/0001.up.sql", 1), down: place("vector/0001.down.sql", 3), wayBack: "" },
  });
  const common = { code: "ownership", track: "vector", migration: "0001_vector", operation: 0 };
  const message =
    'track "vector" alters table "users", which belongs to track "core"; put this into a migration of that track';
  const findings = policyFindings({ tracks: [core, { name: "vector", migrations: [migration] }], dialect: postgres });
  expect(findings).toEqual([
    { ...common, direction: "up", file: "vector/0001.up.sql", line: 3, column: 3, message },
    { ...common, direction: "down", file: "vector/0001.down.sql", line: 3, column: 1, message },
  ]);
});

test("elsewhere by the number of the operation", () => {
  const migration = migrationOf("vector", [
    { kind: "runSQL", forward: "SELECT 1", backward: "" },
    { kind: "runSQL", forward: "SELECT 1", backward: "TRUNCATE users" },
  ]);
  const tracks = [core, { name: "vector", migrations: [migration] }];
  expect(policyFindings({ tracks, dialect: postgres })).toMatchObject([
    { direction: "down", operation: 1, file: "vector/0001_vector.ts", line: null, column: null },
  ]);
});

test("each track is held to what it asks for itself", () => {
  const sql = "CREATE TABLE app.t (id int)";
  const tracks = [
    { name: "a", migrations: [migrationOf("a", sql.replace("t", "t1"))], guards: "required" as const },
    { name: "b", migrations: [migrationOf("b", "CREATE TABLE app.u (id int)")], schemaAgnostic: true },
    { name: "c", migrations: [migrationOf("c", "CREATE TABLE app.v (id int)")] },
  ];
  expect(policyFindings({ tracks, dialect: postgres }).map(({ code, track }) => [code, track])).toEqual([
    ["guards", "a"],
    ["schema-agnostic", "b"],
  ]);
});

test("tracks that live in schemas of their own may have tables of the same name, and reach another's by its schema", () => {
  const own = "CREATE TABLE items (id int); ALTER TABLE items ADD x int";
  const tracks = [
    { name: "core", migrations: [migrationOf("core", own)] },
    { name: "a", migrations: [migrationOf("a", own)], schema: "one" },
    {
      name: "b",
      migrations: [migrationOf("b", `${own}; DELETE FROM one.items; DELETE FROM public.items`)],
      schema: "two",
    },
  ];
  expect(policyFindings({ tracks, dialect: postgres }).map(({ message }) => message)).toEqual([
    expect.stringContaining('deletes from table "one.items", which belongs to track "a"'),
    expect.stringContaining('deletes from table "public.items", which belongs to track "core"'),
  ]);
});
