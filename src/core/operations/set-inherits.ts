import * as v from "valibot";
import { namedNotNull } from "../ddl/not-null-names.ts";
import { ToolError } from "../errors.ts";
import { keptParents, withParents } from "../schema/inherits.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { animals, animalsRows } from "./example-partitions.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "setInherits",
  summary:
    "Says which tables a table inherits from. It must have their fields and checks, and keeps those it no longer inherits.",
  params: v.strictObject({
    table: tableName,
    inherits: described(v.array(name), "The tables, in order; an empty list means none."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) =>
    p.inherits.length > 0
      ? `let "${p.table}" inherit from ${p.inherits.map((parent) => `"${parent}"`).join(", ")}`
      : `let "${p.table}" inherit from no table`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const before = getTable(schema, p.table).inherits ?? [];
    if (before.join("\0") === p.inherits.join("\0"))
      throw new ToolError("state", `table "${p.table}" inherits from these tables already at this point`, {
        table: p.table,
      });
    return withParents(schema, p.table, p.inherits);
  },
  lower: (p, { before, dialect }) => {
    const old = getTable(before, p.table).inherits ?? [];
    const kept = keptParents(old, p.inherits);
    return [
      {
        kind: "alterInherits",
        table: p.table,
        drop: old.filter((parent) => !kept.includes(parent)),
        add: p.inherits.filter((parent) => !kept.includes(parent)),
        ...namedNotNull(before, p.table, dialect),
      },
    ];
  },
  invert: (p, before) => [
    { kind: "setInherits", table: p.table, inherits: [...(getTable(before, p.table).inherits ?? [])], ...flagsOf(p) },
  ],
  examples: [
    { title: "no longer", before: animals, rows: animalsRows, params: { table: "dogs", inherits: [] } },
    {
      title: "a table with the same fields",
      before: animals,
      rows: animalsRows,
      params: { table: "cats", inherits: ["animals"] },
    },
  ],
});
