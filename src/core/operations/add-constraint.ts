import * as v from "valibot";
import { constraintImage, createIndex } from "../ddl/image.ts";
import { keyIndexes } from "../ddl/key-indexes.ts";
import { ToolError } from "../errors.ts";
import { constraintsOf, indexOfUnique, withConstraints } from "../schema/constraints.ts";
import { withTable } from "../schema/edit.ts";
import type { Constraint, Table } from "../schema/model.ts";
import { checkConstraint } from "../schema/soundness.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows, odd, oddRows, orderRows, orders } from "./example-schema.ts";
import { constraintFromParams } from "./field.ts";
import { constraintParams, described, flagsOf, ignoreErrors, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "addConstraint",
  summary: "Adds a check, a unique constraint or an exclusion constraint to a table.",
  params: v.strictObject({
    table: tableName,
    constraint: described(constraintParams, "The new constraint."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "blocking",
  title: (p) => `add constraint "${p.constraint.name}" to "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) =>
    withTable(schema, p.table, (table) => withConstraint(table, constraintFromParams(p.constraint))),
  lower: (p, { before, after, dialect }) => {
    const constraint = constraintImage(constraintFromParams(p.constraint), dialect);
    if (dialect.capabilities.uniqueConstraintsAreIndexes && "unique" in constraint)
      return [
        createIndex(after, p.table, indexOfUnique(constraint), dialect),
        ...keyIndexes(before, after, p.table, dialect).last,
      ];
    return [{ kind: "addConstraint", table: p.table, constraint }];
  },
  invert: (p) => [{ kind: "dropConstraint", table: p.table, name: p.constraint.name, ...flagsOf(p) }],
  examples: [
    {
      title: "a check",
      before: blog,
      rows: blogRows,
      params: { table: "posts", constraint: { name: "views_counted", check: "views >= 0 OR views IS NULL" } },
    },
    {
      title: "a unique constraint over several fields",
      before: orders,
      rows: orderRows,
      params: { table: "order_lines", constraint: { name: "one_line", unique: ["article", "order_no"] } },
    },
    {
      title: "odd names",
      before: odd,
      rows: oddRows,
      params: { table: "o'brien", constraint: { name: "x; drop table y", check: "1 = 1 OR 'it''s' = ''" } },
    },
  ],
});

function withConstraint(table: Table, constraint: Constraint): Table {
  if ([...constraintsOf(table), ...table.foreignKeys].some(({ name }) => name === constraint.name)) {
    const what = `table "${table.name}" has a constraint "${constraint.name}" already at this point`;
    throw new ToolError("state", what, { table: table.name, constraint: constraint.name });
  }
  checkConstraint(table, constraint);
  return withConstraints(table, [...constraintsOf(table), constraint]);
}
