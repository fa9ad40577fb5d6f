import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { loadProject } from "../../src/runtime/config.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import {
  createProject,
  type DatabaseName,
  databases,
  standingAlone,
  type TestProject,
} from "../helpers/migration-project.ts";

let project: TestProject;
afterEach(() => project.dispose());

/** A migration with one runCode, whose function has this body. */
function writeCode(
  name: string,
  body: string,
  more: { backward?: string; options?: string; head?: string } = {},
): void {
  const { backward = '""', options = "", head = "" } = more;
  writeFileSync(
    join(project.migrationsDir, `${name}.ts`),
    `import { irreversible, migration, runCode } from "godwit";\n${head}\nexport default migration({ dependencies: ["0001_initial"], ${options} operations: [runCode({ forward: async (db) => {\n${body}\n}, backward: ${backward} })] });\n`,
  );
}

const failure = async (work: Promise<unknown>): Promise<ToolError> => {
  const error: unknown = await work.catch((e: unknown) => e);
  if (error instanceof ToolError) return error;
  throw new Error("expected a ToolError");
};

const fields = `[
  { name: "id", type: "bigint" }, { name: "part", type: "varchar", length: 20 }, { name: "note", type: "text", nullable: true },
  { name: "data", type: "bytes", nullable: true }, { name: "flag", type: "boolean", nullable: true }, { name: "price", type: "decimal", precision: 30, scale: 10, nullable: true },
  { name: "at", type: "timestamp", nullable: true }]`;

const begin = async (database: DatabaseName): Promise<void> => {
  project = await createProject(database);
  project.write("0001_initial", `createTable({ name: "items", fields: ${fields}, primaryKey: ["id", "part"] })`);
  await up(project);
};

const count = async (where = "1 = 1"): Promise<number> =>
  Number((await project.query(`SELECT COUNT(*) AS n FROM items WHERE ${where}`))[0]?.["n"]);

