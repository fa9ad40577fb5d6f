import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { actionSpellings } from "../../src/core/schema/actions.ts";
import { parseSchema } from "../../src/runtime/schema-files.ts";
import { type Block, blocksOf, pagePath } from "./page.ts";
import { matches, openSession, type Session, update } from "./session.ts";

const page = "docs/from-makemigrations.md";
const blocks = blocksOf(page);
const sql = join(import.meta.dir, "../helpers/sql.ts");
const oldDatabase = join(import.meta.dir, "../predecessor/old-database.ts");

/** A block of the page's kind that the page does not show. */
const hidden = (text: string, ...attributes: readonly string[]): Block => ({
  page,
  line: 0,
  language: "sh",
  attributes: new Map(attributes.map((name) => [name, name])),
  text,
});

const schema = blocks.find((block) => block.attributes.get("file") === "schema/schema.yaml");

let session: Session;
beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.dispose());

const outputOf = async (block: Block): Promise<readonly string[]> => {
  const ran = await session.run(block);
  expect(ran.map(({ command, exitCode, actual }) => ({ command, actual, exitCode }))).toEqual(
    ran.map(({ command, actual }) => ({ command, actual, exitCode: 0 })),
  );
  return ran.map(({ actual }) => actual.trim());
};

const query = async (text: string, ...attributes: readonly string[]): Promise<string> =>
  (await outputOf(hidden(`${process.execPath} ${sql} "${text}"\n`, ...attributes))).join("\n");

test("the page does what it shows, with databases that makemigrations has made", async () => {
  if (!schema) throw new Error("the page shows no schema");
  const played: (() => void)[] = [];
  await outputOf(hidden(`${process.execPath} ${oldDatabase}\n`, "postgres"));
  session.write(schema);
  for (const name of ["0001_initial.go", "main.go", "go.mod"])
    session.write({ ...hidden("package main\n"), attributes: new Map([["file", `migrations/${name}`]]) });
  for (const block of blocks.filter(({ language }) => language === "console")) {
    if (block.attributes.has("adopt")) {
      await outputOf(hidden(`${process.execPath} ${oldDatabase}\n`, "new"));
      session.write({ ...schema, attributes: new Map([["file", "../blog/schema/schema.yaml"]]) });
    }
    played.push(await play(block));
  }
  const joined = "SELECT email, credit, body FROM users JOIN posts ON posts.user_id = users.id";
  expect(await query(joined, "postgres")).toBe('{"email":"ann@example.org","credit":"2.50","body":"first"}');
  expect(await query(joined)).toBe('{"email":"ann@example.org","credit":2.5,"body":"first"}');
  expect(await query("PRAGMA foreign_key_list(posts)")).toContain('"CASCADE"');
  for (const judge of played.toReversed()) judge();
});

test("a SQLite database can be left as it is by declaring what it has", async () => {
  const kept = blocks.find((block) => block.text.startsWith("type_mappings:"));
  if (!kept) throw new Error("the page shows no such schema");
  expect(parseSchema(kept.text).warnings).toEqual([]);
  await outputOf(hidden(`${process.execPath} ${oldDatabase}\n`, "new"));
  session.write({ ...kept, attributes: new Map([["file", "schema/schema.yaml"]]) });
  const [, drift = ""] = await outputOf(hidden("godwit generate --name initial\ngodwit schema drift || true\n"));
  // The page's schema is shorter than the database: columns are left out, but none is another than declared.
  expect(drift).not.toContain("makemigrations_history");
  expect(drift.split("\n").filter((line) => / expected$|is not in the database/.test(line))).toEqual([]);
});

const text = await Bun.file(pagePath(page)).text();
const rows = [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = ""]) => row.split(" | "));
const wordsOf = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);

test("the old names of commands are names here, and so are the new ones", async () => {
  const section = rows.slice(
    rows.findIndex((row) => row[0] === "`init`"),
    rows.findIndex((row) => row[0] === "`--host`, `--port`, `--username`, …"),
  );
  const names = section
    .flatMap(([old = "", now = ""]) => [...wordsOf(old), ...wordsOf(now)])
    .filter((name) => !name.startsWith("-"))
    .map((name) => (["status", "showsql", "fake", "dag"].includes(name) ? `migrate ${name}` : name));
  expect(names.length).toBeGreaterThan(25);
  const help = names.map((name) => `godwit ${name.replace(/ --merge$/, "")} --help`);
  for (const output of await outputOf(hidden(`${help.join("\n")}\n`))) expect(output).toContain("godwit");
});

test("what is said not to be there is not there", async () => {
  const commands = ["struct-to-schema", "morphic"];
  for (const command of commands) expect(text).toContain(`\`${command}\``);
  for (const command of commands) {
    const [ran] = await session.run(hidden(`godwit ${command}\n`));
    expect({ command, exitCode: ran?.exitCode }).toEqual({ command, exitCode: 2 });
  }
});

test("keys, actions and types of makemigrations are read", () => {
  const types = "text integer bigint float boolean date timestamp time uuid json jsonb serial bytes text[]".split(" ");
  const actions = ["CASCADE", "RESTRICT", "SET_NULL", "PROTECT", "SET_DEFAULT"];
  expect(actions.filter((action) => !actionSpellings.includes(action))).toEqual([]);
  const yaml = `
database: { name: shop, version: "1.0", migration_version: "7" }
defaults: { postgresql: { now: CURRENT_TIMESTAMP }, clickhouse: { now: now() }, auroradsql: { now: now() } }
type_mappings: { vertica: { text: "VARCHAR({{.Length}})" } }
tables:
  - name: other
    fields: [{ name: id, type: uuid, primary_key: true }]
  - name: t
    fields:
      - { name: id, type: serial, primary_key: true, nullable: false }
      - { name: v, type: varchar, length: 9 }
      - { name: d, type: decimal, precision: 9, scale: 2 }
      - { name: a, type: timestamp, auto_create: true, auto_update: true }
${types.map((type, i) => `      - { name: f${i}, type: "${type}" }`).join("\n")}
${actions.map((action, i) => `      - { name: k${i}, type: foreign_key, foreign_key: { table: other, on_delete: ${action}, on_update: ${action} } }`).join("\n")}
      - { name: m, type: many_to_many, many_to_many: { table: other } }
    indexes:
      - { name: i, fields: [v, d], unique: true, method: btree, where: "v > ''", foreign_key: true, from_fk: false }
`;
  // A second serial is the only thing that is looked at askance.
  expect(
    parseSchema(yaml)
      .warnings.map(({ message }) => message)
      .filter((message) => !message.includes("serial")),
  ).toEqual([]);
});

/** Runs a block and returns what holds the output against the page, or writes it there. */
async function play(block: Block): Promise<() => void> {
  const ran = await session.run(block);
  if (process.env["GODWIT_TEST_UPDATE"] === "1") return () => update(block, ran);
  return () => {
    const last = Number(block.attributes.get("exit") ?? 0);
    for (const [i, { command, output, actual, exitCode }] of ran.entries()) {
      const asShown = matches(output, actual) ? actual : output;
      const expected = { command, exitCode: i === ran.length - 1 ? last : 0, output: asShown };
      expect({ command, exitCode, output: actual }).toEqual(expected);
    }
  };
}
