import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { constraintsOf, withConstraints } from "../schema/constraints.ts";
import { withTable } from "../schema/edit.ts";
import type { ForeignKey, Schema } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import { defineOperation, type OperationData } from "./define.ts";
import { clinic, clinicRows } from "./example-schema.ts";
import { paramsFromConstraint, paramsFromForeignKey } from "./field.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName } from "./params.ts";

export default defineOperation({
  kind: "validateConstraint",
  summary: "Holds the rows that were there before it against a check or a foreign key that was added as not valid.",
  params: v.strictObject({
    table: tableName,
    name: described(name, "Name of the constraint or the foreign key."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `validate constraint "${p.name}" of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    unvalidated(schema, p.table, p.name);
    return withTable(schema, p.table, (t) => ({
      ...withConstraints(
        t,
        constraintsOf(t).map((c) => (c.name === p.name && "check" in c ? validated(c) : c)),
      ),
      foreignKeys: t.foreignKeys.map((key) => (key.name === p.name ? validated(key) : key)),
    }));
  },
  lower: (p, { dialect }) =>
    dialect.capabilities.addsUnvalidated ? [{ kind: "validateConstraint", table: p.table, name: p.name }] : [],
  invert: (p, before) => [dropping(p, before), ...adding(p, before)],
  examples: [
    { title: "a check", before: clinic, rows: clinicRows, params: { table: "patients", name: "known_sex" } },
    { title: "a foreign key", before: clinic, rows: clinicRows, params: { table: "visits", name: "visit_patient" } },
  ],
});

interface Named {
  readonly table: string;
  readonly name: string;
  readonly schemaOnly?: boolean;
  readonly ignoreErrors?: boolean;
}

const validated = <C extends { readonly notValid?: boolean }>({ notValid: _, ...rest }: C): Omit<C, "notValid"> => rest;

/** No database takes a validation back, so the constraint is made anew. */
const dropping = (p: Named, before: Schema): OperationData => ({
  kind: foreignKey(before, p) ? "dropForeignKey" : "dropConstraint",
  table: p.table,
  name: p.name,
  ...flagsOf(p),
});

function adding(p: Named, before: Schema): readonly OperationData[] {
  const key = foreignKey(before, p);
  if (key) return [{ kind: "addForeignKey", ...paramsFromForeignKey(p.table, key), ...flagsOf(p) }];
  return constraintsOf(getTable(before, p.table))
    .filter((constraint) => constraint.name === p.name)
    .map((constraint) => ({
      kind: "addConstraint",
      table: p.table,
      constraint: paramsFromConstraint(constraint),
      ...flagsOf(p),
    }));
}

const foreignKey = (schema: Schema, p: Named): ForeignKey | undefined =>
  getTable(schema, p.table).foreignKeys.find((key) => key.name === p.name);

/** Throws ToolError `state` when there is no such constraint, or it is valid already. */
function unvalidated(schema: Schema, owner: string, constraint: string): void {
  const table = getTable(schema, owner);
  const found = [...constraintsOf(table), ...table.foreignKeys].find((c) => c.name === constraint);
  if (found && "notValid" in found && found.notValid) return;
  const what = found
    ? `constraint "${constraint}" of table "${owner}" is valid`
    : `table "${owner}" has no constraint "${constraint}"`;
  throw new ToolError("state", `${what} at this point`, { table: owner, constraint });
}
