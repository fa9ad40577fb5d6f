import * as v from "valibot";
import { getListed, withChanged } from "../schema/beside-tables.ts";
import { losesDatabases } from "../schema/for-databases.ts";
import { checkOwner } from "./create-sequence.ts";
import { defineOperation } from "./define.ts";
import { counted, countedRows } from "./example-lists.ts";
import { paramsOf, sequenceFrom, sequenceParamEntries } from "./list-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "alterSequence",
  summary: "Tells a sequence something else. It goes on where it is.",
  params: v.strictObject({ ...sequenceParamEntries, schemaOnly, ignoreErrors }),
  // The count goes with it.
  risk: (p, before) => (losesDatabases(getListed(before, "sequences", p.name), p) ? "lossy" : "safe"),
  title: (p) => `alter sequence "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    const sequence = sequenceFrom(p);
    checkOwner(schema, sequence);
    return withChanged(schema, "sequences", sequence);
  },
  lower: (p, { before }) => [
    { kind: "alterSequence", before: getListed(before, "sequences", p.name), after: sequenceFrom(p) },
  ],
  invert: (p, before) => [
    { kind: "alterSequence", ...paramsOf<"sequences">(getListed(before, "sequences", p.name)), ...flagsOf(p) },
  ],
  examples: [
    {
      title: "other options, no owner any more",
      before: counted,
      rows: countedRows,
      params: { name: "counter", type: "integer", increment: 2, max: 1000, cycle: true },
    },
    {
      title: "a description",
      before: counted,
      rows: countedRows,
      params: { name: "free", increment: -1, comment: "it's free" },
    },
  ],
});
