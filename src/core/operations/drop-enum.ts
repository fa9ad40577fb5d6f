import * as v from "valibot";
import { refuse } from "../schema/dependents.ts";
import { enumsOf, getEnum, usersOf, withEnums } from "../schema/enums.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { enumName, enumParamsOf } from "./enum-params.ts";
import { tickets } from "./example-schema.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "dropEnum",
  summary: "Drops a type with a list of values. Refused while a field is of it.",
  params: v.strictObject({ name: enumName, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `drop enum "${p.name}"`,
  table: () => undefined,
  apply: (schema, { name }) => {
    const found = getEnum(schema, name);
    const users = usersOf(schema, name).map(({ table, field }) => `field "${field.name}" of table "${table}"`);
    refuse(`enum "${name}"`, users, { enum: name });
    return withEnums(
      schema,
      enumsOf(schema).filter((e) => e !== found),
    );
  },
  lower: ({ name }, { dialect }) => (dialect.enums.kind === "types" ? [{ kind: "dropEnum", name }] : []),
  invert: (p, before) => {
    return [{ kind: "createEnum", ...enumParamsOf(getEnum(before, p.name)), ...flagsOf(p) }];
  },
  examples: [
    {
      title: "one that nobody uses",
      before: { ...emptySchema, enums: [{ name: "mood", values: ["sad", "ok"] }] },
      params: { name: "mood" },
    },
    { title: "one of several", before: tickets, params: { name: "Unused" } },
  ],
});
