import { describe, expect, test } from "bun:test";
import {
  type DefaultValue,
  type Field,
  type ForeignKey,
  referentialActions,
  type Schema,
  type Table,
} from "../../../src/core/schema/model.ts";
import { foreignKeyName } from "../../../src/core/schema/names.ts";
import { fieldTypes } from "../../../src/core/schema/types.ts";
import { validateSchema } from "../../../src/core/schema/validate.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";
import { loadSchema, parseSchema, writeYaml } from "../../../src/runtime/schema-files.ts";

/** A small generator of numbers, so that every run makes the same schemas. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const words = [
  "id",
  "o'brien",
  `a"b`,
  "select",
  "😀",
  "x; drop table y",
  "on",
  "007",
  "null",
  "- x",
  "a: b",
  "#c",
  "{d}",
  "Ünïcode name",
  "&e",
  "*f",
  "true",
  "<<",
  "multi\nline",
  " space ",
];
const defaults: readonly DefaultValue[] = [
  "now",
  "0.10",
  "true",
  "null",
  "~",
  "it's",
  "a: b # c",
  "'q'",
  "line\nbreak",
  0,
  -1.5,
  1e21,
  true,
  false,
  { sql: "1 + 1" },
  { value: "" },
  { value: "now()" },
];

function randomField(roll: (sides: number) => number, name: string): Field {
  const concrete = fieldTypes.filter((t) => t !== "foreign_key");
  const type = [...concrete, "tsvector", "money_amount"][roll(concrete.length + 2)] ?? "text";
  const time = type.startsWith("timestamp");
  const autoCreate = time && roll(3) === 0;
  const value = type.endsWith("serial") || autoCreate || roll(2) ? undefined : defaults[roll(defaults.length)];
  return {
    name,
    type,
    ...((type === "varchar" || type === "char") && { length: 1 + roll(300) }),
    ...(type === "decimal" && { precision: 10 + roll(5), scale: roll(5) }),
    nullable: roll(2) === 0,
    ...(value !== undefined && { default: value }),
    ...(autoCreate && { autoCreate }),
    ...(time && roll(3) === 0 && { autoUpdate: true }),
  };
}

/** Tables with keys of one or more fields, indexes of every kind, references inline, composite, to themselves and to unique fields. */
function randomSchema(seed: number): Schema {
  const roll = dice(seed);
  const tables: Table[] = [];
  for (let i = 0; i <= roll(5); i++) {
    const names = words.filter(() => roll(3) === 0);
    const fields = (names.length > 0 ? names : ["id"]).map((name) => randomField(roll, name));
    const key = fields.filter(() => roll(3) === 0).map((f) => f.name);
    tables.push(
      withReferences(roll, tables, {
        name: `${words[roll(words.length)]}${i}`,
        fields: fields.map((f) => (key.includes(f.name) ? { ...f, nullable: false } : f)),
        ...(key.length > 0 && { primaryKey: roll(2) ? key : key.toReversed() }),
        indexes: roll(2)
          ? []
          : [
              {
                name: `idx ${i}`,
                fields: fields.map((f) => f.name),
                ...(roll(2) && { unique: true }),
                ...(roll(2) && { method: "btree", where: `"x" IS NOT NULL -- '` }),
              },
            ],
        foreignKeys: [],
      }),
    );
  }
  return {
    tables,
    defaults: { postgresql: { blank: "''", null: "NULL" } },
    typeMappings: { sqlite: { money_amount: "DECIMAL({{.Precision}}, 2)" } },
  };
}

function withReferences(roll: (sides: number) => number, earlier: readonly Table[], table: Table): Table {
  const targets = [...earlier, table].filter((t) => t.primaryKey && roll(2));
  const added = targets.map((target, i) => reference(roll, table.name, target, `ref ${i}`));
  const fields = [...table.fields, ...added.flatMap((a) => a.fields)];
  return { ...table, fields, foreignKeys: added.map((a) => a.key) };
}

function reference(
  roll: (sides: number) => number,
  table: string,
  target: Table,
  name: string,
): { fields: readonly Field[]; key: ForeignKey } {
  const key = target.primaryKey ?? [];
  const fields: Field[] =
    key.length === 1
      ? [{ name, type: "foreign_key", references: target.name, nullable: true }]
      : key.map((k, i) => ({
          ...(target.fields.find((f) => f.name === k) ?? { type: "text" }),
          name: `${name} ${i}`,
          nullable: true,
        }));
  const names = fields.map((f) => f.name);
  const action = () => referentialActions[roll(referentialActions.length)] ?? "CASCADE";
  return {
    fields,
    key: {
      name: roll(2) ? foreignKeyName(table, names) : `named ${name}`,
      fields: names,
      references: { table: target.name },
      onDelete: action(),
      onUpdate: action(),
    },
  };
}

/** Foreign keys stand in the order of their fields, then of the list; the model does not care. */
const ordered = (schema: Schema): Schema => ({
  ...schema,
  tables: schema.tables.map((t) => ({
    ...t,
    foreignKeys: t.foreignKeys.toSorted((a, b) => (a.fields.join() < b.fields.join() ? -1 : 1)),
  })),
});

