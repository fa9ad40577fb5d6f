import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import dsql from "../../src/dialects/dsql/dialect.ts";
import openDriver from "../../src/dialects/dsql/driver.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { parseUrl } from "../../src/runtime/url.ts";
import { storyOf } from "../conformance/story.ts";
import { type Conflicts, jobsTable, openDsqlOnPostgres } from "../helpers/dsql-on-postgres.ts";
import { emptyPostgres } from "../helpers/empty-postgres.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";
import { refusal } from "../library/program.ts";

let home: TestDatabase;
let admin: Database;
let database: Database;
const occ: Conflicts = { next: 0 };

beforeAll(async () => {
  home = await (await postgresServer()).createDatabase();
  admin = await openDatabase({ url: home.url });
  database = await openDsqlOnPostgres(home.url, occ);
});
beforeEach(async () => {
  await emptyPostgres(admin.driver);
  await admin.driver.execute(jobsTable);
});
afterAll(async () => {
  await database.close();
  await admin.close();
  await home.drop();
});

const things = {
  kind: "createTable",
  name: "things",
  fields: [
    { name: "id", type: "bigint", primaryKey: true },
    { name: "n", type: "integer", nullable: true },
  ],
};
const rows = (count: number): object => ({
  kind: "upsertData",
  table: "things",
  keys: ["id"],
  rows: Array.from({ length: count }, (_, id) => ({ id, n: id % 2 })),
});

test("comments of tables and fields are read back", async () => {
  const story = storyOf(database);
  const fields = [{ name: "id", type: "bigint", primaryKey: true, comment: "the key" }];
  await story.up("1", [{ kind: "createTable", name: "things", fields }]);
  await story.up("2", [{ kind: "setComment", table: "things", comment: "all of them" }]);
  await story.agrees();
});

describe("what is done in jobs", () => {
  test("is done when the statement ends, and a job that fails fails the migration", async () => {
    const story = storyOf(database);
    await story.up("1", [things, rows(3)]);
    const unique = { kind: "addIndex", table: "things", index: { name: "one", fields: ["n"], unique: true } };
    const failure = await refusal(story.up("2", [unique]));
    expect(failure.message).toContain("could not create unique index");
    expect(failure.data["code"]).toBe("23505");
    const check = { kind: "addConstraint", table: "things", constraint: { name: "few", check: "n < 1" } };
    expect((await refusal(story.up("3", [check]))).message).toContain('ended as "failed"');
  });

  test("an author's own, too", async () => {
    const story = storyOf(database);
    await story.up("1", [
      things,
      { kind: "runSQL", forward: "CREATE INDEX ASYNC by_n ON things (n)", backward: "DROP INDEX by_n" },
    ]);
    expect(await database.driver.query("SELECT status FROM sys.jobs")).toEqual([{ status: "completed" }]);
  });
});

describe("a transaction of 3,000 rows at most", () => {
  test("takes rows of a migration however many they are, and fills a column of all of them", async () => {
    const story = storyOf(database);
    await story.up("1", [things, rows(3500)]);
    await story.up("2", [
      { kind: "addField", table: "things", field: { name: "kind", type: "text", nullable: true, default: "plain" } },
    ]);
    await story.up("3", [
      { kind: "addField", table: "things", field: { name: "twice", type: "integer", nullable: true }, fill: "n * 2" },
    ]);
    expect(
      await database.driver.query("SELECT count(*) AS all, count(kind) AS kinds, sum(twice) AS twice FROM things"),
    ).toEqual([{ all: 3500, kinds: 3500, twice: 3500 }]);
    await story.agrees();
  });

  test("refuses more where rows cannot be told apart from those that are done, and nothing of it is left", async () => {
    const story = storyOf(database);
    await story.up("1", [things, rows(3500)]);
    const failure = await refusal(
      story.up("2", [{ kind: "runSQL", forward: "UPDATE things SET n = n + 1", backward: "" }]),
    );
    expect(failure.message).toContain("row limit");
    expect(await database.driver.query("SELECT max(n) AS n FROM things")).toEqual([{ n: 1 }]);
  });
});

