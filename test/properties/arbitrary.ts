import * as fc from "fast-check";
import { type Edit, editKinds } from "./edits.ts";
import { featuresOf } from "./features/index.ts";
import type {
  ConstraintOutline,
  ExtraOutline,
  FieldOutline,
  ForeignKeyOutline,
  IndexOutline,
  KeyOutline,
  Outline,
  Traits,
} from "./outline.ts";

/** A schema and what somebody does to it. */
export interface Case {
  readonly outline: Outline;
  readonly edits: readonly Edit[];
  /** How many rows each table has. */
  readonly rows: number;
}

/** Each number shrinks to 0, which is the plainest choice. */
const rarely = (max: number) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max }) });
const seldom = fc.nat({ max: 4 }).map((n) => n === 4);

const key: fc.Arbitrary<KeyOutline> = fc.record({
  style: fc.nat({ max: 5 }),
  type: fc.nat({ max: 6 }),
  name: fc.nat({ max: 2 }),
  reversed: seldom,
  named: seldom,
});

const field: fc.Arbitrary<Omit<FieldOutline, "id">> = fc.record({
  name: fc.nat({ max: 10 }),
  type: fc.nat({ max: 40 }),
  required: fc.boolean(),
  default: rarely(5),
  more: rarely(7),
  of: fc.nat({ max: 3 }),
});

const index: fc.Arbitrary<Omit<IndexOutline, "id">> = fc.record({
  name: fc.nat({ max: 4 }),
  elements: fc.array(fc.record({ field: fc.nat({ max: 5 }), how: rarely(5) }), { minLength: 1, maxLength: 3 }),
  unique: seldom,
  where: rarely(3),
  more: rarely(7),
});

const constraint: fc.Arbitrary<Omit<ConstraintOutline, "id">> = fc.record({
  name: rarely(3),
  unique: fc.boolean(),
  fields: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 2 }),
  check: fc.nat({ max: 3 }),
  more: rarely(7),
});

const foreignKey: fc.Arbitrary<Omit<ForeignKeyOutline, "id">> = fc.record({
  name: fc.nat({ max: 3 }),
  to: fc.nat({ max: 3 }).map((n) => `t${n}`),
  required: seldom,
  onDelete: fc.nat({ max: 4 }),
  onUpdate: rarely(4),
  named: seldom,
  unique: seldom,
  more: rarely(7),
});

const extra: fc.Arbitrary<Omit<ExtraOutline, "id">> = fc.record({
  name: fc.nat({ max: 20 }),
  of: fc.nat({ max: 5 }),
  field: fc.nat({ max: 6 }),
  how: fc.nat({ max: 20 }),
  more: fc.nat({ max: 20 }),
});

const listOf = <T extends object>(what: fc.Arbitrary<T>, prefix: string, maxLength: number) =>
  fc.array(what, { maxLength }).map((list) => list.map((each, i) => ({ id: `${prefix}${i}`, ...each })));

const extras = (traits: Traits): fc.Arbitrary<Outline["extras"]> =>
  fc.record(
    Object.fromEntries(
      featuresOf(traits.dialect).map(({ name, most }) => [
        name,
        fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: listOf(extra, `${name}.`, most) }),
      ]),
    ),
  );

const table = (n: string) =>
  fc.record({
    id: fc.constant(n),
    name: fc.nat({ max: 9 }),
    key,
    fields: listOf(field, `${n}.f`, 4),
    indexes: listOf(index, `${n}.i`, 2),
    constraints: listOf(constraint, `${n}.c`, 2),
    foreignKeys: listOf(foreignKey, `${n}.k`, 2),
    comment: rarely(2),
    options: rarely(20),
  });

/** A schema to begin with. */
export const outline = (traits: Traits): fc.Arbitrary<Outline> =>
  fc.record({
    tables: fc
      .array(fc.nat(), { minLength: 0, maxLength: 3 })
      .chain((list) => fc.tuple(...list.map((_, i) => table(`t${i}`)))),
    enums: traits.enums
      ? listOf(fc.record({ name: fc.nat({ max: 2 }), values: fc.nat({ max: 7 }) }), "e", 1)
      : fc.constant([]),
    views: traits.views
      ? listOf(
          fc.record({
            name: fc.nat({ max: 2 }),
            of: fc.nat({ max: 2 }),
            fields: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 3 }),
            more: rarely(3),
          }),
          "v",
          1,
        )
      : fc.constant([]),
    triggers: traits.triggers
      ? listOf(fc.record({ name: fc.nat({ max: 2 }), of: fc.nat({ max: 2 }), field: fc.nat({ max: 4 }) }), "g", 1)
      : fc.constant([]),
    extras: extras(traits),
  });

/** Something that somebody does to it. */
export const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...editKinds) },
    { weight: 1, arbitrary: fc.constantFrom("addExtra" as const, "dropExtra" as const, "changeExtra" as const) },
  ),
  table: fc.nat({ max: 3 }),
  at: fc.nat({ max: 4 }),
  n: fc.nat({ max: 20 }),
  field,
  index,
  constraint,
  foreignKey,
  key,
  extra,
});

export const cases = (traits: Traits): fc.Arbitrary<Case> =>
  fc.record({
    outline: outline(traits),
    edits: fc.array(edit, { maxLength: 6 }),
    rows: fc.nat({ max: 2 }),
  });
