import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { loadSchema } from "../../src/runtime/schema-files.ts";
import { fieldOf } from "../helpers/schema-text.ts";

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "godwit-schema-"));
});
afterAll(() => rm(base, { recursive: true }));

let count = 0;

/** A fresh directory with these files. */
async function project(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = join(base, String(count++));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await Bun.write(join(root, path), content);
  }
  return root;
}

const load = async (files: Readonly<Record<string, string | Uint8Array>>, ...paths: string[]) =>
  loadSchema(paths, { root: await project(files) });

async function failure(files: Readonly<Record<string, string | Uint8Array>>, ...paths: string[]): Promise<ToolError> {
  const error: unknown = await load(files, ...paths).then(
    () => undefined,
    (e) => e,
  );
  if (error instanceof ToolError) return error;
  throw new Error("loading did not fail", { cause: error });
}

const table = (name: string, ...fields: string[]): string =>
  `tables:\n  - name: ${name}\n    fields:\n${["id", ...fields].map((f) => `      - { name: ${f}, type: integer }\n`).join("")}`;

describe("which files are read", () => {
  test("a directory with all its YAML files by path, but no hidden ones, packages and configuration", async () => {
    const { files, schema } = await load(
      {
        "schema/b.yaml": table("b"),
        "schema/a/z.yml": table("z"),
        "schema/.hidden.yaml": "broken: [",
        "schema/node_modules/x/schema.yaml": table("x"),
        "schema/godwit.yaml": "url: x",
        "schema/notes.txt": "",
      },
      "schema",
    );
    expect(files).toEqual(["schema/a/z.yml", "schema/b.yaml"]);
    expect(schema.tables.map((t) => t.name)).toEqual(["z", "b"]);
  });

  test("a list of files, each once whatever it is called", async () => {
    const root = await project({ "one.yaml": table("one"), "two.yaml": table("two") });
    await symlink(join(root, "one.yaml"), join(root, "link.yaml"));
    expect((await loadSchema(["two.yaml", "one.yaml", "link.yaml", "./one.yaml"], { root })).files).toEqual([
      "two.yaml",
      "one.yaml",
    ]);
  });

  test("a path that is not there and a directory without a schema are errors of code file", async () => {
    expect((await failure({ "a.txt": "" }, "schema.yaml")).message).toStartWith(
      `schema "schema.yaml" does not exist; create it`,
    );
    expect(await failure({ "s/a.txt": "" }, "s")).toMatchObject({
      code: "file",
      message: `no schema files in "s"; expected *.yaml or *.yml`,
    });
  });
});

