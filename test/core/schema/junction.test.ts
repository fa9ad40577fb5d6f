import { describe, expect, test } from "bun:test";
import { parseSchema } from "../../../src/runtime/schema-files.ts";
import { problemsOf, tableOf } from "../../helpers/schema-text.ts";

const table = (name: string, ...fields: string[]): string =>
  [
    `  - name: ${name}`,
    "    fields:",
    "      - { name: id, type: uuid, primary_key: true }",
    ...fields.map((f) => `      - ${f}`),
  ].join("\n");

const schemaWith = (...tables: string[]): string => `tables:\n${tables.join("\n")}\n`;

const toTags = "{ name: tags, type: many_to_many, many_to_many: { table: tags } }";

describe("many_to_many", () => {
  test("makes a junction table with two keys, a composite primary key and both foreign keys, and no column (B22)", () => {
    const { schema } = parseSchema(schemaWith(table("tags"), table("posts", toTags)));
    expect(schema.tables.map((t) => t.name)).toEqual(["tags", "posts", "posts_tags"]);
    expect(tableOf(schema, "posts").fields.map((f) => f.name)).toEqual(["id"]);
    const side = (t: string) => ({
      onDelete: "CASCADE" as const,
      onUpdate: "NO ACTION" as const,
      name: `fk_posts_tags_${t}_id`,
      fields: [`${t}_id`],
      references: { table: t },
    });
    expect(tableOf(schema, "posts_tags")).toEqual({
      name: "posts_tags",
      fields: [
        { name: "posts_id", type: "foreign_key", references: "posts", nullable: false },
        { name: "tags_id", type: "foreign_key", references: "tags", nullable: false },
      ],
      primaryKey: ["posts_id", "tags_id"],
      indexes: [],
      foreignKeys: [side("posts"), side("tags")],
    });
  });

  test("declared on both sides is one relation", () => {
    const back = "{ name: posts, type: many_to_many, many_to_many: { table: posts } }";
    const one = parseSchema(schemaWith(table("tags"), table("posts", toTags))).schema;
    expect(parseSchema(schemaWith(table("tags", back), table("posts", toTags))).schema).toEqual(one);
  });

  test("to the table itself tells the two ends apart", () => {
    const { schema } = parseSchema(
      schemaWith(table("users", "{ name: friends, type: many_to_many, many_to_many: { table: users } }")),
    );
    expect(tableOf(schema, "users_users").primaryKey).toEqual(["from_users_id", "to_users_id"]);
  });

  test("through names the table", () => {
    const named = "{ name: tags, type: many_to_many, many_to_many: { table: tags, through: labels } }";
    expect(
      parseSchema(
        schemaWith(table("tags"), table("posts", named, toTags.replace("name: tags", "name: more"))),
      ).schema.tables.map((t) => t.name),
    ).toEqual(["tags", "posts", "labels", "posts_tags"]);
  });

  test("two relations need two names", () => {
    expect(
      problemsOf(schemaWith(table("tags"), table("posts", toTags, toTags.replace("name: tags", "name: hidden")))),
    ).toEqual([
      `9:59: fields "posts.tags" and "posts.hidden" would share the junction table "posts_tags"; give one of them a table of its own with many_to_many: { table: tags, through: … }`,
    ]);
  });

  test("a declared table of the name serves when it joins both, else it is in the way", () => {
    const key = (t: string) => `{ name: ${t}, type: foreign_key, foreign_key: { table: ${t}s } }`;
    const joined = parseSchema(
      schemaWith(table("tags"), table("posts", toTags), table("posts_tags", key("post"), key("tag"))),
    ).schema;
    expect(tableOf(joined, "posts_tags").fields.map((f) => f.name)).toEqual(["id", "post", "tag"]);
    expect(problemsOf(schemaWith(table("tags"), table("posts", toTags), table("posts_tags", key("post"))))).toEqual([
      `8:57: field "posts.tags" needs the junction table "posts_tags", but the declared table of that name does not refer to both "posts" and "tags"; name another with many_to_many: { table: tags, through: … }`,
    ]);
  });

  test("an unknown target, a key that cannot be referred to, and what a field without column cannot have", () => {
    expect(problemsOf(schemaWith(table("posts", toTags.replace("table: tags", "table: post"))))).toEqual([
      `5:66: field "posts.tags" joins table "post", which is not declared; did you mean "posts"?`,
    ]);
    expect(
      problemsOf(`${schemaWith(table("posts", toTags))}  - name: tags\n    fields: [{ name: a, type: text }]\n`),
    ).toEqual([`5:17: field "posts_tags.tags_id" refers to table "tags", which has no primary key`]);
    expect(
      problemsOf(
        schemaWith(
          table(
            "tags",
            "{ name: x, type: many_to_many, default: 1, primary_key: true, many_to_many: { table: tags } }",
          ),
        ),
      ),
    ).toHaveLength(2);
  });

  test("follows the tables that it joins through a rename", () => {
    const { renames } = parseSchema(
      schemaWith(
        table("labels").replace("labels", "labels\n    renamed_from: tags"),
        table("posts", toTags.replace("table: tags", "table: labels")),
      ),
    );
    expect(renames).toEqual({
      tables: [
        { from: "tags", to: "labels" },
        { from: "posts_tags", to: "labels_posts" },
      ],
      fields: [{ table: "labels_posts", from: "tags_id", to: "labels_id" }],
    });
  });
});
