import { afterAll, describe, expect, test } from "bun:test";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import dialect from "../../src/dialects/sqlite/dialect.ts";
import openDriver from "../../src/dialects/sqlite/driver.ts";
import { parseLocation } from "../../src/dialects/sqlite/location.ts";

const folder = mkdtempSync(join(tmpdir(), "godwit-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("URLs", () => {
  const paths: readonly (readonly [string, string])[] = [
    ["app.db", "app.db"],
    ["/abs/app.db", "/abs/app.db"],
    ["a b?c%20.db", "a b?c%20.db"],
    ["C:\\data\\app.db", "C:\\data\\app.db"],
    [":memory:", ":memory:"],
    ["sqlite:app.db", "app.db"],
    ["sqlite:./sub/app.db", "./sub/app.db"],
    ["sqlite://app.db", "app.db"],
    ["sqlite:///abs/app.db", "/abs/app.db"],
    ["sqlite:/abs/a%20b%3F.db", "/abs/a b?.db"],
    ["SQLITE::memory:", ":memory:"],
    ["sqlite://:memory:", ":memory:"],
    ["sqlite:x?mode=memory", ":memory:"],
    ["file:app.db", "app.db"],
    ["file:///abs/app.db", "/abs/app.db"],
    ["file://localhost/abs/app.db", "/abs/app.db"],
    ["file:///C:/data/app.db", "C:/data/app.db"],
    ["sqlite:///C:/data/app.db", "C:/data/app.db"],
    ["sqlite:///c:\\data\\app.db", "c:\\data\\app.db"],
    ["sqlite:C:\\data\\app.db", "C:\\data\\app.db"],
    ["sqlite:///c/app.db", "/c/app.db"],
  ];
  test.each(paths)("%s is the file %s", (url, path) => expect(parseLocation(url).path).toBe(path));

  test("parameters are read", () => {
    expect(parseLocation("sqlite:a.db?mode=ro&busy_timeout=250")).toEqual({
      path: "a.db",
      mode: "ro",
      busyTimeoutMs: 250,
    });
  });

  const wrong: readonly (readonly [string, string])[] = [
    ["sqlite:", "names no file"],
    ["sqlite:a.db?mod=ro", 'did you mean "mode"?'],
    ["sqlite:a.db?mode=readonly", 'mode "readonly"'],
    ["sqlite:a.db?busy_timeout=soon", 'busy_timeout "soon"'],
    ["sqlite:100%.db", "write %25"],
    ["file://server/a.db", 'the host "server"'],
  ];
  test.each(wrong)("%s is refused: %s", (url, reason) => expect(() => parseLocation(url)).toThrow(reason));
});

