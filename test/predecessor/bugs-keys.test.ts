import { expect } from "bun:test";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { detailsOf, failureOf, field, onBoth, reference, type Story, schemaOf, serialId } from "./story.ts";

const users = [serialId, field("email", "varchar", { length: 255 })];

/** A row that points at nothing is refused, so the constraint is there and is enforced. */
const refuses = async (story: Story, sql: string): Promise<void> => {
  const error = await failureOf(story.execute(sql));
  expect(error.message.toLowerCase()).toContain("foreign key");
};

onBoth("B1: a foreign key without on_delete is generated once, and is a RESTRICT in the database", async (story) => {
  await story.migrate(schemaOf({ users, posts: [serialId, reference("user_id", "users")] }));
  expect((await generate(story)).created).toBeNull();
  expect((await story.live("posts")).foreignKeys).toMatchObject([{ onDelete: "RESTRICT", onUpdate: "NO ACTION" }]);
  await story.execute("INSERT INTO users (email) VALUES ('a')", "INSERT INTO posts (user_id) VALUES (1)");
  await refuses(story, "DELETE FROM users");
  await story.backToNothing();
});

/** Type of a key, and two values of it as SQL. */
const keys: readonly (readonly [object, string, string])[] = [
  [serialId, "1", "2"],
  [field("id", "bigserial", { primary_key: true }), "3000000000", "2"],
  [field("id", "integer", { primary_key: true }), "1", "2"],
  [field("id", "bigint", { primary_key: true }), "3000000000", "2"],
  [
    field("id", "uuid", { primary_key: true }),
    "'0190c1d4-0000-7000-8000-000000000001'",
    "'0190c1d4-0000-7000-8000-000000000002'",
  ],
  [field("id", "varchar", { length: 20, primary_key: true }), "'a'", "'b'"],
  [field("id", "decimal", { precision: 8, scale: 2, primary_key: true }), "1.25", "2"],
  [field("id", "date", { primary_key: true }), "'2024-01-31'", "'2024-02-01'"],
];

onBoth(
  "B2: a foreign key column has the type of the key: created, added, pointing at itself, in a circle",
  async (story) => {
    const kinds = keys.map(([id], i) => [`kind${i}`, id] as const);
    const targets = Object.fromEntries(
      kinds.map(([name, id]) => [name, [id, reference("parent_id", name), reference("other_id", `other_${name}`)]]),
    );
    const others = Object.fromEntries(kinds.map(([name, id]) => [`other_${name}`, [id, reference("back_id", name)]]));
    const children = Object.fromEntries(kinds.map(([name]) => [`child_${name}`, [serialId, reference("of_id", name)]]));
    await story.migrate(schemaOf({ ...children, ...targets, ...others }));
    const later = Object.fromEntries(
      kinds.map(([name]) => [`child_${name}`, [serialId, reference("of_id", name), reference("later_id", name)]]),
    );
    await story.migrate(schemaOf({ ...later, ...targets, ...others }));
    for (const [i, [, value, missing]] of keys.entries()) {
      const name = `kind${i}`;
      const { columns } = await story.live(name);
      const [id] = columns;
      const child = await story.live(`child_${name}`);
      const of = (column: string): string | undefined => child.columns.find((c) => c.name === column)?.type;
      // A key that SQLite numbers has to be called INTEGER there; what points at it has the same affinity and as many bits.
      const type = story.databaseName === "sqlite" && value === "3000000000" ? "BIGINT" : id?.type;
      expect([columns[1]?.type, columns[2]?.type, of("of_id"), of("later_id")]).toEqual(Array(4).fill(type));
      await story.execute(
        `INSERT INTO ${name} (id, parent_id) VALUES (${value}, ${value})`,
        `INSERT INTO other_${name} (id, back_id) VALUES (${value}, ${value})`,
        `INSERT INTO child_${name} (of_id, later_id) VALUES (${value}, ${value})`,
      );
      await refuses(story, `INSERT INTO child_${name} (later_id) VALUES (${missing})`);
    }
    await story.backAndForth();
    await story.backToNothing();
  },
);

