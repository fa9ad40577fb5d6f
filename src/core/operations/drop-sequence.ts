import * as v from "valibot";
import { getListed, withoutListed } from "../schema/beside-tables.ts";
import { refuse } from "../schema/dependents.ts";
import { emptySchema } from "../schema/model.ts";
import { numberedBy } from "../schema/sequences.ts";
import { defineOperation } from "./define.ts";
import { counted, countedRows } from "./example-lists.ts";
import { paramsOf, sequenceParamEntries } from "./list-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "dropSequence",
  summary:
    "Drops a sequence, and with it how far it has come. Refused while the default of a field is its next number.",
  params: v.strictObject({ name: sequenceParamEntries.name, schemaOnly, ignoreErrors }),
  risk: "lossy",
  title: (p) => `drop sequence "${p.name}"`,
  table: () => undefined,
  apply: (schema, { name }) => {
    refuse(`sequence "${name}"`, numberedBy(schema, name), { sequence: name });
    return withoutListed(schema, "sequences", name);
  },
  lower: ({ name }) => [{ kind: "dropSequence", name }],
  invert: (p, before) => [
    { kind: "createSequence", ...paramsOf<"sequences">(getListed(before, "sequences", p.name)), ...flagsOf(p) },
  ],
  examples: [
    { title: "one that nobody uses", before: counted, rows: countedRows, params: { name: "free" } },
    {
      title: "the only one",
      before: { ...emptySchema, sequences: [{ name: "invoice numbers", cache: 5, comment: "for the tax office" }] },
      params: { name: "invoice numbers" },
    },
  ],
});