describe("include", () => {
  test("the including file wins; nested includes and repeats are read once (B14)", async () => {
    const { files, schema } = await load(
      {
        "main.yaml": `include: [{ path: parts/a.yaml }, ./parts/b.yaml]\n${table("t").replace("name: id, type: integer", "name: id, type: uuid")}`,
        "parts/a.yaml": `include: [{ path: b.yaml }]\n${table("t", "a")}`,
        "parts/b.yaml": table("t", "b"),
      },
      "main.yaml",
    );
    expect(files).toEqual(["parts/b.yaml", "parts/a.yaml", "main.yaml"]);
    expect(schema.tables[0]?.fields.map((f) => `${f.name} ${f.type}`)).toEqual(["id uuid", "b integer", "a integer"]);
  });

  test("a file of the directory may be included by another that comes later", async () => {
    const { schema } = await load(
      { "s/a.yaml": table("t"), "s/main.yaml": `include: [a.yaml]\n${table("t").replace("integer", "uuid")}` },
      "s",
    );
    expect(fieldOf(schema, "t.id").type).toBe("uuid");
  });

  test("out of an npm package", async () => {
    const files = {
      "app/schema.yaml": "include: [{ package: '@acme/auth', path: schema/users.yaml }]",
      "node_modules/@acme/auth/schema/users.yaml": table("users"),
    };
    expect((await load(files, "app/schema.yaml")).schema.tables[0]?.name).toBe("users");
    expect((await failure({ "s.yaml": "include: [{ package: nope, path: a.yaml }]" }, "s.yaml")).message).toBe(
      `s.yaml:1:34: package "nope" is not installed: no node_modules from here up holds it, and no workspace has it as a member (s.yaml → nope)`,
    );
    const out = {
      "s.yaml": "include: [{ package: p, path: ../q.yaml }]",
      "node_modules/p/a": "",
      "node_modules/q.yaml": table("q"),
    };
    expect((await failure(out, "s.yaml")).message).toBe(
      `s.yaml:1:31: include "../q.yaml" leads out of the package "p" (s.yaml → p/../q.yaml)`,
    );
  });

  test("a link out of the package is not followed", async () => {
    const root = await project({
      "s.yaml": "include: [{ package: p, path: s.yaml }]",
      "node_modules/p/package.json": "{}",
      "secret.yaml": table("secret"),
    });
    await symlink(join(root, "secret.yaml"), join(root, "node_modules/p/s.yaml"));
    await expect(loadSchema(["s.yaml"], { root })).rejects.toThrow(
      `s.yaml:1:31: include "s.yaml" leads out of the package "p": "s.yaml" is a link to`,
    );
  });

  const members = {
    "app/db/schema.yaml": "include: [{ package: '@acme/auth', path: schema.yaml }]",
    "app/package.json": `{ "name": "app" }`,
    "libs/auth/package.json": `{ "name": "@acme/auth" }`,
    "libs/auth/schema.yaml": table("users"),
    "libs/old/package.json": `{ "name": "@acme/auth" }`,
    "libs/old/schema.yaml": table("wrong"),
  };
  const workspaces: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "npm, Bun": { "package.json": `{ "workspaces": ["app", "libs/*", "!libs/old"] }` },
    Yarn: { "package.json": `{ "workspaces": { "packages": ["./libs/auth/"] } }` },
    pnpm: { "pnpm-workspace.yaml": "packages:\n  - 'libs/**'\n  - '!**/old'\n", "package.json": "{}" },
  };
  for (const [tool, root] of Object.entries(workspaces))
    test(`out of a member of the workspace, as ${tool} declares it`, async () => {
      const { schema } = await load({ ...members, ...root }, "app/db/schema.yaml");
      expect(schema.tables.map((t) => t.name)).toEqual(["users"]);
    });

  test("two members of one name, and a package.json that is none", async () => {
    const both = { ...members, "package.json": `{ "workspaces": ["libs/*"] }` };
    expect((await failure(both, "app/db/schema.yaml")).message).toMatch(
      /^two members of the workspace are called "@acme\/auth": ".*libs\/auth" and ".*libs\/old"; give one of them another name$/,
    );
    const broken = { ...members, "package.json": "{" };
    expect((await failure(broken, "app/db/schema.yaml")).message).toMatch(
      /package.json" is no package.json: .*; correct it$/,
    );
  });

  test("by pattern, by path, without packages and the file itself", async () => {
    const { files } = await load(
      {
        "s/main.yaml": "include: ['**/*.{yaml,yml}', '../more/[ab].yaml']",
        "s/z.yml": table("z"),
        "s/deep/a.yaml": table("a"),
        "s/node_modules/p/p.yaml": table("p"),
        "more/a.yaml": table("more_a"),
        "more/c.yaml": table("more_c"),
      },
      "s/main.yaml",
    );
    expect(files).toEqual(["s/deep/a.yaml", "s/z.yml", "more/a.yaml", "s/main.yaml"]);
    expect((await failure({ "s.yaml": "include: ['x/*.yaml']" }, "s.yaml")).message).toBe(
      `s.yaml:1:11: no file matches "x/*.yaml" (s.yaml → x/*.yaml)`,
    );
    const literal = await load(
      { "s.yaml": "include: ['[a].yaml']", "[a].yaml": table("t"), "a.yaml": table("u") },
      "s.yaml",
    );
    expect(literal.schema.tables.map((t) => t.name)).toEqual(["t"]);
  });

  test("a circle is named, wherever it is entered", async () => {
    const files = {
      "main.yaml": "include: [a.yaml]",
      "a.yaml": "include: [b.yaml]",
      "b.yaml": `include: [a.yaml]\n${table("t")}`,
      "self.yaml": "include: [./self.yaml]",
    };
    expect((await failure(files, "main.yaml")).message).toBe(
      "b.yaml:1:11: files include each other in a circle: a.yaml → b.yaml → a.yaml; take one include away",
    );
    expect((await failure(files, "self.yaml")).message).toBe(
      "self.yaml:1:11: files include each other in a circle: self.yaml → self.yaml; take one include away",
    );
  });

  test("files that do not agree are named with the chains that led to both, across packages and workspaces", async () => {
    const users = (type: string): string => table("users", "email").replace("name: email, type: integer", type);
    const files = {
      "package.json": '{ "workspaces": ["libs/*"] }',
      "app/schema.yaml":
        "include: [{ package: '@acme/shop', path: schema.yaml }, { package: '@acme/auth', path: db/users.yaml }]",
      "libs/shop/package.json": '{ "name": "@acme/shop" }',
      "libs/shop/schema.yaml": "include: [parts/users.yaml]",
      "libs/shop/parts/users.yaml": users("name: email, type: uuid"),
      "node_modules/@acme/auth/db/users.yaml": users("name: email, type: date"),
    };
    expect((await failure(files, "app/schema.yaml")).message).toBe(
      'node_modules/@acme/auth/db/users.yaml:5:9: field "users.email" has type "date" here and "uuid" in libs/shop/parts/users.yaml:5; make them agree (app/schema.yaml → node_modules/@acme/auth/db/users.yaml; app/schema.yaml → libs/shop/schema.yaml → libs/shop/parts/users.yaml)',
    );
    const listed = { "a.yaml": users("name: email, type: uuid"), "b.yaml": users("name: email, type: date") };
    expect((await failure(listed, "a.yaml", "b.yaml")).message).toEndWith("make them agree");
    const named = {
      "a.yaml": "include: [b.yaml, c.yaml]\nenums: [{ name: e, values: [x] }]",
      "b.yaml": "",
      "c.yaml": "",
    };
    for (const [key, [one, other], what] of [
      ["enums", ["{ name: e, values: [a] }", "{ name: e, values: [b] }"], 'enum "e" has other values here'],
      ["views", ["{ name: v, query: SELECT 1 }", "{ name: v, query: SELECT 2 }"], 'view "v" is another one'],
      ["sequences", ["{ name: s, start: 1 }", "{ name: s, start: 2 }"], 'sequence "s" is another one'],
    ] as const) {
      const declaring = (thing: string): string => `${key}: [${thing}]\ntables: []\n`;
      const { message } = await failure({ ...named, "b.yaml": declaring(one), "c.yaml": declaring(other) }, "a.yaml");
      expect(message).toContain(what);
      expect(message).toEndWith("(a.yaml → c.yaml; a.yaml → b.yaml)");
    }
  });

  test("a package without the file is named with the chain that led to it", async () => {
    const files = {
      "a.yaml": "include: [b.yaml]",
      "b.yaml": "include: [{ package: p, path: db/schema.yaml }]",
      "node_modules/p/package.json": "{}",
    };
    expect((await failure(files, "a.yaml")).message).toBe(
      'b.yaml:1:31: included file "db/schema.yaml" in package "p" does not exist (a.yaml → b.yaml → p/db/schema.yaml)',
    );
  });

  test("a missing file is named with the chain that led to it", async () => {
    const error = await failure(
      { "a.yaml": "include: [b.yaml]", "b.yaml": "include:\n  - { path: c.yaml }\n  - path: .\n" },
      "a.yaml",
    );
    expect(error.message).toBe(
      [
        "2 problems in the schema:",
        `  b.yaml:2:13: included file "c.yaml" does not exist (a.yaml → b.yaml → c.yaml)`,
        `  b.yaml:3:11: included file "." is not a file (a.yaml → b.yaml → .)`,
      ].join("\n"),
    );
    expect(error.data).toMatchObject({ file: "b.yaml", line: 2, column: 13 });
  });
});

