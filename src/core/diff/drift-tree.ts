import { indexFieldText } from "../schema/index-fields.ts";
import type { Table } from "../schema/model.ts";
import type { Change } from "./change.ts";

/** What is different about how a table is partitioned, what it is a partition of and what it inherits from. */
export const treeChanges = ({ table, found }: { readonly table: Table; readonly found: Table }): readonly Change[] =>
  properties.flatMap(({ kind, what, text }): readonly Change[] => {
    const [want, have] = [text(table), text(found)];
    if (want === have) return [];
    const detail = `${what} of table "${table.name}": ${have} in the database, ${want} expected`;
    return [{ kind: `changed_${kind}`, table: table.name, object: null, detail, destructive: false }];
  });

interface Property {
  readonly kind: string;
  readonly what: string;
  text(table: Table): string;
}

const properties: readonly Property[] = [
  {
    kind: "partitioning",
    what: "partition key",
    text: ({ partitionBy }) =>
      partitionBy ? `${partitionBy.method} (${partitionBy.by.map(indexFieldText).join(", ")})` : "none",
  },
  {
    kind: "partition",
    what: "place",
    text: ({ partitionOf }) =>
      partitionOf ? `partition of "${partitionOf.table}" for ${partitionOf.values}` : "no partition",
  },
  {
    kind: "inheritance",
    what: "inheritance",
    text: ({ inherits = [] }) =>
      inherits.length > 0 ? `from ${inherits.map((name) => `"${name}"`).join(", ")}` : "none",
  },
];
