import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { fake } from "../../src/runtime/tasks/fake.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

let project: TestProject;
beforeAll(async () => {
  project = await createProject("postgresql");
  await run(tables);
  declare({});
  await generate(project);
  await fake(project, { all: true });
});
afterAll(() => project.dispose());

const run = (sql: string) => project.withDatabase(({ driver }) => driver.execute(sql));

/** What the server writes in words of its own, with casts that only it knows are needed. */
const tables = `
  CREATE TABLE t (id integer PRIMARY KEY, n integer DEFAULT ('1' || '2')::integer, m numeric, u uuid, doc jsonb, at timestamptz, b boolean,
    g numeric GENERATED ALWAYS AS (n + m) STORED,
    CONSTRAINT c CHECK (n > '5' AND u <> '3F2504E0-4F89-41D3-9A0C-0305E82C3301' AND doc @> '{"a":1}' AND (n, m) <> (1, 2) AND b = 'f'));
  CREATE INDEX i ON t ((n + m)) WHERE n::int4 > '1';
  ALTER TABLE t ENABLE ROW LEVEL SECURITY;
  CREATE POLICY p ON t FOR SELECT USING (n + m > '3' AND doc @> '{"a":1}');
  CREATE TABLE log (at timestamptz, n numeric) PARTITION BY RANGE (at, n);
  CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01 01:00+01', 1) TO ('Jan 1 2025 00:00 UTC', MAXVALUE);
  CREATE VIEW v AS SELECT id, n::int + m AS s, (n, m) = (1, 2) AS is FROM t WHERE n > '5'`;

interface Declared {
  readonly check?: string;
  readonly view?: string;
  readonly policy?: string;
  readonly where?: string;
}

/** The same as people write it. */
function declare(declared: Declared): void {
  const {
    check = `n > '5' AND u <> '3F2504E0-4F89-41D3-9A0C-0305E82C3301' AND doc @> '{"a":1}' AND (n, m) <> (1, 2) AND b = 'f'`,
    view = "SELECT id, n::int + m AS s, (n, m) = (1, 2) AS is FROM t WHERE n > '5'",
    policy = `n + m > '3' AND doc @> '{"a":1}'`,
    where = "n::int4 > '1'",
  } = declared;
  const text = (sql: string): string => JSON.stringify(sql);
  const yaml = `tables:
  - name: t
    row_security: enabled
    fields:
      - { name: id, type: integer, primary_key: true }
      - { name: n, type: integer, default: { sql: "('1' || '2')::integer" } }
      - { name: m, type: decimal }
      - { name: u, type: uuid }
      - { name: doc, type: jsonb }
      - { name: at, type: timestamptz }
      - { name: b, type: boolean }
      - { name: g, type: decimal, generated: { as: n + m, stored: true } }
    constraints:
      - { name: c, check: ${text(check)} }
    indexes:
      - { name: i, fields: [{ expression: n + m }], where: ${text(where)} }
  - name: log
    fields:
      - { name: at, type: timestamptz }
      - { name: n, type: decimal }
    partition_by: { range: [at, n] }
  - name: log_1
    partition_of: { table: log, values: ${text(`FROM ('2024-01-01 01:00+01', 1.0) TO ('Jan 1 2025 00:00 UTC', MAXVALUE)`)} }
views:
  - { name: v, query: ${text(view)} }
objects:
  - { kind: policy, table: t, name: p, definition: ${text(`CREATE POLICY p ON t FOR SELECT USING (${policy})`)} }
`;
  mkdirSync(project.schemaPaths[0] ?? "", { recursive: true });
  writeFileSync(join(project.schemaPaths[0] ?? "", "schema.yaml"), yaml);
}

describe("drift asks the server what texts mean", () => {
  test("and says nothing where they mean the same", async () => {
    expect((await drift(project)).changes).toEqual([]);
  });

  test("and leaves nothing behind", async () => {
    const count =
      "SELECT count(*)::integer AS n FROM pg_class WHERE relname LIKE 'godwit\\_%' AND relname !~ 'history|journal'";
    expect((await project.query(count))[0]?.["n"]).toBe(0);
  });

  test("but what means something else shows", async () => {
    await run(`ALTER TABLE t DROP CONSTRAINT c; ALTER TABLE t ADD CONSTRAINT c CHECK (n > '6');
      DROP INDEX i; CREATE INDEX i ON t ((n + m)) WHERE n > '2'; ALTER TABLE t ALTER n SET DEFAULT ('1' || '3')::integer;
      ALTER POLICY p ON t USING (n + m > '4'); CREATE OR REPLACE VIEW v AS SELECT id, n::int + m AS s, (n, m) = (1, 3) AS is FROM t WHERE n > '5';
      DROP TABLE log_1; CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01 02:00+01', 1) TO ('Jan 1 2025 00:00 UTC', MAXVALUE)`);
    const { changes } = await drift(project);
    expect(changes.map(({ kind, object }) => `${kind} ${object}`).sort()).toEqual([
      "changed_constraint c",
      "changed_field n",
      "changed_index i",
      "changed_partition null",
      "changed_policy p",
      "changed_view v",
    ]);
  });
});
