import type { Operation, OperationKind } from "../operations/index.ts";
import { canonicalJson } from "../schema/canonical.ts";
import { enumsOf } from "../schema/enums.ts";
import type { Field, Schema } from "../schema/model.ts";
import { findField, findTable } from "../schema/resolve.ts";
import { mergedAlters, mergedIntoNew } from "./merged-fields.ts";

/** An operation with the schemas around it. */
export interface Done {
  readonly operation: Operation;
  readonly before: Schema;
  readonly after: Schema;
}

/**
 * What two operations are that stand beside each other: one in place of both, `neither` where the second takes the first back, `second` where that makes
 * the first pointless; `undefined`: two. Never one where rows could end up with other values, or what must fail for some rows did not.
 */
export function outcomeOf(first: Done, second: Done): Operation | "neither" | "second" | undefined {
  if (isFlagged(first.operation) || isFlagged(second.operation)) return undefined;
  const rule = rules[second.operation.kind];
  return rule?.(first, second);
}

type Of<K extends OperationKind> = Extract<Operation, { readonly kind: K }>;
type Outcome = ReturnType<typeof outcomeOf>;

/** Of what is done only to the state, without waiting for others, or whether it works or not, the state does not tell. */
const isFlagged = (operation: Operation): boolean =>
  ["schemaOnly", "ignoreErrors", "concurrently"].some(
    (flag) => flag in operation && Boolean((operation as unknown as Readonly<Record<string, unknown>>)[flag]),
  );

const rules: Partial<Record<OperationKind, (first: Done, second: Done) => Outcome>> = {
  alterField: ({ operation: first, before, after }, { operation, after: end }) => {
    if (operation.kind !== "alterField" || (first.kind !== "alterField" && first.kind !== "addField")) return undefined;
    const { table, field } = operation;
    if (first.table !== table || first.field.name !== field.name) return undefined;
    const [middle, last] = [after, end].map((schema) => fieldOf(schema, table, field.name));
    if (!middle || !last) return undefined;
    if (first.kind === "addField") return mergedIntoNew(first, operation, { middle, last });
    const old = fieldOf(before, table, field.name);
    return old && mergedAlters(first, operation, { old, middle, last });
  },
  renameTable: renamedTwice,
  renameField: renamedTwice,
  renameIndex: renamedTwice,
  renameConstraint: renamedTwice,
  renameEnum: renamedTwice,
  renameDomain: renamedTwice,
  renameSequence: renamedTwice,
  alterEnum: ({ operation: first, before, after }, { operation: second, after: end }) => {
    if (first.kind !== "alterEnum" || second.kind !== "alterEnum" || first.name !== second.name) return undefined;
    const [old, middle, last] = [before, after, end].map(
      (schema) => enumsOf(schema).find(({ name }) => name === first.name)?.values ?? [],
    );
    const mapped = [first, second].some(({ renames, mapping }) => renames !== undefined || mapping !== undefined);
    // A value that went is not in rows any more, also where it comes back.
    const onlyMore = old?.every((value) => middle?.includes(value)) && middle?.every((value) => last?.includes(value));
    return !mapped && onlyMore ? second : undefined;
  },
  setComment: ({ operation: first }, { operation: second }) =>
    first.kind === "setComment" && second.kind === "setComment" && sameBut("comment", first, second)
      ? second
      : undefined,
  replaceView: ({ operation: first }, { operation: second }) =>
    first.kind === "replaceView" && second.kind === "replaceView" && first.name === second.name ? second : undefined,
  replaceObject: ({ operation: first }, { operation: second }) =>
    first.kind === "replaceObject" && second.kind === "replaceObject" && isSameCode(first, second) ? second : undefined,
  addIndex: ({ operation: first, before }, { operation: second, after }) =>
    first.kind === "dropIndex" && second.kind === "addIndex" && isSameTable([before, after], first, second)
      ? "neither"
      : undefined,
  addConstraint: ({ operation: first, before }, { operation: second, after }) =>
    first.kind === "dropConstraint" && second.kind === "addConstraint" && isSameTable([before, after], first, second)
      ? "neither"
      : undefined,
  dropField: ({ operation: first }, { operation: second }) => {
    if (second.kind !== "dropField" || !("table" in first) || first.table !== second.table) return undefined;
    if (first.kind === "alterField" && first.field.name === second.name) return "second";
    return first.kind === "renameField" && first.to === second.name ? { ...second, name: first.from } : undefined;
  },
  dropTable: ({ operation: first }, { operation: second }) =>
    second.kind === "dropTable" && partKinds.has(first.kind) && "table" in first && first.table === second.name
      ? "second"
      : undefined,
};

/** What changes only the table that it names, or refuses to. */
const partKinds: ReadonlySet<OperationKind> = new Set([
  "addField",
  "alterField",
  "renameField",
  "dropField",
  "addIndex",
  "renameIndex",
  "dropIndex",
  "addConstraint",
  "renameConstraint",
  "dropConstraint",
  "validateConstraint",
  "addForeignKey",
  "dropForeignKey",
  "setComment",
  "setTableOptions",
  "setRowSecurity",
]);

interface Rename {
  readonly kind: OperationKind;
  readonly table?: string;
  readonly from: string;
  readonly to: string;
}

function renamedTwice(one: Done, other: Done): Outcome {
  const [first, second] = [one.operation, other.operation];
  if (first.kind !== second.kind || !("to" in first && "from" in second)) return undefined;
  const [old, now] = [first as unknown as Rename, second as unknown as Rename];
  if (old.table !== now.table || old.to !== now.from) return undefined;
  return old.from === now.to ? "neither" : ({ ...second, from: old.from } as Operation);
}

const fieldOf = (schema: Schema, table: string, name: string): Field | undefined => {
  const owner = findTable(schema, table);
  return owner && findField(owner, name);
};

/** Functions and the like hold nothing that a change in between could have lost. */
const isSameCode = ({ object: one }: Of<"replaceObject">, { object: other }: Of<"replaceObject">): boolean =>
  ["function", "procedure", "trigger"].includes(one.kind) &&
  canonicalJson([one.kind, one.name, one.table ?? null]) ===
    canonicalJson([other.kind, other.name, other.table ?? null]);

function isSameTable(
  [before, after]: readonly [Schema, Schema],
  first: { readonly table: string },
  second: { readonly table: string },
): boolean {
  const [old, now] = [findTable(before, first.table), findTable(after, second.table)];
  return first.table === second.table && canonicalJson(sorted(old)) === canonicalJson(sorted(now));
}

/** In which order a table lists its indexes and constraints means nothing. */
const sorted = (table: ReturnType<typeof findTable>): unknown =>
  table && {
    ...table,
    indexes: table.indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    constraints: table.constraints?.toSorted((a, b) => (a.name < b.name ? -1 : 1)) ?? [],
  };

const sameBut = (key: string, one: object, other: object): boolean =>
  canonicalJson({ ...one, [key]: null }) === canonicalJson({ ...other, [key]: null });
