import { expect } from "bun:test";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { detailsOf, failureOf, field, onBoth, onOne, reference, schemaOf, serialId } from "./story.ts";

onBoth("B5: the order of operations is decided, not left to chance", async (story) => {
  const table = (...fields: readonly object[]): readonly object[] => [serialId, ...fields];
  const letters = ["e", "b", "d", "a", "c"];
  const old = letters.map((letter) => [`old_${letter}`, table()] as const);
  const kept = letters.map((letter) => [`kept_${letter}`, table(field("z", "text"), field("y", "text"))] as const);
  await story.migrate(schemaOf(Object.fromEntries([...old, ...kept])));
  const changed = letters.map(
    (letter) => [`kept_${letter}`, table(field("z", "text", { nullable: false }), field("x", "text"))] as const,
  );
  story.declare(schemaOf(Object.fromEntries(changed)));
  const options = {
    renames: ["none"],
    onDestructive: ["generate"],
    oneOff: letters.map((letter) => `kept_${letter}.z=''`),
  };
  const results = await Promise.all([1, 2, 3].map(() => generate(story, { ...options, dryRun: true })));
  expect(new Set(results.map(({ source }) => source)).size).toBe(1);
  const dropped = detailsOf(await generate(story, options)).filter((detail) => detail.startsWith("drop table"));
  expect(dropped).toEqual(letters.map((letter) => `drop table "old_${letter}"`));
  await story.up();
  await story.backAndForth();
});

onBoth("B12: renames take indexes and foreign keys along, so that nothing is left to generate", async (story) => {
  const indexes = (...fields: readonly string[]): readonly object[] => [
    { name: "idx_posts_user", fields, unique: true },
  ];
  await story.migrate(
    schemaOf({
      users: [serialId, field("email", "text")],
      posts: {
        fields: [serialId, reference("user_id", "users", { on_delete: "CASCADE" }), field("title", "text")],
        indexes: indexes("user_id", "title"),
      },
    }),
  );
  await story.execute("INSERT INTO users (email) VALUES ('a')", "INSERT INTO posts (user_id, title) VALUES (1, 't')");
  const result = await story.migrate(
    schemaOf({
      people: [serialId, field("mail", "text")],
      posts: {
        fields: [serialId, reference("person_id", "people", { on_delete: "CASCADE" }), field("headline", "text")],
        indexes: indexes("person_id", "headline"),
      },
    }),
    { renames: ["users:people", "people.email:mail", "posts.user_id:person_id", "posts.title:headline"] },
  );
  expect(new Set(result.operations.map((o) => o.kind))).toEqual(new Set(["rename_table", "rename_field"]));
  expect(await story.values("SELECT headline FROM posts WHERE person_id = 1")).toEqual(["t"]);
  await story.backAndForth();
  await story.execute("DELETE FROM people");
  expect(await story.values("SELECT count(*) FROM posts")).toEqual(["0"]);
});

onBoth("B13: a renamed field keeps type, NOT NULL and default (MySQL made it a VARCHAR(255))", async (story) => {
  const one = (name: string): object =>
    schemaOf({ users: [serialId, field(name, "decimal", { precision: 8, scale: 3, nullable: false, default: 1.5 })] });
  await story.migrate(one("rate"));
  const [, before] = (await story.live("users")).columns;
  await story.migrate(one("factor"), { renames: ["users.rate:factor"] });
  const [, after] = (await story.live("users")).columns;
  expect(after).toEqual({ ...before, name: "factor" } as NonNullable<typeof after>);
  expect(after).toMatchObject({ nullable: false, default: expect.stringContaining("1.5") });
  await story.backAndForth();
});

onBoth(
  "B14: the including file wins; defaults, indexes and the order of fields of the included one survive",
  async (story) => {
    story.declare(
      {
        defaults: { sqlite: { greeting: "'hello'" }, postgresql: { greeting: "'hello'" } },
        type_mappings: { sqlite: { motto: "TEXT" }, postgresql: { motto: "VARCHAR(40)" } },
        tables: [
          {
            name: "users",
            fields: [
              serialId,
              field("zeta", "varchar", { length: 10 }),
              field("alpha", "text", { default: "greeting" }),
            ],
            indexes: [{ name: "idx_users_zeta", fields: ["zeta"] }],
          },
        ],
      },
      "common/users.yaml",
    );
    await story.migrate({
      include: [{ path: "../common/users.yaml" }],
      tables: [
        { name: "users", fields: [field("zeta", "varchar", { length: 30, nullable: false }), field("beta", "motto")] },
      ],
    });
    const { columns, indexes } = await story.live("users");
    expect(columns.map((c) => c.name)).toEqual(["id", "zeta", "alpha", "beta"]);
    expect([await story.typeOf("users", "zeta"), columns[1]?.nullable]).toEqual(["varchar(30)", false]);
    expect(indexes).toMatchObject([{ name: "idx_users_zeta", fields: ["zeta"] }]);
    await story.execute("INSERT INTO users (zeta) VALUES ('z')");
    expect(await story.values("SELECT alpha FROM users")).toEqual(["hello"]);
  },
);

