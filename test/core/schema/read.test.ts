import { describe, expect, test } from "bun:test";
import { parseSchema } from "../../../src/runtime/schema-files.ts";
import { fieldOf, problemsOf, tableOf, warningsOf } from "../../helpers/schema-text.ts";

/** A schema of one table `t` with the primary key `id` and one more field. */
const withField = (field: string): string => `tables:
  - name: t
    fields:
      - { name: id, type: serial, primary_key: true }
      - { name: f, ${field} }
`;

const fieldF = (field: string) => fieldOf(parseSchema(withField(field)).schema, "t.f");

describe("what a schema says", () => {
  test("a field is nullable unless it says otherwise, and a key never is", () => {
    expect(fieldF("type: text").nullable).toBe(true);
    expect(fieldF("type: text, nullable: false").nullable).toBe(false);
    expect(fieldOf(parseSchema(withField("type: text")).schema, "t.id").nullable).toBe(false);
  });

  test("types are spelled in any case", () => {
    expect(fieldF("type: VarChar, length: 3")).toMatchObject({ type: "varchar", length: 3 });
    expect(fieldF("type: 'TEXT[]'").type).toBe("text[]");
  });

  test("a type that only a type mapping knows", () => {
    const text = `type_mappings: { postgres: { Money: "NUMERIC({{.Precision}},2)" } }\n${withField("type: MONEY, precision: 9")}`;
    expect(fieldOf(parseSchema(text).schema, "t.f")).toMatchObject({ type: "money", precision: 9 });
    expect(parseSchema(text).schema.typeMappings).toEqual({ postgresql: { money: "NUMERIC({{.Precision}},2)" } });
  });

  test("a native type keeps its spelling", () => expect(fieldF("type: { native: TSVECTOR }").type).toBe("TSVECTOR"));

  test("defaults keep what was written", () => {
    expect(fieldF("type: decimal, precision: 5, default: 0.10").default).toBe("0.10");
    expect(fieldF("type: varchar, length: 5, default: 007").default).toBe("007");
    expect(fieldF("type: bigint, default: 12345678901234567890").default).toBe("12345678901234567890");
    expect(fieldF("type: integer, default: 0").default).toBe(0);
    expect(fieldF("type: boolean, default: true").default).toBe(true);
    expect(fieldF(`type: text, default: "o'brien"`).default).toBe("o'brien");
    expect(fieldF("type: text, default: { sql: now() }").default).toEqual({ sql: "now()" });
    expect(fieldF("type: text, default: { value: now() }").default).toEqual({ value: "now()" });
    expect(fieldF("type: text, default: ~").default).toBeUndefined();
  });

  test("true is the key of a named default where the schema declares one", () => {
    const text = `defaults: { sqlite: { true: "1" } }\n${withField("type: boolean, default: true")}`;
    expect(fieldOf(parseSchema(text).schema, "t.f").default).toBe("true");
  });

  test("keys of named defaults are texts, null too", () => {
    const { schema } = parseSchema(
      `defaults: { postgresql: { null: "NULL", true: "true", 1: one, none: } }\ntables: []\n`,
    );
    expect(schema.defaults).toEqual({ postgresql: { null: "NULL", true: "true", 1: "one", none: "" } });
  });

  test("auto_create wins over a default", () => {
    expect(fieldF("type: timestamp, auto_create: true, default: now")).not.toHaveProperty("default");
  });

  test("yes and no are booleans where one is expected, and names elsewhere", () => {
    const { schema } = parseSchema("tables: [{ name: on, fields: [{ name: no, type: text, nullable: no }] }]");
    expect(fieldOf(schema, "on.no").nullable).toBe(false);
  });

  test("a foreign key field brings its constraint, with the actions of YAML's many spellings", () => {
    const actions = {
      PROTECT: "RESTRICT",
      "set null": "SET NULL",
      DO_NOTHING: "NO ACTION",
      "set-default": "SET DEFAULT",
      Cascade: "CASCADE",
    };
    for (const [spelling, action] of Object.entries(actions)) {
      const { schema } = parseSchema(
        withField(`type: foreign_key, foreign_key: { table: t, on_delete: ${spelling}, on_update: ${spelling} }`),
      );
      expect(tableOf(schema, "t").foreignKeys).toEqual([
        {
          name: "fk_t_f",
          fields: ["f"],
          references: { table: "t" },
          onDelete: action as "CASCADE",
          onUpdate: action as "CASCADE",
        },
      ]);
    }
    expect(
      tableOf(parseSchema(withField("type: foreign_key, foreign_key: { table: t }")).schema, "t").foreignKeys[0],
    ).toMatchObject({
      onDelete: "RESTRICT",
      onUpdate: "NO ACTION",
    });
  });

  test("a concrete field may have a foreign key", () => {
    expect(fieldF("type: integer, foreign_key: { table: t }")).toEqual({ name: "f", type: "integer", nullable: true });
  });

  test("the order of a composite key can be given", () => {
    const { schema } = parseSchema(
      "tables: [{ name: t, primary_key: [b, a], fields: [{ name: a, type: text }, { name: b, type: text }] }]",
    );
    expect(tableOf(schema, "t").primaryKey).toEqual(["b", "a"]);
  });

  test("renamed_from becomes a hint", () => {
    const { renames } = parseSchema(
      "tables: [{ name: t, renamed_from: s, fields: [{ name: a, type: text, renamed_from: b }] }]",
    );
    expect(renames).toEqual({ tables: [{ from: "s", to: "t" }], fields: [{ table: "t", from: "b", to: "a" }] });
  });

  test("an empty list of tables is a schema without tables", () =>
    expect(parseSchema("tables: []").schema.tables).toEqual([]));

  test("annotations of the predecessor are accepted and mean nothing", () => {
    const { schema } = parseSchema(`database: { name: x, version: 1.0, migration_version: 2, type: mysql }
tables:
  - name: t
    fields: [{ name: a, type: text }]
    indexes: [{ name: i, fields: [a], foreign_key: true, from_fk: true, unique: false }]
`);
    expect(tableOf(schema, "t").indexes).toEqual([{ name: "i", fields: ["a"] }]);
  });
});

