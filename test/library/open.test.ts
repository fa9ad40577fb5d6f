import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { migrate, open, PartialError, type RunEvent } from "../../src/library/index.ts";
import { type Files, refusal, table } from "./program.ts";

// The contract of a program that migrates its SQLite file when it starts.

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "godwit-open-"));
  file = join(folder, "app.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const one: Files = { "0001_a.ts": table("a") };
const two: Files = { ...one, "0002_b.up.sql": "CREATE TABLE b (id INTEGER);", "0002_b.down.sql": "DROP TABLE b;" };
const names = (database: Database): readonly unknown[] =>
  database.query("SELECT name FROM godwit_history ORDER BY name").values().flat();

describe("a database is returned ready for use", () => {
  test("with everything applied, foreign keys on, and integers as the program's library reads them", async () => {
    const database = await open(file, { migrations: two });
    expect(database).toBeInstanceOf(Database);
    expect(names(database)).toEqual(["0001_a", "0002_b"]);
    expect(database.query("PRAGMA foreign_keys").values()).toEqual([[1]]);
    expect(database.query("PRAGMA busy_timeout").values()).toEqual([[5000]]);
    database.close();
  });

  test("a second start changes nothing, a newer program applies what is new, and says so in events", async () => {
    (await open(file, { migrations: one })).close();
    const seen: RunEvent[] = [];
    (await open(file, { migrations: one, onEvent: (event) => seen.push(event) })).close();
    expect(seen.map((event) => event.type).filter((type) => type.includes("migration"))).toEqual([]);
    const database = await open(file, { migrations: two, onEvent: (event) => seen.push(event) });
    expect(seen.flatMap((event) => (event.type === "migration-end" ? event.migration : []))).toEqual(["0002_b"]);
    expect(names(database)).toEqual(["0001_a", "0002_b"]);
    database.close();
  });

  test("from a directory, by path or by URL, and from the modules that a bundler makes of texts", async () => {
    const directory = join(folder, "migrations");
    mkdirSync(directory);
    for (const [name, text] of Object.entries(two)) writeFileSync(join(directory, name), text);
    const modules = Object.fromEntries(Object.entries(two).map(([name, text]) => [`./db/${name}`, { default: text }]));
    for (const migrations of [directory, pathToFileURL(directory), pathToFileURL(directory).href, modules]) {
      const database = await open(":memory:", { migrations });
      expect(names(database)).toEqual(["0001_a", "0002_b"]);
      database.close();
    }
  });

  test("with parameters of the URL, and under another name of the history", async () => {
    const database = await open(`sqlite:${file}?busy_timeout=1234`, { migrations: one, historyTable: "changes" });
    expect(database.query("PRAGMA busy_timeout").values()).toEqual([[1234]]);
    expect(database.query("SELECT name FROM changes").values()).toEqual([["0001_a"]]);
    database.close();
  });
});

test("a database at 0007 opens for a program that ends at 0005, untouched, unless one of the newer ones stopped half-way", async () => {
  const numbered = (last: number): Files =>
    Object.fromEntries(
      Array.from({ length: last }, (_, i) => [`000${i + 1}_t.up.sql`, `CREATE TABLE t${i + 1} (id);`]),
    );
  (await open(file, { migrations: numbered(7) })).close();
  const database = await open(file, { migrations: numbered(5) });
  expect(names(database)).toHaveLength(7);
  database.run("UPDATE godwit_history SET state = 'failed' WHERE name = '0007_t'");
  const before = database.query("SELECT * FROM godwit_history").values();
  const error = await refusal(open(file, { migrations: numbered(5) }));
  expect([error.code, error.data]).toEqual(["history", { migrations: ["0007_t"] }]);
  expect(database.query("SELECT * FROM godwit_history").values()).toEqual(before);
  database.close();
});

describe("a migration that fails", () => {
  const broken = { ...two, "0003_c.up.sql": "CREATE TABLE c (id INTEGER); INSERT INTO nowhere VALUES (1);" };

  test("leaves what was applied before it, nothing of itself, and no row that locks the next start out", async () => {
    const error = await refusal(open(file, { migrations: broken }));
    expect(error).toBeInstanceOf(PartialError);
    expect(error.data).toMatchObject({ applied: ["0001_a", "0002_b"], failed: "0003_c" });
    expect(error.message).toContain("no such table: nowhere");
    const mended = { ...two, "0003_c.up.sql": "CREATE TABLE c (id INTEGER);" };
    const database = await open(file, { migrations: mended });
    expect(names(database)).toEqual(["0001_a", "0002_b", "0003_c"]);
    database.close();
  });

  test("closes the database that was opened for it", async () => {
    const close = Database.prototype.close;
    let closed = 0;
    Database.prototype.close = function (...parameters) {
      closed++;
      return close.apply(this, parameters);
    };
    try {
      await refusal(open(file, { migrations: broken }));
      expect(closed).toBe(1);
    } finally {
      Database.prototype.close = close;
    }
  });

  test("on a database that somebody else made: no way back is gone, the data stays, and a later start recovers", async () => {
    const before = new Database(file);
    before.run("CREATE TABLE a (id INTEGER PRIMARY KEY)");
    before.run("INSERT INTO a VALUES (7)");
    before.close();
    const baseline = { ifUnversioned: "baseline" } as const;
    await refusal(open(file, { migrations: broken, ...baseline }));
    const again = await refusal(open(file, { migrations: broken, ...baseline }));
    expect(again.data).toMatchObject({ applied: [], failed: "0003_c" });
    const database = await open(file, { migrations: two });
    expect(database.query("SELECT id FROM a").values()).toEqual([[7]]);
    expect(names(database)).toEqual(["0001_a", "0002_b"]);
    database.close();
  });
});

test("a program that was killed in a migration: the next start takes up there, in a transaction or outside of one", async () => {
  const migrations = {
    "0001_a.ts": table("a"),
    "0010_b.ts": table("b", "0001_a"),
    "0020_c.up.sql": "-- transaction: false\nCREATE TABLE c (id INTEGER); CREATE TABLE d (id INTEGER);",
  };
  for (const at of ["0010_b", "0020_c"]) {
    const place = join(folder, `${at}.db`);
    const child = Bun.spawn([process.execPath, join(import.meta.dir, "killed-program.ts"), place, at], {
      env: { ...process.env, MIGRATIONS: JSON.stringify(migrations) },
      stdout: "ignore",
      stderr: "inherit",
    });
    await child.exited;
    expect(child.signalCode).toBe("SIGKILL");
    const database = await open(place, { migrations });
    expect(names(database)).toEqual(["0001_a", "0010_b", "0020_c"]);
    expect(database.query("SELECT count(*) FROM sqlite_schema WHERE name IN ('a','b','c','d')").values()).toEqual([
      [4],
    ]);
    database.close();
  }
});

test("eight programs that start at once: each migration is applied once, and all of them start", async () => {
  const slow = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n;`;
  const migrations = JSON.stringify({ ...two, "0003_slow.up.sql": `CREATE TABLE c (id INTEGER); ${slow}` });
  const programs = Array.from({ length: 8 }, () =>
    Bun.spawn([process.execPath, join(import.meta.dir, "start-program.ts"), file], {
      env: { ...process.env, MIGRATIONS: migrations },
      stdout: "pipe",
      stderr: "inherit",
    }),
  );
  const results = await Promise.all(
    programs.map(async (child) => ({ text: await child.stdout.text(), exit: await child.exited })),
  );
  expect(results.map(({ exit }) => exit)).toEqual(results.map(() => 0));
  const applied = results.flatMap(({ text }) => JSON.parse(text) as string[]);
  expect(applied.toSorted()).toEqual(["0001_a", "0002_b", "0003_slow"]);
}, 60_000);

describe("what cannot be read is not taken for nothing applied", () => {
  test("a history that is something else", async () => {
    const before = new Database(file);
    before.run("CREATE TABLE godwit_history (id INTEGER)");
    before.close();
    expect((await refusal(open(file, { migrations: one }))).code).toBe("history");
  });

  test("a file that is no database", async () => {
    writeFileSync(file, "this is a letter, not a database. ".repeat(100));
    const error = await refusal(open(file, { migrations: one }));
    expect([error.code, error.message]).toEqual(["connect", expect.stringContaining("not a SQLite database")]);
  });

  test("a database that another program has locked", async () => {
    const other = await open(file, { migrations: one });
    other.run("BEGIN EXCLUSIVE");
    const error = await refusal(open(`sqlite:${file}?busy_timeout=50`, { migrations: two, lockTimeout: 200 }));
    expect(error.message).toMatch(/locked|lock is held/);
    other.run("ROLLBACK");
    expect(names(other)).toEqual(["0001_a"]);
    other.close();
  });
});

test("several tracks in one file each have a history, in which a migration is there once", async () => {
  const tracks = [
    { name: "core", migrations: one },
    { name: "search", migrations: { "0001_a.up.sql": "CREATE TABLE found (a INTEGER REFERENCES a (id));" } },
  ];
  const database = await open(file, { tracks });
  const rows = "SELECT track, name FROM godwit_history ORDER BY track";
  const both = [
    ["core", "0001_a"],
    ["search", "0001_a"],
  ];
  expect(database.query(rows).values()).toEqual(both);
  expect((await migrate({ database, tracks })).applied).toEqual([]);
  const again = "INSERT INTO godwit_history SELECT * FROM godwit_history WHERE track = 'search'";
  expect(() => database.run(again)).toThrow("UNIQUE");
  database.close();
});
