import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { check, migrate, open, type RunEvent, requireCurrent } from "../../src/library/index.ts";
import { type Files, inDirectory, refusal, source, table } from "./program.ts";

// What a program that starts does with a database that is not as it expects.

let database: Database;
beforeEach(() => {
  database = new Database(":memory:");
});
afterEach(() => database.close());

const v1: Files = { "0001_a.ts": table("a") };
const v2: Files = { ...v1, "0002_b.ts": table("b", "0001_a") };
const values = (sql: string): readonly unknown[] => database.query(sql).values();
const tables = (): readonly unknown[] =>
  values(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'godwit%' AND name NOT LIKE 'sqlite%'",
  ).flat();

describe("a database that is ahead of the program", () => {
  test("is left as it is, and the program starts and says so", async () => {
    await migrate({ database, migrations: v2 });
    const history = values("SELECT * FROM godwit_history");
    const notes: RunEvent[] = [];
    const result = await migrate({ database, migrations: v1, onEvent: (event) => notes.push(event) });
    expect(result).toEqual({ applied: [], baselined: [], unknown: ["0002_b"] });
    expect(notes).toContainEqual({
      type: "note",
      message: 'the database is ahead of this program, which does not know "0002_b"; going on all the same',
    });
    expect(values("SELECT * FROM godwit_history")).toEqual(history);
    expect(await check({ database, migrations: v1 })).toMatchObject({ ok: true, tracks: [{ state: "ahead" }] });
  });

  test("is refused where the program says so", async () => {
    await migrate({ database, migrations: v2 });
    const error = await refusal(migrate({ database, migrations: v1, ifAhead: "refuse" }));
    expect([error.code, error.data]).toEqual(["history", { migrations: ["0002_b"] }]);
  });

  test("is always refused where what is unknown stopped half-way, and nothing is changed", async () => {
    await migrate({ database, migrations: v2 });
    database.run("UPDATE godwit_history SET state = 'failed' WHERE name = '0002_b'");
    const history = values("SELECT * FROM godwit_history");
    const error = await refusal(migrate({ database, migrations: v1 }));
    expect([error.code, error.message]).toEqual(["history", expect.stringContaining('"0002_b" stopped half-way')]);
    expect(values("SELECT * FROM godwit_history")).toEqual(history);
    expect(await check({ database, migrations: v1 })).toMatchObject({ ok: false, tracks: [{ state: "failed" }] });
  });
});

test("what another version has done while this one waited for the lock is judged again", () =>
  inDirectory(async (directory) => {
    const other = await open(join(directory, "app.db"), { migrations: v1 });
    const row = "VALUES (1, 'somebody', 'elsewhere', 1, 'them', '2026-01-01', '2026-01-01')";
    other.run(`INSERT INTO godwit_lock (id, owner, host, pid, user, since, seen) ${row}`);
    const waits: string[] = [];
    const refused = await refusal(
      migrate({
        url: `sqlite:${directory}/app.db`,
        migrations: v2,
        ifAhead: "refuse",
        onEvent: ({ type }) => {
          if (type !== "waiting" || waits.push(type) > 1) return;
          other.run("UPDATE godwit_history SET name = '0009_new'");
          other.run("DELETE FROM godwit_lock");
        },
      }),
    );
    expect([waits, refused.data]).toEqual([["waiting"], { migrations: ["0009_new"] }]);
    other.close();
  }));

test("branches that conflict are refused, unless they are applied already or the program says so", async () => {
  const sql = (value: number): string =>
    source(`runSQL({ forward: "INSERT INTO a (id) VALUES (${value})", backward: "" })`, "0001_a");
  const migrations = { ...v1, "0002_b.ts": sql(7), "0002_c.ts": sql(8) };
  const error = await refusal(migrate({ database, migrations }));
  expect([error.code, error.data]).toMatchObject(["graph", { conflicts: [{ migrations: ["0002_b", "0002_c"] }] }]);
  expect((await migrate({ database, migrations, ifConflict: "apply" })).applied).toHaveLength(3);
  expect((await migrate({ database, migrations })).applied).toEqual([]);
});

