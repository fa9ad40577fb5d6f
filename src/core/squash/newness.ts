import type { Operation, OperationKind } from "../operations/index.ts";
import { type ObjectId, plainObjectName } from "../schema/managed.ts";

/**
 * What was made since some point, and has no rows that were there before: tables, and parts of older ones. Whatever is done to it can be said by making
 * it otherwise.
 */
export interface Newness {
  /** Whether the operation is only about what is new, or makes something new. */
  covers(operation: Operation): boolean;
  /** With what the operation makes, and under the names that it gives. */
  add(operation: Operation): void;
}

/** Nothing is new yet. `empty`: there are no older tables. */
export function newnessFrom({ empty }: { readonly empty: boolean }): Newness {
  const things = new Set<string>();
  return {
    covers: (operation) => {
      if (isFlagged(operation, things)) return false;
      return (rules[operation.kind] as Rule).covers(operation, { has: (thing) => things.has(thing), empty });
    },
    add: (operation) => {
      const { makes, moves } = rules[operation.kind] as Rule;
      for (const thing of makes?.(operation) ?? []) things.add(thing);
      const move = moves?.(operation);
      if (move) rename(things, move);
    },
  };
}

interface Known {
  has(thing: string): boolean;
  readonly empty: boolean;
}

interface Rule<O = Operation> {
  covers(operation: O, known: Known): boolean;
  makes?(operation: O): readonly string[];
  moves?(operation: O): Move;
}

interface Move {
  readonly from: string;
  readonly to: string;
}

const always = (): boolean => true;
const never = (): boolean => false;
const table = (name: string): string => `table ${name}`;
const part = (kind: string, owner: string, name: string): string => `${table(owner)} ${kind} ${name}`;
const object = (id: ObjectId): string => `object ${id.kind} ${id.table ?? ""} ${plainObjectName(id)}`;

/** Something of its own beside tables. */
const thing = (kind: string) => ({
  create: {
    covers: always,
    makes: ({ name }: { readonly name: string }) => [`${kind} ${name}`],
  },
  change: { covers: ({ name }: { readonly name: string }, { has }: Known) => has(`${kind} ${name}`) },
  rename: {
    covers: ({ from }: Move, { has }: Known) => has(`${kind} ${from}`),
    moves: ({ from, to }: Move) => ({ from: `${kind} ${from}`, to: `${kind} ${to}` }),
  },
});

const [enums, domains, sequences] = [thing("enum"), thing("domain"), thing("sequence")];
const [namespaces, extensions, views] = [thing("namespace"), thing("extension"), thing("view")];

interface Owned {
  readonly table: string;
}

const ofTable = { covers: ({ table: owner }: Owned, { has }: Known) => has(table(owner)) };

/** A part of a table that may be older than the part. */
const partOf = (kind: string) => ({
  drop: {
    covers: (o: Owned & { readonly name: string }, { has }: Known) =>
      has(table(o.table)) || has(part(kind, o.table, o.name)),
  },
  rename: {
    covers: (o: Owned & Move, { has }: Known) => has(table(o.table)) || has(part(kind, o.table, o.from)),
    moves: (o: Owned & Move) => ({ from: part(kind, o.table, o.from), to: part(kind, o.table, o.to) }),
  },
});

const [fields, indexes, constraints, keys] = [partOf("field"), partOf("index"), partOf("constraint"), partOf("key")];

type Of<K extends OperationKind> = Extract<Operation, { readonly kind: K }>;

const rules: { readonly [K in OperationKind]: Rule<Of<K>> } = {
  createTable: {
    covers: ({ partitionOf, inherits = [] }, { has }) =>
      [...(partitionOf ? [partitionOf.table] : []), ...inherits].every((name) => has(table(name))),
    makes: ({ name }) => [table(name)],
  },
  dropTable: { covers: ({ name }, { has }) => has(table(name)) },
  renameTable: {
    covers: ({ from }, { has }) => has(table(from)),
    moves: ({ from, to }) => ({ from: table(from), to: table(to) }),
  },
  addField: {
    // What rows that are there get is said by the field itself.
    covers: ({ table: owner, field, fill }, { has }) =>
      has(table(owner)) || (fill === undefined && (field.nullable === true || field.default !== undefined)),
    makes: ({ table: owner, field }) => [part("field", owner, field.name)],
  },
  alterField: ofTable,
  renameField: fields.rename,
  dropField: fields.drop,
  alterPrimaryKey: ofTable,
  setDatabases: ofTable,
  setRowSecurity: ofTable,
  setTableOptions: ofTable,
  setComment: ofTable,
  validateConstraint: ofTable,
  addIndex: {
    covers: always,
    makes: ({ table: owner, index }) => [part("index", owner, index.name)],
  },
  dropIndex: indexes.drop,
  renameIndex: indexes.rename,
  addConstraint: {
    covers: always,
    makes: ({ table: owner, constraint }) => [part("constraint", owner, constraint.name)],
  },
  dropConstraint: constraints.drop,
  renameConstraint: constraints.rename,
  addForeignKey: {
    covers: always,
    makes: ({ table: owner, name }) => (name === undefined ? [] : [part("key", owner, name)]),
  },
  dropForeignKey: keys.drop,
  attachPartition: { covers: ({ table: owner, to }, { has }) => has(table(owner)) && has(table(to)) },
  detachPartition: ofTable,
  setInherits: {
    covers: ({ table: owner, inherits }, { has }) => [owner, ...inherits].every((name) => has(table(name))),
  },
  attachSequence: ofTable,
  detachSequence: ofTable,
  createEnum: enums.create,
  alterEnum: enums.change,
  renameEnum: enums.rename,
  dropEnum: enums.change,
  createDomain: domains.create,
  alterDomain: domains.change,
  renameDomain: domains.rename,
  dropDomain: domains.change,
  createSequence: sequences.create,
  alterSequence: sequences.change,
  renameSequence: sequences.rename,
  dropSequence: sequences.change,
  createNamespace: namespaces.create,
  alterNamespace: namespaces.change,
  // The names of all that is in it change with it.
  renameNamespace: { covers: never },
  dropNamespace: namespaces.change,
  createExtension: extensions.create,
  alterExtension: extensions.change,
  dropExtension: extensions.change,
  createView: views.create,
  replaceView: views.change,
  dropView: views.change,
  createObject: { covers: always, makes: (o) => [object(o.object)] },
  replaceObject: { covers: (o, { has }) => has(object(o.object)) },
  dropObject: { covers: (o, { has }) => has(object(o.object)) },
  setDefaults: { covers: (_, { empty }) => empty },
  setTypeMappings: { covers: (_, { empty }) => empty },
  runSQL: { covers: never },
  runCode: { covers: never },
  upsertData: { covers: never },
  deleteData: { covers: never },
  moveRows: { covers: never },
};

/** Of what is done only to the state, without waiting for others, or whether it works or not, the state does not tell. */
function isFlagged(operation: Operation, things: ReadonlySet<string>): boolean {
  if ("schemaOnly" in operation && operation.schemaOnly) return true;
  if ("ignoreErrors" in operation && operation.ignoreErrors) return true;
  return "concurrently" in operation && Boolean(operation.concurrently) && !things.has(table(operation.table));
}

/** With what hangs on it. */
function rename(things: Set<string>, { from, to }: Move): void {
  for (const known of [...things]) {
    if (known !== from && !known.startsWith(`${from} `)) continue;
    things.delete(known);
    things.add(`${to}${known.slice(from.length)}`);
  }
}
