import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LiveSchema } from "../../src/core/ddl/dialect.ts";
import { diffLive, schemaOfLive } from "../../src/core/ddl/live.ts";
import { renderStatement } from "../../src/core/ddl/render.ts";
import { diff } from "../../src/core/diff/index.ts";
import { apply, lower, type Operation } from "../../src/core/operations/index.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

/** One of each kind of object that PostgreSQL 17 has: https://www.postgresql.org/docs/17/sql-commands.html, CREATE and COMMENT. */
const script = readFileSync(join(import.meta.dir, "../fixtures/postgres-everything.sql"), "utf8");

let home: TestDatabase;
let database: Database;
let live: LiveSchema;
beforeAll(async () => {
  home = await (await postgresServer()).createDatabase();
  database = await openDatabase({ url: home.url });
  await database.driver.execute(script);
  live = await introspect(database);
});
afterAll(async () => {
  await database.driver.execute("DROP SUBSCRIPTION IF EXISTS sub");
  await database.close();
  await home.drop();
});

test("what is kept as the statement that makes it", () => {
  const found = (live.objects ?? []).map(
    ({ kind, name, comment }) => `${kind} ${name}${comment === undefined ? "" : `: ${comment}`}`,
  );
  expect(found.sort()).toEqual(managed);
});

test("what has no place in a schema is listed", () => {
  const found = live.unsupported.map(({ kind, object }) => `${kind} ${object.replace(home.name, "this")}`);
  expect(found.sort()).toEqual(listed);
  expect(JSON.stringify([live, schemaOfLive(live, database.dialect)])).not.toContain("s3cret");
});

/** What is told with what it is part of, or under a name that nobody gave it. */
const parts = new Set(
  "column|default value|table constraint|domain constraint|index|toast table|view column|materialized view column|foreign table column|composite type column|function of access method|operator of access method|schema|role|extension|publication relation|default acl|transform".split(
    "|",
  ),
);

test("nothing that somebody made in it is passed over", async () => {
  const rows = await database.driver.query(`SELECT DISTINCT i.type, COALESCE(i.name, i.identity) AS name, i.identity
    FROM pg_depend d CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) i
    WHERE d.objid >= 16384 AND i.identity IS NOT NULL AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype IN ('e', 'i'))`);
  const said = JSON.stringify([schemaOfLive(live, database.dialect), live.unsupported]);
  const silent = rows.filter(({ type, name, identity }) => {
    if (parts.has(String(type)) || String(identity).startsWith("pg_toast")) return false;
    const plain = String(name)
      .replace(/ (?:on|for) .*$/, "")
      .replace(/^public\./, "")
      .replace(/\(.*$/, "");
    return !said.includes(JSON.stringify(plain).slice(1, -1));
  });
  expect(silent).toEqual([]);
});

test("what is read can be made again, is the same then, and can be dropped", async () => {
  const [empty, full] = [
    await (await postgresServer()).createDatabase(),
    await (await postgresServer()).createDatabase(),
  ];
  const [source, other] = [await openDatabase({ url: full.url }), await openDatabase({ url: empty.url })];
  await source.driver.execute(script.slice(0, script.indexOf("-- What is listed.")));
  const { dialect } = other;
  const read = await introspect(source);
  const schema = schemaOfLive(read, dialect);
  await carryOut(other, diff(emptySchema, schema).operations, emptySchema);
  const again = await introspect(other);
  expect(sorted(again)).toEqual(sorted(read));
  expect(diffLive(schema, again, dialect)).toEqual([]);
  await carryOut(other, diff(schema, emptySchema).operations, schema);
  expect(await introspect(other)).toEqual({ tables: [], unsupported: [] });
  for (const { driver } of [source, other]) await driver.close();
  for (const made of [empty, full]) await made.drop();
});

const sorted = ({ objects = [] }: LiveSchema) => objects.map((object) => JSON.stringify(object)).sort();

async function carryOut(
  { driver, dialect }: Database,
  operations: readonly Operation[],
  from: typeof emptySchema,
): Promise<void> {
  let before = from;
  for (const operation of operations) {
    const after = apply(before, operation);
    for (const statement of lower(operation, { before, after, dialect }))
      for (const command of renderStatement(statement, dialect))
        if (command.kind === "execute") await driver.execute(command.sql);
    before = after;
  }
}

const managed: string[] = [
  "aggregate cnt(*)",
  "aggregate msum(integer)",
  "aggregate mypct(double precision ORDER BY double precision)",
  "aggregate sum2(integer): agg",
  "cast addr AS text",
  "collation ci",
  "collation posix2",
  "composite_type addr: a",
  "conversion conv",
  "event_trigger evt",
  "foreign_data_wrapper w",
  "foreign_table ft: f",
  "function add2(integer, integer): f",
  "function ev()",
  "function same(addr, addr)",
  "function to_txt(addr)",
  "function trg()",
  "grant godwit_test_other",
  "operator ===(addr, addr): op",
  "policy pol: p",
  "procedure nothing()",
  "range_type floatrange",
  "range_type tr",
  "rule quiet",
  "server srv",
  "statistics st2",
  "statistics st: st",
  "text_search_configuration conf",
  "text_search_dictionary dict",
  "trigger off_t",
  "trigger on_t: g",
];
const listed: string[] = [
  "access method am",
  "comment on database this",
  "comment on index p_x_key",
  "default of view a",
  "default privileges postgres",
  "dependence on extension function add2(integer,integer)",
  "grants addr",
  "index ie",
  "language lang",
  "large objects 1 of them",
  "operator class oc",
  "operator family of2",
  "owner typed",
  "publication pub",
  "setting work_mem",
  "shell type shell",
  "subscription sub",
  "table access method heapless",
  "text search parser prs",
  "text search template tmpl",
  "transform integer of lang",
  "trigger c_p_id_fkey",
  "typed table typed",
  "user mapping public at srv",
  "view storage m",
];
