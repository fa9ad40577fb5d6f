import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { getListed, withoutListed } from "../schema/beside-tables.ts";
import { withField, withTable } from "../schema/edit.ts";
import { numberedWith, takesSequence } from "../schema/own-sequences.ts";
import { passOnChanges } from "../schema/pass-on.ts";
import { getField, getTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { counted, countedRows, unattached } from "./example-lists.ts";
import { plainParamsFromField } from "./field.ts";
import { paramsOf } from "./list-params.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "attachSequence",
  summary:
    "A sequence of the schema becomes the one behind an integer field, which is of a serial type then. It goes on where it is, or after the rows (PostgreSQL).",
  params: v.strictObject({
    name: described(name, "Name of the sequence."),
    table: tableName,
    field: described(name, "Name of the field: smallint, integer or bigint."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `attach sequence "${p.name}" to field "${p.field}" of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const sequence = getListed(schema, "sequences", p.name);
    const table = getTable(schema, p.table);
    const field = getField(table, p.field);
    if (!takesSequence(schema, table, { field, sequence }))
      throw new ToolError(
        "state",
        `sequence "${p.name}" cannot number field "${p.field}" of table "${p.table}", which must be a smallint, integer or bigint that nothing numbers or computes, in the namespace of the sequence`,
        { sequence: p.name, table: p.table, field: p.field },
      );
    const changed = withTable(schema, p.table, (t) =>
      withField(t, p.field, () => numberedWith(schema, table, { field, sequence })),
    );
    return withoutListed(passOnChanges(schema, changed, p.table), "sequences", p.name);
  },
  lower: (p, { before }) => [
    {
      kind: "attachSequence",
      sequence: getListed(before, "sequences", p.name),
      table: p.table,
      column: p.field,
    },
  ],
  invert: (p, before) => {
    const sequence = getListed(before, "sequences", p.name);
    const { ownedBy, ...free } = sequence;
    const field = getField(getTable(before, p.table), p.field);
    return [
      { kind: "detachSequence", table: p.table, field: p.field, ...flagsOf(p) },
      { kind: "alterField", table: p.table, field: plainParamsFromField(before, field), ...flagsOf(p) },
      ...(ownedBy === undefined
        ? []
        : [{ kind: "alterSequence", ...paramsOf<"sequences">({ ...free, ownedBy }), ...flagsOf(p) }]),
    ];
  },
  examples: [
    {
      title: "one that numbers a table",
      before: counted,
      rows: countedRows,
      params: { name: "counter", table: "invoices", field: "id" },
    },
    {
      title: "one that nobody uses",
      before: unattached,
      rows: { notes: [{ place: 7 }] },
      params: { name: "notes_place_seq", table: "notes", field: "place" },
    },
  ],
});