onBoth("B15: a table in several files keeps its indexes and the order of its fields", async (story) => {
  const index = (name: string, ...fields: readonly string[]): object => ({ name, fields });
  const first = [serialId, field("m", "text"), field("b", "integer")];
  const second = [field("b", "bigint"), field("a", "text", { nullable: false })];
  story.declare(schemaOf({ t: { fields: first, indexes: [index("idx_m", "m")] } }), "schema/1.yaml");
  story.declare(schemaOf({ t: { fields: second, indexes: [index("idx_ba", "b", "a")] } }), "schema/2.yaml");
  expect((await generate(story)).created).toBe("migrations/0001_initial.ts");
  await story.up();
  expect((await generate(story)).created).toBeNull();
  const { columns, indexes } = await story.live("t");
  expect(columns.map((c) => [c.name, c.nullable])).toEqual([
    ["id", false],
    ["m", true],
    ["b", true],
    ["a", false],
  ]);
  expect(await story.typeOf("t", "b")).toBe("bigint");
  expect(indexes.map((i) => [i.name, i.fields])).toEqual(
    expect.arrayContaining([
      ["idx_m", ["m"]],
      ["idx_ba", ["b", "a"]],
    ]),
  );
});

onBoth("B16: three changed properties of a field are one alterField", async (story) => {
  const users = (email: object): object => schemaOf({ users: [serialId, field("email", "varchar", email)] });
  await story.migrate(users({ length: 50 }));
  await story.execute("INSERT INTO users (email) VALUES (NULL)");
  const result = await story.migrate(users({ length: 99, nullable: false, default: "none" }), {
    oneOff: ["users.email='unknown'"],
  });
  expect(result.operations.map((o) => o.kind)).toEqual(["alter_field"]);
  await story.execute("INSERT INTO users (id) VALUES (7)");
  expect(await story.values("SELECT email FROM users ORDER BY id")).toEqual(["unknown", "none"]);
  await story.backAndForth();
});

const odd = [
  "ACTIVE",
  "007",
  "o'brien",
  "NaN",
  "a (b",
  "x::y",
  'say "hi"',
  "'",
  "'); DROP TABLE users; --",
  "back\\slash",
  "{{.Length}}",
  "😀",
  " ",
];

onBoth("B18: a default is the text that was written, in CREATE TABLE and in ADD COLUMN", async (story) => {
  const fields = odd.map((text, i) => field(`f${i}`, "text", { nullable: false, default: text }));
  const later = odd.map((text, i) => field(`g${i}`, "text", { nullable: false, default: text }));
  await story.migrate(schemaOf({ users: [serialId, ...fields] }));
  await story.execute("INSERT INTO users DEFAULT VALUES");
  await story.migrate(schemaOf({ users: [serialId, ...fields, ...later] }));
  await story.execute("INSERT INTO users DEFAULT VALUES");
  for (const [i, text] of odd.entries()) {
    expect(await story.values(`SELECT f${i} FROM users`)).toEqual([text, text]);
    expect(await story.values(`SELECT g${i} FROM users`)).toEqual([text, text]);
  }
  await story.backAndForth();
});

onBoth("B19: names are quoted whatever is in them", async (story) => {
  const names = ["o'brien", 'a"b', "select", "😀", "x; drop table y", "a`b", "[c]", "%s", "$1", "back\\slash", "a.b"];
  const fields = names.map((name) => field(name, "varchar", { length: 20 }));
  const tables = Object.fromEntries(
    names.map((name, i) => [
      name,
      {
        fields: [serialId, ...fields, reference(`${name} id`, names[(i + 1) % names.length] ?? name)],
        indexes: [{ name: `idx ${name}`, fields: [name] }],
      },
    ]),
  );
  await story.migrate(schemaOf(tables));
  const wider = Object.fromEntries(
    names.map((name) => [
      `${name}!`,
      [serialId, field(name, "varchar", { length: 30, nullable: false }), field(`${name}?`, "text", { default: name })],
    ]),
  );
  await story.migrate(schemaOf(wider), {
    onDestructive: ["generate"],
    renames: names.map((name) => `${name}:${name}!`).concat("none"),
    oneOff: names.map((name) => `${name}!.${name}='x'`),
  });
  expect((await story.introspect()).tables.map((t) => t.name).toSorted()).toEqual(Object.keys(wider).toSorted());
  await story.backAndForth();
  await story.backToNothing();
});

