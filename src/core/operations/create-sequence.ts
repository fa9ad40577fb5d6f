import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { withNew } from "../schema/beside-tables.ts";
import { emptySchema, type Schema, type Sequence } from "../schema/model.ts";
import { findField, findTable } from "../schema/resolve.ts";
import { ownerOf } from "../schema/sequences.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows } from "./example-schema.ts";
import { sequenceFrom, sequenceParamEntries } from "./list-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createSequence",
  summary: "Makes a sequence that counts for more than one serial field (PostgreSQL).",
  params: v.strictObject({ ...sequenceParamEntries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `create sequence "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    const sequence = sequenceFrom(p);
    checkOwner(schema, sequence);
    return withNew(schema, "sequences", sequence);
  },
  lower: (p) => [{ kind: "createSequence", sequence: sequenceFrom(p) }],
  invert: (p) => [{ kind: "dropSequence", name: p.name, ...flagsOf(p) }],
  examples: [
    { title: "without options", before: emptySchema, params: { name: "invoice numbers" } },
    {
      title: "with all of them",
      before: blog,
      rows: blogRows,
      params: {
        name: "counter",
        type: "integer",
        start: 100,
        increment: 10,
        min: 10,
        max: "2000000000",
        cache: 5,
        cycle: true,
        ownedBy: "posts.views",
        comment: "it's counting",
      },
    },
  ],
});

/** Throws ToolError `state` when the field that a sequence is to belong to is not there. */
export function checkOwner(schema: Schema, sequence: Sequence): void {
  const owner = ownerOf(sequence);
  const table = owner && findTable(schema, owner.table);
  if (!owner || (table && findField(table, owner.field))) return;
  throw new ToolError(
    "state",
    `sequence "${sequence.name}" is to belong to "${sequence.ownedBy}", which does not exist at this point`,
    { sequence: sequence.name, ownedBy: sequence.ownedBy },
  );
}
