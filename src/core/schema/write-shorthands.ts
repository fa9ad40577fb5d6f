import { freeName, type NamelessConstraint } from "./constraints.ts";
import type { Constraint, Index, Table } from "./model.ts";
import { objectName } from "./names.ts";
import { behindNamespace } from "./namespaces.ts";

/** How the constraints and indexes of a table are written: at a field, or in lists of the table. */
export interface Shorthands {
  /** Fields that say `unique: true`. */
  readonly unique: ReadonlySet<string>;
  /** Field → what it says under `check`. */
  readonly checks: ReadonlyMap<string, string>;
  /** Fields that say `index: true`. */
  readonly indexed: ReadonlySet<string>;
  /** What stands at the table; without a name where it has the one that it would be given. */
  readonly constraints: readonly NamelessConstraint[];
  readonly indexes: readonly Index[];
}

/**
 * What a person would write at the field: a constraint or an index of one field that has the name which it is given there. Reading gives
 * each the name that it has, so a name that would come out as another one is written.
 */
export function shorthandsOf(table: Table): Shorthands {
  const constraints = table.constraints ?? [];
  const explicit = new Set<Constraint>();
  for (;;) {
    const written = arrange(table, constraints, explicit);
    const wrong = misnamed(table, written);
    if (!wrong) return { ...result(written), ...indexShorthands(table) };
    explicit.add(wrong);
  }
}

interface Arranged {
  /** In the order in which fields are read. */
  readonly atFields: readonly { readonly field: string; readonly constraint: Constraint }[];
  readonly atTable: readonly { readonly constraint: Constraint; readonly named: boolean }[];
}

function arrange(table: Table, constraints: readonly Constraint[], explicit: ReadonlySet<Constraint>): Arranged {
  const left = new Set(constraints);
  const atFields = table.fields.flatMap(({ name }) =>
    (["unique", "check"] as const).flatMap((kind) => {
      const constraint = constraints.find((c) => left.has(c) && !explicit.has(c) && standsAt(table, name, kind, c));
      if (!constraint) return [];
      left.delete(constraint);
      return [{ field: name, constraint }];
    }),
  );
  const atTable = [...left].map((constraint) => ({ constraint, named: explicit.has(constraint) }));
  return { atFields, atTable };
}

/** Whether it says no more than a field's key of that kind can. */
function standsAt(table: Table, field: string, kind: "unique" | "check", constraint: Constraint): boolean {
  if (!(kind in constraint) || Object.keys(constraint).length > 2) return false;
  if ("unique" in constraint) return constraint.unique.length === 1 && constraint.unique[0] === field;
  return constraint.name.replace(/\d+$/, "") === objectName(behindNamespace(table.name), [field], "check");
}

/** The first that reading would call by another name. */
function misnamed(table: Table, { atFields, atTable }: Arranged): Constraint | undefined {
  const taken = new Set(atTable.flatMap(({ constraint, named }) => (named ? constraint.name : [])));
  const fields = table.fields.map((field) => field.name);
  const unnamed = [...atFields, ...atTable.filter(({ named }) => !named)].map(({ constraint }) => constraint);
  return unnamed.find((constraint) => {
    const name = freeName(table.name, withoutName(constraint), { fields, taken });
    taken.add(name);
    return name !== constraint.name;
  });
}

function withoutName(constraint: Constraint): NamelessConstraint {
  const { name: _, ...rest } = constraint;
  return rest as NamelessConstraint;
}

const result = ({ atFields, atTable }: Arranged): Pick<Shorthands, "unique" | "checks" | "constraints"> => ({
  unique: new Set(atFields.flatMap(({ field, constraint }) => ("unique" in constraint ? field : []))),
  checks: new Map(
    atFields.flatMap(({ field, constraint }) => ("check" in constraint ? [[field, constraint.check] as const] : [])),
  ),
  constraints: atTable.map(({ constraint, named }) =>
    named ? { name: constraint.name, ...withoutName(constraint) } : withoutName(constraint),
  ),
});

function indexShorthands(table: Table): Pick<Shorthands, "indexed" | "indexes"> {
  const plain = new Map<string, Index>();
  for (const index of table.indexes) {
    const [field] = index.fields;
    if (index.fields.length !== 1 || typeof field !== "string" || Object.keys(index).length > 2) continue;
    const said = table.fields.some(({ name }) => name === field);
    if (said && index.name === objectName(behindNamespace(table.name), [field], "idx")) plain.set(field, index);
  }
  const atFields = new Set(plain.values());
  return { indexed: new Set(plain.keys()), indexes: table.indexes.filter((index) => !atFields.has(index)) };
}
