import { describe, expect, test } from "bun:test";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";
import { messages } from "./tracks.ts";

const found = (sql: string) => messages("schema-agnostic", { core: sql }, { schemaAgnostic: true });

/** SQL, and what it calls by a schema. */
const bad: readonly (readonly [sql: string, ...names: readonly string[]])[] = [
  ["CREATE TABLE app.t (id int)", "app.t"],
  ['CREATE TABLE "my app" . "t" (id int)', "my app.t"],
  ["CREATE TABLE t (id int REFERENCES app.u (id))", "app.u"],
  ["CREATE TABLE t (a app.mood, b public.citext DEFAULT app.f())", "app.mood", "public.citext", "app.f"],
  ["ALTER TABLE t ADD COLUMN IF NOT EXISTS x app.mood", "app.mood"],
  ["ALTER TABLE t ALTER x TYPE app.mood USING x::app.feeling", "app.mood", "app.feeling"],
  ["CREATE INDEX i ON app.t (x)", "app.t"],
  ["DROP INDEX app.i", "app.i"],
  ["DROP TABLE IF EXISTS a, app.b", "app.b"],
  ['INSERT INTO "app".t VALUES (1)', "app.t"],
  ["UPDATE app.t SET x = 1", "app.t"],
  ["DELETE FROM app.t", "app.t"],
  ["TRUNCATE app.t", "app.t"],
  ["COPY app.t FROM STDIN", "app.t"],
  ["SELECT * FROM a, app.b", "app.b"],
  ["SELECT * FROM a JOIN app.b ON a.id = b.id", "app.b"],
  ["SELECT * FROM (SELECT 1 FROM app.t) x", "app.t"],
  ["SELECT 1 UNION SELECT 2 FROM app.t", "app.t"],
  ["SELECT app.t.id FROM t", "app.t.id"],
  ["UPDATE a SET x = 1 FROM app.b", "app.b"],
  ["DELETE FROM a USING app.b WHERE a.id = b.id", "app.b"],
  ["CREATE VIEW v AS SELECT * FROM app.t", "app.t"],
  ["CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 FROM app.t $$", "app.t"],
  ["CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO app.t VALUES (1); END $$", "app.t"],
  ["CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION app.f()", "app.f"],
  ["DO $$ BEGIN INSERT INTO app.t VALUES (1); END $$", "app.t"],
  ["COMMENT ON TABLE app.t IS 'x'", "app.t"],
  ["GRANT SELECT ON TABLE app.t TO x", "app.t"],
  ["REFRESH MATERIALIZED VIEW CONCURRENTLY app.v", "app.v"],
  ["SELECT 'a -- b' FROM app.t", "app.t"],
  ["SELECT 1 -- it's\n FROM app.t", "app.t"],
  ["SELECT 1 /* a /* b */ it's */ FROM app.t", "app.t"],
  ["CREATE SCHEMA IF NOT EXISTS app", "CREATE SCHEMA"],
  ["DROP SCHEMA app", "DROP SCHEMA"],
  ["SET LOCAL search_path TO app", "SET LOCAL search_path"],
  ["SET SCHEMA 'app'", "SET SCHEMA"],
  ["ALTER TABLE t SET SCHEMA app", "SET SCHEMA"],
  ["ALTER FUNCTION f() SET search_path = app", "SET search_path"],
  ["SELECT set_config('search_path', 'app', false)", "set_config"],
  ["CREATE EXTENSION x WITH SCHEMA app", "SCHEMA app"],
];

const ok: readonly string[] = [
  "SELECT * FROM a JOIN b ON a.id = b.id",
  "SELECT a.id, b.x FROM a, b WHERE a.id = b.id AND a.x IN (SELECT b.x FROM b WHERE b.y = a.y)",
  "SELECT EXTRACT(epoch FROM a.at), TRIM(BOTH ' ' FROM a.x), substring(a.x FROM a.y FOR 2) FROM a",
  "SELECT a.x IS DISTINCT FROM b.x, a.x IS NOT DISTINCT FROM b.x FROM a, b",
  "SELECT x FROM a ORDER BY a.x, (a.y), a.z",
  "SELECT * FROM json_each(a.x), unnest(a.y) AS u(v)",
  "SELECT CASE WHEN a.x THEN a.y ELSE b.z END, 1.5 FROM a CROSS JOIN b",
  "UPDATE a SET x = b.x, y = a.y IS DISTINCT FROM a.z FROM b WHERE a.id = b.id",
  "UPDATE t SET schema = 'x', search_path = 1; UPDATE t SET search_path = 'x'",
  "INSERT INTO t (x) VALUES ('app.t') ON CONFLICT (x) DO UPDATE SET x = excluded.x",
  "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET x = b.x",
  "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.x IS DISTINCT FROM NEW.x) EXECUTE FUNCTION f()",
  "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN SELECT 1 INTO NEW.x FROM t; RETURN NEW; END $$",
  "CREATE RULE r AS ON UPDATE TO t DO INSTEAD UPDATE u SET x = NEW.x WHERE u.id = OLD.id",
  "ALTER TABLE t ALTER x TYPE int USING t.x::int; ALTER SEQUENCE s OWNED BY t.id",
  "COMMENT ON COLUMN t.x IS 'app.t'",
  "SELECT pg_catalog.now() FROM information_schema.columns",
  "/* app.t /* FROM app.u */ FROM app.v */ SELECT 1 -- FROM app.t",
  "SELECT 'FROM app.t', $$ INSERT INTO app.t $$, E'\\' FROM app.t'",
];

describe("finds", () => {
  for (const [sql, ...names] of bad)
    test(sql, () => {
      expect(found(sql)).toEqual(names.map((name) => expect.stringContaining(`"${name}" `)));
    });
});

describe("lets pass", () => {
  for (const sql of ok)
    test(sql, () => {
      expect(found(sql)).toEqual([]);
    });
});

test("nothing is found where a track does not ask for it", () => {
  expect(messages("schema-agnostic", { core: "CREATE TABLE app.t (id int)" })).toEqual([]);
});

test("of SQLite, attached databases and the bodies of triggers count", () => {
  const sql =
    "CREATE TRIGGER g AFTER UPDATE ON t BEGIN UPDATE u SET x = NEW.x WHERE u.id = OLD.id; INSERT INTO main.l SELECT a.x FROM a; END;" +
    "DROP INDEX [aux].i; ATTACH 'x' AS y";
  expect(messages("schema-agnostic", { core: sql }, { schemaAgnostic: true }, sqlite)).toEqual([
    expect.stringContaining('"main.l" names the schema "main"'),
    expect.stringContaining('"aux.i"'),
    expect.stringContaining("ATTACH"),
  ]);
});
