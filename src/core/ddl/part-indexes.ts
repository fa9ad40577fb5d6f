import { descendantsOf } from "../schema/heritage.ts";
import type { Schema } from "../schema/model.ts";
import { indexNames } from "../schema/partitions.ts";
import { findTable } from "../schema/resolve.ts";
import type { Statement } from "./statement.ts";

/** The statement that calls the indexes which a partition has from above as PostgreSQL would. */
export function namePartIndexes(schema: Schema, name: string): readonly Statement[] {
  const from = findTable(schema, name)?.partitionOf?.table;
  const indexes = from === undefined ? [] : indexNames(schema, name);
  return from === undefined || indexes.length === 0 ? [] : [{ kind: "namePartIndexes", table: name, from, indexes }];
}

/** The same for a table and all partitions below it, where these names are others than before; `former` is what a table was called then. */
export function renamePartIndexes(
  before: Schema,
  after: Schema,
  { table, former = table }: { readonly table: string; readonly former?: string },
): readonly Statement[] {
  return [table, ...descendantsOf(after, table)].flatMap((name) => {
    const old = indexNames(before, name === table ? former : name).map((index) => index.name);
    const now = indexNames(after, name).map((index) => index.name);
    return old.join("\0") === now.join("\0") ? [] : namePartIndexes(after, name);
  });
}
