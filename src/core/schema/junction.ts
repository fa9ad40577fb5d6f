import { nearest } from "../nearest.ts";
import type { At, DeclaredField, DeclaredTable, RenameHints } from "./declared.ts";
import { databasesOf } from "./for-databases.ts";
import type { ForeignKey, Table } from "./model.ts";
import { foreignKeyName } from "./names.ts";
import { qualifiedName } from "./namespaces.ts";
import type { Problem } from "./problem.ts";

export interface Junctions {
  readonly tables: readonly Table[];
  /** Tables and fields that are renamed because the tables they join are. */
  readonly renames: RenameHints;
  /** Junction table → the many_to_many field that asked for it. */
  readonly places: ReadonlyMap<string, At>;
}

/**
 * The junction tables of all many_to_many fields: `<a>_<b>` in alphabetical order unless `through` names it, with a NOT NULL
 * foreign key to either side (ON DELETE CASCADE) and both as primary key. Both sides may declare one relation. A declared
 * table of that name serves as it is when it refers to both sides.
 */
export function junctionTables(
  tables: readonly DeclaredTable[],
  notes: { readonly problems: Problem[] },
  namespaces: readonly string[] = [],
): Junctions {
  const relations = new Map<string, Relation>();
  for (const table of tables)
    for (const field of table.fields)
      if (field.manyToMany) collect(relations, { tables, namespaces }, { table, field }, notes.problems);
  const made = [...relations.values()].filter((relation) => !tables.some((t) => t.name === relation.name));
  for (const relation of relations.values()) checkDeclared(relation, tables, notes.problems);
  return {
    tables: made.map(junctionTable),
    renames: {
      tables: made.flatMap((relation) => renamedTable(relation, tables)),
      fields: made.flatMap((relation) => renamedFields(relation, tables)),
    },
    places: new Map(made.map((relation) => [relation.name, relation.sides[0].field.at])),
  };
}

interface Relation {
  readonly name: string;
  /** Whether `through` named it. */
  readonly named: boolean;
  /** Of the schema. */
  readonly namespaces: readonly string[];
  /** Both tables, in alphabetical order. */
  readonly pair: readonly [string, string];
  /** The fields that declare it: one, or one on either side. */
  readonly sides: readonly [Side, ...Side[]];
}

interface Side {
  readonly table: DeclaredTable;
  readonly field: DeclaredField;
}

interface All {
  readonly tables: readonly DeclaredTable[];
  readonly namespaces: readonly string[];
}

function collect(relations: Map<string, Relation>, { tables, namespaces }: All, side: Side, problems: Problem[]): void {
  const { table, field } = side;
  if (field.type !== "many_to_many" || !field.manyToMany) return;
  const target = field.manyToMany.table;
  if (!tables.some((t) => t.name === target)) {
    const near = nearest(
      target,
      tables.map((t) => t.name),
    );
    const advice = near ? `did you mean "${near}"?` : "declare it";
    problems.push({
      message: `field "${table.name}.${field.name}" joins table "${target}", which is not declared; ${advice}`,
      position: field.at("many_to_many", "table"),
    });
    return;
  }
  const pair = sorted(table.name, target);
  const name = field.manyToMany.through ?? usualName(pair, namespaces);
  const known = relations.get(name);
  const named = field.manyToMany.through !== undefined;
  if (!known) relations.set(name, { name, named, pair, namespaces, sides: [side] });
  else if (known.pair.join("\0") === pair.join("\0") && known.sides.every((s) => s.table !== table)) {
    relations.set(name, { ...known, sides: [...known.sides, side] });
  } else reportShared(known, side, problems);
}

function reportShared(known: Relation, { table, field }: Side, problems: Problem[]): void {
  const [first] = known.sides;
  problems.push({
    message: `fields "${first.table.name}.${first.field.name}" and "${table.name}.${field.name}" would share the junction table "${known.name}"; give one of them a table of its own with many_to_many: { table: ${field.manyToMany?.table}, through: … }`,
    position: field.at("many_to_many"),
  });
}

/** A declared table with the name of the junction must be one. */
function checkDeclared(relation: Relation, tables: readonly DeclaredTable[], problems: Problem[]): void {
  const table = tables.find((t) => t.name === relation.name);
  if (!table) return;
  const targets = [
    ...table.fields.flatMap((f) => f.foreignKey?.table ?? []),
    ...table.foreignKeys.map((k) => k.references.table),
  ];
  const [a, b] = relation.pair;
  const joins = a === b ? targets.filter((t) => t === a).length > 1 : targets.includes(a) && targets.includes(b);
  if (joins) return;
  const [{ table: owner, field }] = relation.sides;
  problems.push({
    message: `field "${owner.name}.${field.name}" needs the junction table "${relation.name}", but the declared table of that name does not refer to both "${a}" and "${b}"; name another with many_to_many: { table: ${field.manyToMany?.table}, through: … }`,
    position: field.at("many_to_many"),
  });
}

function junctionTable({ name, pair, namespaces, sides }: Relation): Table {
  const keys = fieldNames(pair, namespaces);
  return {
    name,
    fields: keys.map((key, i) => ({ name: key, type: "foreign_key", references: pair[i] ?? "", nullable: false })),
    primaryKey: keys,
    indexes: [],
    foreignKeys: keys.map((key, i) => foreignKey(name, key, pair[i] ?? "")),
    ...databasesOf(sides[0].field),
  };
}

const foreignKey = (table: string, field: string, target: string): ForeignKey => ({
  name: foreignKeyName(table, [field]),
  fields: [field],
  references: { table: target },
  onDelete: "CASCADE",
  onUpdate: "NO ACTION",
});

function fieldNames([a, b]: readonly [string, string], namespaces: readonly string[]): readonly string[] {
  const [first, last] = [a, b].map((name) => qualifiedName(name, namespaces)?.name ?? name);
  return first === last ? [`from_${first}_id`, `to_${first}_id`] : [`${first}_id`, `${last}_id`];
}

/** In the namespace that both are in, if there is one. */
function usualName(pair: readonly [string, string], namespaces: readonly string[]): string {
  const [a, b] = pair.map((name) => qualifiedName(name, namespaces));
  const name = pair.map((each) => qualifiedName(each, namespaces)?.name ?? each).join("_");
  return a && a.namespace === b?.namespace ? `${a.namespace}.${name}` : name;
}

const sorted = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);

function renamedTable(relation: Relation, tables: readonly DeclaredTable[]): RenameHints["tables"] {
  const old = sorted(oldName(relation.pair[0], tables), oldName(relation.pair[1], tables));
  const from = usualName(old, relation.namespaces);
  return relation.named || from === relation.name ? [] : [{ from, to: relation.name }];
}

function renamedFields(relation: Relation, tables: readonly DeclaredTable[]): RenameHints["fields"] {
  const { pair, namespaces } = relation;
  const before = fieldNames([oldName(pair[0], tables), oldName(pair[1], tables)], namespaces);
  return fieldNames(pair, namespaces).flatMap((to, i) =>
    before[i] === to ? [] : [{ table: relation.name, from: before[i] ?? to, to }],
  );
}

const oldName = (name: string, tables: readonly DeclaredTable[]): string =>
  tables.find((t) => t.name === name)?.renamedFrom ?? name;
