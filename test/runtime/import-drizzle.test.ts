import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { importDrizzle } from "../../src/runtime/tasks/import-drizzle.ts";
import { importStory } from "../helpers/import-story.ts";

const project = { database: { url: "sqlite:nowhere.db" } };
const fixtures = join(import.meta.dir, "../fixtures/drizzle");

// The SQL beside the files of tables is what drizzle-kit prints for them.
describe.each(["sqlite", "postgresql"] as const)("Drizzle tables of %s", (database) => {
  test("are the database that drizzle-kit makes, and the one that godwit makes of them", async () => {
    const result = await importDrizzle(project, { paths: [join(fixtures, `${database}.ts`)] });
    const sql = join(fixtures, `${database}.sql`);
    const { theirs, ours } = await importStory(database, result, sql);
    expect(result.dialect.name).toBe(database);
    expect(theirs).toEqual({ changes: [], tables: result.tables.toSorted() });
    expect(ours).toEqual(theirs);
    expect(theirs.tables.length).toBe(readFileSync(sql, "utf8").match(/CREATE TABLE/g)?.length ?? -1);
  }, 60_000);
});

test("Drizzle tables of MySQL are the database that drizzle-kit makes", async () => {
  const result = await importDrizzle(project, { paths: [join(fixtures, "mysql.ts")] });
  const { theirs, ours } = await importStory("mariadb", result, join(fixtures, "mysql.sql"));
  expect(theirs.changes).toEqual([]);
  expect(result.unsupported.map(({ kind, object }) => [kind, object])).toEqual([["view", "active_users"]]);
  expect(ours).toEqual({ changes: [], tables: ["members", "users", "visits"] });
}, 60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "godwit-drizzle-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files, each with what nearly every one of them imports. */
function write(files: Readonly<Record<string, string>>): readonly string[] {
  const head =
    'import { sql } from "drizzle-orm"; import { customType, index, integer, pgEnum, pgTable, pgView, text } from "drizzle-orm/pg-core";';
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${head}\n${text}\n`);
    return path;
  });
}

/** Imports the first of the files. */
const imported = (files: Readonly<Record<string, string>>) =>
  importDrizzle(project, { paths: write(files).slice(0, 1) });

const failureOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const error: unknown = await imported(files).catch((e: unknown) => e);
  if (!(error instanceof ToolError)) throw new Error("it did not fail", { cause: error });
  return [error.code, error.message.replace(/^.*?godwit-drizzle-\w+\//, "")];
};

const table = 'export const a = pgTable("a", { id: integer().primaryKey() });';

describe("what a file declares", () => {
  test("is what it exports, once, in the order in which it is written", async () => {
    const { tables, schema } = await imported({
      "schema.ts": `export * from "./z"; export { b } from "./z.js"; const hidden = pgTable("hidden", {});\n${table}`,
      "z.ts": 'export const b = pgTable("b", { id: integer() }); export const also = b;',
    });
    expect(tables).toEqual(["b", "a"]);
    expect(schema.tables[1]?.primaryKey).toEqual(["id"]);
  });

  test("a directory is all files in it", async () => {
    write({
      "db/a.ts": table,
      "db/more/b.ts": 'export const b = pgTable("b", { id: integer() });',
      "c.ts": "export const c = 1;",
    });
    const { tables } = await importDrizzle(project, { paths: [join(folder, "db")] });
    expect([...tables].toSorted()).toEqual(["a", "b"]);
  });

  test("other packages may do what is no part of the database", async () => {
    const { schema, unsupported } = await imported({
      "a.ts": `import { createId, z } from "some-package"; import * as zod from "drizzle-zod";
        export const a = pgTable("a", { id: text().$defaultFn(() => createId()), n: integer().default(3) });
        export const insert = zod.createInsertSchema(a, { id: z.string().min(1) }).omit({ n: true });`,
    });
    expect(schema.tables[0]?.fields.map(({ default: value }) => value)).toEqual([undefined, 3]);
    expect(unsupported).toEqual([
      {
        kind: "default",
        object: "id",
        table: "a",
        reason: "the program sets it, and the database does not know of it",
      },
    ]);
  });

  test("files are found by aliases of tsconfig.json, and by the names of their output", async () => {
    writeFileSync(
      join(folder, "tsconfig.json"),
      '{ // here\n "compilerOptions": { "paths": { "~/*": ["./none/*", "./src/*"], "$all": ["src/all.ts"], } }, }',
    );
    const { schema } = await imported({
      "a.ts": `import { b } from "~/db/b.js"; import { all } from "$all"; import { randomUUID } from "node:crypto";
        export const a = pgTable("a", { id: integer().references(() => b.id), ...all, u: text().$defaultFn(() => randomUUID()) });
        export { b };`,
      "src/db/b.ts": 'export const b = pgTable("b", { id: integer().unique() });',
      "src/all.ts": 'import type { T } from "~/gone"; export const all = { at: text() };',
    });
    expect(schema.tables.map(({ name, fields }) => [name, ...fields.map((field) => field.name)])).toEqual([
      ["b", "id"],
      ["a", "id", "at", "u"],
    ]);
  });

  test("values in SQL become literals, and columns their names", async () => {
    const { schema } = await imported({
      "a.ts": `const t = customType({ dataType: (c) => "numeric(" + c.digits + ")" });
        export const a = pgTable("a", { order: integer(), b: t({ digits: 3 }), c: text() }, (a) => [
          index("i").on(sql\`\${a.order} desc\`, sql\`lower(\${a.c}) \`).where(sql\`\${a.c} = \${"it's"} and \${a.order} in \${[1, 2]}\`)]);`,
    });
    expect(schema.tables[0]?.indexes).toEqual([
      {
        name: "i",
        fields: [{ field: "order", order: "desc" }, { expression: "lower(c)" }],
        where: `c = 'it''s' and "order" in (1, 2)`,
      },
    ]);
    expect(schema.tables[0]?.fields[1]).toMatchObject({ type: "decimal", precision: 3 });
  });

  test("sequences are what they are told", async () => {
    const { schema } = await imported({
      "a.ts": `${table} import { pgSchema, pgSequence } from "drizzle-orm/pg-core";
        export const s = pgSequence("s", { startWith: 100, increment: -1, minValue: "-9223372036854775808", cycle: true });
        export const shop = pgSchema("shop"); export const t = shop.sequence("t");`,
    });
    expect(schema.namespaces).toEqual([{ name: "shop" }]);
    expect(schema.sequences).toEqual([
      { name: "s", start: 100, increment: -1, min: "-9223372036854775808", cycle: true },
      { name: "shop.t" },
    ]);
  });

  test("what has no place in a schema is listed", async () => {
    const { unsupported, tables } = await imported({
      "a.ts": `${table} import { pgRole } from "drizzle-orm/pg-core"; import { other } from "./other";
        export const v = pgView("v").as((qb) => qb.select().from(a)); export const e = pgView("e", {}).existing();
        export const r = pgRole("r");
        export const b = pgTable("b", { a: integer().references(() => other.id) });`,
      "other.ts": 'export const other = pgTable("other", { id: integer() });',
    });
    expect(tables).toEqual(["a", "b"]);
    expect(unsupported.map(({ kind, object }) => `${kind} ${object}`)).toEqual(["view v", "role r", "foreign key a"]);
  });
});

