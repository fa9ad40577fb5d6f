import * as v from "valibot";
import { defineOperation } from "./define.ts";
import { counted, countedRows } from "./example-lists.ts";
import { described, name } from "./params.ts";
import { renamingOf } from "./thing-params.ts";

export default defineOperation({
  kind: "renameSequence",
  summary: "Renames a sequence. It goes on where it is; defaults that count with it follow.",
  params: v.strictObject({ from: described(name, "Its present name."), to: described(name, "Its new name.") }),
  ...renamingOf("sequence", "renameSequence"),
  examples: [
    {
      title: "a sequence that numbers a table",
      before: counted,
      rows: countedRows,
      params: { from: "counter", to: "Invoice numbers" },
    },
    { title: "one that nobody uses", before: counted, rows: countedRows, params: { from: "free", to: "spare" } },
  ],
});
