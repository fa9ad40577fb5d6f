import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { parseConfig } from "../../src/runtime/config-file.ts";
import { parseYaml } from "../../src/runtime/yaml.ts";

const folder = join(import.meta.dir, "../../templates/project/godwit");
const read = (name: string): { readonly [key: string]: unknown } =>
  JSON.parse(readFileSync(join(folder, name), "utf8"));
const compile = (schema: object): ValidateFunction =>
  new Ajv({ allowUnionTypes: true, allowMatchingProperties: true, strictTypes: false, strictRequired: false }).compile(
    schema,
  );
const validConfig = compile(read("config.schema.json"));

const accepts = (text: string): { readonly shape: boolean; readonly reader: boolean } => {
  const { value } = parseYaml(text, "godwit.yaml");
  return { shape: validConfig(value ?? null), reader: readerTakes(text) };
};

function readerTakes(text: string): boolean {
  try {
    parseConfig(text, "godwit.yaml");
    return true;
  } catch {
    return false;
  }
}

describe("godwit.yaml", () => {
  test.each([
    "",
    "database: { url: 'sqlite:app.db', dialect: sqlite, password_file: x, password_command: y }",
    "schema: a.yaml",
    "schema: [a.yaml, b]",
    "connect_timeout: 5s\nddl_lock_timeout: 500ms\nddl_lock_retries: 0\nlock_expiry: 60s",
    "statement_timeout: 10",
    "statement_timeout: { ddl: 1m, data: 5, concurrent: 0 }",
    "max_code_memory: 64\nmax_code_timeout: 1h",
    "hooks: { before_run: [{ sql: SELECT 1 }, { command: ./x.sh }, { command: [a, b], timeout: 5m, env: [A] }] }",
    "symbols: { acme/names: symbols/names.ts }",
    "tracks: [{ name: core, migrations: db, schema: core, history_table: h, guards: required, schema_agnostic: true, requires: [{ extension: vector }, { server_version: '>= 14', message: x }, { query: SELECT 1 }] }]",
    "lock: table\norder: strict\nlog_format: json\ncompensate: false",
  ])("%s is taken by both", (text) => expect(accepts(text)).toEqual({ shape: true, reader: true }));

  test.each([
    "databse: {}",
    "database: sqlite",
    "database: { urls: x }",
    "schema: 7",
    "schema: { a: b }",
    "migrations: [a]",
    "history_table: ''",
    "connect_timeout: soon",
    "connect_timeout: [5]",
    "ddl_lock_retries: -1",
    "ddl_lock_retries: 1.5",
    "statement_timeout: { dll: 5s }",
    "statement_timeout: later",
    "max_code_memory: 8",
    "max_code_memory: 9000",
    "hooks: { before: [] }",
    "hooks: { before_run: [{ sq: x }] }",
    "hooks: { before_run: [{ sql: x, timeout: 5s }] }",
    "symbols: [a]",
    "symbols: { a: 7 }",
    "tracks: []",
    "tracks: [{ name: A, migrations: x }]",
    "tracks: [{ name: a }]",
    "tracks: [{ name: a, migrations: x, schema: pg.x }]",
    "tracks: [{ name: a, migrations: x, requires: [{ extnsion: y }] }]",
    "lock: sometimes",
    "order: random",
    "compensate: 1",
    "- a",
  ])("%s is refused by both", (text) => expect(accepts(text)).toEqual({ shape: false, reader: false }));
});

describe("what editors show", () => {
  type Described = { readonly properties: Readonly<Record<string, { readonly description?: string }>> };
  const described = ({ properties }: Described): readonly string[] =>
    Object.entries(properties).flatMap(([key, { description }]) => (description ? [] : key));

  test("each key of a schema file has a description", () => {
    const { definitions, ...top } = read("schema.schema.json") as unknown as Described & {
      readonly definitions: Readonly<Record<string, Described>>;
    };
    expect(described(top)).toEqual([]);
    for (const name of ["table", "field", "constraint"])
      expect([name, described(definitions[name] as Described)]).toEqual([name, []]);
    // What makemigrations wrote there means nothing.
    expect(described(definitions["index"] as Described)).toEqual(["foreign_key", "from_fk"]);
  });

  test("each key of godwit.yaml too", () => {
    expect(described(read("config.schema.json") as unknown as Described).filter((key) => key !== "database")).toEqual(
      [],
    );
  });

  test("the files are those of a JSON Schema that a validator compiles", () => {
    expect(() => compile(read("schema.schema.json"))).not.toThrow();
  });
});