for (const database of databases) {
  describe(database, () => {
    beforeEach(() => begin(database));

    test("values come and go exactly", async () => {
      writeCode(
        "0002_values",
        `const bytes = new Uint8Array([0, 255, 0, 39]);
        const { rowsAffected } = await db.execute("INSERT INTO items (id, part, note, data, flag, price, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
          [9223372036854775807n, "a?'", "it's ? 'x'", bytes, true, "12345678901234567890.0123456789", "2026-01-02 03:04:05.123456"]);
        await db.execute("INSERT INTO items (id, part, note) VALUES (?, '?', ?)", [-1, null]);
        const [big] = await db.query("SELECT * FROM items WHERE id = ?", [9223372036854775807n]);
        const [small] = await db.query<{ id: number; part: string; note: null; flag: null }>("SELECT id, part, note, flag FROM items WHERE id = ?", [-1]);
        const told = [rowsAffected, typeof big?.["id"], String(big?.["id"]), big?.["part"], big?.["data"] instanceof Uint8Array && [...big["data"]], Boolean(big?.["flag"]),
          typeof big?.["price"], String(big?.["at"]).slice(0, 26), small, db.dialect];
        await db.execute("UPDATE items SET note = ? WHERE id = ?", [JSON.stringify(told), -1]);`,
      );
      await up(project);
      const [row] = await project.query("SELECT note FROM items WHERE id = -1");
      const price = database === "sqlite" || database === "turso" ? "number" : "string";
      expect(JSON.parse(String(row?.["note"]))).toEqual([
        1,
        "bigint",
        "9223372036854775807",
        "a?'",
        [0, 255, 0, 39],
        true,
        price,
        database === "mariadb" ? "2026-01-02 03:04:05" : "2026-01-02 03:04:05.123456",
        { id: -1, part: "?", note: null, flag: null },
        database,
      ]);
    });

    test("batches over a key of two columns give each of 10,500 rows once, also when they are changed on the way", async () => {
      const events: RunEvent[] = [];
      writeCode(
        "0002_fill",
        `for (let i = 0; i < 21; i++) {
          const rows = Array.from({ length: 500 }, (_, j) => [Math.floor((i * 500 + j) / 3), "p" + (j % 7) + "-" + (i * 500 + j)]);
          await db.execute("INSERT INTO items (id, part) VALUES " + rows.map(() => "(?, ?)").join(", "), rows.flat());
        }`,
      );
      writeCode(
        "0003_read",
        `let seen = 0;
        for await (const rows of db.batches<{ id: number; part: string }>("SELECT id, part FROM items WHERE id >= ?", { key: ["id", "part"], size: 1000, parameters: [0] })) {
          seen += rows.length;
          const last = rows.at(-1);
          await db.execute("UPDATE items SET note = 'seen' WHERE id = ? AND part = ?", [last?.id, last?.part]);
          db.progress(seen, 10500);
        }
        await db.execute("UPDATE items SET note = ? WHERE id = 0", [String(seen)]);`,
        { backward: 'async (db) => { await db.execute("UPDATE items SET note = NULL"); }' },
      );
      await up(project, { onEvent: (event) => events.push(event) });
      expect(await count()).toBe(10_500);
      expect(await count("note = 'seen'")).toBe(11);
      expect(await count("note = '10500'")).toBe(3);
      const progress = events.filter((event) => event.type === "progress");
      expect(progress.at(-1)).toMatchObject({
        migration: "0003_read",
        operation: 0,
        verb: "run code",
        done: 10_500,
        total: 10_500,
      });
      expect((await down(project)).rolled_back).toEqual(["0003_read"]);
      expect(await count("note IS NOT NULL")).toBe(0);
    });

    test("what fails leaves nothing, and is told at its line", async () => {
      writeCode(
        "0002_wrong",
        `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')");
        await db.execute("INSERT INTO items (id, part) VALUES (?, ?)", [1, "a"]);`,
      );
      const error = await failure(up(project));
      expect(error.code).toBe("database");
      expect(error.data).toMatchObject({
        file: "migrations/0002_wrong.ts",
        line: 5,
        failed: "0002_wrong",
        operation: 0,
      });
      expect(error.message).toContain('migration "0002_wrong", operation 1 (run code): migrations/0002_wrong.ts:5:');
      expect(await count()).toBe(0);
    });

    test("an error of the author's own rolls back too", async () => {
      writeCode(
        "0002_own",
        `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')");\nthrow new RangeError("too many");`,
      );
      const error = await failure(up(project));
      expect([error.code, error.message]).toEqual(["migration", "migrations/0002_own.ts:5:11: RangeError: too many"]);
      expect(await count()).toBe(0);
    });

    test("what would end the migration's transaction is refused before the database hears of it, and so is what is no statement or value", async () => {
      const wrong = [
        "COMMIT",
        "BEGIN",
        "ROLLBACK",
        "SELECT 1; SELECT 2",
        " -- nothing",
        standingAlone[database],
        "SELECT ?",
      ];
      const odd = "[[1, 2], [{}], [[1]], [undefined], [() => 1], [Symbol('x')], [NaN], 5]";
      writeCode(
        "0002_refused",
        `const told: string[] = [];
        const tell = (e: any) => void told.push(e.code ?? e.message);
        for (const sql of ${JSON.stringify(wrong)}) await db.query(sql).catch(tell);
        for (const parameters of ${odd} as any[]) await db.query("SELECT ?", parameters).catch(tell);
        await db.execute("INSERT INTO items (id, part, note) VALUES (1, 'a', ?)", [JSON.stringify(told)]);`,
      );
      if (database === "postgresql") {
        // A ? without parameters is the database's own affair, and what it refuses ends the transaction.
        const error = await failure(up(project));
        expect(error.message).toContain("after this the database does nothing more in the transaction");
        expect(await count()).toBe(0);
        return;
      }
      await up(project);
      const [row] = await project.query("SELECT note FROM items");
      expect(JSON.parse(String(row?.["note"]))).toEqual([
        ...["unsupported", "unsupported", "unsupported", "params", "params", "unsupported"],
        ...{ sqlite: [], mariadb: ["1064"], turso: ["ARGS_INVALID"] }[database],
        ...["params", "params", "params"],
        expect.stringContaining("is undefined"),
        expect.stringContaining("is a function"),
        expect.stringContaining("is a symbol"),
        expect.stringContaining("not a finite number"),
        "params",
      ]);
    });

    test("tables can be made where they are part of the transaction, and only there", async () => {
      writeCode("0002_table", 'await db.execute("CREATE TABLE more (id integer)"); throw new Error("in vain");');
      const { message } = await failure(up(project));
      expect(message).toContain(
        database === "mariadb" ? "CREATE cannot be part of a transaction on MariaDB" : "in vain",
      );
      expect(await project.tables()).toEqual(["items"]);
    });

    test("without a transaction for all of a migration, each function has one of its own", async () => {
      const one = (body: string) => `runCode({ forward: async (db) => { ${body} }, backward: "" })`;
      const insert = (id: number) => `await db.execute("INSERT INTO items (id, part) VALUES (?, 'a')", [${id}]);`;
      const look =
        'if ((await db.query("SELECT id FROM items WHERE id = 9")).length === 0) throw new Error("no nine");';
      writeFileSync(
        join(project.migrationsDir, "0002_parts.ts"),
        `import { migration, runCode } from "godwit";\nexport default migration({ dependencies: ["0001_initial"], transaction: false, operations: [${one(insert(1))}, ${one(insert(2) + look)}] });\n`,
      );
      expect((await failure(up(project))).message).toContain("no nine");
      expect(await count()).toBe(1);
      await project.withDatabase(({ driver }) => driver.execute("INSERT INTO items (id, part) VALUES (9, 'a')"));
      await up(project);
      expect(await count("id IN (1, 2)")).toBe(2);
    });

    test("going down asks the function, or says why it cannot", async () => {
      writeCode("0002_there", `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')");`, {
        backward:
          'async (db) => { const { rowsAffected } = await db.execute("DELETE FROM items"); if (rowsAffected !== 1) throw new Error("not one"); }',
      });
      await up(project);
      expect(await count()).toBe(1);
      await down(project);
      expect(await count()).toBe(0);
      writeCode("0002_there", `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')");`, {
        backward: 'irreversible("rows are not kept")',
      });
      await up(project);
      const error = await failure(down(project));
      expect(error.code).toBe("irreversible");
      expect(error.message).toContain("it has no way back: rows are not kept; go forward with a new migration");
      expect(await count()).toBe(1);
    });
  });
}

