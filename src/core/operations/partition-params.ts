import * as v from "valibot";
import { partitionMethods } from "../schema/model.ts";
import { described, fieldNames, name, sqlExpression } from "./basic-params.ts";
import { eitherOr, elementEntries } from "./index-params.ts";

const { field, expression, collation, operatorClass } = elementEntries;

/** A field or an expression of a partition key. */
export const partitionElementParams = v.pipe(
  v.strictObject({ field, expression, collation, operatorClass }),
  eitherOr(),
);

export const partitionKeyParams = v.strictObject({
  method: described(v.picklist(partitionMethods), "By ranges of values, lists of them, or their hash."),
  by: described(
    v.pipe(v.array(v.union([name, partitionElementParams])), v.nonEmpty("a partition key needs at least one field")),
    "Fields, or more said about them.",
  ),
});

export const boundsText = described(
  sqlExpression,
  "Which rows it keeps, as SQL: FROM (1) TO (10), IN ('a'), WITH (MODULUS 4, REMAINDER 0), DEFAULT.",
);

export const partitionOfParams = v.strictObject({
  table: described(name, "The partitioned table."),
  values: boundsText,
});

/** What makes a table one of several that belong together. */
export const treeEntries = {
  partitionBy: v.exactOptional(described(partitionKeyParams, "Its rows are kept in partitions, by these values.")),
  partitionOf: v.exactOptional(
    described(partitionOfParams, "It keeps a part of the rows of another table, and has its fields."),
  ),
  inherits: v.exactOptional(
    described(
      fieldNames("name at least one table to inherit from"),
      "Tables whose fields and checks it has too, and whose rows its own count among.",
    ),
  ),
};
