import { expect, test } from "bun:test";
import { diffLive } from "../../../src/core/ddl/live.ts";
import type { ManagedObject } from "../../../src/core/schema/model.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import { parseSchema, writeYaml } from "../../../src/runtime/schema-files.ts";
import { problemsOf } from "../../helpers/schema-text.ts";

const text = `
tables:
  - name: users
    fields: [{ name: id, type: integer, primary_key: true }, { name: a b, type: text }]
    grants:
      - { to: app, privileges: [SELECT, 'update (id, "a b")'] }
      - { to: public, privileges: [select] }
      - { to: app, privileges: [insert], with_grant_option: true }
views:
  - { name: ids, query: SELECT id FROM users, grants: [{ to: Odd Role, privileges: [select] }] }
`;
const { schema } = parseSchema(text);

const grant = (name: string, table: string, definition: string): ManagedObject => ({
  kind: "grant",
  name,
  table,
  definition,
});

test("grants are an object for each role, and are written as they are read", () => {
  expect(schema.objects).toEqual([
    grant(
      "app",
      "users",
      `GRANT SELECT, UPDATE (id, "a b") ON "users" TO "app";\nGRANT INSERT ON "users" TO "app" WITH GRANT OPTION`,
    ),
    grant("public", "users", 'GRANT SELECT ON "users" TO PUBLIC'),
    grant("Odd Role", "ids", 'GRANT SELECT ON "ids" TO "Odd Role"'),
  ]);
  const yaml = writeYaml(schema);
  expect(yaml).not.toContain("objects:");
  expect(parseSchema(yaml).schema).toEqual(schema);
});

test("what grants cannot say stays an object", () => {
  const odd = { ...schema, objects: [grant("app", "users", "GRANT SELECT ON users TO app GRANTED BY CURRENT_USER")] };
  expect(writeYaml(odd)).toContain("kind: grant");
  expect(parseSchema(writeYaml(odd)).schema).toEqual(odd);
});

test("what is wrong with them is said", () => {
  const wrong = (grants: string): readonly string[] =>
    problemsOf(
      `tables: [{ name: users, fields: [{ name: id, type: integer, primary_key: true }], grants: ${grants} }]`,
    );
  expect(wrong("[{ privileges: [select] }]").join()).toContain('"to" is missing');
  expect(wrong("[{ to: app, privileges: [] }]").join()).toContain("needs at least one privilege");
  expect(wrong("[{ to: app, privileges: ['select; drop'] }]").join()).toContain('"select; drop" is no privilege');
});

test("only where something is granted are grants compared", () => {
  const tables = [{ name: "users", columns: [], foreignKeys: [], indexes: [] }];
  const found = (objects: readonly ManagedObject[], declared: readonly ManagedObject[]) =>
    diffLive({ ...schema, views: [], objects: declared }, { tables, objects, unsupported: [] }, postgres)
      .filter(({ kind }) => kind.endsWith("_grant"))
      .map(({ kind, object }) => `${kind} ${object}`);
  const app = grant("app", "users", "GRANT INSERT, SELECT ON users TO app");
  const other = grant("other", "users", "GRANT SELECT ON users TO other");
  expect(found([app, other], [])).toEqual([]);
  expect(found([app, other], [grant("app", "users", 'GRANT SELECT, INSERT ON "users" TO "app"')])).toEqual([
    "extra_grant other",
  ]);
  expect(found([app], [other])).toEqual(["missing_grant other", "extra_grant app"]);
});