onBoth("B3: a field goes with its foreign key and its indexes, and comes back with them", async (story) => {
  const posts = { fields: [serialId, reference("user_id", "users", { on_delete: "CASCADE" }), field("title", "text")] };
  const indexes = [{ name: "idx_posts_user_title", fields: ["user_id", "title"] }];
  await story.migrate(schemaOf({ users, posts: { ...posts, indexes } }));
  await story.execute("INSERT INTO users (email) VALUES ('a')", "INSERT INTO posts (user_id, title) VALUES (1, 't')");
  const result = await story.migrate(schemaOf({ users, posts: [serialId, field("title", "text")] }), {
    onDestructive: ["generate"],
  });
  expect(detailsOf(result).at(-1)).toBe('drop field "user_id" of "posts"');
  expect(await story.values("SELECT title FROM posts")).toEqual(["t"]);
  await story.back();
  expect((await story.live("posts")).indexes).toMatchObject(indexes);
  await refuses(story, "INSERT INTO posts (user_id) VALUES (7)");
  await story.up();
});

onBoth(
  "B4: a referenced table goes together with the field that refers to it, and rows of others stay",
  async (story) => {
    const groups = [serialId, field("name", "text")];
    await story.migrate(
      schemaOf({ groups, users: [...users, reference("group_id", "groups", { on_delete: "CASCADE" })] }),
    );
    await story.execute(
      "INSERT INTO groups (name) VALUES ('g')",
      "INSERT INTO users (email, group_id) VALUES ('a', 1)",
    );
    const result = await story.migrate(schemaOf({ users }), { onDestructive: ["generate"] });
    expect(detailsOf(result).at(-1)).toBe('drop table "groups"');
    expect(await story.values("SELECT email FROM users")).toEqual(["a"]);
    await story.backAndForth();
    // Both at once, child and parent, and in the order of the alphabet the parent goes first.
    await story.migrate(schemaOf({ a_parents: groups, b_children: [serialId, reference("p", "a_parents")], users }));
    await story.migrate(schemaOf({ users }), { onDestructive: ["generate"] });
    await story.backAndForth();
  },
);

onBoth("B6: a foreign key that the rows do not allow fails the migration, and nothing of it remains", async (story) => {
  const plain = [serialId, field("user_id", "integer")];
  await story.migrate(schemaOf({ users, posts: plain, a_first: [serialId] }));
  await story.execute("INSERT INTO posts (user_id) VALUES (7)");
  const target = schemaOf({
    users,
    posts: [serialId, reference("user_id", "users")],
    a_first: [serialId, field("note", "text")],
  });
  story.declare(target);
  const { source } = await generate(story, { onDestructive: ["generate"] });
  expect(source).not.toContain("ignoreErrors");
  const error = await failureOf(up(story));
  expect(error.message).toContain('migration "0002_modify_fields"');
  expect((await story.live("a_first")).columns).toHaveLength(1);
  expect((await story.live("posts")).foreignKeys).toEqual([]);
  expect(await story.values("SELECT user_id FROM posts")).toEqual(["7"]);
  await story.execute("UPDATE posts SET user_id = NULL");
  expect(await story.up()).toEqual(["0002_modify_fields"]);
  await refuses(story, "INSERT INTO posts (user_id) VALUES (7)");
});

onBoth("B9: a foreign key name longer than 63 bytes is generated once", async (story) => {
  const table = "a_table_with_a_name_that_is_really_quite_long";
  const long = "a_field_with_a_name_that_is_long_too_id";
  await story.migrate(schemaOf({ users, [table]: [serialId, reference(long, "users")] }));
  const [key] = (await story.live(table)).foreignKeys;
  // The predecessor's name for it, so that an adopted database agrees: 54 bytes and a hash.
  expect(key?.name).toMatch(/^fk_a_table_with_a_name_that_is_really_quite_long_a_fiel?_?[\w]*_[0-9a-f]{8}$/);
  expect(Buffer.byteLength(key?.name ?? "")).toBe(63);
  await story.migrate(schemaOf({ users, [table]: [serialId, reference(long, "users", { on_delete: "CASCADE" })] }));
  await story.backAndForth();
});

onBoth("B10: an index may be named idx_<table>_<field> of a foreign key", async (story) => {
  const posts = [serialId, reference("user_id", "users")];
  const indexes = [{ name: "idx_posts_user_id", fields: ["user_id"] }];
  await story.migrate(schemaOf({ users, posts }));
  const result = await story.migrate(schemaOf({ users, posts: { fields: posts, indexes } }));
  expect(result.operations).toMatchObject([{ kind: "add_index", object: "idx_posts_user_id" }]);
  await story.backAndForth();
  await story.migrate(schemaOf({ users, posts }), { onDestructive: ["generate"] });
  await story.backToNothing();
});