describe("files that are no YAML", () => {
  const cases: readonly (readonly [what: string, content: string | Uint8Array, message: string | RegExp])[] = [
    ["a tab", "tables:\n\t- name: t\n", "s.yaml:2:1: a tab is used for indentation; use spaces"],
    ["a key twice", "tables: []\ntables: []\n", "s.yaml:2:1: not valid YAML: map keys must be unique"],
    ["an open bracket", "tables: [\n", /^s\.yaml:2:1: not valid YAML: /],
    [
      "two documents",
      "tables: []\n---\ntables: []\n",
      `s.yaml:2:1: a second document begins here; one file is one schema, so remove the "---"`,
    ],
    ["an alias of nothing", "tables: *nothing\n", `s.yaml:1:9: no anchor "&nothing" stands before this alias`],
    [
      "Latin-1",
      new Uint8Array([0x61, 0x3a, 0x20, 0xe9]),
      "s.yaml:1:1: the file is not UTF-8; save it in that encoding",
    ],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x61, 0x00]), "s.yaml:1:1: the file is not UTF-8; save it in that encoding"],
    ["nothing", "", `s.yaml:1:1: the schema: the file is empty; declare "tables"`],
    [
      "aliases that multiply",
      bomb(),
      "s.yaml:1:1: the aliases of this file multiply beyond all measure; write the tables out",
    ],
  ];
  for (const [what, content, message] of cases) {
    test(what, async () => {
      const error = await failure({ "s.yaml": content }, "s.yaml");
      if (typeof message === "string") expect(error.message).toBe(message);
      else expect(error.message).toMatch(message);
      expect(error.code).toBe("schema");
    });
  }

  test("syntax errors of several files come together", async () => {
    const { data } = await failure({ "a.yaml": "a: [", "b.yaml": "b: ]" }, "a.yaml", "b.yaml");
    expect(new Set((data["problems"] as { file: string }[]).map((p) => p.file))).toEqual(new Set(["a.yaml", "b.yaml"]));
  });
});

