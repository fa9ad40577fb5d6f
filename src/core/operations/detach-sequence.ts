import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { withNew } from "../schema/beside-tables.ts";
import { withField, withTable } from "../schema/edit.ts";
import { freed, ownSequenceOf } from "../schema/own-sequences.ts";
import { passOnChanges } from "../schema/pass-on.ts";
import { getField, getTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { numbered, numberedRows, seated } from "./example-lists.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "detachSequence",
  summary:
    "The sequence behind a serial field becomes one of the schema, and goes on where it is. The field is an integer whose default is its next number (PostgreSQL).",
  params: v.strictObject({
    table: tableName,
    field: described(name, "Name of the field, of a serial type."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `detach the sequence of field "${p.field}" of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const table = getTable(schema, p.table);
    const sequence = ownSequenceOf(schema, table, getField(table, p.field));
    if (!sequence)
      throw new ToolError(
        "state",
        `field "${p.field}" of table "${p.table}" has no sequence to detach: it is not of a serial type`,
        { table: p.table, field: p.field },
      );
    const changed = withTable(schema, p.table, (t) => withField(t, p.field, (field) => freed(field, sequence)));
    return withNew(passOnChanges(schema, changed, p.table), "sequences", sequence);
  },
  lower: (p, { before }) => {
    const table = getTable(before, p.table);
    const sequence = ownSequenceOf(before, table, getField(table, p.field));
    return sequence ? [{ kind: "detachSequence", name: sequence.name }] : [];
  },
  invert: (p, before) => {
    const table = getTable(before, p.table);
    const sequence = ownSequenceOf(before, table, getField(table, p.field));
    return [{ kind: "attachSequence", name: sequence?.name ?? "", table: p.table, field: p.field, ...flagsOf(p) }];
  },
  examples: [
    { title: "of a key", before: numbered, rows: numberedRows, params: { table: "tickets", field: "id" } },
    {
      title: "one that has a name and counts in its own way",
      before: seated,
      rows: { seats: [{ row: 1 }, { row: 2 }] },
      params: { table: "seats", field: "place" },
    },
  ],
});
