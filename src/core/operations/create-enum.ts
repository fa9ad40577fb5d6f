import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { enumsOf, withEnums } from "../schema/enums.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { enumName, enumValues } from "./enum-params.ts";
import { described, flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createEnum",
  summary:
    "Makes a type with a list of values. Where a database has no such types, its columns have a check or a type of their own.",
  params: v.strictObject({
    name: enumName,
    values: described(enumValues, "Its values, in the order in which they compare."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `create enum "${p.name}"`,
  table: () => undefined,
  apply: (schema, { name, values }) => {
    if (enumsOf(schema).some((e) => e.name === name))
      throw new ToolError("state", `enum "${name}" exists already at this point`, { enum: name });
    return withEnums(schema, [...enumsOf(schema), { name, values }]);
  },
  lower: ({ name, values }, { dialect }) =>
    dialect.enums.kind === "types" ? [{ kind: "createEnum", name, values }] : [],
  invert: (p) => [{ kind: "dropEnum", name: p.name, ...flagsOf(p) }],
  examples: [
    { title: "some values", before: emptySchema, params: { name: "mood", values: ["sad", "ok", "happy"] } },
    {
      title: "odd values",
      before: emptySchema,
      params: { name: "Mood", values: ["it's", 'a"b', "", "x; drop table y"] },
    },
  ],
});