function bomb(): string {
  const levels = Array.from({ length: 12 }, (_, i) => `x${i + 1}: &x${i + 1} [${Array(10).fill(`*x${i}`).join(", ")}]`);
  return `x0: &x0 [a]\n${levels.join("\n")}\n`;
}

describe("what YAML can do", () => {
  test("a byte order mark, Windows line ends, comments, anchors and merge keys", async () => {
    const text = [
      "\uFEFF# shared",
      "tables:",
      "  - name: a",
      "    fields: &shared",
      "      - &id { name: id, type: uuid, primary_key: true }",
      "      - { <<: *id, name: other, primary_key: false }",
      "  - { name: b, fields: *shared }",
    ].join("\r\n");
    const { schema } = await load({ "s.yaml": text }, "s.yaml");
    expect(schema.tables.map((t) => t.fields.map((f) => `${f.name} ${f.type}`))).toEqual(
      Array(2).fill(["id uuid", "other uuid"]),
    );
    expect(schema.tables[1]?.primaryKey).toEqual(["id"]);
  });

  test("a mistake in an anchor is reported where it is written", async () => {
    const text =
      "tables:\n  - name: a\n    fields:\n      - &id { name: id, type: uuidd }\n      - { <<: *id, name: other }\n";
    const { data } = await failure({ "s.yaml": text }, "s.yaml");
    expect((data["problems"] as { line: number; column: number }[]).map((p) => [p.line, p.column])).toEqual([
      [4, 31],
      [4, 31],
    ]);
  });

  test("five hundred tables that share their fields", async () => {
    const tables = Array.from({ length: 500 }, (_, i) => `  - { name: t${i}, fields: *shared }\n`).join("");
    const { schema } = await load(
      { "s.yaml": `tables:\n  - { name: t, fields: &shared [{ name: id, type: integer }] }\n${tables}` },
      "s.yaml",
    );
    expect(schema.tables).toHaveLength(501);
  });
});
