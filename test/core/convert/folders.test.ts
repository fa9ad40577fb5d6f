import { describe, expect, test } from "bun:test";
import { converted, found, readTexts } from "../../helpers/convert.ts";

describe("Diesel", () => {
  test("a folder is a migration; its version has no dashes", () => {
    const { tool, migrations, findings } = readTexts({
      "2024-01-02-000000_create_posts/up.sql": "B",
      "2024-01-02-000000_create_posts/down.sql": "-B",
      "00000000000000_diesel_initial_setup/up.sql": "A",
      "notes/readme.md": "",
    });
    expect(tool.tool).toBe("diesel");
    expect(findings).toEqual([]);
    expect(migrations.map(({ name, ids, up, down }) => [name, ...ids, up?.text, down?.text])).toEqual([
      ["00000000000000_diesel_initial_setup", "00000000000000", "A", undefined],
      ["20240102000000_create_posts", "20240102000000", "B", "-B"],
    ]);
  });

  test("without metadata.toml there is a transaction; with it, only if it says so", () => {
    const { migrations } = readTexts({
      "1_a/up.sql": "A",
      "2_b/up.sql": "B",
      "2_b/metadata.toml": "# why\nrun_in_transaction = false",
      "3_c/up.sql": "C",
      "3_c/metadata.toml": "run_in_transaction = true",
      "4_d/up.sql": "D",
      "4_d/metadata.toml": "[other]\nkey = 1",
    });
    expect(migrations.map(({ up }) => up?.transaction)).toEqual([true, false, true, false]);
  });
});

describe("Ory", () => {
  test("each database has its own text, or that of the file for all, or nothing", () => {
    const { tool, migrations } = readTexts({
      "20150100000001000000_a.up.sql": "ALL",
      "20150100000001000000_a.mysql.up.sql": "MY",
      "20150100000001000000_a.down.sql": "-ALL",
      "sub/20150100000002000000_b.postgres.up.sql": "PG",
      "20150100000003000000_c.up.sql": "C",
    });
    expect(tool.tool).toBe("ory");
    expect(migrations.map(({ ids, up, down }) => [...ids, up?.text, down?.text])).toEqual([
      ["20150100000001000000", { postgresql: "ALL", mysql: "MY", sqlite: "ALL" }, "-ALL"],
      ["20150100000002000000", { postgresql: "PG", mysql: "", sqlite: "" }, undefined],
      ["20150100000003000000", "C", undefined],
    ]);
  });

  test("autocommit is no transaction", () => {
    const { migrations } = readTexts({ "1_a.autocommit.up.sql": "A", "2_b.postgres.autocommit.up.sql": "B" });
    expect(migrations.map(({ up }) => [up?.transaction, up?.text])).toEqual([
      [false, "A"],
      [false, { postgresql: "B", mysql: "", sqlite: "" }],
    ]);
  });

  test("CockroachDB is left out with a word; templates and fizz are lost, with their lines", () => {
    const { findings } = readTexts({
      "1_a.up.sql": "A",
      "1_a.cockroach.up.sql": "CRDB",
      "2_b.up.sql": "B\n{{ .x }}",
      "3_c.up.fizz": "create_table",
    });
    expect(found(findings)).toEqual([
      'db/1_a.cockroach.up.sql:1: is for "cockroach", for which godwit has no SQL of its own',
      "db/2_b.up.sql:2 lost: is a template, which Ory fills in when it runs",
      "db/3_c.up.fizz:1 lost: is fizz and not SQL",
    ]);
  });

  test("SQL files cannot say it, so it is TypeScript there, too", () => {
    const files = converted({ "1_a.mysql.up.sql": "BEGIN;A;COMMIT;", "1_a.up.sql": "B", "2_b.up.sql": "C" }, "sql");
    expect(Object.keys(files)).toEqual(["1_a.ts", "2_b.up.sql"]);
    expect(files["1_a.ts"]).toContain('forward: { postgresql: "B", mysql: "A;", sqlite: "B" }');
  });
});

describe("Rails", () => {
  const dump = [
    "\\restrict abc",
    "SET statement_timeout = 0;",
    "SELECT pg_catalog.set_config('search_path', '', false);",
    "CREATE TABLE public.ar_internal_metadata (key character varying NOT NULL);",
    "-- Name: posts",
    "CREATE TABLE public.posts (id bigint NOT NULL, schema_migrations text);",
    "CREATE TABLE public.schema_migrations (version character varying NOT NULL);",
    "ALTER TABLE ONLY public.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;",
    'SET search_path TO "$user", public;',
    'INSERT INTO "schema_migrations" (version) VALUES',
    "('20240102000000'),",
    "('20230101000000');",
  ].join("\n");

  test("the dump is one migration, which stands for all versions in it", () => {
    const { tool, migrations, findings } = readTexts({ "structure.sql": dump });
    expect(tool.tool).toBe("rails");
    expect(findings).toEqual([]);
    expect(migrations.map(({ name, ids, up }) => [name, ids, up?.text])).toEqual([
      [
        "20240102000000_structure",
        ["20230101000000", "20240102000000"],
        "CREATE TABLE public.posts (id bigint NOT NULL, schema_migrations text);\n\n" +
          "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n",
      ],
    ]);
    expect(converted({ "structure.sql": dump })["20240102000000_structure.ts"]).toContain(
      'convertedFrom: ["rails 20230101000000", "rails 20240102000000"]',
    );
  });

  test("a migration that is not in the dump is lost", () => {
    const { findings } = readTexts({
      "structure.sql": dump,
      "migrate/20240102000000_b.rb": "",
      "migrate/20250101000000_c.rb": "",
    });
    expect(found(findings)).toEqual([
      "db/migrate/20250101000000_c.rb:1 lost: is not in db/structure.sql, which is converted",
    ]);
  });
});