describe("a database with tables and no history", () => {
  beforeEach(() => {
    database.run("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)");
    database.run("INSERT INTO a DEFAULT VALUES");
  });

  test("is refused, with its tables and what can be done; nothing is made in it", async () => {
    const error = await refusal(migrate({ database, migrations: v2 }));
    expect([error.code, error.data]).toEqual(["history", { tables: ["a"] }]);
    expect(error.message).toContain('ifUnversioned: "baseline"');
    expect(values("SELECT name FROM sqlite_schema WHERE name LIKE 'godwit%'")).toEqual([]);
  });

  test("is taken for the work of the first migration, and the rest is applied", async () => {
    const result = await migrate({ database, migrations: v2, ifUnversioned: "baseline" });
    expect(result).toEqual({ applied: ["0002_b"], baselined: ["0001_a"], unknown: [] });
    expect(values("SELECT * FROM a")).toHaveLength(1);
    expect(await migrate({ database, migrations: v2, ifUnversioned: "baseline" })).toMatchObject({ baselined: [] });
  });

  test("is not taken for the work of migrations whose tables it has not", async () => {
    const error = await refusal(migrate({ database, migrations: v2, ifUnversioned: "baseline", baseline: "0002_b" }));
    expect([error.code, error.data["missing"]]).toEqual(["history", ["b"]]);
    expect(values("SELECT name FROM sqlite_schema WHERE name LIKE 'godwit%'")).toEqual([]);
  });

  test("gets every migration where the program says so", async () => {
    const other = { "0001_b.ts": table("b") };
    expect(await migrate({ database, migrations: other, ifUnversioned: "apply" })).toMatchObject({
      applied: ["0001_b"],
    });
    expect(tables().toSorted()).toEqual(["a", "b"]);
  });
});

describe("a migration outside a transaction that stopped half-way", () => {
  const script = (second: string): Files => ({
    "0001_a.up.sql": `-- transaction: false\nCREATE TABLE a (id INTEGER);\n${second};`,
  });

  test("is taken up where it stopped, or refused where the program says so", async () => {
    await refusal(migrate({ database, migrations: script("CREATE TABLE b AS SELECT * FROM later") }));
    expect(tables()).toEqual(["a"]);
    const migrations = script("CREATE TABLE b AS SELECT * FROM later");
    expect(await check({ database, migrations })).toMatchObject({ ok: false, tracks: [{ state: "failed" }] });
    database.run("CREATE TABLE later (id INTEGER)");
    const error = await refusal(migrate({ database, migrations, ifFailed: "refuse" }));
    expect(error.data["migrations"]).toEqual(["0001_a"]);
    expect(await migrate({ database, migrations })).toMatchObject({ applied: ["0001_a"] });
    expect(tables()).toContain("b");
  });
});

describe("verifying only", () => {
  test("an empty database lacks a history, and gets none", async () => {
    const error = await refusal(requireCurrent({ database, migrations: v2 }));
    expect(error.code).toBe("found");
    expect(error.message).toBe(
      'the database has no history of migrations, and the program needs "0002_b"; run `godwit migrate up`',
    );
    expect(values("SELECT * FROM sqlite_schema")).toEqual([]);
  });

  test("one that is behind: both places are named", async () => {
    await migrate({ database, migrations: v1 });
    const { ok, tracks, problems } = await check({ database, migrations: v2 });
    expect(ok).toBe(false);
    expect(tracks).toEqual([
      {
        name: "default",
        state: "behind",
        database: "0001_a",
        program: "0002_b",
        pending: ["0002_b"],
        unknown: [],
        changed: [],
        failed: [],
      },
    ]);
    expect(problems).toEqual(['the database is at "0001_a", and the program needs "0002_b"; run `godwit migrate up`']);
  });

  test("one whose migration is another by now is not current", async () => {
    await migrate({ database, migrations: v2 });
    expect(await requireCurrent({ database, migrations: v2 })).toMatchObject({ ok: true });
    const changed = { ...v2, "0002_b.ts": table("other", "0001_a") };
    expect(await check({ database, migrations: changed })).toMatchObject({ ok: false, tracks: [{ state: "changed" }] });
    expect((await refusal(migrate({ database, migrations: changed }))).code).toBe("history");
  });
});