/** The same entries for both databases. */
const forBoth = (entries: object): object => ({ sqlite: entries, postgresql: entries });

onBoth(
  "B24: a changed named default or type mapping changes existing columns, and so does its removal",
  async (story) => {
    const tables = { users: [serialId, field("state", "varchar", { length: 10, default: "first_state" })] };
    const stateOf = async (): Promise<string | undefined> => {
      await story.execute("DELETE FROM users", "INSERT INTO users DEFAULT VALUES");
      return (await story.values("SELECT state FROM users"))[0];
    };
    const typeOf = (): Promise<string> => story.typeOf("users", "state");
    await story.migrate(
      schemaOf(tables, { defaults: forBoth({ first_state: "'new'" }), type_mappings: forBoth({ varchar: "TEXT" }) }),
    );
    expect([await stateOf(), await typeOf()]).toEqual(["new", "text"]);
    await story.migrate(
      schemaOf(tables, {
        defaults: forBoth({ first_state: "'open'" }),
        type_mappings: forBoth({ varchar: "VARCHAR({{.Length}})" }),
      }),
      { onDestructive: ["generate"] },
    );
    expect([await stateOf(), await typeOf()]).toEqual(["open", "varchar(10)"]);
    await story.backAndForth();
    await story.migrate(schemaOf({ users: [serialId, field("state", "varchar", { length: 10 })] }), {
      onDestructive: ["generate"],
    });
    expect([await stateOf(), await typeOf()]).toEqual(["null", "varchar(10)"]);
    await story.backAndForth();
  },
);

onBoth("B31: a NOT NULL field on a table with rows asks for their value, and fills them", async (story) => {
  await story.migrate(schemaOf({ users: [serialId, field("name", "text")] }));
  await story.execute("INSERT INTO users (name) VALUES ('Ann'), ('Bob')");
  const target = schemaOf({ users: [serialId, field("name", "text"), field("size", "integer", { nullable: false })] });
  story.declare(target);
  const error = await failureOf(generate(story));
  expect(error).toMatchObject({ code: "questions", data: { questions: [{ id: "users.size", kind: "one-off" }] } });
  expect(error.message).toContain("--one-off users.size=SQL");
  await story.migrate(target, { oneOff: ["users.size=length(name) + 1"] });
  expect(await story.values("SELECT size FROM users")).toEqual(["4", "4"]);
  expect((await story.live("users")).columns[2]).toMatchObject({ nullable: false });
  // An answer counts even where nobody would have asked, for a default is for the rows to come.
  const more = [
    field("name", "text"),
    field("size", "integer", { nullable: false }),
    field("n", "integer", { default: 5 }),
  ];
  await story.migrate(schemaOf({ users: [serialId, ...more] }), { oneOff: ["users.n=id * 10"] });
  expect(await story.values("SELECT n FROM users ORDER BY id")).toEqual(["10", "20"]);
  await story.backAndForth();
});

onBoth("B32: a type changes with its rows, and changes back", async (story) => {
  const id = field("id", "integer", { primary_key: true });
  await story.migrate(
    schemaOf({ t: [id, field("n", "varchar", { length: 10 }), field("w", "varchar", { length: 10 })] }),
  );
  await story.execute("INSERT INTO t (id, n, w) VALUES (1, '42', 'abc'), (2, '7', NULL)");
  await story.migrate(schemaOf({ t: [id, field("n", "integer"), field("w", "text")] }), {
    onDestructive: ["generate"],
  });
  expect([await story.typeOf("t", "n"), await story.values("SELECT n FROM t ORDER BY n")]).toEqual([
    "integer",
    ["7", "42"],
  ]);
  await story.back();
  expect([await story.typeOf("t", "n"), await story.typeOf("t", "w")]).toEqual(["varchar(10)", "varchar(10)"]);
  expect(await story.values("SELECT n FROM t ORDER BY id")).toEqual(["42", "7"]);
  expect(await story.values("SELECT w FROM t WHERE w IS NOT NULL")).toEqual(["abc"]);
  await story.up();
});

onOne(
  "postgresql",
  "B32: a field becomes serial, goes on after the largest number, and is an integer again",
  async (story) => {
    const t = (type: string): object => schemaOf({ t: [field("id", type, { primary_key: true }), field("x", "text")] });
    await story.migrate(t("integer"));
    await story.execute("INSERT INTO t (id) VALUES (41)");
    await story.migrate(t("serial"), { onDestructive: ["generate"] });
    await story.execute("INSERT INTO t (x) VALUES ('y')");
    expect(await story.values("SELECT id FROM t ORDER BY id")).toEqual(["41", "42"]);
    await story.backAndForth();
    await story.backToNothing();
  },
);
