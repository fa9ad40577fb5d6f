import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Row, Value } from "../../src/core/ddl/dialect.ts";
import { ToolError } from "../../src/core/errors.ts";
import type { Driver } from "../../src/runtime/driver.ts";

export interface DriverSuite {
  /** A new connection to one and the same empty database. */
  readonly open: () => Promise<Driver>;
  /** The n-th bind parameter. */
  readonly placeholder: (n: number) => string;
  /** Column type for 64-bit integers, bytes and unlimited text. */
  readonly types: { readonly integer: string; readonly bytes: string; readonly text: string };
  /** What opens a transaction for DDL. */
  readonly begin: string;
  /** False where statements that make and change things cannot be rolled back. */
  readonly transactionalDdl?: false;
  /** Symbolic codes of a violated unique constraint and a syntax error. */
  readonly codes: { readonly unique: string; readonly syntax: string };
  /** What the database has not, with the reason: its tests are left out. */
  readonly lacks?: Partial<Record<"transactions" | "uniqueKeys" | "updateCounts", string>>;
  /** Where in `SELEC 1` the database says that the mistake is; absent: at its beginning. */
  readonly mistakeAt?: number;
}

/** What every driver must do, whatever it is made of. */
export function driverSuite(name: string, suite: DriverSuite): void {
  const { types, placeholder: p, lacks = {} } = suite;
  let driver: Driver;

  beforeEach(async () => {
    driver = await suite.open();
    await driver.execute("DROP TABLE IF EXISTS conformance");
    await driver.execute(
      `CREATE TABLE conformance (id ${types.integer} PRIMARY KEY, body ${types.text}, raw ${types.bytes})`,
    );
  });
  afterEach(() => driver.close());

  const insert = (id: Value, body: Value, raw: Value = null) =>
    driver.execute(`INSERT INTO conformance (id, body, raw) VALUES (${p(1)}, ${p(2)}, ${p(3)})`, [id, body, raw]);
  const all = () => driver.query("SELECT * FROM conformance ORDER BY id");
  const failureOf = (work: Promise<unknown>): Promise<ToolError> =>
    work.then(
      () => expect.unreachable("it should have been refused"),
      (error: unknown) => (error instanceof ToolError ? error : expect.unreachable(`not a ToolError: ${error}`)),
    );

  describe(`${name}: values`, () => {
    const texts = ["", "o'brien", 'a"b', "back\\slash", "😀 ✓", "line\nbreak", "$1 ?1 :a @b", "x; drop table y"];
    test.each(texts)("the text %j comes back as it went in", async (text) => {
      await insert(1, text);
      expect(await all()).toEqual([{ id: 1, body: text, raw: null }]);
    });

    test("an integer beyond 2^53 keeps every digit", async () => {
      await insert(9007199254740993n, "large");
      await insert(9007199254740991, "small");
      expect((await all()).map((row) => row["id"])).toEqual([9007199254740991, 9007199254740993n]);
    });

    test("bytes come back as bytes", async () => {
      const bytes = new Uint8Array([0, 1, 127, 128, 255]);
      await insert(1, "raw", bytes);
      const raw = (await all())[0]?.["raw"];
      expect(raw instanceof Uint8Array && [...raw]).toEqual([...bytes]);
    });
  });

  describe(`${name}: statements`, () => {
    test("a text of several statements runs them all", async () => {
      await driver.execute(
        "-- first\nINSERT INTO conformance (id, body) VALUES (1, 'a;b');\nINSERT INTO conformance (id) VALUES (2);\n-- last\n",
      );
      expect((await all()).map((row) => row["body"])).toEqual(["a;b", null]);
    });

    test("a text of blanks and comments does nothing", async () => {
      await driver.execute("");
      await driver.execute("  -- nothing\n");
      expect(await all()).toEqual([]);
    });

    test.skipIf(lacks.updateCounts !== undefined)("changes counts the rows that were written", async () => {
      await insert(1, "a");
      await insert(2, "a");
      expect(await driver.execute(`UPDATE conformance SET body = 'b' WHERE body = ${p(1)}`, ["a"])).toEqual({
        changes: 2,
      });
      expect(await driver.execute(`DELETE FROM conformance WHERE id = ${p(1)}`, [7])).toEqual({ changes: 0 });
    });

    test("a query sees the columns that a table has now", async () => {
      await insert(1, "a");
      expect(Object.keys((await all())[0] ?? {})).toEqual(["id", "body", "raw"]);
      await driver.execute("ALTER TABLE conformance ADD COLUMN later INTEGER");
      expect(Object.keys((await all())[0] ?? {})).toEqual(["id", "body", "raw", "later"]);
    });
  });

  describe.skipIf(lacks.transactions !== undefined)(`${name}: transactions`, () => {
    test("a rollback takes back rows", async () => {
      await driver.begin(suite.begin);
      await insert(1, "a");
      await driver.rollback();
      expect(await all()).toEqual([]);
    });

    test.skipIf(suite.transactionalDdl === false)("a rollback takes back tables", async () => {
      await driver.begin(suite.begin);
      await driver.execute("CREATE TABLE conformance_gone (id INTEGER)");
      await driver.rollback();
      expect((await failureOf(driver.query("SELECT * FROM conformance_gone"))).code).toBe("database");
    });

    test("a commit is seen by another connection, and nothing before it", async () => {
      const other = await suite.open();
      try {
        const seen = async (): Promise<readonly Row[]> => other.query("SELECT id FROM conformance");
        await driver.begin(suite.begin);
        await insert(1, "a");
        expect(await seen()).toEqual([]);
        await driver.commit();
        expect(await seen()).toEqual([{ id: 1 }]);
      } finally {
        await other.close();
      }
    });

    test("after a failure and a rollback the connection is as good as new", async () => {
      await driver.begin(suite.begin);
      await insert(1, "a");
      await failureOf(insert(1, "again"));
      await driver.rollback();
      await insert(1, "b");
      expect((await all()).map((row) => row["body"])).toEqual(["b"]);
    });
  });

  describe(`${name}: errors`, () => {
    test.skipIf(lacks.uniqueKeys !== undefined)(
      "a violated constraint is a database error with its code and SQL",
      async () => {
        await insert(1, "a");
        const error = await failureOf(insert(1, "b"));
        expect({ code: error.code, database: error.data["code"] }).toEqual({
          code: "database",
          database: suite.codes.unique,
        });
        expect(String(error.data["sql"])).toContain("INSERT INTO conformance");
      },
    );

    test("a mistake has its offset in the whole text, counted as editors count", async () => {
      const sql = "SELECT '😀é';\nSELEC 1";
      const error = await failureOf(driver.execute(sql));
      expect(error.data["code"]).toBe(suite.codes.syntax);
      expect(error.data["offset"]).toBe(sql.indexOf("SELEC 1") + (suite.mistakeAt ?? 0));
    });

    test("the server says its version", async () => {
      expect(await driver.serverVersion()).toMatch(/^\d+(\.\d+)+/);
    });
  });
}
