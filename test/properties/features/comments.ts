import type { Schema, Table } from "../../../src/core/schema/model.ts";
import { type ExtraOutline, pick } from "../outline.ts";
import { chosenTable, type Feature, withTable } from "./feature.ts";

/** What describes keys, constraints, indexes, enums and views. */
export const comments: Feature = {
  name: "comments",
  dialects: ["postgresql"],
  most: 3,
  add(schema, extra) {
    const comment = pick(["it's so", "two\nlines", '"so"', " spaces "], extra.more);
    const table = chosenTable(schema, extra);
    const places: readonly (() => Schema)[] = [
      () => (table?.primaryKey ? withTable(schema, { ...table, primaryKeyComment: comment }) : schema),
      () =>
        table ? withTable(schema, { ...table, foreignKeys: described(table.foreignKeys, extra, comment) }) : schema,
      () => (table ? withTable(schema, { ...table, indexes: described(table.indexes, extra, comment) }) : schema),
      () => (table?.constraints ? withTable(schema, withConstraints(table, extra, comment)) : schema),
      () => (schema.enums ? { ...schema, enums: described(schema.enums, extra, comment) } : schema),
      () => (schema.views ? { ...schema, views: described(schema.views, extra, comment) } : schema),
    ];
    return pick(places, extra.how)();
  },
};

const withConstraints = (table: Table, extra: ExtraOutline, comment: string): Table => ({
  ...table,
  constraints: described(table.constraints ?? [], extra, comment),
});

const described = <T extends object>(list: readonly T[], { field }: ExtraOutline, comment: string): readonly T[] =>
  list.map((each, i) => (i === field % list.length ? { ...each, comment } : each));
