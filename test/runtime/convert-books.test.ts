import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/runtime/config.ts";
import { convert } from "../../src/runtime/tasks/convert.ts";

const folder = mkdtempSync(join(tmpdir(), "godwit-convert-books-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

const one = "CREATE TABLE a (id INTEGER PRIMARY KEY);\n-- one\n";
const two = "CREATE TABLE b (id INTEGER PRIMARY KEY);\n";
const sumOf = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex");
const columns =
  "id TEXT, checksum TEXT, finished_at DATETIME, migration_name TEXT, logs TEXT, rolled_back_at DATETIME, started_at DATETIME, applied_steps_count INTEGER";
const row = (name: string, checksum: string, finished: 1 | null = 1, rolledBack: 1 | null = null): string =>
  `INSERT INTO _prisma_migrations VALUES ('x', '${checksum}', ${finished}, '${name}', NULL, ${rolledBack}, 1, 1);`;

/** Converts these two migrations of Prisma with the state of a database that has both tables, and these rows in its history. */
const converted = (rows: readonly string[], first = one) => {
  const root = join(folder, String(count++));
  for (const [name, sql] of Object.entries({ "1_a": first, "2_b": two })) {
    mkdirSync(join(root, "prisma", name), { recursive: true });
    writeFileSync(join(root, "prisma", name, "migration.sql"), sql);
  }
  const database = new Database(join(root, "old.db"));
  database.run(`${one} ${two} CREATE TABLE _prisma_migrations (${columns}); ${rows.join(" ")}`);
  database.close();
  const project = loadProject({ url: `sqlite:${join(root, "old.db")}` }, {}, root);
  const options = { paths: [join(root, "prisma")], as: "ts", placeholders: {} } as const;
  return {
    withState: () => convert(project, { ...options, state: true }),
    without: () => convert(project, options),
  };
};

test("a file that is not what its tool applied is told, with the line ends of any system", async () => {
  const rows = [row("1_a", sumOf(one)), row("2_b", sumOf(two))];
  expect((await converted(rows).withState()).findings).toEqual([]);
  expect((await converted(rows, one.replaceAll("\n", "\r\n")).withState()).findings).toEqual([]);
  const { findings, state } = await converted(rows, `${one} -- more\n`).withState();
  expect(state).toBe("0003_state");
  expect(findings).toEqual([
    {
      file: expect.stringMatching(/1_a\/migration\.sql$/),
      line: 1,
      what: `was changed after Prisma Migrate applied it to this database (SHA-256 ${sumOf(one).slice(0, 8)}… there, ${sumOf(`${one} -- more\n`).slice(0, 8)}… here)`,
      hint: "restore it and convert again, unless a new database is to get what it says now",
      lost: false,
    },
  ]);
});

test("a sum that Prisma wrote down without zeros is that of the same file", async () => {
  const sql = Array.from({ length: 40 }, (_, i) => `${one}-- ${i}`).find((text) => /^(?:..)*0/.test(sumOf(text))) ?? "";
  const bytes = sumOf(sql).match(/../g) ?? [];
  const short = bytes.map((byte) => Number.parseInt(byte, 16).toString(16)).join("");
  expect(short.length).toBeLessThan(64);
  expect((await converted([row("1_a", short), row("2_b", "")], sql).withState()).findings).toEqual([]);
});

test("a database on which not all of them have run, or nobody knows, has no state of all of them", async () => {
  const last = row("1_a", "");
  await expect(converted([last]).withState()).rejects.toMatchObject({
    code: "history",
    message: expect.stringMatching(
      /^Prisma Migrate has not applied ".*2_b\/migration\.sql" to this database, so what it has is not what all of them make; apply it there first, or leave out what the database has with --no-state$/,
    ),
  });
  await expect(converted([last, row("2_b", "", 1, 1)]).withState()).rejects.toThrow('has not applied "');
  await expect(converted([last, row("2_b", "", null)]).withState()).rejects.toThrow(
    'Prisma Migrate: "2_b" failed; repair the database',
  );
  expect((await converted([last, row("2_b", "", null)]).without()).migrations).toHaveLength(2);
});
