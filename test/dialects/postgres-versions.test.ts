import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LiveSchema } from "../../src/core/ddl/dialect.ts";
import { diffLive, schemaOfLive } from "../../src/core/ddl/live.ts";
import postgres from "../../src/dialects/postgres/dialect.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { showSql } from "../../src/runtime/tasks/showsql.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { bookkeepingSuite } from "../conformance/dialect-bookkeeping.ts";
import { operationSuite } from "../conformance/dialect-operations.ts";
import { emptyPostgres } from "../helpers/empty-postgres.ts";
import { type KeptSession, keptSession } from "../helpers/kept-session.ts";
import { createProject } from "../helpers/migration-project.ts";
import { type OtherMajor, otherMajors } from "../helpers/postgres-install.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { openStage, type Stage } from "../helpers/transition-story.ts";
import { loadTransitions, type Transition } from "../helpers/transitions.ts";

// Most tests are played on one major of PostgreSQL. These are played on all others.

const long = process.env["GODWIT_TEST_LONG"] === "1";

const fixture = (name: string): string => readFileSync(join(import.meta.dir, "../fixtures", name), "utf8");

/** The tables of a version; lines may say since when there is what is in them. */
const tablesOf = (major: number): string =>
  fixture("postgres-tables.sql").replace(/^-- (\d+) /gm, (all, since: string) => (major >= Number(since) ? "" : all));

/** Everything else, without what came later. */
const objectsOf = (major: number): string => {
  const later: readonly (readonly [since: number, pattern: RegExp, instead: string])[] = [
    [13, /CREATE INDEX op ON .*|ALTER STATISTICS st SET STATISTICS 50;/g, ""],
    [14, /CREATE STATISTICS st2 .*? FROM t;|ALTER TABLE t ALTER body SET COMPRESSION pglz;/g, ""],
    [14, /, multirange_type_name = trs/, ""],
  ];
  return later
    .filter(([since]) => major < since)
    .reduce(
      (sql, [, pattern, instead]) => sql.replaceAll(new RegExp(pattern, "g"), instead),
      fixture("postgres-everything.sql"),
    );
};

/** What differs: what a statement of the fixture left out makes. */
const absent: Partial<Record<OtherMajor, RegExp>> = {
  12: /^(?:statistics st2?|index op|column storage body|range_type tr)\b/,
  13: /^(?:statistics st2|column storage body|range_type tr)\b/,
};

async function withDatabase<T>(major: OtherMajor | undefined, work: (database: Database) => Promise<T>): Promise<T> {
  const { url, drop } = await (await postgresServer(major)).createDatabase();
  const database = await openDatabase({ url });
  try {
    return await work(database);
  } finally {
    await database.driver.execute("DROP SUBSCRIPTION IF EXISTS sub");
    await database.close();
    await drop();
  }
}

const readAll = (sql: string, major?: OtherMajor): Promise<LiveSchema> =>
  withDatabase(major, async (database) => {
    await database.driver.execute(sql);
    return introspect(database);
  });

const named = ({ objects = [], unsupported }: LiveSchema): readonly string[] =>
  [...objects.map(({ kind, name }) => `${kind} ${name}`), ...unsupported.map(({ kind, object }) => `${kind} ${object}`)]
    .map((text) => text.replace(/godwit_test_\w+$/, "this"))
    .sort();