for (const database of ["sqlite", "postgresql"] as const)
  test(`${database}: functions of several migrations share a transaction where the run has one`, async () => {
    await begin(database);
    const insert = "await db.execute(\"INSERT INTO items (id, part) VALUES (1, 'a')\");";
    writeCode("0002_a", insert);
    writeCode("0003_b", `if ((await db.query("SELECT id FROM items")).length !== 1) throw 1; ${insert}`);
    const error = await failure(up(project, { singleTransaction: true }));
    expect(error.data).toMatchObject({ failed: "0003_b", applied: [] });
    expect(await count()).toBe(0);
    writeCode("0003_b", "");
    expect((await up(project, { singleTransaction: true })).applied).toEqual(["0002_a", "0003_b"]);
    expect(await count()).toBe(1);
  });

describe("what a failure leaves", () => {
  test("MariaDB: what is done of the migration stays done, and the next run goes on with the function", async () => {
    await begin("mariadb");
    const file = (body: string) =>
      writeFileSync(
        join(project.migrationsDir, "0002_parts.ts"),
        `import { createTable, migration, runCode } from "godwit";
const one = (name: string) => createTable({ name, fields: [{ name: "id", type: "bigint", primaryKey: true }] });
export default migration({ dependencies: ["0001_initial"], operations: [
  one("first"), runCode({ forward: async (db) => { await db.execute("INSERT INTO first (id) VALUES (1)"); ${body} }, backward: "" }), one("second"),
] });\n`,
      );
    file('throw new Error("not yet");');
    const error = await failure(up(project));
    expect(error.message).toContain("0002_parts.ts:4:");
    expect(await project.tables()).toEqual(["first", "items"]);
    expect(await project.query("SELECT id FROM first")).toEqual([]);
    const [row] = await project.query("SELECT state, steps_done FROM godwit_history WHERE name = '0002_parts'");
    expect(row).toMatchObject({ state: "failed" });
    file('await db.execute("INSERT INTO first (id) VALUES (2)");');
    await up(project);
    expect(await project.tables()).toEqual(["first", "items", "second"]);
    expect((await project.query("SELECT id FROM first ORDER BY id")).map(({ id }) => id)).toEqual([1, 2]);
  });

  test("MariaDB: code that is done cannot be another one when the rest is", async () => {
    await begin("mariadb");
    const file = (mark: number, last: string) =>
      writeFileSync(
        join(project.migrationsDir, "0002_parts.ts"),
        `import { migration, runCode, runSQL } from "godwit";
export default migration({ dependencies: ["0001_initial"], operations: [
  runCode({ forward: async (db) => { await db.execute("INSERT INTO items (id, part) VALUES (?, 'a')", [${mark}]); }, backward: "" }),
  runSQL({ forward: ${JSON.stringify(last)}, backward: "" }),
] });\n`,
      );
    file(1, "CREATE TABLE items (id INT)");
    await failure(up(project));
    file(2, "CREATE TABLE more (id INT)");
    expect((await failure(up(project))).message).toContain("was changed after it stopped half-way");
  });

  test("MariaDB: what may end the transaction is refused, however it is written, and what ends it all the same is told", async () => {
    await begin("mariadb");
    await project.withDatabase(({ driver }) => driver.execute("CREATE PROCEDURE ends() COMMIT"));
    for (const sql of [
      "/*!COMMIT*/",
      "/*M!100100 COMMIT */",
      "CALL ends()",
      "EXECUTE IMMEDIATE 'COMMIT'",
      "SET autocommit = 1",
      "LOCK TABLES items WRITE",
      "CREATE INDEX i ON items (note)",
      "/* why */ TRUNCATE items",
    ]) {
      writeCode(
        "0002_ends",
        `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')"); await db.execute(${JSON.stringify(sql)});`,
      );
      expect(`${sql}: ${(await failure(up(project))).code}`).toBe(`${sql}: unsupported`);
      expect(await count()).toBe(0);
    }
    writeCode(
      "0002_ends",
      `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')"); await db.execute("SET @x = 1, @@session.autocommit = 0"); await db.execute("SET @x = 1, @@session.autocommit = 1");`,
    );
    expect((await failure(up(project))).message).toContain("has ended the migration's transaction");
    expect(
      (await project.query("SELECT state FROM godwit_history WHERE name = '0002_ends'")).map(({ state }) => state),
    ).toEqual([]);
  });

  test("PostgreSQL: an error that the author passes over is told all the same, unless a savepoint was set", async () => {
    await begin("postgresql");
    const insert = "await db.execute(\"INSERT INTO items (id, part) VALUES (1, 'a')\");";
    writeCode("0002_over", `${insert} try { ${insert} } catch {}`);
    const silent = await failure(up(project));
    expect(silent.message).toContain("duplicate key value");
    expect(silent.message).toContain("the database does nothing more in the transaction");
    writeCode("0002_over", `${insert} try { ${insert} } catch {} await db.query("SELECT 1 AS x");`);
    expect((await failure(up(project))).message).toContain(
      "after this the database does nothing more in the transaction",
    );
    expect(await count()).toBe(0);
    writeCode(
      "0002_over",
      `${insert} await db.execute("SAVEPOINT again"); try { ${insert} } catch (e: any) { if (e.code !== "23505" || e.name !== "DatabaseError") throw e; await db.execute("ROLLBACK TO SAVEPOINT again"); }`,
    );
    await up(project);
    expect(await count()).toBe(1);
  });

  test("PostgreSQL: of too many rows no more are read than it takes to know, and few are all there", async () => {
    await begin("postgresql");
    writeCode("0002_many", 'await db.query("SELECT generate_series(1, ?::bigint) AS i", [100000000000]);');
    expect((await failure(up(project))).message).toContain(
      "the query gives more than 100000 rows; read them with db.batches()",
    );
    writeCode(
      "0002_many",
      `const counts = [];
      for (const sql of ["SELECT generate_series(1, 2500) AS i", "SHOW server_version", "WITH n AS (SELECT 1 AS i) TABLE n", "INSERT INTO items (id, part) VALUES (1, 'a'), (2, 'b') RETURNING id", "SELECT 1 AS i WHERE false", "UPDATE items SET note = 'x'"])
        counts.push((await db.query(sql)).length);
      await db.execute("UPDATE items SET note = ?", [counts.join()]);`,
    );
    await up(project);
    expect((await project.query("SELECT DISTINCT note FROM items"))[0]?.["note"]).toBe("2500,1,1,2,0,0");
    writeCode("0003_wrong", 'await db.query("SELECT nothing FROM items");');
    const error = await failure(up(project));
    expect(error.data).toMatchObject({ code: "42703", file: "migrations/0003_wrong.ts", line: 4 });
    expect(error.message).toContain("^ column 8");
  });

  test("PostgreSQL: names stay where they lead, and an index that cannot be in a transaction is refused", async () => {
    await begin("postgresql");
    writeCode("0002_path", 'await db.execute("SET search_path TO elsewhere");');
    expect((await failure(up(project))).message).toContain("the SQL would lead names elsewhere");
    writeCode("0002_path", 'await db.execute("CREATE INDEX CONCURRENTLY i ON items (id)");');
    expect((await failure(up(project))).message).toContain("CREATE cannot be part of a transaction on PostgreSQL");
    writeCode("0002_path", `await db.execute("UPDATE items SET note = ? WHERE ?::jsonb ?? 'a'", ["x", '{"a":1}']);`);
    await up(project);
  });
});

