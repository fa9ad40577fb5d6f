import { describe, expect, test } from "bun:test";
import { apply, type Operation } from "../../../src/core/operations/index.ts";
import { sameBounds } from "../../../src/core/schema/bounds.ts";
import { canonicalJson } from "../../../src/core/schema/canonical.ts";
import { parseSchema, writeYaml } from "../../../src/runtime/schema-files.ts";
import { fieldOf, problemsOf, tableOf } from "../../helpers/schema-text.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const yaml = `tables:
  - name: day_2
    partition_of: { table: days, values: IN (2) }
    fields:
      - { name: note, type: text, default: two }
    indexes:
      - { name: two, fields: [note] }
  - name: days
    fields:
      - { name: day, type: integer, nullable: false }
      - { name: note, type: text, comment: what it was like }
      - { name: id, type: serial }
    primary_key: [day, id]
    indexes:
      - { name: by_note, fields: [{ expression: lower(note) }], comment: quick }
      - { name: by_id, fields: [id] }
    constraints:
      - { name: in_week, check: day < 8, comment: a week has seven }
      - { unique: [day, note] }
    partition_by: { list: day }
  - name: day_1
    partition_of: { table: days, values: IN (1) }
    partition_by: { hash: [{ field: id, operator_class: int4_ops }, { expression: day + 1, collation: C }] }
  - name: day_1_a
    partition_of: { table: day_1, values: "WITH (MODULUS 1, REMAINDER 0)" }
  - name: base
    fields:
      - { name: id, type: bigint, identity: true, primary_key: true }
      - { name: state, type: text, default: new, auto_update: false }
  - name: child
    inherits: base
    fields:
      - { name: state, type: text, default: old, inherited: true }
      - { name: more, type: text }
`;
const { schema } = parseSchema(yaml, "schema.yaml");
const after = (operation: Operation) => apply(schema, operation);

test("a schema with partitions and inheritance is written so that it reads the same", () => {
  const again = parseSchema(writeYaml(schema), "written.yaml").schema;
  expect(canonicalJson(again)).toBe(canonicalJson(schema));
});

describe("what a table has from others", () => {
  test("are fields without their descriptions, NOT NULL where the key makes them so", () => {
    expect(tableOf(schema, "day_1_a").fields).toEqual([
      { name: "day", type: "integer", nullable: false, inherited: true },
      { name: "note", type: "text", nullable: true, inherited: true },
      { name: "id", type: "serial", nullable: false, inherited: true },
    ]);
    expect(fieldOf(schema, "day_2.note").default).toBe("two");
    expect(tableOf(schema, "child").fields).toEqual([
      { name: "id", type: "bigint", nullable: false, inherited: true },
      { name: "state", type: "text", nullable: true, default: "old", inherited: true },
      { name: "more", type: "text", nullable: true },
    ]);
  });

  test("changes with those, whatever it was", () => {
    const field = { name: "note", type: "varchar", length: 9, default: "none", nullable: true } as const;
    const changed = after({ kind: "alterField", table: "days", field });
    expect(fieldOf(changed, "day_2.note")).toMatchObject({ type: "varchar", length: 9, default: "none" });
    expect(fieldOf(changed, "day_1_a.note")).toMatchObject({ type: "varchar", length: 9, default: "none" });
    const added = after({ kind: "addField", table: "base", field: { name: "n", type: "integer" } });
    expect(fieldOf(added, "child.n").inherited).toBe(true);
  });

  test("is changed there only", () => {
    const refused = (operation: Operation) => errorOf(() => after(operation)).message;
    expect(refused({ kind: "dropField", table: "day_2", name: "note" })).toBe(
      `field "note" of table "day_2" comes from "days"; change it there`,
    );
    expect(refused({ kind: "renameField", table: "child", from: "id", to: "nr" })).toContain(`comes from "base"`);
    expect(refused({ kind: "addField", table: "day_2", field: { name: "x", type: "text" } })).toContain(
      `has no fields of its own; add "x" there`,
    );
    expect(refused({ kind: "dropField", table: "days", name: "note" })).toContain("is used by index");
    expect(refused({ kind: "dropTable", name: "days" })).toContain(`is used by partition "day_2", partition "day_1"`);
    expect(refused({ kind: "alterField", table: "days", field: { name: "day", type: "bigint" } })).toContain(
      `is part of the partition key of table "days"`,
    );
  });
});

describe("a partition that is detached", () => {
  test("keeps what it had from above, under the names that PostgreSQL gives", () => {
    const { primaryKey, indexes, constraints } = tableOf(
      after({ kind: "detachPartition", table: "day_1_a" }),
      "day_1_a",
    );
    expect(primaryKey).toEqual(["day", "id"]);
    expect(indexes).toEqual([
      { name: "day_1_a_lower_idx", fields: [{ expression: "lower(note)" }] },
      { name: "day_1_a_id_idx", fields: ["id"] },
    ]);
    expect(constraints).toEqual([
      { name: "in_week", check: "day < 8" },
      { name: "day_1_a_day_note_key", unique: ["day", "note"] },
    ]);
  });

  test("goes on being numbered by the sequence above", () => {
    const alone = after({ kind: "detachPartition", table: "day_1" });
    expect(fieldOf(alone, "day_1.id")).toEqual({
      name: "id",
      type: "integer",
      nullable: false,
      default: { sql: "nextval('days_id_seq'::regclass)" },
    });
  });
});

test("what does not fit is not attached", () => {
  const without = (yaml: string) => parseSchema(yaml, "s").schema;
  const parent = `
  - name: p
    fields: [{ name: a, type: integer, nullable: false }, { name: b, type: text }]
    constraints: [{ name: c, check: a > 0 }]
    partition_by: { range: a }`;
  const refusal = (table: string) =>
    errorOf(() =>
      apply(without(`tables:${parent}\n  - name: t\n    ${table}`), {
        kind: "attachPartition",
        table: "t",
        to: "p",
        values: "DEFAULT",
      }),
    ).message.replace('table "t" cannot become a partition of "p": ', "");
  const fields = "{ name: a, type: integer, nullable: false }, { name: b, type: text }";
  expect(refusal("fields: [{ name: a, type: integer, nullable: false }]")).toBe('it has no field "b"');
  expect(refusal(`fields: [${fields}, { name: x, type: text }]`)).toBe('it has a field "x", which table "p" has not');
  expect(refusal("fields: [{ name: a, type: bigint, nullable: false }, { name: b, type: text }]")).toBe(
    'its field "a" is of another type',
  );
  expect(refusal("fields: [{ name: a, type: integer }, { name: b, type: text }]")).toBe('its field "a" may be NULL');
  expect(refusal(`fields: [${fields}]`)).toBe('it has no check "c"');
});

test("what is wrong with a tree of tables is told where it stands", () => {
  expect(
    problemsOf(`tables:
  - name: p
    fields: [{ name: a, type: integer, primary_key: true }, { name: b, type: text, unique: true }]
    partition_by: { range: [a, c] }
  - { name: q, partition_of: { table: pp, values: DEFAULT } }
  - { name: r, partition_of: { table: s, values: DEFAULT } }
  - { name: s, fields: [{ name: x, type: text }] }
  - { name: t, inherits: [p] }
  - { name: u, partition_of: { table: v, values: DEFAULT }, partition_by: { hash: a } }
  - { name: v, partition_of: { table: u, values: DEFAULT }, partition_by: { hash: a } }
  - { name: w, fields: [{ name: a, type: text }, { name: b, type: text }], partition_by: { list: [a, b] } }
  - { name: x, fields: [{ name: a, type: text }, { name: b, type: text }], partition_by: { list: b }, primary_key: [a] }
  - { name: y, fields: [{ name: own, type: text }], partition_of: { table: x, values: DEFAULT } }
