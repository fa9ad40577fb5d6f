import * as v from "valibot";
import { getListed, withoutListed } from "../schema/beside-tables.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { extensionEntries, paramsOf } from "./list-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "dropExtension",
  summary: "Takes an extension out of the database, which refuses while something needs it.",
  params: v.strictObject({ name: extensionEntries.name, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `drop extension "${p.name}"`,
  table: () => undefined,
  apply: (schema, { name }) => withoutListed(schema, "extensions", name),
  lower: ({ name }) => [{ kind: "dropExtension", name }],
  invert: (p, before) => [
    { kind: "createExtension", ...paramsOf<"extensions">(getListed(before, "extensions", p.name)), ...flagsOf(p) },
  ],
  beyond: () => "everything",
  examples: [
    {
      title: "one with an odd name",
      before: { ...emptySchema, extensions: [{ name: "uuid-ossp" }] },
      params: { name: "uuid-ossp" },
    },
    {
      title: "one that nothing needs",
      before: { ...emptySchema, extensions: [{ name: "citext" }] },
      params: { name: "citext" },
    },
  ],
});