describe("limits", () => {
  beforeEach(() => begin("sqlite"));

  test("a loop ends at its time, which does not run while the database works", async () => {
    const slow =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT COUNT(*) AS n FROM n";
    writeCode("0002_slow", `for (let i = 0; i < 4; i++) await db.query(${JSON.stringify(slow)});`, {
      options: 'codeTimeout: "400ms",',
    });
    await up(project);
    writeCode(
      "0003_loop",
      `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')");\nfor (let i = 0; ; i++) await db.query("SELECT 1 AS x");`,
      {
        options: 'codeTimeout: "300ms",',
      },
    );
    const between = await failure(up(project));
    expect([between.code, between.message]).toEqual([
      "limit",
      expect.stringMatching(
        /^migrations\/0003_loop\.ts:\d+:\d+: the code ran longer than 300 ms, waiting for the database not counted; leave more to SQL, or give the migration more with "codeTimeout"$/,
      ),
    ]);
    writeCode("0003_loop", `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')");\nfor (;;) {}`, {
      options: 'codeTimeout: "300ms",',
    });
    expect((await failure(up(project))).message).toContain("ran longer than 300 ms");
    expect(await count()).toBe(0);
  });

  test("memory ends at its limit, and a migration may ask for more as far as that is allowed", async () => {
    const body =
      'let all = ""; for (let i = 0; i < 40; i++) all += String.fromCharCode(65 + i).repeat(1024 * 1024); if (all.length !== 40 * 1024 * 1024) throw new Error("short");';
    writeCode("0002_big", body, { options: "codeMemory: 32," });
    const { code, message } = await failure(up(project));
    expect([code, message]).toEqual([
      "limit",
      expect.stringContaining("the code needs more than 32 MiB of memory; read with db.batches()"),
    ]);
    writeCode("0002_big", body, { options: "codeMemory: 256," });
    const refused = await failure(up({ ...project, limits: { code: { memoryMiB: 100 } } }));
    expect([refused.code, refused.message]).toEqual([
      "limit",
      expect.stringContaining('"0002_big" says codeMemory, and functions may keep 100 MiB at most'),
    ]);
    await up(project);
    writeCode("0003_long", "", { options: 'codeTimeout: "11m",' });
    expect((await failure(up(project))).message).toContain("functions may run for 600 s at most");
  });

  test("what is allowed comes from variables, or else from godwit.yaml, and has to be a time and a number", () => {
    writeFileSync(join(project.root, "godwit.yaml"), "max_code_timeout: 20m\nmax_code_memory: 128\n");
    const read = (env: Readonly<Record<string, string>>) => loadProject({}, env, project.root).limits?.code;
    expect(read({})).toEqual({ timeMs: 1_200_000, memoryMiB: 128 });
    expect(read({ GODWIT_MAX_CODE_TIMEOUT: "90s", GODWIT_MAX_CODE_MEMORY: "1024" })).toEqual({
      timeMs: 90_000,
      memoryMiB: 1024,
    });
    expect(() => read({ GODWIT_MAX_CODE_MEMORY: "much" })).toThrow(
      '"GODWIT_MAX_CODE_MEMORY" holds "much", which is not a whole number',
    );
    writeFileSync(join(project.root, "godwit.yaml"), "max_code_memory: 8\n");
    expect(() => read({})).toThrow("at least 16 MiB are needed here");
  });

  test("functions for two databases run at the same time", async () => {
    const other = await createProject("sqlite");
    try {
      const order: string[] = [];
      const slow = (mark: string) =>
        `import { migration, runCode } from "godwit";\nexport default migration({ operations: [runCode({ forward: async (db) => { for (let i = 1; i <= 300; i++) { await db.query("SELECT 1 AS x"); db.progress(i); } await db.execute("CREATE TABLE ${mark} (id integer)"); } })] });\n`;
      writeFileSync(join(other.migrationsDir, "0001_code.ts"), slow("there"));
      writeFileSync(join(project.migrationsDir, "0002_code.ts"), slow("here"));
      const listen = (mark: string) => (event: RunEvent) => void (event.type === "progress" && order.push(mark));
      await Promise.all([up(project, { onEvent: listen("here") }), up(other, { onEvent: listen("there") })]);
      expect(await project.tables()).toEqual(["here", "items"]);
      expect(await other.tables()).toEqual(["there"]);
      expect(new Set(order)).toEqual(new Set(["here", "there"]));
    } finally {
      await other.dispose();
    }
  });

  const hostile: Readonly<Record<string, readonly [body: string, says: string]>> = {
    "a promise that never settles": ["await new Promise(() => {});", "awaits something that never happens"],
    "calls that nobody waits for": [
      'db.execute("INSERT INTO items (id, part) VALUES (1, \'a\')"); db.query("SELECT 1");',
      "the function has ended while 2 calls of the database were still under way; await each of them",
    ],
    "a refusal that nobody waits for": [
      'db.execute("INSERT INTO nowhere VALUES (1)"); await db.query("SELECT 1 AS x"); await db.execute("INSERT INTO items (id, part) VALUES (1, \'a\')");',
      "0002_hostile.ts:4:4: no such table: nowhere",
    ],
    "a refusal of which only what comes after is looked at": [
      'db.execute("INSERT INTO nowhere VALUES (1)").then(() => 1).finally(() => 2); await db.query("SELECT 1 AS x"); await db.query("SELECT 1 AS x");',
      "no such table: nowhere",
    ],
    "a flood of calls": [
      'await Promise.all(Array.from({ length: 101 }, () => db.query("SELECT 1 AS x")));',
      "more than 100 calls of the database at once",
    ],
    "a flood of rows": [
      'await db.query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 500000000) SELECT i FROM n");',
      "the query gives more than 100000 rows; read them with db.batches()",
    ],
    "rows that are too large": ['await db.query("SELECT zeroblob(9000000) AS z");', "larger than 16 MiB"],
    "a key that is not unique": [
      'for await (const rows of db.batches("SELECT 1 AS id UNION ALL SELECT 1", { key: "id" })) rows;',
      'the key "id" is the same in two rows',
    ],
    "a key that is missing": [
      'for await (const rows of db.batches("SELECT NULL AS id UNION ALL SELECT 1", { key: "id" })) rows;',
      'the key "id" is NULL in a row',
    ],
    "a key that is no column": [
      'for await (const rows of db.batches("SELECT 1 AS id", { key: "other" })) rows;',
      "other",
    ],
    "no key": [
      'for await (const rows of db.batches("SELECT 1 AS id", {} as any)) rows;',
      "key of db.batches() is a column",
    ],
    "a batch of too many": [
      'for await (const rows of db.batches("SELECT 1 AS id", { key: "id", size: 1e9 })) rows;',
      "size of db.batches() is a whole number from 1 to 10000",
    ],
    "a transaction that ended by itself": [
      "await db.execute(\"INSERT INTO items (id, part) VALUES (1, 'a')\"); await db.execute(\"INSERT OR ROLLBACK INTO items (id, part) VALUES (1, 'a')\").catch(() => 0); await db.execute(\"INSERT INTO items (id, part) VALUES (2, 'b')\").catch(() => 0);",
      "UNIQUE constraint failed",
    ],
    "a thenable that never calls back": ["return { then() {} } as any;", "awaits something that never happens"],
    "db changed": ["(db as any).query = 1;", "read-only"],
    "the schema changed": ['(db.schema.tables as any).push({ name: "x" });', "not extensible"],
    "a throw of nothing": ["throw undefined;", "threw undefined instead of an Error"],
    "stack overflow": ["const f = (): number => f() + 1; f();", "nested too deeply"],
    "a large SQL text": ['await db.execute("SELECT \'" + "x".repeat(1024 * 1024) + "\'");', "1048576 are the most"],
  };
  for (const [what, [body, says]] of Object.entries(hostile))
    test(`${what} is told, and nothing is left`, async () => {
      writeCode("0002_hostile", body, { options: 'codeTimeout: "2s",' });
      const { message } = await failure(up(project));
      expect(message).toContain(says);
      expect(message).toContain("0002_hostile");
      expect(await count()).toBe(0);
      expect((await project.query("SELECT COUNT(*) AS n FROM godwit_history"))[0]?.["n"]).toBe(1);
    });

  test("what an author does to built-ins, prototypes and results changes no other call", async () => {
    writeCode(
      "0002_poison",
      `const then = Promise.prototype.then;
      for (const owner of [Array.prototype, Object.prototype, Map.prototype, String.prototype, Function.prototype]) {
        for (const key of Object.getOwnPropertyNames(owner)) { try { (owner as any)[key] = () => { throw new Error("poisoned"); }; } catch {} }
      }
      (globalThis as any).JSON = undefined; (globalThis as any).BigInt = undefined; (globalThis as any).Promise = undefined; (globalThis as any).Map = undefined;
      const rows = await db.query("SELECT 1 AS __proto__, 9223372036854775807 AS big, x'00ff' AS bytes, NULL AS none, 'constructor' AS constructor");
      const row: any = rows[0];
      if (row.big !== 9223372036854775807n || row.bytes[1] !== 255 || row.none !== null) throw 1;
      if (Object.getOwnPropertyDescriptor(row, "__proto__")?.value !== 1) throw 2;
      await db.execute("INSERT INTO items (id, part) VALUES (?, ?)", [1, "a"]);
      for await (const batch of db.batches("SELECT id FROM items", { key: "id" })) if (batch.length !== 1) throw 3;`,
    );
    await up(project);
    expect(await count()).toBe(1);
  });

  for (const [what, body] of [
    ["code that runs", "for (let i = 0; ; i++) await Promise.resolve(i);"],
    ["code that loops", "for (;;) {}"],
    ["code that waits for the database", 'for (;;) await db.query("SELECT 1 AS x");'],
  ] as const)
    test(`a run that is told to stop during ${what} leaves nothing`, async () => {
      writeCode(
        "0002_stop",
        `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')"); db.progress(1); await db.query("SELECT 1 AS x"); ${body}`,
      );
      const controller = new AbortController();
      const onEvent = (event: RunEvent) => {
        if (event.type === "progress") setTimeout(() => controller.abort(), 50);
      };
      const { code, message } = await failure(up(project, { signal: controller.signal, onEvent }));
      expect([code, message]).toEqual(["cancelled", 'stopped on request during "0002_stop"; nothing of it is left']);
      expect(await count()).toBe(0);
      // The thread that was left behind is of no consequence for the next.
      writeCode("0002_stop", `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')");`);
      await up(project);
      expect(await count()).toBe(1);
    });

  test("a refusal that somebody has heard of is theirs to deal with, however they listen", async () => {
    const wrong = 'db.execute("INSERT INTO nowhere VALUES (1)")';
    writeCode(
      "0002_heard",
      `let heard = 0;
      try { await ${wrong}; } catch { heard++; }
      await ${wrong}.catch(() => heard++);
      await ${wrong}.then(() => 0, () => heard++);
      await Promise.allSettled([${wrong}, ${wrong}]).then((all) => all.forEach(({ status }) => { if (status === "rejected") heard++; }));
      await Promise.all([${wrong}, db.query("SELECT 1 AS x")]).catch(() => heard++);
      const late = ${wrong}; await db.query("SELECT 1 AS x"); await late.catch(() => heard++);
      const inner = async () => { await ${wrong}; }; await inner().catch(() => heard++);
      const value = db.query("SELECT 2 AS x"); if (!(value instanceof Promise) || (await value)[0]?.["x"] !== 2) throw new Error("no promise");
      await db.execute("INSERT INTO items (id, part) VALUES (?, 'a')", [heard]);`,
    );
    await up(project);
    expect(await count("id = 8")).toBe(1);
  });

  test("calls at the same time go out in the order in which they were made", async () => {
    writeCode(
      "0002_order",
      `const texts = Array.from({ length: 50 }, (_, i) => i);
      await Promise.all(texts.map((i) => db.execute("INSERT INTO items (id, part, note) SELECT ?, 'a', COUNT(*) FROM items", [i])));`,
    );
    await up(project);
    expect(await count("id = note")).toBe(50);
  });

  test("db is of no use after its function, nor in the other one", async () => {
    writeCode("0002_kept", "kept = db; await db.execute(\"INSERT INTO items (id, part) VALUES (1, 'a')\");", {
      head: "let kept: any;",
      backward:
        'async (db) => { await db.execute("UPDATE items SET note = ?", [String(kept)]); throw new Error("kept is " + kept); }',
    });
    await up(project);
    expect((await failure(down(project))).message).toContain("kept is undefined");
  });

  test("what the migrations have made by then is what db.schema says", async () => {
    writeFileSync(
      join(project.migrationsDir, "0002_schema.ts"),
      `import { addField, migration, runCode } from "godwit";
      const tell = runCode({ forward: async (db) => {
        const [table] = db.schema.tables;
        const fields = table?.fields.map(({ name }) => name).join(" ");
        await db.execute("INSERT INTO items (id, part, note) VALUES ((SELECT COUNT(*) FROM items), 'a', ?)", [fields + " " + table?.primaryKey + " " + Object.isFrozen(table?.fields[0])]);
      } });
      export default migration({ dependencies: ["0001_initial"], operations: [
        tell, addField({ table: "items", field: { name: "more", type: "text", nullable: true } }), tell,
      ] });`,
    );
    await up(project);
    expect((await project.query("SELECT note FROM items ORDER BY id")).map(({ note }) => note)).toEqual([
      "id part note data flag price at id,part true",
      "id part note data flag price at more id,part true",
    ]);
  });

  test("what is no function is told at its place", async () => {
    const wrong: Readonly<Record<string, string>> = {
      'forward: "SELECT 1"': "operations[0].forward: runCode: is not a function",
      'forward: { function: "forward", code: "0".repeat(64) }': "operations[0].forward: runCode: is not a function",
      'forward() {}, backward: { function: "backward", code: "0".repeat(64) }':
        "operations[0].backward: runCode: is neither a function",
      "forward() {}, backward: 1": "operations[0].backward",
      "forward() {}, other() {}": "operations[0].other is a function, and only plain data can leave a migration",
      "forward: new Proxy(() => {}, {})":
        "operations[0].forward is a function, and only plain data can leave a migration",
      'backward: ""': "operations[0].forward: runCode: is not a function",
    };
    for (const [params, says] of Object.entries(wrong)) {
      writeFileSync(
        join(project.migrationsDir, "0002_wrong.ts"),
        `import { migration, runCode } from "godwit";\nexport default migration({ dependencies: ["0001_initial"], operations: [runCode({ ${params} } as any)] });\n`,
      );
      const { code, message } = await failure(up(project));
      expect(`${params}: ${code} ${message}`).toContain(`migration migrations/0002_wrong.ts:2:`);
      expect(`${params}: ${message}`).toContain(says);
    }
  });
});
