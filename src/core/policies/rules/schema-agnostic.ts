import { type BadExample, definePolicy, type PolicyExample, type Violation } from "../define.ts";
import { namedSchemas } from "../sql/named-schemas.ts";
import type { Touch } from "../touch.ts";

export default definePolicy({
  code: "schema-agnostic",
  title: "SQL names no schema, where the track has `schema_agnostic: true`.",
  why: "The same track can then live in any schema: one per tenant, one per test run, wherever the connection leads.",
  applies: ({ schemaAgnostic }) => schemaAgnostic === true,
  enabledBy: { schemaAgnostic: true },
  check: ({ sql, statements, touches }, { dialect }) => [
    ...(sql === undefined ? touches : []).flatMap(inNamespace).slice(0, 1),
    ...statements.flatMap(({ tokens, touches }): readonly Violation[] =>
      namedSchemas(tokens, touches, dialect.scriptSyntax).map(({ offset, text, schema }) => ({
        offset,
        message: schema
          ? `"${text}" names the schema "${schema}"; leave the schema out, the connection decides on it`
          : `"${text}" chooses or changes a schema; leave that to the connection`,
      })),
    ),
  ],
  bad: [
    bad("CREATE TABLE app.users (id int)", 'names the schema "app"'),
    bad('INSERT INTO "My App".users VALUES (1)', 'names the schema "My App"'),
    bad("UPDATE app.users SET id = 1", '"app.users"'),
    bad("DROP INDEX app.idx", '"app.idx"'),
    bad("CREATE TABLE t (id int REFERENCES app.users)", '"app.users"'),
    bad("SELECT 'a -- b', x FROM app.users", '"app.users"'),
    bad("SELECT * FROM a JOIN app.b ON a.id = b.id", '"app.b"'),
    bad("SET search_path TO app", "chooses or changes a schema"),
    bad("CREATE SCHEMA app", "chooses or changes a schema"),
    {
      title: "an operation makes a namespace",
      tracks: { core: [{ kind: "createNamespace", name: "app" }] },
      says: 'makes or drops the schema "app"',
    },
  ],
  ok: [
    ok("SELECT * FROM a JOIN b ON a.id = b.id WHERE EXTRACT(epoch FROM a.at) > 0 AND a.x IS DISTINCT FROM b.x"),
    ok("UPDATE a SET x = b.x FROM b WHERE a.id = b.id"),
    ok("-- CREATE TABLE app.users\nSELECT 'FROM app.users' /* DROP TABLE /* app.users */ app.users */"),
    ok("SELECT pg_catalog.now() FROM information_schema.tables"),
    ok("CREATE INDEX i ON t USING gin (x) WHERE (t.x IS NOT NULL)"),
  ],
});

/** Of an operation one place is told. */
function inNamespace({ object, name, table }: Touch): readonly Violation[] {
  if (object === "schema")
    return [{ message: `it makes or drops the schema "${name?.text}"; leave that to the connection` }];
  return [name, table].flatMap((at) =>
    at?.schema === undefined
      ? []
      : { message: `"${at.text}" is in the schema "${at.schema}"; leave the schema out, the connection decides on it` },
  );
}

function bad(sql: string, says: string): BadExample {
  return { title: sql, tracks: { core: sql }, says };
}

function ok(sql: string): PolicyExample {
  return { title: sql, tracks: { core: sql } };
}
