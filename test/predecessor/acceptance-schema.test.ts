import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apply, applyAll, parseOperation } from "../../src/core/operations/index.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { type Ask, generate } from "../../src/runtime/tasks/generate.ts";
import { importSchema } from "../../src/runtime/tasks/schema-import.ts";
import { validate } from "../../src/runtime/tasks/schema-validate.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject } from "../helpers/migration-project.ts";
import { problemsOf } from "../helpers/schema-text.ts";
import { errorOf } from "../helpers/tool-error.ts";
import { detailsOf, failureOf, field, onBoth, onOne, reference, schemaOf, serialId } from "./story.ts";

// The predecessor's own acceptance cases, by their number in the list that godwit keeps of them. What it did with several operations,
// such as a foreign key after its field, may be one operation here: what counts is the database.

const users = [serialId, field("email", "varchar", { length: 255 })];

onBoth("case 1: tables are created in the order of their foreign keys, which are there in the end", async (story) => {
  const result = await story.migrate(
    schemaOf({ children: [serialId, reference("p", "parents")], parents: [serialId] }),
  );
  expect(detailsOf(result)).toEqual(['create table "parents"', 'create table "children"']);
  expect((await story.live("children")).foreignKeys).toMatchObject([{ columns: ["p"], table: "parents" }]);
  // In a circle one of the keys has to wait until both tables are there.
  const circle = { a: [serialId, reference("b_id", "b")], b: [serialId, reference("a_id", "a")] };
  const { operations } = await story.migrate(schemaOf(circle), { onDestructive: ["generate"] });
  expect(operations.map(({ kind }) => kind).filter((kind) => !kind.startsWith("drop"))).toEqual([
    "create_table",
    "create_table",
    "add_foreign_key",
  ]);
});

onBoth("case 2: a field and its foreign key come and go together, as fk_<table>_<field>", async (story) => {
  await story.migrate(schemaOf({ users, posts: [serialId] }));
  const added = await story.migrate(schemaOf({ users, posts: [serialId, reference("user_id", "users")] }));
  expect(added.operations).toMatchObject([{ kind: "add_field", table: "posts", object: "user_id" }]);
  const [key] = (await story.live("posts")).foreignKeys;
  expect(key).toMatchObject({ columns: ["user_id"], table: "users" });
  expect(key?.name).toBe("fk_posts_user_id");
  const gone = await story.migrate(schemaOf({ users, posts: [serialId] }), { onDestructive: ["generate"] });
  expect(gone.operations.map(({ kind, object }) => [kind, object])).toEqual([
    ["drop_foreign_key", "fk_posts_user_id"],
    ["drop_field", "user_id"],
  ]);
  expect((await story.live("posts")).foreignKeys).toEqual([]);
});

onBoth(
  "case 3: a longer varchar that becomes NOT NULL is one change, which asks for what it needs to know",
  async (story) => {
    await story.migrate(schemaOf({ users }));
    await story.execute("INSERT INTO users (email) VALUES (NULL)");
    const after = schemaOf({ users: [serialId, field("email", "varchar", { length: 500, nullable: false })] });
    story.declare(after);
    const { operations } = await generate(story, { check: true });
    expect(operations).toMatchObject([{ kind: "alter_field", table: "users", object: "email" }]);
    // The predecessor calls this destructive and goes on; here the rows in the way are asked about, and nothing is lost.
    expect((await failureOf(generate(story))).data["questions"]).toMatchObject([
      { id: "users.email", kind: "one-off" },
    ]);
    await story.migrate(after, { oneOff: ["users.email='?'"] });
    expect(await story.values("SELECT email FROM users")).toEqual(["?"]);
    await story.backAndForth();
  },
);

onBoth("case 4: integer to bigint loses nothing, integer to varchar is asked about", async (story) => {
  const t = (type: object): object => schemaOf({ t: [serialId, { name: "n", ...type }] });
  await story.migrate(t({ type: "integer" }));
  await story.execute("INSERT INTO t (n) VALUES (42)");
  const wider = await story.migrate(t({ type: "bigint" }));
  expect(wider.operations).toMatchObject([{ kind: "alter_field", destructive: false }]);
  story.declare(t({ type: "varchar", length: 20 }));
  const error = await failureOf(generate(story));
  expect(error.data["questions"]).toMatchObject([{ id: "alter_field t.n", kind: "destructive" }]);
  await generate(story, { onDestructive: ["generate"] });
  await story.up();
  expect(await story.values("SELECT n FROM t")).toEqual(["42"]);
});

