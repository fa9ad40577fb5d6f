import * as v from "valibot";
import { defineOperation } from "./define.ts";
import { enumName } from "./enum-params.ts";
import { tickets, ticketsRows } from "./example-schema.ts";
import { described } from "./params.ts";
import { renamingOf } from "./thing-params.ts";

const renaming = renamingOf("enum", "renameEnum");

export default defineOperation({
  kind: "renameEnum",
  summary: "Renames an enum. Fields, defaults, checks and views follow.",
  params: v.strictObject({ from: described(enumName, "Its present name."), to: described(enumName, "Its new name.") }),
  ...renaming,
  lower: (p, { dialect }) => (dialect.enums.kind === "types" ? renaming.lower(p) : []),
  examples: [
    {
      title: "an enum of fields",
      before: tickets,
      rows: ticketsRows,
      params: { from: "ticket_state", to: "State" },
    },
    { title: "one that nobody uses", before: tickets, rows: ticketsRows, params: { from: "Unused", to: "spare" } },
  ],
});
