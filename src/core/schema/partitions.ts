import { ToolError } from "../errors.ts";
import { canonicalJson } from "./canonical.ts";
import { constraintsOf, freeName, keyName, primaryKeyName, withConstraints } from "./constraints.ts";
import { withTable } from "./edit.ts";
import { descendantsOf, inheritedField, parentsOf } from "./heritage.ts";
import { columnNames } from "./index-names.ts";
import type { CheckConstraint, Constraint, Field, ForeignKey, Index, PartitionOf, Schema, Table } from "./model.ts";
import { objectName } from "./names.ts";
import { behindNamespace } from "./namespaces.ts";
import { equalTypes, findField, findTable, getTable, resolveType } from "./resolve.ts";
import { integerBase, isSerial } from "./types.ts";

/** What a table has because those above it have it: keys, indexes and constraints under the names that they have in the one directly above. */
export interface PassedOn {
  readonly primaryKey?: readonly string[];
  readonly indexes: readonly Index[];
  readonly constraints: readonly Constraint[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** Of partitions everything, of what inherits only checks. */
export function passedOnTo(schema: Schema, table: Table): PassedOn {
  const passed: { primaryKey?: readonly string[] } & Mutable<Omit<PassedOn, "primaryKey">> = {
    indexes: [],
    constraints: [],
    foreignKeys: [],
  };
  for (const name of parentsOf(table)) {
    const parent = findTable(schema, name);
    if (!parent) continue;
    const above = passedOnTo(schema, parent);
    const constraints = constraintsOf(parent).filter((c) => isPassedOn(c, table));
    const named = parent.partitionOf ? ownNames(schema, parent.name) : [];
    passed.constraints.push(...above.constraints.filter((c) => "check" in c));
    passed.constraints.push(...named.flatMap(({ constraint }) => constraint ?? []), ...constraints.map(undescribed));
    if (!table.partitionOf) continue;
    const key = parent.primaryKey ?? above.primaryKey;
    if (key) passed.primaryKey = key;
    passed.indexes.push(...named.flatMap(({ index }) => index ?? []), ...parent.indexes.map(undescribed));
    passed.foreignKeys.push(...above.foreignKeys, ...parent.foreignKeys.map(undescribed));
  }
  return passed;
}

/** Descriptions are of the one thing above. */
const undescribed = <T extends { readonly comment?: string }>({ comment: _, ...thing }: T): T => thing as T;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

const isPassedOn = (constraint: Constraint, { partitionOf }: Table): boolean =>
  "check" in constraint ? !constraint.noInherit : partitionOf !== undefined;

/** Throws ToolError `state` when the table is no partition. */
export function partitionOf(schema: Schema, name: string): PartitionOf {
  const { partitionOf: found } = getTable(schema, name);
  if (found) return found;
  throw new ToolError("state", `table "${name}" is no partition at this point`, { table: name });
}

/**
 * The schema after a partition has become a table by itself: what it had from above is its own then, under the names that PostgreSQL gives.
 * Throws ToolError `state` when it is no partition.
 */
export function detached(schema: Schema, name: string): Schema {
  const { table: above } = partitionOf(schema, name);
  const table = getTable(schema, name);
  const passed = passedOnTo(schema, table);
  const { partitionOf: _, ...rest } = table;
  const names = ownNames(schema, name);
  const primaryKey = table.primaryKey ?? passed.primaryKey;
  const indexes = names.map(({ index }) => index).filter((index) => index !== undefined);
  const constraints = [
    ...passed.constraints.filter((c): c is CheckConstraint => "check" in c),
    ...names.map(({ constraint }) => constraint).filter((constraint) => constraint !== undefined),
  ];
  const alone: Table = {
    ...rest,
    fields: table.fields.map((field) => ownField(field, numberedAt(schema, above, field.name))),
    ...(primaryKey && { primaryKey, ...keyName(name, table.primaryKeyName) }),
    indexes: [...table.indexes, ...indexes],
    foreignKeys: [...table.foreignKeys, ...passed.foreignKeys],
  };
  return withTable(schema, name, () => withConstraints(alone, [...constraintsOf(table), ...constraints]));
}

/** An index or constraint of the parent, and what it becomes in a partition that is a table by itself. */
export interface OwnName {
  /** Name of the index above, by which the database knows it. */
  readonly above: string;
  readonly name: string;
  readonly index?: Index;
  readonly constraint?: Constraint;
}

/** What the indexes that a partition has from above are called when it is a table by itself. */
export function ownNames(schema: Schema, name: string): readonly OwnName[] {
  const table = getTable(schema, name);
  const passed = passedOnTo(schema, table);
  const taken = new Set(
    schema.tables.flatMap((t) => [t.name, ...t.indexes.map((i) => i.name), ...constraintsOf(t).map((c) => c.name)]),
  );
  const fields = table.fields.map((field) => field.name);
  const named = (free: string): string => {
    taken.add(free);
    return free;
  };
  return [
    ...passed.constraints.flatMap((above): readonly OwnName[] => {
      if ("check" in above) return [];
      const { name: _, ...content } = above;
      const own = named(freeName(name, content, { fields, taken }));
      return [{ above: above.name, name: own, constraint: { ...above, name: own } }];
    }),
    ...passed.indexes.map((above): OwnName => {
      const own = named(freeIndexName(name, above, taken));
      return { above: above.name, name: own, index: { ...above, name: own } };
    }),
  ];
}

/** ChooseIndexName of PostgreSQL's indexcmds.c. */
function freeIndexName(table: string, { fields, include }: Index, taken: ReadonlySet<string>): string {
  const names = columnNames(fields, include);
  for (let n = 0; ; n++) {
    const name = objectName(behindNamespace(table), names, n === 0 ? "idx" : `idx${n}`);
    if (!taken.has(name)) return name;
  }
}

/** A field that its table has by itself from now on; a sequence above goes on numbering it. */
export function ownField(field: Field, above: string): Field {
  if (!field.inherited) return field;
  const { inherited: _, identity: __, autoUpdate: ___, sequence, ...own } = field;
  if (!isSerial(own.type)) return own;
  return { ...own, type: integerBase(own.type), default: { sql: nextOf(above, own.name, sequence?.name) } };
}

/** The table that a field of this one comes from, of all those above it: what numbers it is called after that. */
export function numberedAt(schema: Schema, name: string, field: string): string {
  const table = findTable(schema, name);
  if (!table || !findField(table, field)?.inherited) return name;
  const above = parentsOf(table).find((parent) => findTable(schema, parent)?.fields.some((f) => f.name === field));
  return above === undefined ? name : numberedAt(schema, above, field);
}

function nextOf(table: string, field: string, given: string | undefined): string {
  const plain = behindNamespace(table);
  const namespace = table.slice(0, table.length - plain.length);
  const sequence = given ?? objectName(plain, [field], "seq");
  return `nextval('${namespace}${/^[a-z_][a-z0-9_]*$/.test(sequence) ? sequence : `"${sequence}"`}'::regclass)`;
}

/**
 * The schema after a table has become a partition. Throws ToolError `state` when the two do not fit: the same fields of the same types, NOT NULL
 * where they are above, the checks of above.
 */
export function attached(schema: Schema, name: string, to: PartitionOf): Schema {
  const table = getTable(schema, name);
  const parent = getTable(schema, to.table);
  const refuse = (why: string): never => {
    throw new ToolError("state", `table "${name}" cannot become a partition of "${to.table}": ${why}`, {
      table: name,
      parent: to.table,
    });
  };
  if (parentsOf(table).length > 0)
    refuse(`it is ${table.partitionOf ? "a partition of" : "inheriting from"} "${parentsOf(table)[0]}"`);
  if ([name, ...descendantsOf(schema, name)].includes(to.table)) refuse("it would be a partition of itself");
  if (!parent.partitionBy) refuse(`table "${to.table}" is not partitioned`);
  const extra = table.fields.find(({ name: own }) => !findField(parent, own));
  if (extra) refuse(`it has a field "${extra.name}", which table "${to.table}" has not`);
  const fields = unitedFields(schema, { table, parent, partition: { partitionOf: to } }, refuse);
  const part: Table = { ...table, partitionOf: to, fields };
  const passed = passedOnTo(schema, part);
  const { primaryKey, primaryKeyName: _, ...rest } = part;
  if (primaryKey && passed.primaryKey && primaryKey.join("\0") !== passed.primaryKey.join("\0"))
    refuse("their primary keys differ");
  const whole = passed.primaryKey || !primaryKey ? rest : part;
  return withTable(schema, name, () => withoutPassedOn(whole, passed, refuse));
}

/** The fields of a table that has them from another one from now on, in the order of that. */
export function unitedFields(
  schema: Schema,
  { table, parent, partition }: { table: Table; parent: Table; partition: Pick<Table, "partitionOf"> },
  refuse: (why: string) => never,
): readonly Field[] {
  return parent.fields.map((above) => {
    const own = findField(table, above.name);
    if (!own) return refuse(`it has no field "${above.name}"`);
    const given = inheritedField(parent, above, partition);
    if (!equalTypes(plainType(schema, own), plainType(schema, given)))
      return refuse(`its field "${own.name}" is of another type`);
    if (!given.nullable && own.nullable && !table.primaryKey?.includes(own.name))
      return refuse(`its field "${own.name}" may be NULL`);
    return united(own, given, { table, above: numberedAt(schema, parent.name, above.name) });
  });
}

const plainType = (schema: Schema, field: Field) => {
  const type = resolveType(schema, field);
  return { ...type, type: integerBase(type.type) };
};

function united(own: Field, given: Field, { table, above }: { readonly table: Table; readonly above: string }): Field {
  const { identity: _, autoUpdate: __, ...rest } = own;
  const { identity, autoUpdate } = given;
  const kept: Field = {
    ...rest,
    nullable: own.nullable && !table.primaryKey?.includes(own.name),
    ...(identity && { identity }),
    ...(autoUpdate && { autoUpdate }),
    inherited: true,
  };
  const { comment } = own;
  const alike = contentOf(ownField(kept, above)) === contentOf(ownField(given, above));
  return alike ? { ...given, ...(comment !== undefined && { comment }) } : kept;
}

/** The table without what it has from above anyway; one of each, as databases match them. */
export function withoutPassedOn(table: Table, passed: PassedOn, refuse: (why: string) => never): Table {
  const without = <T extends { readonly name: string }>(own: readonly T[], above: readonly T[]): readonly T[] => {
    const left = above.map((thing) => contentOf(thing));
    return own.filter((thing) => {
      const at = left.indexOf(contentOf(thing));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const checks = passed.constraints.filter((c) => "check" in c);
  const lacking = checks.find(
    (check) => !constraintsOf(table).some((own) => canonicalJson(undescribed(own)) === canonicalJson(check)),
  );
  if (lacking) refuse(`it has no check "${lacking.name}"`);
  const names = new Set(checks.map(({ name }) => name));
  const own = constraintsOf(table).filter(({ name }) => !names.has(name));
  return withConstraints(
    {
      ...table,
      indexes: without(table.indexes, passed.indexes),
      foreignKeys: without(table.foreignKeys, passed.foreignKeys),
    },
    without(
      own,
      passed.constraints.filter((c) => !("check" in c)),
    ),
  );
}

const contentOf = (thing: object): string => canonicalJson({ ...thing, name: null, comment: null });

/** What the indexes of a partition are called that it has from above, that of its primary key among them. */
export function indexNames(schema: Schema, name: string): readonly Pick<OwnName, "above" | "name">[] {
  const table = getTable(schema, name);
  const parent = findTable(schema, table.partitionOf?.table ?? "");
  if (!parent) return [];
  const key = table.primaryKey ? undefined : passedOnTo(schema, table).primaryKey;
  const above = parent.primaryKey ? primaryKeyName(parent) : primaryKeyName({ name: parent.name });
  return [
    ...(key ? [{ above, name: primaryKeyName({ name }) }] : []),
    ...ownNames(schema, name).map(({ above: index, name: own }) => ({ above: index, name: own })),
  ];
}