describe("opening", () => {
  const failure = async (url: string, readOnly = false): Promise<ToolError> => {
    try {
      await (await openDriver(url, { readOnly })).close();
    } catch (error) {
      if (error instanceof ToolError) return error;
    }
    return expect.unreachable(`${url} should be refused with a ToolError`);
  };

  test("for reading creates no file, and says that there is none", async () => {
    const path = join(folder, "absent.db");
    const error = await failure(path, true);
    expect([error.code, error.data["missing"], error.message.includes("does not exist")]).toEqual([
      "connect",
      true,
      true,
    ]);
    expect((await failure(`sqlite:${path}?mode=rw`)).data["missing"]).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  test("for reading refuses to write", async () => {
    const path = join(folder, "read.db");
    const writer = await openDriver(path);
    await writer.execute("CREATE TABLE t (a)");
    await writer.close();
    const reader = await openDriver(path, { readOnly: true });
    const error: unknown = await reader.execute("INSERT INTO t VALUES (1)").catch((e: unknown) => e);
    await reader.close();
    if (!(error instanceof ToolError)) return expect.unreachable("it wrote");
    expect(dialect.bookkeeping.classify({ message: error.message, code: String(error.data["code"]) })).toBe(
      "permission",
    );
  });

  test("for reading undoes what a killed process left behind", async () => {
    const [path, copy] = [join(folder, "killed.db"), join(folder, "left.db")];
    const writer = await openDriver(path);
    await writer.execute("CREATE TABLE t (a); PRAGMA cache_size = 1");
    await writer.begin("BEGIN");
    for (let i = 0; i < 50; i++) await writer.execute("INSERT INTO t VALUES (?)", ["x".repeat(5000)]);
    for (const end of ["", "-journal"]) copyFileSync(`${path}${end}`, `${copy}${end}`);
    await writer.close();
    const reader = await openDriver(copy, { readOnly: true });
    const rows = await reader.query("SELECT count(*) AS n FROM t");
    await reader.close();
    expect(rows).toEqual([{ n: 0 }]);
  });

  test("what is no database is refused with the reason", async () => {
    writeFileSync(
      join(folder, "text.db"),
      "this is plainly a text file, and long enough to have a header of a hundred bytes in it …………",
    );
    mkdirSync(join(folder, "directory.db"));
    expect((await failure(join(folder, "text.db"))).message).toContain("not a SQLite database");
    expect((await failure(join(folder, "directory.db"))).message).toContain("it is a directory");
    expect((await failure(join(folder, "no/such/app.db"))).message).toContain(
      `the directory "${join(folder, "no/such")}" does not exist`,
    );
    expect((await failure(join(folder, "text.db/app.db"))).message).toContain("is not a directory");
  });
});

describe("errors", () => {
  test("are told apart by what happened", async () => {
    const driver = await openDriver(":memory:");
    await driver.execute(
      "CREATE TABLE t (a INTEGER NOT NULL UNIQUE); CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT 1",
    );
    const kinds = {
      "CREATE TABLE t (a)": "already-exists",
      "CREATE INDEX i ON t (a)": "already-exists",
      "CREATE TABLE i (a)": "already-exists",
      "CREATE TABLE v (a)": "already-exists",
      "ALTER TABLE t ADD COLUMN a": "already-exists",
      "ALTER TABLE t RENAME TO v": "already-exists",
      "DROP TABLE nope": "not-found",
      "DROP INDEX nope": "not-found",
      "SELECT nope FROM t": "not-found",
      "ALTER TABLE t DROP COLUMN nope": "not-found",
      "INSERT INTO t VALUES (NULL)": "constraint",
      "INSERT INTO t VALUES (1), (1)": "constraint",
      "CREATE TABEL x (a)": "syntax",
      "SELECT (1": "syntax",
      "SELECT 'open": "syntax",
    };
    for (const [sql, kind] of Object.entries(kinds)) {
      const error: unknown = await driver.execute(sql).catch((e: unknown) => e);
      const found =
        error instanceof ToolError &&
        dialect.bookkeeping.classify({ message: error.message, code: String(error.data["code"]) });
      expect([sql, found]).toEqual([sql, kind as never]);
    }
    await driver.close();
  });

  test("a database that another process is writing to is busy, once the time is over", async () => {
    const path = join(folder, "busy.db");
    const [one, two] = [await openDriver(path), await openDriver(`sqlite:${path}?busy_timeout=10`)];
    await one.begin(dialect.bookkeeping.begin);
    const error: unknown = await two.begin(dialect.bookkeeping.begin).catch((e: unknown) => e);
    await one.rollback();
    await two.begin(dialect.bookkeeping.begin);
    await Promise.all([one.close(), two.close()]);
    expect(
      error instanceof ToolError &&
        dialect.bookkeeping.classify({ message: error.message, code: String(error.data["code"]) }),
    ).toBe("busy");
  });

  test("a statement behind others, blanks and parameters is reported with its own text and place", async () => {
    const driver = await openDriver(":memory:");
    const sql =
      ";; /* é */ CREATE TABLE t (a UNIQUE);\nCREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;\nINSERT INTO t VALUES (1);\n  INSERT INTO t VALUES (1); SELECT 1";
    const error: unknown = await driver.execute(sql).catch((e: unknown) => e);
    if (!(error instanceof ToolError)) return expect.unreachable("it should fail");
    expect(error.data).toMatchObject({ statement: "INSERT INTO t VALUES (1);", offset: sql.lastIndexOf("INSERT") });
    await driver.execute("DELETE FROM t;; INSERT INTO t VALUES (?);; INSERT INTO t VALUES (5) -- end");
    expect(await driver.query("SELECT a FROM t ORDER BY a")).toEqual([{ a: null }, { a: 5 }]);
    await driver.close();
  });
});

test("a script that fails in a transaction of its own leaves none behind, and one in somebody else's leaves that alone", async () => {
  const driver = await openDriver("sqlite::memory:");
  await expect(driver.execute("BEGIN; CREATE TABLE a (id); CREATE TABLE a (id); COMMIT")).rejects.toThrow(
    "already exists",
  );
  await driver.begin("BEGIN IMMEDIATE");
  await driver.execute("CREATE TABLE b (id)");
  await expect(driver.execute("CREATE TABLE c (id); CREATE TABLE c (id)")).rejects.toThrow("already exists");
  await driver.commit();
  expect(await driver.query("SELECT name FROM sqlite_schema ORDER BY name")).toEqual([{ name: "b" }, { name: "c" }]);
  await driver.close();
});
