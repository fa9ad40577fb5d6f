import * as v from "valibot";
import { domainImage } from "../ddl/domains.ts";
import { ToolError } from "../errors.ts";
import { withNew } from "../schema/beside-tables.ts";
import { enumsOf } from "../schema/enums.ts";
import { emptySchema } from "../schema/model.ts";
import { defineOperation } from "./define.ts";
import { domainEntries, listedFrom } from "./list-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createDomain",
  summary: "Makes a type out of another one, with rules of its own (PostgreSQL).",
  params: v.strictObject({ ...domainEntries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `create domain "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    if (enumsOf(schema).some(({ name }) => name === p.name))
      throw new ToolError("state", `there is an enum "${p.name}" at this point`, { domain: p.name });
    return withNew(schema, "domains", listedFrom<"domains">(p));
  },
  lower: (p, { after, dialect }) => [{ kind: "createDomain", domain: domainImage(after, p.name, dialect) }],
  invert: (p) => [{ kind: "dropDomain", name: p.name, ...flagsOf(p) }],
  examples: [
    { title: "a type under another name", before: emptySchema, params: { name: "Label", type: "varchar", length: 20 } },
    {
      title: "with all that it may have",
      before: emptySchema,
      params: {
        name: "email",
        type: "text",
        notNull: true,
        default: "nobody@example.org",
        collation: "C",
        checks: [
          { name: "email_check", check: "VALUE LIKE '%@%'" },
          { name: "not empty", check: "VALUE <> ''", notValid: true },
        ],
        comment: "it's an address",
      },
    },
  ],
});
