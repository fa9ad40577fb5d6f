import * as v from "valibot";
import { getListed, withoutListed } from "../schema/beside-tables.ts";
import { refuse } from "../schema/dependents.ts";
import { usersOf } from "../schema/enums.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { priced, pricedRows } from "./example-lists.ts";
import { domainEntries, paramsOf } from "./list-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "dropDomain",
  summary: "Drops a domain. Refused while a field is of it.",
  params: v.strictObject({ name: domainEntries.name, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `drop domain "${p.name}"`,
  table: () => undefined,
  apply: (schema, { name }) => {
    const users = usersOf(schema, name).map(({ table, field }) => `field "${field.name}" of table "${table}"`);
    refuse(`domain "${name}"`, users, { domain: name });
    return withoutListed(schema, "domains", name);
  },
  lower: ({ name }) => [{ kind: "dropDomain", name }],
  invert: (p, before) => [
    { kind: "createDomain", ...paramsOf<"domains">(getListed(before, "domains", p.name)), ...flagsOf(p) },
  ],
  examples: [
    { title: "one that nobody uses", before: priced, rows: pricedRows, params: { name: "Unused" } },
    {
      title: "one with rules",
      before: {
        ...emptySchema,
        domains: [{ name: "year", type: "smallint", notNull: true, checks: [{ name: "late", check: "VALUE > 1900" }] }],
      },
      params: { name: "year" },
    },
  ],
});
