import { constraintsOf, constraintUses } from "../schema/constraints.ts";
import { elementOf, fieldsOfIndex } from "../schema/index-fields.ts";
import type { Constraint, Index, Schema, Table } from "../schema/model.ts";
import { getTable, referencedFields } from "../schema/resolve.ts";
import { mentionsName } from "../schema/sql-names.ts";
import { mentions } from "../schema/sql-text.ts";
import { indexComment } from "./comments.ts";
import type { Dialect } from "./dialect.ts";
import { constraintImage, createIndex, dropConstraint, foreignKeyImage, indexImage } from "./image.ts";
import { addForeignKey } from "./key-indexes.ts";
import type { Statement } from "./statement.ts";

interface Change {
  readonly before: Schema;
  readonly after: Schema;
  readonly dialect: Dialect;
}

interface Place {
  readonly table: string;
  readonly field: string;
}

/**
 * What holds on to a type that is made anew, beside its columns themselves: foreign keys on them, and checks and expressions in which the
 * type was written down when they were read. It goes before, and comes again afterwards. `gone` names fields that take theirs along.
 */
export function aroundColumns(
  { before, after, dialect }: Change,
  type: string,
  { fields, gone }: { readonly fields: readonly Place[]; readonly gone: readonly Place[] },
): { readonly drop: readonly Statement[]; readonly make: readonly Statement[] } {
  const holders = after.tables.map((table) => {
    const of = (places: readonly Place[]) => places.filter((p) => p.table === table.name).map(({ field }) => field);
    return { table, old: getTable(before, table.name), own: of(fields), left: of(gone) };
  });
  const held = holders.map(({ table, old, own, left }) => {
    const lasts = (thing: { readonly name: string }, list: readonly { readonly name: string }[]) =>
      list.some(({ name }) => name === thing.name);
    const constraints = constraintsOf(table).filter(
      (c) => holds(c, own, type) && !left.some((field) => constraintUses(c, field)) && lasts(c, constraintsOf(old)),
    );
    const indexes = table.indexes.filter((i) => isWrittenOn(i, own, type) && lasts(i, old.indexes));
    return { table, old, constraints, indexes };
  });
  const keys = heldKeys({ before, after, dialect }, fields, gone);
  return {
    drop: [
      ...keys.map((key) => key.drop),
      ...held.flatMap(({ table: { name }, old, constraints, indexes }) => [
        ...constraintsOf(old).flatMap(({ ...constraint }): readonly Statement[] =>
          constraints.some((c) => c.name === constraint.name)
            ? [dropConstraint(before, name, constraintImage(constraint, dialect), dialect)]
            : [],
        ),
        ...indexes.map((index): Statement => ({ kind: "dropIndex", table: name, index: indexImage(index, dialect) })),
      ]),
    ],
    make: [
      ...held.flatMap(({ table: { name }, constraints, indexes }) => [
        ...indexes.flatMap((index) => [
          createIndex(after, name, index, dialect),
          ...indexComment(name, index, dialect),
        ]),
        ...constraints.map(
          (c): Statement => ({ kind: "addConstraint", table: name, constraint: constraintImage(c, dialect) }),
        ),
      ]),
      ...keys.map((key) => key.make),
    ],
  };
}

/** A unique constraint follows its columns by itself. */
const holds = (constraint: Constraint, fields: readonly string[], type: string): boolean =>
  !("unique" in constraint) &&
  (fields.some((field) => constraintUses(constraint, field)) ||
    expressionsOf(constraint).some((text) => mentions(text, type)));

const expressionsOf = (constraint: Constraint): readonly string[] => {
  if ("check" in constraint) return [constraint.check];
  if ("unique" in constraint) return [];
  return [
    ...constraint.exclude.flatMap(({ expression = [] }) => expression),
    ...(constraint.where === undefined ? [] : [constraint.where]),
  ];
};

/** Whether an index has expressions about them; one of the columns alone follows them. */
function isWrittenOn(index: Index, fields: readonly string[], type: string): boolean {
  const texts = [
    ...index.fields.flatMap((field) => elementOf(field).expression ?? []),
    ...(index.where === undefined ? [] : [index.where]),
  ];
  const among = index.where !== undefined && fieldsOfIndex(index).some((field) => fields.includes(field));
  return among || texts.some((text) => mentions(text, type) || fields.some((field) => mentionsName(text, field)));
}

/** Foreign keys on them, and those that point at what goes; what goes takes its own along. */
function heldKeys({ before, after, dialect }: Change, fields: readonly Place[], gone: readonly Place[]) {
  const isIn = (places: readonly Place[], table: string, names: readonly string[]) =>
    places.some((place) => place.table === table && names.includes(place.field));
  const keyOf = (table: Table, name: string) => table.foreignKeys.find((key) => key.name === name);
  return after.tables.flatMap((table) =>
    table.foreignKeys.flatMap((key) => {
      const { references } = key;
      const target = referencedFields(after, references);
      if (isIn(gone, table.name, key.fields)) return [];
      if (!isIn(fields, table.name, key.fields) && !isIn([...fields, ...gone], references.table, target)) return [];
      const old = keyOf(getTable(before, table.name), key.name);
      if (!old) return [];
      return {
        drop: {
          kind: "dropForeignKey",
          table: table.name,
          foreignKey: foreignKeyImage(before, old, dialect),
        } satisfies Statement,
        make: addForeignKey(after, table.name, key, dialect),
      };
    }),
  );
}