describe("a schema written as YAML", () => {
  test("reads back as itself: 300 schemas of every type, default, key, index and name", () => {
    let tables = 0;
    for (let seed = 1; tables < 900; seed++) {
      const schema = randomSchema(seed);
      // Serial fields that a foreign key copies, and the like: what validation refuses is not written in the first place.
      if (validateSchema(schema).problems.length > 0) continue;
      const text = writeYaml(schema);
      expect(ordered(parseSchema(text).schema)).toEqual(ordered(schema));
      tables += schema.tables.length;
    }
  });

  for (const name of ["readme", "all-types"]) {
    test(`the fixture "${name}" survives`, async () => {
      const { schema, warnings } = await loadSchema([`test/fixtures/${name}/schema.yaml`]);
      expect(parseSchema(writeYaml(schema)).schema).toEqual(schema);
      expect(warnings).toEqual([]);
    });
  }

  test("the fixture of all types has all of them, and every action", async () => {
    const { schema } = await loadSchema(["test/fixtures/all-types/schema.yaml"]);
    const used = new Set(schema.tables.flatMap((t) => t.fields.map((f) => f.type)));
    expect(fieldTypes.filter((type) => !used.has(type))).toEqual([]);
    const actions = new Set(schema.tables.flatMap((t) => t.foreignKeys.flatMap((k) => [k.onDelete, k.onUpdate])));
    expect(referentialActions.filter((action) => !actions.has(action))).toEqual([]);
  });

  test("looks as a person would write it", () => {
    const text = `tables:
  - name: users
    fields:
      - name: id
        type: uuid
        primary_key: true
        default: new_uuid
      - name: tags
        type: { native: citext }
        nullable: false
        default: { sql: 1 + 1 }
    indexes:
      - name: idx_users_tags
        fields: [tags, id]
        unique: true

  - name: likes
    fields:
      - name: user_id
        type: foreign_key
        foreign_key: {table: users, on_delete: SET_NULL}
      - name: post
        type: text
    primary_key: [post, user_id]
`
      .replace("{ native: citext }", "{native: citext}")
      .replace("{ sql: 1 + 1 }", "{sql: 1 + 1}");
    expect(writeYaml(parseSchema(text).schema)).toBe(text);
  });

  test("a field of the type of the key it refers to becomes a foreign_key field", () => {
    const { schema } = parseSchema(`tables:
  - { name: u, fields: [{ name: id, type: bigserial, primary_key: true }] }
  - { name: p, fields: [{ name: u_id, type: bigint, foreign_key: { table: u } }, { name: w, type: integer, foreign_key: { table: u } }] }
`);
    const types = parseSchema(writeYaml(schema)).schema.tables[1]?.fields.map((f) => f.type);
    expect(types).toEqual(["foreign_key", "integer"]);
  });

  test("a borrowed type without its constraint becomes a type of its own", () => {
    const { schema } = parseSchema(
      "tables: [{ name: u, fields: [{ name: id, type: uuid, primary_key: true }, { name: up, type: foreign_key, foreign_key: { table: u } }] }]",
    );
    const bare: Schema = { ...schema, tables: schema.tables.map((t) => ({ ...t, foreignKeys: [] })) };
    expect(parseSchema(writeYaml(bare)).schema.tables[0]?.fields[1]).toEqual({
      name: "up",
      type: "uuid",
      nullable: true,
    });
  });

  test("what databases call their columns can be read as a schema", () => {
    const natives = [
      "VARCHAR",
      "varchar(20)",
      "CHAR",
      "numeric",
      "numeric(10)",
      "INT",
      "TINYINT",
      "double precision",
      "timestamp(3) without time zone",
      "integer[]",
      "tsvector",
      "bit varying(5)",
      "geometry(Point,4326)",
      "",
    ];
    for (const dialect of dialects) {
      const fields = natives
        .filter((type) => type !== "" || dialect.name === "sqlite")
        .map((type, i) => dialect.fieldOf({ name: `f${i}`, type, nullable: true }));
      const schema = { tables: [{ name: "t", fields, indexes: [], foreignKeys: [] }], defaults: {}, typeMappings: {} };
      const read = parseSchema(writeYaml(schema)).schema;
      const native = (s: Schema) => s.tables[0]?.fields.map((f) => dialect.canonicalType(dialect.columnType(f)));
      expect(native(read)).toEqual(native(schema));
    }
  });

  test("no tables", () => expect(writeYaml({ tables: [], defaults: {}, typeMappings: {} })).toBe("tables: []\n"));
});

test.each([
  ["pk_users", "[b, a]", "primary_key:\n      name: pk_users\n      fields: [b, a]\n"],
  ["pk_users", "[a]", "primary_key:\n      name: pk_users\n"],
  ["users_pkey", "[b, a]", "primary_key: [b, a]\n"],
])("a primary key called %s over %s keeps its name, unless it is the usual one", (name, fields, written) => {
  const key = `primary_key: { name: ${name}, fields: ${fields} }`;
  const columns = "fields: [{ name: a, type: integer }, { name: b, type: integer }]";
  const { schema } = parseSchema(`tables: [{ name: users, ${key}, ${columns} }]`, "s.yaml");
  expect(writeYaml(schema)).toContain(written);
});

test("which databases a part is for is written where it was read, and at a field only once", () => {
  const text = `namespaces:
  - name: audit
    only: [postgresql]
extensions:
  - name: citext
    only: [postgresql]
enums:
  - name: mood
    values: [ok]
    except: [redshift]
domains:
  - name: label
    type: text
    only: [postgresql]
sequences:
  - name: numbers
    only: [postgresql]
tables:
  - name: t
    fields:
      - name: id
        type: integer
        primary_key: true
      - name: up
        type: foreign_key
        foreign_key: {table: t}
        only: [sqlite]
    indexes:
      - name: i
        fields: [up]
        only: [sqlite]
    except: [clickhouse]
views:
  - name: v
    query: SELECT 1
    only: [mysql]
`;
  const { schema } = parseSchema(text);
  expect(writeYaml(schema)).toBe(text);
  expect(parseSchema(writeYaml(schema)).schema).toEqual(schema);
});