onOne(
  "sqlite",
  "case 5: a migration is named after its only change, or in general, or as it is told",
  async (story) => {
    const created = async (schema: object, name?: string): Promise<string | null> =>
      (await story.migrate(schema, { name, renames: ["none"], onDestructive: ["generate"] })).created;
    await created(schemaOf({ a: [serialId] }));
    expect(await created(schemaOf({ a: [serialId], users }))).toBe("migrations/0002_add_users_table.ts");
    const more = [...users, field("phone", "text")];
    expect(await created(schemaOf({ a: [serialId], users: more }), "Add User Phone")).toBe(
      "migrations/0003_add_user_phone.ts",
    );
    const bio = [...more, field("bio", "text")];
    expect(await created(schemaOf({ a: [serialId], users: bio }))).toBe("migrations/0004_add_bio_to_users.ts");
    expect(await created(schemaOf({ b: [serialId], users: more }), undefined)).toBe("migrations/0005_update_schema.ts");
  },
);

onBoth(
  "case 6: files are merged: the wider type, the larger length and NOT NULL win, and defaults are united",
  async (story) => {
    const sides = (number: string, fields: readonly object[], defaults: object): void =>
      story.declare(schemaOf({ t: [serialId, ...fields] }, { defaults }), `schema/${number}.yaml`);
    const text = (length: number, more: object = {}): object => field("s", "varchar", { length, ...more });
    sides("1", [text(10, { nullable: false }), field("n", "integer")], {
      sqlite: { a: "'x'" },
      postgresql: { a: "'x'" },
    });
    sides("2", [text(40), field("n", "bigint"), field("d", "text", { default: "a" })], { sqlite: { b: "'y'" } });
    await generate(story);
    await story.up();
    expect([await story.typeOf("t", "s"), await story.typeOf("t", "n")]).toEqual(["varchar(40)", "bigint"]);
    expect((await story.live("t")).columns.map((c) => c.nullable)).toEqual([false, false, true, true]);
    await story.execute("INSERT INTO t (s) VALUES ('s')");
    expect(await story.values("SELECT d FROM t")).toEqual(["x"]);
    sides("2", [field("n", "text")], {});
    expect((await failureOf(generate(story))).message).toContain(
      'field "t.n" has type "text" here and "integer" in schema/1.yaml',
    );
  },
);

test("case 6: two files that point a foreign key at different tables are refused", async () => {
  const project = await createProject("sqlite");
  const file = (to: string): string =>
    JSON.stringify(schemaOf({ a: [serialId], b: [serialId], t: [serialId, reference("x", to)] }));
  await Bun.write(join(project.root, "schema/1.yaml"), file("a"));
  await Bun.write(join(project.root, "schema/2.yaml"), file("b"));
  const error = await failureOf(generate(project));
  expect(error.message).toContain("schema/1.yaml");
  expect(error.message).toContain("schema/2.yaml");
  await project.dispose();
});

test("case 7: what is wrong with a schema is said, each with its place", () => {
  const t = (fields: string, more = ""): string =>
    `tables:\n  - name: t\n    fields:\n      - { name: id, type: serial, primary_key: true }\n      - { ${fields} }\n${more}`;
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ["an unknown table", t("name: x, type: foreign_key, foreign_key: { table: nowhere }"), /^5:.*"nowhere"/],
    [
      "an unknown action",
      t("name: x, type: foreign_key, foreign_key: { table: t, on_delete: EXPLODE }"),
      /^5:.*EXPLODE/,
    ],
    ["a varchar without length", t("name: x, type: varchar"), /^5:.*length/],
    ["a scale above the precision", t("name: x, type: decimal, precision: 4, scale: 6"), /^5:.*scale/],
    ["an index on no field", t("name: x, type: text", "    indexes: [{ name: i, fields: [y] }]\n"), /^6:.*"y"/],
  ];
  for (const [what, text, expected] of wrong) {
    const problems = problemsOf(text);
    expect({ what, problems }).toEqual({ what, problems: [expect.stringMatching(expected)] });
  }
});