describe("what is wrong is said with its place", () => {
  const wrong: readonly (readonly [what: string, text: string, ...problems: string[]])[] = [
    ["an empty file", "", `1:1: the schema: the file is empty; declare "tables"`],
    ["a comment only", "# nothing\n", `1:1: the schema: the file is empty; declare "tables"`],
    [
      "a list",
      "- a\n",
      `1:1: the schema: expected a mapping with "tables", "namespaces", "extensions", "enums", "domains", "sequences", "views", "objects", "include", "defaults", "type_mappings" or "database", found a list`,
    ],
    ["labels only", "database: { name: x }", `1:1: the schema: nothing is declared; add "tables"`],
    ["no tables at all", "defaults: {}", `1:1: no tables are declared; add "tables" (an empty list means none)`],
    ["a misspelt key", "tabels: []\ntables: []", `1:1: the schema: unknown key "tabels"; did you mean "tables"?`],
    [
      "a key of nothing",
      "tables: []\nfigures: []",
      `2:1: the schema: unknown key "figures"; use "tables", "namespaces", "extensions", "enums", "domains", "sequences", "views", "objects", "include", "defaults", "type_mappings" or "database"`,
    ],
    [
      "a misspelt property",
      withField("type: text, nulable: true"),
      `5:32: field "t.f": unknown key "nulable"; did you mean "nullable"?`,
    ],
    [
      "a misspelt type",
      withField("type: varchr, length: 3"),
      `5:26: field "t.f": unknown type "varchr"; did you mean "varchar"? A type of the database itself is written type: { native: varchr }`,
    ],
    [
      "the type of another tool",
      withField("type: int"),
      `5:26: field "t.f": unknown type "int"; did you mean "integer"? A type of the database itself is written type: { native: int }`,
    ],
    [
      "a known type as native",
      withField("type: { native: Text }"),
      `5:26: field "t.f": "Text" is a field type; write type: text`,
    ],
    [
      "SQL as native type",
      withField(`type: { native: "int); drop table x" }`),
      `5:26: field "t.f": "int); drop table x" does not have the form of a type name`,
    ],
    ["no type", withField("nullable: true"), `5:9: field "t.f": "type" is missing`],
    ["a table without name", "tables: [{ fields: [{ name: a, type: text }] }]", `1:10: table: "name" is missing`],
    [
      "a table without fields",
      "tables: [{ name: t }]",
      `1:18: table "t" needs at least one field that is not many_to_many`,
    ],
    ["an empty item", "tables:\n  -\n", `2:4: tables: item 1 of "tables" is empty`],
    ["a varchar without length", withField("type: varchar"), `5:26: field "t.f": type "varchar" needs a "length"`],
    [
      "a length that is none",
      withField("type: varchar, length: long"),
      `5:43: field "t.f": "length" must be a whole number above 0, found "long"`,
    ],
    [
      "a length of zero",
      withField("type: text, length: 0"),
      `5:40: field "t.f": "length" must be a whole number above 0, found 0`,
    ],
    [
      "a scale above the precision",
      withField("type: decimal, precision: 3, scale: 4"),
      `5:56: field "t.f": "scale" 4 is larger than "precision" 3`,
    ],
    ["a scale alone", withField("type: decimal, scale: 4"), `5:42: field "t.f": "scale" needs a "precision"`],
    [
      "a flag that is none",
      withField("type: text, nullable: maybe"),
      `5:42: field "t.f": "nullable" must be true or false, found "maybe"`,
    ],
    [
      "auto_create of a date",
      withField("type: date, auto_create: true"),
      `5:45: field "t.f": "auto_create" needs a timestamp or timestamptz field, not "date"`,
    ],
    [
      "a default of a serial",
      withField("type: serial, default: 1"),
      `5:43: field "t.f": a serial field is numbered by the database and cannot have a default`,
    ],
    [
      "a list as default",
      withField("type: json, default: []"),
      `5:41: field "t.f": "default" must be a text, a number or a boolean, found a list; for a JSON value write it as a text`,
    ],
    [
      "two kinds of default",
      withField("type: text, default: { sql: a, value: b }"),
      `5:41: field "t.f": "default" must have either "sql" or "value"`,
    ],
    [
      "an infinite default",
      withField("type: float, default: .inf"),
      `5:42: field "t.f": "default" must be a finite number`,
    ],
    [
      "a foreign key to nowhere",
      withField("type: foreign_key, foreign_key: { table: tt }"),
      `5:61: field "t.f" refers to table "tt", which is not declared; did you mean "t"?`,
    ],
    [
      "a foreign key into another database schema",
      withField("type: foreign_key, foreign_key: { table: auth.accounts }"),
      `5:61: field "t.f" refers to table "auth.accounts", which is not declared; declare "auth" among the namespaces, and the table with this name`,
    ],
    [
      "a foreign_key field without one",
      withField("type: foreign_key"),
      `5:26: field "t.f": a foreign_key field needs foreign_key: { table: … }`,
    ],
    [
      "an unknown action",
      withField("type: foreign_key, foreign_key: { table: t, on_delete: CASCAD }"),
      `5:75: field "t.f": "on_delete" is "CASCAD"; did you mean "CASCADE"?`,
    ],
    [
      "an unknown on_update",
      withField("type: foreign_key, foreign_key: { table: t, on_update: explode }"),
      `5:75: field "t.f": "on_update" is "explode"; use "CASCADE", "RESTRICT", "PROTECT", "SET_NULL", "SET_DEFAULT", "DO_NOTHING" or "NO_ACTION"`,
    ],
    [
      "an unknown database",
      "defaults: { postgrse: {} }\ntables: []",
      `1:13: defaults: unknown database "postgrse"; did you mean "postgres"?`,
    ],
    [
      "a default under two spellings of a database",
      "defaults: { pg: { a: b }, postgres: { a: c } }\ntables: []",
      `1:39: defaults for "postgres": "a" is given twice`,
    ],
    [
      "a type that maps to nothing",
      "type_mappings: { pg: { text: } }\ntables: []",
      `1:30: type_mappings for "pg": "text" maps to nothing; give the type of the database`,
    ],
    [
      "an index of a missing field",
      "tables: [{ name: t, fields: [{ name: title, type: text }], indexes: [{ name: i, fields: [titel] }] }]",
      `1:89: index "i" of table "t" names field "titel", which it does not have; did you mean "title"?`,
    ],
    [
      "an index of no field",
      "tables: [{ name: t, fields: [{ name: a, type: text }], indexes: [{ name: i, fields: [] }] }]",
      `1:85: index "i" of table "t": "fields" must name at least one field`,
    ],
    [
      "an index method that is none",
      "tables: [{ name: t, fields: [{ name: a, type: text }], indexes: [{ name: i, fields: [a], method: 'gin; x' }] }]",
      `1:66: index "i" of table "t": "gin; x" is not an index method`,
    ],
    [
      "two fields of one name",
      "tables: [{ name: t, fields: [{ name: a, type: text }, { name: a, type: text }] }]",
      `1:63: field "t.a" is declared twice`,
    ],
    [
      "two tables of one name",
      "tables:\n  - { name: t, fields: [{ name: a, type: text }] }\n  - { name: t, fields: [{ name: a, type: text }] }",
      `3:13: table "t" is declared twice in this file; the first time in line 2`,
    ],
    [
      "names that differ in case",
      "tables:\n  - { name: t, fields: [{ name: a, type: text }, { name: A, type: text }] }\n  - { name: T, fields: [{ name: a, type: text }] }",
      `2:58: fields "a" and "A" of table "t" must differ in more than case`,
      `3:13: table "T" and table "t" cannot both exist: names of tables and indexes must differ in more than case`,
    ],
    [
      "an index name twice",
      "tables:\n  - { name: t, fields: [{ name: a, type: text }], indexes: [{ name: i, fields: [a] }] }\n  - { name: u, fields: [{ name: a, type: text }], indexes: [{ name: i, fields: [a] }] }",
      `3:69: index "i" of table "u" and index "i" of table "t" cannot both exist: names of tables and indexes must differ in more than case`,
    ],
    [
      "two primary keys",
      "tables: [{ name: t, primary_key: [b], fields: [{ name: a, type: text, primary_key: true }, { name: b, type: text }] }]",
      `1:34: table "t" has the primary key (b) and its fields flag (a); keep one of the two`,
    ],
    [
      "a primary key of a missing field",
      "tables: [{ name: t, primary_key: [b], fields: [{ name: a, type: text }] }]",
      `1:34: the primary key of table "t" names field "b", which it does not have; did you mean "a"?`,
    ],
    [
      "an empty name",
      `tables: [{ name: "", fields: [{ name: a, type: text }] }]`,
      `1:18: table: "name" must not be empty`,
    ],
    [
      "a NUL in a name",
      `tables: [{ name: "a\\0b", fields: [{ name: a, type: text }] }]`,
      `1:18: table: "name" must not contain the NUL character`,
    ],
    [
      "half of a surrogate pair in a name and in a default",
      `tables: [{ name: "a\\ud800b", fields: [{ name: a, type: text, default: "\\udc00" }] }]`,
      `1:18: table: "name" must not contain half of a surrogate pair`,
      `1:71: field "a\ud800b.a": "default" must not contain half of a surrogate pair`,
    ],
    [
      "a rename to itself",
      "tables: [{ name: t, renamed_from: t, fields: [{ name: a, type: text }] }]",
      `1:35: "renamed_from" of table "t" is its present name; give the old one`,
    ],
    [
      "two renames from one",
      "tables: [{ name: t, fields: [{ name: a, type: text, renamed_from: x }, { name: b, type: text, renamed_from: x }] }]",
      `1:109: "a" and "b" both have "renamed_from: x"; only one field of table "t" can have had that name`,
    ],
    [
      "an include of a Go module",
      "include: [{ module: example.com/x, path: schema.yaml }]\ntables: []",
      `1:21: include: "example.com/x" is a Go module, which cannot be resolved here; copy the file into the project and give its relative path, or publish it in an npm package and name that with "package"`,
    ],
  ];
  for (const [what, text, ...problems] of wrong) test(what, () => expect(problemsOf(text)).toEqual(problems));

  test("all mistakes of a file come at once, in its order", () => {
    expect(
      problemsOf(`tables:
  - name: users
    fields:
      - { name: id, type: uuidd, primary_key: true }
      - { name: email, type: varchar }
    indexes:
      - { name: i, fields: [mail], uniqe: true }
  - name: posts
    field: []
`),
    ).toEqual([
      `4:27: field "users.id": unknown type "uuidd"; did you mean "uuid"? A type of the database itself is written type: { native: uuidd }`,
      `5:30: field "users.email": type "varchar" needs a "length"`,
      `7:28: index "i" of table "users" names field "mail", which it does not have; did you mean "email"?`,
      `7:36: index "i" of table "users": unknown key "uniqe"; did you mean "unique"?`,
      `8:11: table "posts" needs at least one field that is not many_to_many`,
      `9:5: table "posts": unknown key "field"; did you mean "fields"?`,
    ]);
  });

  test("what looks like a mistake is a warning", () => {
    const field = (text: string) => warningsOf(withField(text));
    expect(field("type: integer, precision: 32")).toEqual([
      `s:5:46: field "t.f": "precision" means nothing for type "integer" and is ignored`,
    ]);
    expect(field(`type: text, default: ""`)[0]).toContain(`5:41: field "t.f": an empty default means no default`);
    expect(field("type: decimal")[0]).toContain("each database has its own idea of a decimal");
    expect(field("type: foreign_key, nullable: false, foreign_key: { table: t, on_delete: SET_NULL }")).toEqual([
      `s:5:78: field "t.f" has "on_delete: SET_NULL" and cannot be NULL`,
    ]);
    // Of a key over several fields, those that stay as they are.
    const parent = `tables:
  - name: t
    fields:
      - { name: a, type: integer, nullable: false }
      - { name: b, type: integer }
    constraints: [{ unique: [a, b] }]
    foreign_keys:
      - { name: up, fields: [a, b], references: { table: t, fields: [a, b] }, on_delete: SET_NULL, on_delete_fields: [b] }`;
    expect(warningsOf(parent)).toEqual([]);
    expect(warningsOf(parent.replace(", on_delete_fields: [b]", ""))[0]).toContain(
      `field "t.a" has "on_delete: SET_NULL"`,
    );
    expect(field("type: text, foreign_key: { table: t }")).toEqual([
      `s:5:54: field "t.f" is "text" and refers to "t.id", which is "integer"; type foreign_key takes the right type by itself`,
    ]);
    expect(warningsOf(`tables: [{ name: ${"ö".repeat(40)}, fields: [{ name: a, type: text }] }]`)[0]).toContain(
      "has 80 bytes; PostgreSQL allows 63",
    );
    expect(field("type: varchar, length: 5")).toEqual([]);
  });
});

