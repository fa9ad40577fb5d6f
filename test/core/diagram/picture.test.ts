import { expect, test } from "bun:test";
import { dotText } from "../../../src/core/diagram/dot.ts";
import { mermaidText } from "../../../src/core/diagram/mermaid.ts";
import { type PictureOptions, pictureOf } from "../../../src/core/diagram/picture.ts";
import { parseSchema } from "../../../src/runtime/schema-files.ts";

const { schema } = parseSchema(`
namespaces: [audit]
tables:
  - name: users
    comment: People
    fields:
      - {name: id, type: serial, primary_key: true}
      - {name: email, type: varchar, length: 80, unique: true}
      - {name: boss_id, type: foreign_key, foreign_key: {table: users}, nullable: true}
  - name: profiles
    fields:
      - {name: user_id, type: foreign_key, foreign_key: {table: users}, primary_key: true}
      - {name: about, type: text, nullable: true, comment: 'In "their" words'}
  - name: posts
    fields:
      - {name: id, type: serial, primary_key: true}
      - {name: author_id, type: foreign_key, foreign_key: {table: users}, nullable: false}
  - name: comments
    fields:
      - {name: id, type: serial, primary_key: true}
      - {name: post_id, type: foreign_key, foreign_key: {table: posts}, nullable: false}
  - name: audit.events
    fields: [{name: id, type: serial, primary_key: true}]
`);

const names = (options: PictureOptions): readonly string[] => pictureOf(schema, options).tables.map(({ name }) => name);

test("fields are marked by the keys that they are in", () => {
  const marks = pictureOf(schema).tables.flatMap(({ name, rows }) =>
    rows.map((row) => `${name}.${row.name} ${row.type} ${row.marks.join("+")}`.trimEnd()),
  );
  expect(marks).toEqual([
    "users.id serial PK",
    "users.email varchar(80) UK",
    "users.boss_id integer FK",
    "profiles.user_id integer PK+FK",
    "profiles.about text",
    "posts.id serial PK",
    "posts.author_id integer FK",
    "comments.id serial PK",
    "comments.post_id integer FK",
    "audit.events.id serial PK",
  ]);
});

test("a reference says whether there must be one and how many there can be", () => {
  const found = pictureOf(schema).references.map(({ from, optional, single }) => [from, optional, single]);
  expect(found).toEqual([
    ["users", true, false],
    ["profiles", false, true],
    ["posts", false, false],
    ["comments", false, false],
  ]);
});

test("what is near a table in focus is shown, and no more", () => {
  expect(names({ focus: ["posts"], depth: 0 })).toEqual(["posts"]);
  expect(names({ focus: ["posts"] })).toEqual(["users", "posts", "comments"]);
  expect(names({ focus: ["comments"], depth: 2 })).toEqual(["users", "posts", "comments"]);
  expect(names({ focus: ["comments"], depth: 9 })).toEqual(["users", "profiles", "posts", "comments"]);
  expect(names({ focus: ["audit.events", "comments"], depth: 0 })).toEqual(["comments", "audit.events"]);
});

test("a table in focus that does not exist is an error with the nearest name", () => {
  expect(() => pictureOf(schema, { focus: ["post"] })).toThrow('there is no table "post"; did you mean "posts"?');
});

test("of keys only, the rest is counted", () => {
  const [users, profiles] = pictureOf(schema, { keysOnly: true }).tables;
  expect([users?.rows.length, users?.hidden]).toEqual([3, 0]);
  expect([profiles?.rows.length, profiles?.hidden]).toEqual([1, 1]);
});

test("a table belongs to what it is said to belong to, else to its namespace", () => {
  const { groups, tables } = pictureOf(schema, { groups: new Map([["users", "auth.yaml"]]) });
  expect(groups).toEqual(["", "audit", "auth.yaml"]);
  expect(tables.at(-1)?.group).toBe("audit");
});

test("partitions and heirs point at the table that they are of, and do not repeat its keys", () => {
  const tree = parseSchema(`
tables:
  - {name: owners, fields: [{name: id, type: integer, primary_key: true}]}
  - name: logs
    fields: [{name: at, type: date}, {name: owner_id, type: foreign_key, foreign_key: {table: owners}}]
    partition_by: {range: [at]}
  - {name: logs_old, partition_of: {table: logs, values: DEFAULT}}
`);
  const { references, tables } = pictureOf(tree.schema);
  expect(references.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ["foreign-key", "logs", "owners"],
    ["partition", "logs_old", "logs"],
  ]);
  expect(tables.at(-1)?.rows).toEqual([]);
});

test("Mermaid and DOT cannot be left by what a name or comment says", () => {
  const hostile = pictureOf({
    ...schema,
    tables: [
      {
        name: 'a"] }\n%%{init: {}}%% <b>\\',
        comment: "x",
        fields: [{ name: 'q"} click', type: 'enum("x", "y")', nullable: true, comment: 'say "hi"\n  }' }],
        indexes: [],
        foreignKeys: [],
      },
    ],
  });
  expect(mermaidText(hostile)).toBe(
    `erDiagram\n  "a'] } {init: {}} <b>" {\n    enum(_x_-_y_) q___click "null, say 'hi' }"\n  }\n`,
  );
  const dot = dotText(hostile);
  expect(dot).toContain(`"a\\"] }\n%%{init: {}}%% <b>\\\\" [label=<`);
  expect(dot).toContain("a&quot;] }\n%%{init: {}}%% &lt;b&gt;\\</b>");
});
