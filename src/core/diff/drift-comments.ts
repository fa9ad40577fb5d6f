import { constraintsOf, primaryKeyName } from "../schema/constraints.ts";
import type { Schema, Table } from "../schema/model.ts";
import type { Change } from "./change.ts";
import { equalConstraints } from "./compare.ts";
import { keyPairs } from "./key-pairs.ts";

/** What is different about what describes a table and its constraints; that of its fields and indexes is part of these. */
export function commentChanges({ want, have, table, found }: Sides): readonly Change[] {
  const ofTable = `comment of table "${table.name}"`;
  const key = `comment of the primary key of table "${table.name}"`;
  const ofConstraint = (name: string): string => `comment of constraint "${name}" of table "${table.name}"`;
  return [
    ...changed(table.name, null, ofTable, { want: table.comment, have: found.comment }),
    ...(table.primaryKey && found.primaryKey
      ? changed(table.name, primaryKeyName(table), key, {
          want: table.primaryKeyComment,
          have: found.primaryKeyComment,
        })
      : []),
    ...constraintsOf(table).flatMap((constraint) => {
      const same = constraintsOf(found).filter((other) => equalConstraints(constraint, other));
      const other = same.find(({ name }) => name === constraint.name) ?? same[0];
      const comments = { want: constraint.comment, have: other?.comment };
      return other ? changed(table.name, constraint.name, ofConstraint(constraint.name), comments) : [];
    }),
    ...keyPairs({ schema: have, table: found }, { schema: want, table }).flatMap(({ old, now }) => {
      const comments = { want: now.comment, have: old.comment };
      return changed(table.name, now.name, ofConstraint(now.name), comments);
    }),
  ];
}

interface Sides {
  readonly want: Schema;
  readonly have: Schema;
  readonly table: Table;
  readonly found: Table;
}

interface Comments {
  readonly want: string | undefined;
  readonly have: string | undefined;
}

function changed(table: string, object: string | null, title: string, { want, have }: Comments): readonly Change[] {
  if (want === have) return [];
  const text = (comment: string | undefined): string => (comment === undefined ? "none" : JSON.stringify(comment));
  const detail = `${title}: ${text(have)} in the database, ${text(want)} expected`;
  return [{ kind: "changed_comment", table, object, detail, destructive: false }];
}
