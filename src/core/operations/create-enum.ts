import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { enumsOf, withEnums } from "../schema/enums.ts";
import { emptySchema } from "../schema/model.ts";
import { namespaceNames, qualifiedName } from "../schema/namespaces.ts";
import { defineOperation } from "./define.ts";
import { enumFrom, enumName, enumValues, enumWordEntries } from "./enum-params.ts";
import { described, flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createEnum",
  summary:
    "Makes a type with a list of values. Where a database has no such types, its columns have a check or a type of their own.",
  params: v.strictObject({
    name: enumName,
    values: described(enumValues, "Its values, in the order in which they compare."),
    ...enumWordEntries,
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `create enum "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    const { name } = p;
    if (enumsOf(schema).some((e) => e.name === name))
      throw new ToolError("state", `enum "${name}" exists already at this point`, { enum: name });
    if (name.includes(".") && !qualifiedName(name, namespaceNames(schema)))
      throw new ToolError("state", `enum "${name}" is in a namespace that does not exist at this point`, {
        enum: name,
      });
    return withEnums(schema, [...enumsOf(schema), enumFrom(p)]);
  },
  lower: ({ name, values, comment }, { dialect }) =>
    dialect.enums.kind === "types"
      ? [
          { kind: "createEnum", name, values },
          ...(comment === undefined ? [] : [{ kind: "commentType", name, comment } as const]),
        ]
      : [],
  invert: (p) => [{ kind: "dropEnum", name: p.name, ...flagsOf(p) }],
  examples: [
    { title: "some values", before: emptySchema, params: { name: "mood", values: ["sad", "ok", "happy"] } },
    {
      title: "described",
      before: emptySchema,
      params: { name: "mood", values: ["sad", "ok"], comment: "how it's going" },
    },
    {
      title: "odd values",
      before: emptySchema,
      params: { name: "Mood", values: ["it's", 'a"b', "", "x; drop table y"] },
    },
  ],
});