onBoth("case 7: a table may have a dot in its name, and be pointed at", async (story) => {
  await story.migrate(schemaOf({ "auth.users": users, posts: [serialId, reference("user_id", "auth.users")] }));
  expect((await story.live("posts")).foreignKeys).toMatchObject([{ table: "auth.users" }]);
  await story.backToNothing();
});

onBoth("case 8: a foreign key counts as there only when its constraint is", async (story) => {
  const declared = schemaOf({ users, posts: [serialId, reference("user_id", "users")] });
  await story.migrate(declared);
  story.write("0002_without", 'dropForeignKey({ table: "posts", name: "fk_posts_user_id" })', {
    dependencies: ["0001_initial"],
  });
  await story.up();
  const { operations } = await story.migrate(declared);
  expect(operations).toMatchObject([{ kind: "add_foreign_key", table: "posts", object: "user_id" }]);
  await story.backAndForth();
});

test("case 10: what is there twice or not at all is an error, never nothing", () => {
  const id = { name: "id", type: "serial", primaryKey: true };
  const index = { name: "idx_a", fields: ["a"] };
  const a = { name: "a", type: "text" };
  const state = applyAll(emptySchema, [
    parseOperation({ kind: "createTable", name: "t", fields: [id, a], indexes: [index] }),
    parseOperation({ kind: "createTable", name: "u", fields: [id] }),
  ]);
  const wrong: readonly object[] = [
    { kind: "createTable", name: "t", fields: [id] },
    { kind: "addField", table: "t", field: a },
    { kind: "addIndex", table: "t", index },
    { kind: "renameTable", from: "u", to: "t" },
    { kind: "renameField", table: "t", from: "a", to: "id" },
    { kind: "dropTable", name: "x" },
    { kind: "renameTable", from: "x", to: "y" },
    { kind: "addField", table: "x", field: a },
    { kind: "dropField", table: "t", name: "x" },
    { kind: "dropField", table: "x", name: "a" },
    { kind: "alterField", table: "t", field: { name: "x", type: "text" } },
    { kind: "renameField", table: "t", from: "x", to: "y" },
    { kind: "addIndex", table: "t", index: { name: "idx_x", fields: ["x"] } },
    { kind: "dropIndex", table: "t", name: "idx_x" },
    { kind: "addForeignKey", table: "t", fields: ["a"], references: { table: "x" } },
    { kind: "dropForeignKey", table: "t", name: "fk_x" },
    { kind: "upsertData", table: "x", keys: ["id"], rows: [{ id: 1 }] },
  ];
  for (const data of wrong) {
    const error = errorOf(() => apply(state, parseOperation(data)));
    expect({ data, code: error.code }).toEqual({ data, code: "state" });
    expect(error.message).toMatch(/"(?:t|x|u|a|id|idx_a|idx_x|fk_x)"/);
  }
});

onOne("sqlite", "case 25: decisions are written into the migration, which is TypeScript that loads", async (story) => {
  const fields = [field("kept", "text"), field("a", "text"), field("b", "text"), field("c", "text")];
  await story.migrate(schemaOf({ t: [serialId, ...fields, field("d", "text", { nullable: false })], old: [serialId] }));
  story.declare(schemaOf({ t: [serialId, field("kept", "text")] }));
  const { source } = await generate(story, {
    onDestructive: ["generate", "drop_field t.a=review", "drop_field t.b=omit", "drop_field t.c=ignore"],
  });
  expect(source).toContain('may lose data\n    dropField({ table: "t", name: "a" })');
  expect(source).toContain('dropField({ table: "t", name: "b", schemaOnly: true })');
  expect(source).toContain('dropField({ table: "t", name: "c", ignoreErrors: true })');
  await up(story);
  expect((await story.live("t")).columns.map((c) => c.name)).toEqual(["id", "kept", "b"]);
  expect((await generate(story)).created).toBeNull();
});

