import { table } from "./program.ts";

/** Migrations of all kinds: plain data, TypeScript that has to be evaluated, SQL. */
export const migrations = {
  "0001_users.ts": `import { createTable, migration } from "godwit";

// Plain data.
export default migration({
  operations: [
    createTable({
      name: "users",
      fields: [
        { name: "id", type: "serial", primaryKey: true },
        { name: "name", type: "varchar", length: 100 },
      ],
    }),
  ],
});
`,
  "0002_colours.ts": `import { type Database, type Operation, createTable, migration, runCode, runSQL } from "godwit";

enum Size { Small = 1, Large }
const colours: readonly string[] = ["red", "blue"];
const tables = colours.map((name): Operation =>
  createTable({ name, fields: [{ name: "id", type: "integer", primaryKey: true }] }),
);

export default migration({
  dependencies: ["0001_users"],
  operations: [
    ...tables,
    runSQL({ forward: \`INSERT INTO red VALUES (\${Size.Large})\`, backward: "" }),
    runCode({
      forward: async (db: Database) => {
        for await (const rows of db.batches<{ id: number }>("SELECT id FROM red", { key: "id" }))
          for (const { id } of rows) await db.execute("INSERT INTO blue (id) VALUES (?)", [id * 10 as number]);
      },
      backward: "",
    }),
  ],
} satisfies Parameters<typeof migration>[0]);
`,
  "0003_search.up.sql": "CREATE TABLE search (id INTEGER);\nINSERT INTO search VALUES (3);\n",
  "0003_search.down.sql": "DROP TABLE search;\n",
  "0004_data.ts": `import { createTable, migration, upsertData } from "godwit";
import { fromHex } from "godwit/hash";

export default migration({
  dependencies: ["0003_search"],
  operations: [
    createTable({ name: "files", fields: [{ name: "id", type: "bigint", primaryKey: true }, { name: "body", type: "bytes" }] }),
    upsertData({ table: "files", keys: ["id"], rows: [{ id: 9007199254740993n, body: fromHex("00c8ff") }] }),
  ],
});
`,
};

const start = `import { migration, createTable } from "godwit";\n\n`;
const end = `\nexport default migration({ operations: [] });\n`;

/** Migrations that are refused, by what is wrong with them. */
export const refused: Readonly<Record<string, string>> = {
  "a parameter that does not exist": table("a").replace("name:", "nme:"),
  "no TypeScript": `${start}let x: = 3;${end}`,
  "a module of the system": `import { readFileSync } from "node:fs";\n${start}readFileSync("/etc/passwd");${end}`,
  "a module of the system that is not used": `${start}import { readFileSync } from "node:fs";${end}`,
  "a type of a package, which is gone when it runs": `import type { X } from "zod";\n${start}throw new Error("seen" as X);${end}`,
  "a package": `import { z } from "zod";\n${start}z();${end}`,
  "an error at a line": `${start}const o: any = undefined;\n   o.x;${end}`,
  "an error in a call": `${start}function f(a: string): never { throw new TypeError("no " + a); }\nconst y = f("more");${end}`,
  "the process": `${start}process.exit(0);${end}`,
  "a function that fails": `import { migration, runCode } from "godwit";
const fail = (what: string): never => { throw new TypeError("no " + what); };
export default migration({ operations: [runCode({ forward: async (db) => {
  const rows = await db.query("SELECT 1 AS x");
  if (rows.length === 1) fail("more");
} })] });
`,
  "a statement that fails in a function": `import { migration, runCode } from "godwit";
export default migration({ operations: [runCode({ forward: async (db): Promise<void> => {
  await db.query("SELECT * FROM nowhere");
} })] });
`,
  memory: `${start}const a: string[] = []; for (;;) a.push("x".repeat(1000000) + a.length);${end}`,
  "a name that is taken twice": `${start}const a = 1;\nconst a = 2;${end}`,
  "no default export": `${start}`,
};

/** A program that plays the story and prints what it saw as JSON. \`DatabaseSync\` and \`Database\` have \`prepare\` in common. */
export const program = `import { check, migrate, open, ToolError } from "godwit";
import { writeFileSync } from "node:fs";

const { migrations, refused } = JSON.parse(process.env.STORY);
const seen = {};
const attempt = (work) => work.then(() => "nothing was refused", (e) => (e instanceof ToolError ? [e.code, e.message] : String(e.stack)));

const events = [];
const database = await open("app.db", { migrations, onEvent: (event) => events.push(event.type) });
seen.events = [...new Set(events)].filter((type) => type.startsWith("migration"));
seen.rows = database.prepare("SELECT (SELECT id FROM red) AS red, (SELECT id FROM blue) AS blue, (SELECT id FROM search) AS search, (SELECT id || '' FROM files) AS file, (SELECT hex(body) FROM files) AS body").all().map((row) => ({ ...row }));
seen.history = database.prepare("SELECT name, checksum FROM godwit_history ORDER BY name").all().map((row) => Object.values(row));
seen.again = await migrate({ database, migrations });
seen.check = (await check({ database, migrations })).tracks;
const [first] = Object.entries(migrations);
seen.ahead = await migrate({ url: "sqlite:app.db", migrations: Object.fromEntries([first]) });
seen.behind = await check({ url: "sqlite:app.db", migrations: { ...migrations, "0009_new.up.sql": "SELECT 1;" } });
seen.failed = await attempt(migrate({ database, migrations: { ...migrations, "0009_new.up.sql": "SELECT 1;\\nINSERT INTO nowhere VALUES (1);" } }));
const alone = { ...migrations, "0005_alone.up.sql": "-- transaction: false\\nCREATE TABLE first (id INTEGER);\\nINSERT INTO later VALUES (1);" };
seen.stopped = await attempt(migrate({ database, migrations: alone }));
database.exec("CREATE TABLE later (id INTEGER)");
seen.resumed = await migrate({ database, migrations: alone });
writeFileSync("letter.db", "this is a letter, not a database. ".repeat(100));
seen.letter = await attempt(open("letter.db", { migrations }));
database.exec("BEGIN IMMEDIATE");
seen.busy = await attempt(migrate({ url: "sqlite:app.db?busy_timeout=20", lockTimeout: 100, migrations: { ...alone, "0009_new.up.sql": "CREATE TABLE new (id);" } }));
database.exec("COMMIT");
database.close();
seen.refused = {};
for (const [what, text] of Object.entries(refused))
  seen.refused[what] = await attempt(open(":memory:", { migrations: { "0001_x.ts": text } }));
console.log(JSON.stringify(seen));
`;
