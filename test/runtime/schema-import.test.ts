import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { writeSchema } from "../../src/core/schema/write.ts";
import { loadSchema } from "../../src/runtime/schema-files.ts";
import { createParts, splitSchema } from "../../src/runtime/split-schema.ts";
import { importSchema } from "../../src/runtime/tasks/schema-import.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";

const sql = `
  CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(90) NOT NULL UNIQUE, made TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
  CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users(id) ON DELETE CASCADE, slug TEXT,
    FOREIGN KEY (user_id) REFERENCES users(id));
  CREATE INDEX posts_slug_idx ON posts (slug);
  CREATE TABLE "we/ird" (id INTEGER PRIMARY KEY);
  CREATE TABLE old_posts (id INTEGER PRIMARY KEY);
  CREATE VIRTUAL TABLE words USING fts5(word);
`;

let project: TestProject;
let base: string;
beforeAll(async () => {
  project = await createProject("sqlite");
  await project.withDatabase(({ driver }) => driver.execute(sql));
  base = mkdtempSync(join(tmpdir(), "godwit-import-"));
});
afterAll(async () => {
  await project.dispose();
  rmSync(base, { recursive: true });
});

const failure = async (work: Promise<unknown>): Promise<ToolError> => {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (error instanceof ToolError) return error;
  throw new Error("it did not fail", { cause: error });
};

describe("which tables are imported", () => {
  test("those that match, but for those that are excluded", async () => {
    const { tables } = await importSchema(project, { include: ["*posts", "users"], exclude: ["old_*"] });
    expect(tables.toSorted()).toEqual(["posts", "users"]);
  });

  test("a foreign key to a table that is left out is listed, and its field has a type of its own", async () => {
    const { schema, unsupported, yaml } = await importSchema(project, { include: ["posts"] });
    expect(schema.tables.map((t) => t.foreignKeys)).toEqual([[]]);
    expect(yaml).not.toContain("foreign_key");
    expect(unsupported.filter((o) => o.kind === "foreign key").map((o) => [o.table, o.reason])).toEqual([
      ["posts", 'it refers to table "users", which is left out'],
      ["posts", 'it refers to table "users", which is left out'],
    ]);
  });

  test("a pattern that matches nothing is a mistake", async () => {
    const error = await failure(importSchema(project, { include: ["usres"] }));
    expect([error.code, error.message]).toEqual([
      "usage",
      'no table matches "usres" of --include; did you mean "users"?',
    ]);
  });
});

test("two foreign keys of the same field have names of their own", async () => {
  const { schema } = await importSchema(project);
  const posts = schema.tables.find(({ name }) => name === "posts");
  expect(posts?.foreignKeys.map(({ name }) => name)).toEqual(["fk_posts_user_id", "fk_posts_user_id2"]);
});

describe("a file per table", () => {
  test("reads as the same schema, by the directory and by the file that includes the others", async () => {
    const { schema } = await importSchema(project);
    const root = join(base, "split");
    await createParts(root, splitSchema(writeSchema(schema)));
    expect(readdirSync(join(root, "tables")).toSorted()).toEqual(
      ["old_posts.yaml", "posts.yaml", "users.yaml", "we_ird.yaml"]
        .concat(readdirSync(join(root, "tables")).filter((f) => f.startsWith("words")))
        .toSorted(),
    );
    const byName = (tables: readonly { readonly name: string }[]) =>
      tables.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { yaml } = await importSchema(project);
    writeFileSync(join(base, "whole.yaml"), yaml);
    const whole = await loadSchema(["whole.yaml"], { root: base });
    for (const path of ["split", "split/schema.yaml"]) {
      const { schema: read } = await loadSchema([path], { root: base });
      expect(byName(read.tables)).toEqual(byName(whole.schema.tables));
    }
    expect(readFileSync(join(root, "schema.yaml"), "utf8")).toContain("  - tables/posts.yaml\n");
  });

  test("names that a file system would take for the same differ", () => {
    const tables = ["Users", "users", "a/b", "a:b", "godwit", "..", "nul"].map((name) => ({
      name,
      fields: [{ name: "id", type: "integer", nullable: true }],
      indexes: [],
      foreignKeys: [],
    }));
    const paths = splitSchema(writeSchema({ tables, defaults: {}, typeMappings: {} })).map(({ path }) => path);
    expect(new Set(paths.map((p) => p.toLowerCase())).size).toBe(tables.length + 1);
    expect(paths).toContain("tables/godwit_table.yaml");
    expect(paths.every((path) => /^(?:tables\/)?[\w-]+\.yaml$/.test(path))).toBe(true);
  });

  test("nothing is written where one of the files is there", async () => {
    const { schema } = await importSchema(project);
    const root = join(base, "there");
    await createParts(root, [{ path: "tables/users.yaml", text: "mine" }]);
    const error = await failure(createParts(root, splitSchema(writeSchema(schema))));
    expect(error.message).toContain('tables/users.yaml": there is a file of that name already');
    expect(readdirSync(root)).toEqual(["tables"]);
  });
});
