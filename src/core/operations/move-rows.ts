import * as v from "valibot";
import { columnImage } from "../ddl/image.ts";
import { ToolError } from "../errors.ts";
import { findField, getTable, isNumbered } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { readings, readingsRows } from "./example-partitions.ts";
import { described, elidable, flagsOf, ignoreErrors, name, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "moveRows",
  summary:
    "Moves all rows of a table into one that has none, by the names of their fields. Numbering goes on after them.",
  params: v.strictObject({
    from: described(name, "The table that is empty afterwards."),
    to: described(name, "The table without rows."),
    elidable,
    schemaOnly,
    ignoreErrors,
  }),
  risk: "blocking",
  title: (p) => `move rows of "${p.from}" to "${p.to}"`,
  table: (p) => p.to,
  apply: (schema, p) => {
    const [from, to] = [getTable(schema, p.from), getTable(schema, p.to)];
    const lost = from.fields.find((field) => !field.generated && !findField(to, field.name));
    if (!lost) return schema;
    const what = `field "${lost.name}" of table "${p.from}" has no place in table "${p.to}"`;
    throw new ToolError("state", `${what}; add it there, or drop it first`, { table: p.from, field: lost.name });
  },
  lower: (p, { after, dialect }) => {
    const [from, to] = [getTable(after, p.from), getTable(after, p.to)];
    const fields = to.fields.filter((field) => !field.generated && findField(from, field.name));
    return [
      {
        kind: "moveRows",
        from: p.from,
        to: p.to,
        columns: fields.map((field) => columnImage(after, to, field, dialect)),
        numbered: fields.filter(isNumbered).map((field) => field.name),
      },
    ];
  },
  invert: (p) => [{ kind: "moveRows", from: p.to, to: p.from, ...flagsOf(p) }],
  beyond: (p) => ({ rows: [p.from, p.to], copied: true }),
  examples: [
    {
      title: "into a partitioned table",
      before: readings,
      rows: { readings_old: [{ at: "2024-02-03", sensor: 1, value: 7 }] },
      params: { from: "readings_old", to: "readings" },
    },
    {
      title: "out of one",
      before: readings,
      rows: { readings: readingsRows["readings"] ?? [] },
      params: { from: "readings", to: "readings_old" },
    },
  ],
});