test("what is said of views and columns, and has no place in a schema, is listed", async () => {
  const { unsupported } = await imported({
    "a.ts": `import { pgMaterializedView } from "drizzle-orm/pg-core";
      export const v = pgView("v").with({ securityBarrier: true }).as(sql\`select 1 as one\`);
      export const m = pgMaterializedView("m").using("heap").tablespace("fast").withNoData().as(sql\`select 2 as two\`);
      export const a = pgTable("a", { id: integer() });`,
  });
  expect(unsupported.map(({ kind, object }) => `${kind} ${object}`)).toEqual([
    "view option m: access method heap",
    "view option m: tablespace fast",
    "view option m: with no data",
  ]);
});

test("what MySQL is told of the letters of a column is listed", async () => {
  const path = join(folder, "letters.ts");
  writeFileSync(
    path,
    `import { mysqlTable, mysqlView, varchar } from "drizzle-orm/mysql-core"; import { sql } from "drizzle-orm";
      export const a = mysqlTable("a", { name: varchar({ length: 9 }).charSet("latin1").collate("latin1_bin").notNull() });
      export const v = mysqlView("v").algorithm("merge").sqlSecurity("invoker").withCheckOption("local").as(sql\`select 1 as one\`);`,
  );
  const { unsupported } = await importDrizzle(project, { paths: [path] });
  expect(unsupported.map(({ kind, object, table }) => [kind, object, table])).toEqual([
    ["view option", "v: algorithm merge", undefined],
    ["view option", "v: sql security invoker", undefined],
    ["view option", "v: local check option", undefined],
    ["column option", "name: character set latin1", "a"],
    ["column option", "name: collation latin1_bin", "a"],
  ]);
});