describe("a connection of the caller", () => {
  test("stays open with the settings that it had, whatever happens", async () => {
    const settings = () => ["foreign_keys", "busy_timeout"].map((name) => values(`PRAGMA ${name}`).flat()[0]);
    database.run("PRAGMA foreign_keys = OFF");
    database.run("PRAGMA busy_timeout = 77");
    await migrate({ database, migrations: v1, ddlLockTimeout: "2s" });
    expect(settings()).toEqual([0, 77]);
    await refusal(
      migrate({ database, migrations: { ...v1, "0002_b.ts": source(`runSQL({ forward: "NONSENSE" })`, "0001_a") } }),
    );
    expect(settings()).toEqual([0, 77]);
  });

  test("is not used in the middle of a transaction, which would end with the migration", async () => {
    database.run("BEGIN");
    expect((await refusal(migrate({ database, migrations: v1 }))).code).toBe("usage");
    expect(database.inTransaction).toBe(true);
  });
});

test("two runs on one connection come one after the other", async () => {
  const results = await Promise.all([1, 2, 3].map(() => migrate({ database, migrations: v2 })));
  expect(results.map(({ applied }) => applied.length)).toEqual([2, 0, 0]);
});

test("a program that fails to hear an event fails when everything is done, not in the middle", async () => {
  const onEvent = (event: RunEvent): void => {
    if (event.type === "migration-start") throw new Error("cannot hear");
  };
  await expect(migrate({ database, migrations: v2, onEvent })).rejects.toThrow("cannot hear");
  expect(await check({ database, migrations: v2 })).toMatchObject({ ok: true });
});

describe("options that do not fit together are refused with what to do", () => {
  const migrations = v1;
  const cases: readonly (readonly [string, object, string])[] = [
    ["an option that does not exist", { url: "sqlite::memory:", migration: "x" }, 'did you mean "migrations"?'],
    [
      "a policy that does not exist",
      { url: "sqlite::memory:", migrations, ifUnversioned: "aply" },
      '"aply"; use one of',
    ],
    ["a history without a name", { url: "sqlite::memory:", migrations, historyTable: "" }, "a string is needed"],
    ["no database", { migrations }, 'give "url"'],
    ["two databases", { url: "sqlite::memory:", driver: {}, migrations }, '"url" and "driver"'],
    ["something else as a database", { database: {}, migrations }, "not an open connection that is known"],
    ["something else as a driver", { driver: {}, migrations }, '"driver" has no function "execute"'],
    ["no migrations", { url: "sqlite::memory:" }, '"migrations" or "tracks"'],
    ["a directory that is not there", { url: "sqlite::memory:", migrations: "./nowhere" }, "does not exist"],
    ["a directory without any", { url: "sqlite::memory:", migrations: import.meta.dir }, "there are no migrations"],
    ["no files", { url: "sqlite::memory:", migrations: {} }, "holds no files"],
    ["a file that is not text", { url: "sqlite::memory:", migrations: { "0001_a.ts": () => "" } }, "a function"],
    [
      "two files of one name",
      { url: "sqlite::memory:", migrations: { "x/0001_a.ts": "", "y/0001_a.ts": "" } },
      "two migrations",
    ],
    ["a time that is none", { url: "sqlite::memory:", migrations, lockTimeout: "soon" }, '"lockTimeout" is "soon"'],
    [
      "tracks of one name",
      {
        url: "sqlite::memory:",
        tracks: [
          { name: "a", migrations },
          { name: "a", migrations },
        ],
      },
      '"a"',
    ],
    ["a track without a usable name", { url: "sqlite::memory:", tracks: [{ name: "A b", migrations }] }, '"A b"'],
  ];
  test.each(cases)("%s", async (_, options, message) => {
    const error = await refusal(migrate(options));
    expect([error.code, error.message]).toEqual(["usage", expect.stringContaining(message)]);
  });
});

test("a run that is told to stop stops before the next migration", async () => {
  const stop = new AbortController();
  const error = await refusal(
    migrate({
      database,
      // What only makes tables would share a transaction with the first.
      migrations: { ...v1, "0002_b.ts": source('runSQL({ forward: "SELECT 1", backward: "" })', "0001_a") },
      signal: stop.signal,
      onEvent: (event) => void (event.type === "migration-end" && stop.abort()),
    }),
  );
  expect([error.code, error.data["applied"]]).toEqual(["cancelled", ["0001_a"]]);
});
