import * as v from "valibot";
import {
  constraintComment,
  databasesEntries,
  deferrable,
  described,
  fieldNames,
  name,
  notValid,
  sqlExpression,
} from "./basic-params.ts";
import { eitherOr, elementEntries, include, method, nullsNotDistinct } from "./index-params.ts";

export const checkConstraintParams = v.strictObject({
  name: described(name, "Name of the constraint."),
  check: described(sqlExpression, "SQL condition that no row may make false."),
  noInherit: v.exactOptional(described(v.boolean(), "Tables that inherit from this one do not have it.")),
  notValid: v.exactOptional(notValid),
  comment: v.exactOptional(constraintComment),
  ...databasesEntries,
});
export const uniqueConstraintParams = v.strictObject({
  name: described(name, "Name of the constraint."),
  unique: described(fieldNames("a unique constraint needs at least one field"), "No two rows may agree on these."),
  include: v.exactOptional(include),
  nullsNotDistinct: v.exactOptional(nullsNotDistinct),
  deferrable: v.exactOptional(deferrable),
  comment: v.exactOptional(constraintComment),
  ...databasesEntries,
});
export const exclusionElementParams = v.pipe(
  v.strictObject({
    ...elementEntries,
    with: described(v.pipe(v.string(), v.regex(/^[-+*/<>=~!@#%^&|`?]+$/, "not an operator")), "Operator, such as &&."),
  }),
  eitherOr(),
);
export const exclusionConstraintParams = v.strictObject({
  name: described(name, "Name of the constraint."),
  exclude: described(
    v.pipe(v.array(exclusionElementParams), v.nonEmpty("an exclusion constraint needs at least one field")),
    "No two rows may answer true to all of these.",
  ),
  method: v.exactOptional(method),
  where: v.exactOptional(described(v.string(), "Predicate that says which rows count, as SQL.")),
  deferrable: v.exactOptional(deferrable),
  comment: v.exactOptional(constraintComment),
  ...databasesEntries,
});
export const constraintParams = v.union([checkConstraintParams, uniqueConstraintParams, exclusionConstraintParams]);
export type ConstraintParams = v.InferOutput<typeof constraintParams>;