describe("only and except", () => {
  const table = (rest: string): string =>
    `tables:\n  - { name: t, fields: [{ name: id, type: integer, primary_key: true }]${rest} }\n`;

  test("take a name or a list, in any spelling, and mean the same in any order", () => {
    expect(tableOf(parseSchema(table(", only: Postgres")).schema, "t").only).toEqual(["postgresql"]);
    expect(tableOf(parseSchema(table(", except: [libsql, mssql, turso]")).schema, "t").except).toEqual([
      "sqlserver",
      "turso",
    ]);
  });

  test("hold for what stands at a field", () => {
    const field = "type: integer, unique: true, index: true, check: f > 0, foreign_key: { table: t }, only: mysql";
    const { constraints, indexes, foreignKeys } = tableOf(parseSchema(withField(field)).schema, "t");
    for (const part of [...(constraints ?? []), ...indexes, ...foreignKeys]) expect(part.only).toEqual(["mysql"]);
    expect([constraints?.length, indexes.length, foreignKeys.length]).toEqual([2, 1, 1]);
  });

  test("hold for a junction table, too", () => {
    const field = "type: many_to_many, many_to_many: { table: t }, except: clickhouse";
    expect(tableOf(parseSchema(withField(field)).schema, "t_t").except).toEqual(["clickhouse"]);
  });

  test("name databases that are known, each on one side", () => {
    expect(problemsOf(table(", only: postgre"))).toEqual([
      '2:80: table "t": unknown database "postgre"; did you mean "postgres"?',
    ]);
    expect(problemsOf(table(", only: []"))).toEqual(['2:80: table "t": "only" must name at least one database']);
    expect(problemsOf(table(", only: [mysql], except: [mysql]"))).toEqual([
      '2:5: table "t": "mysql" stands under "only" and under "except"; leave it out of one of them',
    ]);
  });

  test("leave nothing behind that needs what is not there; it is said once, with a database", () => {
    const index = "\n    indexes: [{ name: i, fields: [f] }]\n";
    expect(problemsOf(`${withField("type: integer, only: mysql").trimEnd()}${index}`)).toEqual([
      '6:34: index "i" of table "t" names field "f", which it does not have on postgresql; say with only or except which databases it is for, too',
    ]);
    const key = `${table(", only: mysql")}  - { name: u, fields: [{ name: t_id, type: foreign_key, foreign_key: { table: t } }] }\n`;
    expect(problemsOf(key)).toHaveLength(1);
    expect(parseSchema(key.replace("{ table: t }", "{ table: t, only: mysql }")).schema.tables).toHaveLength(2);
  });

  test("leave no type behind that a field is of", () => {
    const typed = (words: string, mappings = ""): string =>
      `${mappings}enums: [{ name: mood, values: [ok], ${words} }]\ndomains: [{ name: label, type: text, ${words} }]
tables: [{ name: t, fields: [{ name: m, type: mood }, { name: l, type: label }] }]\n`;
    expect(problemsOf(typed("except: sqlite"))).toEqual([
      '3:38: field "m" of table "t" is of the enum "mood", which is not there on sqlite; say with only or except which databases it is for, too',
      '3:63: field "l" of table "t" is of the domain "label", which is not there on sqlite; say with only or except which databases it is for, too',
    ]);
    const { schema } = parseSchema(typed("except: sqlite", "type_mappings: { sqlite: { mood: TEXT, label: TEXT } }\n"));
    expect([schema.enums?.[0]?.except, schema.domains?.[0]?.except]).toEqual([["sqlite"], ["sqlite"]]);
  });
});
