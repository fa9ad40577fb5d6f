import * as v from "valibot";
import { defineOperation } from "./define.ts";
import { enumName } from "./enum-params.ts";
import { priced, pricedRows } from "./example-lists.ts";
import { described } from "./params.ts";
import { renamingOf } from "./thing-params.ts";

export default defineOperation({
  kind: "renameDomain",
  summary: "Renames a domain. Fields, other domains, defaults, checks and views follow.",
  params: v.strictObject({ from: described(enumName, "Its present name."), to: described(enumName, "Its new name.") }),
  ...renamingOf("domain", "renameDomain"),
  examples: [
    { title: "a domain of fields", before: priced, rows: pricedRows, params: { from: "price", to: "Amount" } },
    { title: "one that nobody uses", before: priced, rows: pricedRows, params: { from: "Unused", to: "spare" } },
  ],
});
