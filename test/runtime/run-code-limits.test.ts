import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadProject } from "../../src/runtime/config.ts";
import type { RunEvent } from "../../src/runtime/events.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { begin, count, failure, project, writeCode } from "../helpers/code-project.ts";
import { createProject } from "../helpers/migration-project.ts";

afterEach(() => project.dispose());

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
    const between = await failure(up(project, { allowConflicts: true }));
    expect([between.code, between.message]).toEqual([
      "limit",
      expect.stringMatching(
        /^migrations\/0003_loop\.ts:\d+:\d+: the code ran longer than 300 ms, waiting for the database not counted; leave more to SQL, or give the migration more with "codeTimeout"$/,
      ),
    ]);
    writeCode("0003_loop", `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')");\nfor (;;) {}`, {
      options: 'codeTimeout: "300ms",',
    });
    expect((await failure(up(project, { allowConflicts: true }))).message).toContain("ran longer than 300 ms");
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
    expect((await failure(up(project, { allowConflicts: true }))).message).toContain(
      "functions may run for 600 s at most",
    );
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
        `import { migration, runCode } from "godwit";\nexport default migration({ operations: [runCode({ touches: ["${mark}"], forward: async (db) => { for (let i = 1; i <= 300; i++) { await db.query("SELECT 1 AS x"); db.progress(i); } await db.execute("CREATE TABLE ${mark} (id integer)"); } })] });\n`;
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