describe.each(otherMajors.map((major) => [major] as const))("PostgreSQL %i", (major) => {
  test("tables are read as on the main version, and made again as they are", async () => {
    const common = Math.min(major, 17);
    const [here, there] = [await readAll(tablesOf(common), major), await readAll(tablesOf(common))];
    const schema = schemaOfLive(there, postgres);
    expect(here.unsupported).toEqual(there.unsupported);
    expect(diffLive(schema, here, postgres)).toEqual([]);
    expect(schemaOfLive(here, postgres)).toEqual(schema);
  });

  test("other objects are read, or listed", async () => {
    const [here, there] = [await readAll(objectsOf(major), major), await readAll(objectsOf(17))];
    const gone = absent[major];
    expect(named(here).filter((name) => !gone?.test(name))).toEqual(named(there).filter((name) => !gone?.test(name)));
  });

  describe("history, lock and operations", () => {
    let database: Database;
    let session: KeptSession;
    let drop: () => Promise<void>;
    let url: string;
    beforeAll(async () => {
      ({ url, drop } = await (await postgresServer(major)).createDatabase());
      session = await keptSession(url);
      database = await openDatabase({ url, dialect: "postgresql", opened: session.driver });
      if (major === 12) await database.driver.execute(newUuid);
    });
    afterAll(async () => {
      await session.close();
      await drop();
    });
    const open = async () => {
      await session.refresh();
      await emptyPostgres(database.driver);
      const others: Database[] = [];
      const again = async (): Promise<Database> => {
        const other = await openDatabase({ url });
        others.push(other);
        return other;
      };
      const close = async (): Promise<void> => void (await Promise.all(others.map((other) => other.close())));
      return { database, again, close };
    };
    bookkeepingSuite({ dialect: postgres, open });
    // What differs begins at one end, or ends at the other.
    if (long || major === 12 || major === 18) operationSuite({ dialect: postgres, open });
  });

  describe("transitions", () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage("postgresql", { major });
    });
    afterAll(() => stage.close());
    for (const transition of chosen(major)) {
      const { feature, name, known, refused } = transition;
      test(`${feature}: ${name}`, async () => {
        const { result, reason } = await stage.play(transition);
        // What the server lacks is refused with the version that has it.
        const since = Number(/came with version (\d+), and the server is \d/.exec(reason ?? "")?.[1] ?? major);
        const expected =
          known || since > major ? "failed" : (refused ?? differs(major, transition)) ? "refused" : "converged";
        expect(reason === undefined ? result : `${result}: ${reason}`).toStartWith(expected);
      }, 60_000);
    }
  });
});

/** PostgreSQL 12 has that function in an extension only. */
const newUuid = `CREATE FUNCTION pg_catalog.gen_random_uuid() RETURNS uuid LANGUAGE sql VOLATILE AS $$ SELECT md5(random()::text)::uuid $$`;

/** All of them with `npm run test:long`, else some, which stay the same when others come. */
function chosen(major: OtherMajor): readonly Transition[] {
  const all = loadTransitions("postgresql").filter(
    ({ old, new: next, rows = "" }) => sinceOf(`${old} ${next} ${rows}`) <= major,
  );
  return long ? all : all.filter(({ feature, name }) => Bun.hash.crc32(`${feature}: ${name}`) % 29 === major);
}

/** The version that came with what SQL says. */
const sinceOf = (sql: string): number =>
  Math.max(12, ...news.filter(([, pattern]) => pattern.test(sql)).map(([since]) => since));