onOne(
  "sqlite",
  "case 25: in YAML a field may be NULL unless it says otherwise, in a migration it says so",
  async (story) => {
    const { source } = await story.migrate(
      schemaOf({ t: [serialId, field("a", "text"), field("b", "text", { nullable: false })] }),
    );
    expect(source).toContain('{ name: "a", type: "text", nullable: true }');
    expect(source).toContain('{ name: "b", type: "text" }');
    expect((await story.live("t")).columns.map((c) => c.nullable)).toEqual([false, true, false]);
  },
);

onOne("sqlite", "case 25: an answer is for this change, for all, or for all of its kind", async (story) => {
  await story.migrate(
    schemaOf({ t: [serialId, field("a", "text"), field("b", "text")], u: [serialId], w: [serialId] }),
  );
  story.declare(schemaOf({ t: [serialId] }));
  const sourceWith = async (scope: "this" | "kind" | "all"): Promise<readonly [string, number]> => {
    let asked = 0;
    const never = (): never => {
      throw new Error("nobody expected this question");
    };
    const ask: Ask = {
      rename: never,
      oneOff: never,
      order: never,
      typeChange: async () => "using",
      destructive: async () => {
        asked++;
        return asked === 1 ? { choice: "omit", scope } : { choice: "generate", scope: "this" };
      },
    };
    return [(await generate(story, { dryRun: true, ask })).source ?? "", asked];
  };
  const omitted = (source: string): number => source.match(/schemaOnly/g)?.length ?? 0;
  for (const [scope, questions, count] of [
    ["this", 4, 1],
    ["kind", 3, 2],
    ["all", 1, 4],
  ] as const) {
    const [source, asked] = await sourceWith(scope);
    expect({ scope, asked, omitted: omitted(source) }).toEqual({ scope, asked: questions, omitted: count });
  }
});

onOne(
  "postgresql",
  "db-diff: native names are compared as what they mean, and what is unknown is passed on",
  async (story) => {
    await story.migrate(
      schemaOf({
        t: [
          serialId,
          field("a", "varchar", { length: 9 }),
          field("b", "bigint"),
          field("c", "float"),
          field("d", "timestamp"),
        ],
      }),
    );
    await story.execute(
      "DROP TABLE t",
      "CREATE TABLE t (id int4 GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a character varying(9), b int8, c float4, d timestamp without time zone)",
    );
    const { changes } = await drift(story);
    expect(changes.filter(({ object }) => object !== "id")).toEqual([]);
    await story.execute("ALTER TABLE t ADD COLUMN e tsvector, ADD COLUMN f int2");
    const found = await drift(story);
    // Names and facts only: what somebody could paste into the schema is the business of `schema import`.
    expect(found.changes.map(({ kind, object }) => [kind, object])).toEqual(
      expect.arrayContaining([
        ["extra_field", "e"],
        ["extra_field", "f"],
      ]),
    );
    for (const change of found.changes) {
      expect(Object.keys(change).toSorted()).toEqual(["destructive", "detail", "kind", "object", "table"]);
    }
    const { yaml } = await importSchema(story);
    expect(yaml).toContain("tsvector");
    expect(yaml).toContain("smallint");
  },
);

onOne(
  "sqlite",
  "loader: two loads do not clash, an empty directory is an empty project, other files are left alone",
  async (story) => {
    expect((await up(story)).applied).toEqual([]);
    story.declare(schemaOf({ users }));
    expect((await validate(story)).tables).toBe(1);
    for (const file of ["README.md", "notes.test.txt", "godwit.d.ts", "tsconfig.json", ".0002_hidden.ts"])
      writeFileSync(join(story.migrationsDir, file), "not a migration");
    const twin = await createProject("sqlite");
    try {
      for (const project of [story, twin])
        project.write(
          "0001_same",
          'createTable({ name: "t", fields: [{ name: "id", type: "serial", primaryKey: true }] })',
        );
      const results = await Promise.all([up(story), up(twin), generate(story, { dryRun: true })]);
      expect(results.slice(0, 2)).toEqual([{ applied: ["0001_same"] }, { applied: ["0001_same"] }]);
    } finally {
      await twin.dispose();
    }
    // A .ts file of another name may be meant as a migration, so it is not passed over as the predecessor passes over main.go.
    writeFileSync(join(story.migrationsDir, "main.ts"), "export {}");
    expect((await failureOf(up(story))).message).toContain("migrations/main.ts");
  },
);
