import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "../../src/runtime/events.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { begin, count, failure, project, writeCode } from "../helpers/code-project.ts";
import { databases, standingAlone } from "../helpers/migration-project.ts";

afterEach(() => project.dispose());

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
      await up(project, { allowConflicts: true, onEvent: (event) => events.push(event) });
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
    const error = await failure(up(project, { singleTransaction: true, allowConflicts: true }));
    expect(error.data).toMatchObject({ failed: "0003_b", applied: [] });
    expect(await count()).toBe(0);
    writeCode("0003_b", "");
    expect((await up(project, { singleTransaction: true, allowConflicts: true })).applied).toEqual([
      "0002_a",
      "0003_b",
    ]);
    expect(await count()).toBe(1);
  });