test("a transaction that meets another one is done again", async () => {
  const story = storyOf(database);
  occ.next = 2;
  await story.up("1", [things]);
  expect(occ.next).toBe(0);
  occ.next = 2;
  await story.up("2", [{ kind: "runSQL", forward: "INSERT INTO things VALUES (1, 1)", backward: "" }]);
  expect(await database.driver.query("SELECT n FROM things")).toEqual([{ n: 1 }]);
});

describe("what became of a statement that was cut short", () => {
  const stateOf = async (sql: string): Promise<unknown> => {
    const recovery = dsql.bookkeeping.recoveryOf(sql);
    return recovery.kind === "compare" || recovery.kind === "inspect"
      ? database.driver.query(recovery.query)
      : recovery.kind;
  };

  test.each([
    ["CREATE TABLE a (id BIGINT PRIMARY KEY)", "CREATE TABLE a (id BIGINT PRIMARY KEY)"],
    ['ALTER TABLE "things" ADD COLUMN extra TEXT', undefined],
    ["ALTER TABLE things ALTER COLUMN n SET DEFAULT 3", undefined],
    ["ALTER TABLE things RENAME COLUMN n TO m", undefined],
    ["ALTER TABLE things RENAME TO others", undefined],
    ["ALTER TABLE things ADD CONSTRAINT c CHECK (n > 0) NOT VALID", undefined],
    ["CREATE INDEX ASYNC by_n ON things (n)", undefined],
    ["CREATE VIEW v AS SELECT 1 AS x", undefined],
    ["CREATE SEQUENCE s CACHE 1", undefined],
    ["DROP TABLE things", undefined],
  ])("shows in the catalog: %s", async (sql) => {
    await storyOf(database).up("1", [things]);
    const before = await stateOf(sql);
    await database.driver.execute(sql);
    expect(await stateOf(sql)).not.toEqual(before);
  });

  test("is done again where that does no harm, and asked about where only a person knows", () => {
    const kindOf = (sql: string): string => dsql.bookkeeping.recoveryOf(sql).kind;
    expect(kindOf("COMMENT ON TABLE a IS 'x'")).toBe("repeat");
    expect(kindOf('INSERT INTO a (id) VALUES (1) ON CONFLICT ("id") DO NOTHING')).toBe("repeat");
    expect(kindOf("CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'")).toBe("ask");
    expect(kindOf("CREATE INDEX ASYNC ON a (b)")).toBe("ask");
  });
});

describe("a connection", () => {
  test("is called by the scheme, and needs a token, which nobody gets to see", async () => {
    const { PGPASSWORD: kept } = process.env;
    delete process.env["PGPASSWORD"];
    const failure = await refusal(openDriver("dsql://abc.dsql.eu-central-1.on.aws"));
    if (kept !== undefined) process.env["PGPASSWORD"] = kept;
    expect(failure.message).toContain("aws dsql generate-db-connect-admin-auth-token");
    expect(parseUrl("dsql://admin:to%20ken@abc.dsql.eu-central-1.on.aws/postgres").dialect.name).toBe("auroradsql");
    expect(parseUrl("postgres://u:p@h/db", "dsql").dialect.title).toBe("Aurora DSQL");
    expect(parseUrl("dsql://admin:token@h/postgres").redacted).not.toContain("token");
  });

  test("is encrypted unless the URL says otherwise, and does what any server of this protocol does", async () => {
    const url = home.url.replace(/^postgres(?:ql)?:/, "dsql:");
    expect((await refusal(openDriver(url))).message).toContain("TLS");
    const driver = await openDriver(`${url}?sslmode=disable`, { readOnly: true });
    expect(await driver.query("SELECT 9007199254740993 AS big, now() IS NOT NULL AS now")).toEqual([
      { big: 9007199254740993n, now: true },
    ]);
    expect((await refusal(driver.execute("CREATE TABLE a (b int)"))).data["code"]).toBe("25006");
    expect(await driver.serverVersion()).toContain("PostgreSQL");
    await driver.close();
  });
});
