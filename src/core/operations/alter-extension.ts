import * as v from "valibot";
import { getListed, withChanged } from "../schema/beside-tables.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { extensionEntries, listedFrom, paramsOf } from "./list-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "alterExtension",
  summary: "Brings an extension to another version, or its objects into another namespace.",
  params: v.strictObject({ ...extensionEntries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `alter extension "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => withChanged(schema, "extensions", listedFrom<"extensions">(p)),
  lower: (p, { before }) => [
    {
      kind: "alterExtension",
      before: getListed(before, "extensions", p.name),
      after: listedFrom<"extensions">(p),
    },
  ],
  invert: (p, before) => {
    const old = getListed(before, "extensions", p.name);
    // Extensions come with scripts that lead to later versions, and hardly ever with one that leads back.
    if (p.version !== undefined && p.version !== old.version) return undefined;
    return [{ kind: "alterExtension", ...paramsOf<"extensions">(old), ...flagsOf(p) }];
  },
  irreversible: (p) =>
    p.version === undefined ? undefined : `extension "${p.name}" has no way back from version ${p.version}`,
  beyond: () => "everything",
  examples: [
    {
      title: "in a namespace of its own",
      before: { ...emptySchema, namespaces: [{ name: "extensions" }], extensions: [{ name: "citext" }] },
      params: { name: "citext", namespace: "extensions" },
    },
    {
      title: "back to where the rest is",
      before: {
        ...emptySchema,
        namespaces: [{ name: "extensions" }],
        extensions: [{ name: "citext", namespace: "extensions" }],
      },
      params: { name: "citext" },
    },
  ],
});
