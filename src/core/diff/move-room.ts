import { constraintsOf, primaryKeyName } from "../schema/constraints.ts";
import { uniqueFields } from "../schema/index-fields.ts";
import type { Schema, Table } from "../schema/model.ts";
import { namespaceNames, qualifiedName } from "../schema/namespaces.ts";
import { getTable, referencedFields } from "../schema/resolve.ts";
import { sameNames } from "./compare.ts";
import type { Draft } from "./draft.ts";
import { dropForeignKeysTo } from "./foreign-keys.ts";
import type { Rename } from "./names.ts";

/** Where a table moves to, names of its indexes and constraints may be taken: those go for the moment, with the foreign keys on them. */
export function makeRoom(draft: Draft, { from, to }: Rename): void {
  const namespaces = namespaceNames(draft.state);
  const placeOf = (name: string): string | undefined => qualifiedName(name, namespaces)?.namespace;
  if (namespaces.length === 0 || placeOf(from) === placeOf(to)) return;
  const taken = new Set(
    draft.state.tables
      .filter(({ name }) => placeOf(name) === placeOf(to))
      .flatMap((table) => namesOf(table, namespaces)),
  );
  const table = getTable(draft.state, from);
  for (const index of table.indexes.filter(({ name }) => taken.has(name))) {
    free(draft, from, uniqueFields(index));
    draft.add({ kind: "dropIndex", table: from, name: index.name });
  }
  for (const constraint of constraintsOf(table)) {
    if ("check" in constraint || !taken.has(constraint.name)) continue;
    if ("unique" in constraint) free(draft, from, constraint.unique);
    draft.add({ kind: "dropConstraint", table: from, name: constraint.name });
  }
}

/** What a table and its indexes are called in its namespace. */
const namesOf = (table: Table, namespaces: readonly string[]): readonly string[] => [
  qualifiedName(table.name, namespaces)?.name ?? table.name,
  ...(table.primaryKey ? [primaryKeyName(table)] : []),
  ...table.indexes.map(({ name }) => name),
  ...constraintsOf(table).flatMap((constraint) => ("check" in constraint ? [] : constraint.name)),
];

const free = (draft: Draft, table: string, fields: readonly string[] | undefined): void => {
  const state: Schema = draft.state;
  if (fields)
    dropForeignKeysTo(draft, table, (_, key) =>
      sameNames([...referencedFields(state, key.references)].sort(), [...fields].sort()),
    );
};