const news: readonly (readonly [since: number, pattern: RegExp])[] = [
  // A trigger of rows fires before a change of a partitioned table.
  [13, /gen_random_uuid|deduplicate_items|siglen|NORMALIZED|PARTITION BY[\s\S]*\bBEFORE (?:INSERT|UPDATE|DELETE)/i],
  [14, /multirange|BEGIN ATOMIC|LANGUAGE sql RETURN|\bCOMPRESSION\b|\bSTATISTICS\b/i],
  // What makes a domain NOT NULL has a name since then.
  [17, /DOMAIN [^;]*CONSTRAINT \w+ NOT NULL/i],
  [15, /NULLS NOT DISTINCT|security_invoker|SET (?:NULL|DEFAULT) \(/i],
];

/** What PostgreSQL 18 calls columns NOT NULL of tables below others depends on how they came there; it renames none, and godwit lists them. */
const differs = (major: OtherMajor, { feature, name }: Transition): boolean =>
  major === 18 && namedByTheirWay.includes(`${feature}: ${name}`);

const namedByTheirWay: readonly string[] = [
  "inheritance: a table that inherits comes",
  "inheritance: a table comes to inherit",
  "inheritance: a numbered field from above becomes the key below",
  "inheritance: an audit trail with a table for each year",
  "partitions: indexes and checks of a partition alone change",
  "partitions: a table becomes the first partition of one that takes its name",
];

describe("what came later", () => {
  const table = `createTable({ name: "t", fields: [{ name: "a", type: "integer", nullable: true }]`;
  const refused: readonly (readonly [major: OtherMajor, says: string, operations: string])[] = [
    [
      14,
      "NULLS NOT DISTINCT came with version 15",
      `${table}, constraints: [{ name: "u", unique: ["a"], nullsNotDistinct: true }] })`,
    ],
    [
      14,
      "NULLS NOT DISTINCT came with version 15",
      `${table}, indexes: [{ name: "i", fields: ["a"], unique: true, nullsNotDistinct: true }] })`,
    ],
    [
      14,
      "the option security_invoker of views came with version 15",
      `createView({ name: "v", query: "SELECT 1 AS n", options: { security_invoker: "true" } })`,
    ],
    [
      13,
      "multirange types came with version 14",
      `createTable({ name: "t", fields: [{ name: "a", type: "int4multirange" }] })`,
    ],
    [
      13,
      "a compression of columns came with version 14",
      `createTable({ name: "t", fields: [{ name: "a", type: "text", options: { postgresql: { compression: "lz4" } } }] })`,
    ],
    [
      16,
      "a generated column that is not stored came with version 18",
      `createTable({ name: "t", fields: [{ name: "a", type: "integer" }, { name: "b", type: "integer", generated: { as: "a + 1" } }] })`,
    ],
  ];
  test.each(refused)("PostgreSQL %i: %s", async (major, says, operations) => {
    const project = await createProject("postgresql", major);
    project.write(
      "0001_first",
      `createTable({ name: "before", fields: [{ name: "a", type: "integer" }] }), ${operations}`,
    );
    const failure = await up(project).then(
      () => "it ran",
      (error: Error) => error.message,
    );
    expect(failure).toContain(`${says}, and the server is ${major}.`);
    expect(await project.tables()).toEqual([]);
    // Where no server is asked, nothing is assumed.
    expect((await showSql(project, { all: true })).migrations).toHaveLength(1);
    await project.dispose();
  });

  test("constraints that are not enforced, periods, and what is odd about NOT NULL are listed on PostgreSQL 18", async () => {
    const { tables, unsupported } = await readAll(
      `CREATE TABLE p (id int4range, during daterange NOT NULL, PRIMARY KEY (id, during WITHOUT OVERLAPS));
      CREATE TABLE t (id int4range, during daterange, n int CONSTRAINT few CHECK (n < 9) NOT ENFORCED, own int CONSTRAINT mine NOT NULL, lone int, later int,
        CONSTRAINT lone_set NOT NULL lone NO INHERIT, FOREIGN KEY (id, PERIOD during) REFERENCES p, FOREIGN KEY (n) REFERENCES q NOT ENFORCED);`.replace(
        "CREATE TABLE p",
        "CREATE TABLE q (n int PRIMARY KEY); CREATE TABLE p",
      ) +
        ` ALTER TABLE t ADD CONSTRAINT t_later_not_null NOT NULL later NOT VALID; COMMENT ON CONSTRAINT mine ON t IS 'why';
      CREATE TABLE s (id int NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE s_1 PARTITION OF s DEFAULT; CREATE TABLE r (id int NOT NULL); ALTER TABLE r RENAME TO r2;`,
      18,
    );
    expect(
      unsupported.map(({ kind, object, table, reason }) => `${kind} ${object} of ${table}: ${reason}`).sort(),
    ).toEqual(listed);
    expect(
      tables.map(({ name, primaryKey, constraints, foreignKeys }) => [
        name,
        primaryKey,
        constraints,
        foreignKeys.length,
      ]),
    ).toEqual([
      ["p", undefined, undefined, 0],
      ["q", ["n"], undefined, 0],
      ["r2", undefined, undefined, 0],
      ["s", undefined, undefined, 0],
      ["s_1", undefined, undefined, 0],
      ["t", undefined, undefined, 0],
    ]);
  });
});

const listed: string[] = [
  "check few of t: it is not enforced, which is not part of a schema",
  "foreign key t_id_during_fkey of t: it is about periods (WITHOUT OVERLAPS, PERIOD), which are not part of a schema",
  "foreign key t_n_fkey of t: it is not enforced, which is not part of a schema",
  "not null lone_set of t: that it is not inherited is not part of a schema",
  "not null mine of t: what describes that a column is NOT NULL is not part of a schema",
  'not null r2 of r2: a schema does not keep the names "r_id_not_null", under which columns are NOT NULL',
  'not null t of t: a schema does not keep the names "lone_set", "mine", under which columns are NOT NULL',
  "not null t_later_not_null of t: it is not validated, which is not part of a schema: rows may hold NULL",
  "primary key p_pkey of p: it is about periods (WITHOUT OVERLAPS, PERIOD), which are not part of a schema",
];