onBoth(
  "B11: a foreign key makes no index of its own, not after a change of the table nor after a rollback",
  async (story) => {
    const posts = (title: object): object =>
      schemaOf({ users, posts: [serialId, reference("user_id", "users"), title] });
    await story.migrate(posts(field("title", "varchar", { length: 10 })));
    await story.migrate(posts(field("title", "text", { nullable: false })), { oneOff: ["posts.title=''"] });
    expect((await story.live("posts")).indexes).toEqual([]);
    await story.migrate(schemaOf({ users }), { onDestructive: ["generate"] });
    await story.back();
    expect((await story.live("posts")).indexes).toEqual([]);
  },
);

onBoth("B17: a composite primary key is one key, with foreign keys among its fields", async (story) => {
  const members = [
    { ...reference("user_id", "users", { on_delete: "CASCADE" }), primary_key: true },
    field("team", "varchar", { length: 20, primary_key: true }),
    field("role", "text"),
  ];
  await story.migrate(schemaOf({ users, members }));
  expect((await story.live("members")).primaryKey).toEqual(["user_id", "team"]);
  const insert = "INSERT INTO members (user_id, team) VALUES";
  await story.execute("INSERT INTO users (email) VALUES ('a')", `${insert} (1, 'x'), (1, 'y')`);
  await expect(story.execute(`${insert} (1, 'x')`)).rejects.toThrow();
  await expect(story.execute(`${insert} (1, NULL)`)).rejects.toThrow();
  // A change of the table keeps it.
  await story.migrate(schemaOf({ users, members: [...members.slice(0, 2), field("role", "varchar", { length: 9 })] }), {
    onDestructive: ["generate"],
  });
  expect((await story.live("members")).primaryKey).toEqual(["user_id", "team"]);
  await story.backToNothing();
});

onBoth("B22: many_to_many is a junction table with both foreign keys and one row per pair", async (story) => {
  const tags = [field("id", "uuid", { primary_key: true }), field("name", "text")];
  const posts = [serialId, field("title", "text")];
  await story.migrate(schemaOf({ tags, posts }));
  const many = { name: "tags", type: "many_to_many", many_to_many: { table: "tags" } };
  // Added to a table that is there already, which made a column of a type that no database has.
  await story.migrate(schemaOf({ tags, posts: [...posts, many] }));
  expect((await story.live("posts")).columns.map((c) => c.name)).toEqual(["id", "title"]);
  const junction = await story.live("posts_tags");
  expect(junction.primaryKey).toEqual(["posts_id", "tags_id"]);
  expect(junction.foreignKeys).toMatchObject([{ onDelete: "CASCADE" }, { onDelete: "CASCADE" }]);
  const id = "'0190c1d4-0000-7000-8000-000000000001'";
  await story.execute(`INSERT INTO tags (id) VALUES (${id})`, "INSERT INTO posts (title) VALUES ('t')");
  await story.execute(`INSERT INTO posts_tags (posts_id, tags_id) VALUES (1, ${id})`);
  await expect(story.execute(`INSERT INTO posts_tags (posts_id, tags_id) VALUES (1, ${id})`)).rejects.toThrow();
  await refuses(story, `INSERT INTO posts_tags (posts_id, tags_id) VALUES (7, ${id})`);
  await story.execute("DELETE FROM posts");
  expect(await story.values("SELECT count(*) FROM posts_tags")).toEqual(["0"]);
  await story.backAndForth();
  await story.backToNothing();
});

onBoth("B23: a changed primary key and auto_update change the database, not only the state", async (story) => {
  const notes = (updated: object, slug: object): object =>
    schemaOf({ notes: [field("id", "integer", { primary_key: true }), slug, updated] });
  await story.migrate(
    notes(field("updated_at", "timestamp"), field("slug", "varchar", { length: 20, nullable: false })),
  );
  await story.execute("INSERT INTO notes (id, slug, updated_at) VALUES (1, 'a', '2001-01-01 00:00:00')");
  await story.migrate(
    notes(
      field("updated_at", "timestamp", { auto_update: true }),
      field("slug", "varchar", { length: 20, nullable: false, primary_key: true }),
    ),
  );
  expect((await story.live("notes")).primaryKey).toEqual(["id", "slug"]);
  await story.execute("INSERT INTO notes (id, slug) VALUES (1, 'b')", "UPDATE notes SET id = 2 WHERE slug = 'a'");
  expect(await story.values("SELECT count(*) FROM notes WHERE updated_at > '2020-01-01 00:00:00'")).toContain("1");
  await story.execute("DELETE FROM notes WHERE slug = 'b'");
  await story.back();
  await story.execute("UPDATE notes SET updated_at = '2001-01-01 00:00:00'", "UPDATE notes SET id = 3");
  expect(await story.values("SELECT count(*) FROM notes WHERE updated_at > '2020-01-01 00:00:00'")).toEqual(["0"]);
  await story.up();
});