describe("what is wrong is refused where it stands", () => {
  test.each([
    [
      'export const a = pgTable("a", { id: integer() }, (t) => [index("i").on(t.ix)]);',
      'a.ts:2:18: an index of "a" names something that is no column',
    ],
    ['export const a = pgTable("a", { id: "integer" });', 'a.ts:2:18: "id" of "a" is no column'],
    ['export const a = pgTable("a", { id: integer( }', "a.ts:2:46: syntax error: Unexpected }"],
    [
      'import { b } from "./b";\nexport const c = b;',
      'a.ts:2:1: "./b" is not there, or lies neither below the file that is imported nor below the current directory',
    ],
    [
      'import { b } from "pkg";\nexport const a = pgTable("a", { id: integer().references(() => b.id) });',
      'a.ts:3:18: "b" of "pkg" is not known here, and the reference of column "id" needs it; only Drizzle and files that are imported by relative paths are read',
    ],
    [
      'import { b } from "~/b";\nexport const c = b;',
      'a.ts:2:1: "~/b" is neither a package nor an alias of tsconfig.json; write a relative path',
    ],
    ["export const x = 1;", "the files export no tables of Drizzle; name the files that do"],
  ])("%s", async (text, message) => {
    expect(await failureOf({ "a.ts": text })).toEqual(["schema", message]);
  });
});

describe("a hostile file", () => {
  test("reaches neither files, nor the environment, nor the host", async () => {
    const secret = join(tmpdir(), `godwit-secret-${process.pid}.ts`);
    writeFileSync(secret, 'export const secret = "told";');
    try {
      const reads = `import { secret } from "../${secret.split("/").at(-1)}";`;
      expect((await failureOf({ "a.ts": `${reads}\nexport const a = pgTable(secret, {});` }))[1]).toContain(
        "is not there",
      );
    } finally {
      rmSync(secret);
    }
    const { tables } = await imported({
      "a.ts": 'import fs from "fs"; export const a = pgTable("a" + typeof fs.readFileSync("/etc/passwd").length, {});',
    });
    expect(tables).toEqual(["afunction"]);
    expect((await failureOf({ "a.ts": "export const a = pgTable(process.env.HOME, {});" }))[1]).toContain(
      '"process" is not available',
    );
  });

  test("runs for a limited time", async () => {
    expect((await failureOf({ "a.ts": "for (;;) {}" }))[0]).toBe("limit");
  });

  test.each([
    "Object.values = () => [{}]; Array.prototype.toSorted = () => [{ record: () => ({ name: 1 }) }];",
    'Array.prototype.map = function () { return [{ dialect: "postgresql", name: {} }]; };',
    'Array.prototype.flatMap = () => "evil";',
    'Object.entries = () => [["__proto__", { state: { record: { type: 1 }, references: [] }, notNull: 1 }]];',
  ])("gives nothing that was not checked: %s", async (text) => {
    const [code] = await failureOf({ "a.ts": `${text}\n${table}` });
    expect(code).toBe("schema");
  });
});
