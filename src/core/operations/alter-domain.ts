import * as v from "valibot";
import { alterDomain } from "../ddl/domains.ts";
import { getListed, withChanged } from "../schema/beside-tables.ts";
import { narrows } from "../schema/narrowing.ts";
import { equalTypes, typeOf } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { priced, pricedRows } from "./example-lists.ts";
import { domainEntries, listedFrom, paramsOf } from "./list-params.ts";
import { columnsOfType, madeAnew } from "./made-anew.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "alterDomain",
  summary:
    "Gives a domain another definition. Rules, defaults and descriptions change in place; with another type it is made anew, and its columns are converted.",
  params: v.strictObject({ ...domainEntries, schemaOnly, ignoreErrors }),
  risk: (p, before) => {
    const old = getListed(before, "domains", p.name);
    if (equalTypes(typeOf(old), typeOf(p)) && old.collation === p.collation) return "safe";
    return narrows(typeOf(old), typeOf(p)) ? "lossy" : "blocking";
  },
  title: (p) => `alter domain "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => withChanged(schema, "domains", listedFrom<"domains">(p)),
  lower: (p, context) => {
    const statements = alterDomain(p.name, columnsOfType(p.name, context), context);
    return statements.some(({ kind }) => kind === "remakeDomain") ? madeAnew(p.name, statements, context) : statements;
  },
  invert: (p, before) => [
    { kind: "alterDomain", ...paramsOf<"domains">(getListed(before, "domains", p.name)), ...flagsOf(p) },
  ],
  examples: [
    {
      title: "other rules",
      before: priced,
      rows: pricedRows,
      params: {
        name: "price",
        type: "decimal",
        precision: 10,
        scale: 2,
        default: 1,
        checks: [{ name: "not_much", check: "VALUE < 1000" }],
        comment: "what it's worth",
      },
    },
    {
      title: "another type",
      before: priced,
      rows: pricedRows,
      params: { name: "price", type: "integer", checks: [{ name: "price_check", check: "VALUE >= 0" }] },
    },
  ],
});
