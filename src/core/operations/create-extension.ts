import * as v from "valibot";
import { withNew } from "../schema/beside-tables.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { extensionEntries, listedFrom } from "./list-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createExtension",
  summary: "Loads an extension into the database (PostgreSQL).",
  params: v.strictObject({ ...extensionEntries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `create extension "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => withNew(schema, "extensions", listedFrom<"extensions">(p)),
  lower: (p) => [{ kind: "createExtension", extension: listedFrom<"extensions">(p) }],
  invert: (p) => [{ kind: "dropExtension", name: p.name, ...flagsOf(p) }],
  examples: [
    { title: "one that comes with PostgreSQL", before: emptySchema, params: { name: "citext" } },
    {
      title: "in a namespace of its own",
      before: { ...emptySchema, namespaces: [{ name: "extensions" }] },
      params: { name: "uuid-ossp", namespace: "extensions" },
    },
  ],
});
