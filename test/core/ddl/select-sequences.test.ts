import { expect, test } from "bun:test";
import type { LiveSchema } from "../../../src/core/ddl/dialect.ts";
import { selectTables } from "../../../src/core/ddl/selection.ts";
import type { TableImage } from "../../../src/core/ddl/statement.ts";

const table = (name: string, sequence?: string): TableImage => ({
  name,
  columns: [
    { name: "id", type: "bigint", nullable: false, ...(sequence && { default: `nextval('${sequence}'::regclass)` }) },
  ],
  indexes: [],
  foreignKeys: [],
});
const live: LiveSchema = {
  tables: [table("kept", "shared"), table("audit.log", "audit.numbers"), table("left")],
  sequences: [
    { name: "free" },
    { name: "alone", ownedBy: "left.id", start: 5 },
    { name: "shared", ownedBy: "left.id", start: 7 },
    { name: "audit.numbers", ownedBy: "audit.log.id" },
  ],
  unsupported: [],
};

test("a sequence goes with the table that is left out, unless another one counts with it", () => {
  const { sequences, unsupported } = selectTables(live, { exclude: ["left", "audit.*"] });
  expect(sequences).toEqual([{ name: "free" }, { name: "shared", start: 7 }]);
  expect(unsupported).toEqual([
    {
      kind: "sequence",
      object: "shared",
      reason: 'it belongs to field "id" of table "left", which is left out; it is taken for one by itself',
    },
  ]);
});

test("a sequence stays with a table that is asked for", () => {
  expect(selectTables(live, { include: ["audit.*", "left"] }).sequences).toEqual([...(live.sequences ?? [])]);
});
