import * as v from "valibot";
import { dropConstraint } from "../ddl/image.ts";
import { keyIndexes } from "../ddl/key-indexes.ts";
import { constraintsOf, getConstraint, indexOfUnique, withConstraints } from "../schema/constraints.ts";
import { describeKey, keysTo, refuse } from "../schema/dependents.ts";
import { withTable } from "../schema/edit.ts";
import { refuseIfOption } from "../schema/index-options.ts";
import { getTable, referencedFields } from "../schema/resolve.ts";
import { isUnique } from "../schema/soundness.ts";
import { defineOperation } from "./define.ts";
import { clinic, clinicRows } from "./example-schema.ts";
import { paramsFromConstraint } from "./field.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "dropConstraint",
  summary: "Drops a check, a unique or an exclusion constraint. Refused while a foreign key needs it.",
  params: v.strictObject({
    table: tableName,
    name: described(name, "Name of the constraint."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `drop constraint "${p.name}" of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const table = getTable(schema, p.table);
    const constraint = getConstraint(table, p.name);
    refuseIfOption(table, p.name);
    const rest = withConstraints(
      table,
      constraintsOf(table).filter((c) => c !== constraint),
    );
    const users = keysTo(schema, p.table).filter(
      ({ key }) => !isUnique(rest, referencedFields(schema, key.references)),
    );
    refuse(`constraint "${p.name}" of table "${p.table}"`, users.map(describeKey), { table: p.table });
    return withTable(schema, p.table, () => rest);
  },
  lower: (p, { before, after, dialect }) => {
    const constraint = getConstraint(getTable(before, p.table), p.name);
    return dialect.capabilities.uniqueConstraintsAreIndexes && "unique" in constraint
      ? [
          ...keyIndexes(before, after, p.table, dialect).first,
          { kind: "dropIndex", table: p.table, index: indexOfUnique(constraint) },
        ]
      : [dropConstraint(before, p.table, constraint, dialect)];
  },
  invert: (p, before) => {
    const constraint = getConstraint(getTable(before, p.table), p.name);
    return [{ kind: "addConstraint", table: p.table, constraint: paramsFromConstraint(constraint), ...flagsOf(p) }];
  },
  examples: [
    { title: "a check", before: clinic, rows: clinicRows, params: { table: "visits", name: "paid_or_free" } },
    { title: "a unique constraint", before: clinic, rows: clinicRows, params: { table: "visits", name: "one_visit" } },
  ],
});