`).map((problem) => problem.replace(/^\d+:\d+: /, "")),
  ).toEqual([
    'the partition key of table "p" names field "c", which it does not have; did you mean "a"?',
    'table "q" is a partition of "pp", which does not exist; did you mean "p"?',
    'table "r" is a partition of "s", which is not partitioned',
    'table "t" inherits from "p", which is partitioned',
    'table "u" is a partition of "v", which is a partition of itself',
    'the partition key of table "u" names field "a", which it does not have',
    'table "v" is a partition of "u", which is a partition of itself',
    'the partition key of table "v" names field "a", which it does not have',
    'the partition key of table "w" names 2 fields; by lists of values it can only have one',
    'the partition key of table "x" names field "b", which must be part of its primary key too',
    'table "y" is a partition of "x", which has no field "own"; a partition has no fields of its own',
  ]);
});

test("what is wrong with a key is told by the reader", () => {
  const problem = (table: string) =>
    problemsOf(`tables:\n  - { name: t, fields: [{ name: a, type: text }], ${table} }`);
  expect(problem("partition_by: { range: a, hash: a }")[0]).toContain("expected one of");
  expect(problem("partition_by: { range: [] }")[0]).toContain('"range" needs at least one field');
  expect(problem("partition_by: { range: [{ collation: C }] }")[0]).toContain(
    'expected either "field" or "expression"',
  );
  expect(problem("partition_of: { table: x }")[0]).toContain('"values" is missing');
});

test.each([
  ["FROM ('2024-01-01') TO ('2025-01-01')", "FOR VALUES FROM ('2024-01-01 00:00:00+00') TO (DATE '2025-01-01')", true],
  ["from (1, minvalue) to ('10', MAXVALUE)", "FROM ('1', MINVALUE) TO (10, MAXVALUE)", true],
  ["WITH (MODULUS 4, REMAINDER 0)", "WITH (modulus 4, remainder 0)", true],
  ["IN ('a', 'b')", "IN ('a'::text, 'b'::character varying)", true],
  ["IN ('A')", "IN ('a')", false],
  ["default", "DEFAULT", true],
  ["IN (1)", "IN (-1)", false],
  ["IN ('a::b')", "IN ('a')", false],
  ["FROM (-1.50) TO (2)", "FROM ('-1.50'::numeric(10, 2)) TO ('2')", true],
  ["FROM ('2024-01-01 10:00:00') TO ('2024-01-02')", "FROM ('2024-01-01') TO ('2024-01-02')", false],
])("bounds %s and %s", (a, b, same) => {
  expect(sameBounds(a, b)).toBe(same);
});
