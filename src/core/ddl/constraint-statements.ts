import { indexOfUnique } from "../schema/constraints.ts";
import type { Constraint, Schema } from "../schema/model.ts";
import type { Dialect } from "./dialect.ts";
import { constraintImage, createIndex, dropConstraint } from "./image.ts";
import type { Statement } from "./statement.ts";

interface Place {
  readonly schema: Schema;
  readonly table: string;
  readonly dialect: Dialect;
}

/** The statement that takes a constraint of a table away; one that is unique is an index in some databases. */
export const constraintDropped = ({ schema, table, dialect }: Place, constraint: Constraint): Statement =>
  "unique" in constraint && dialect.capabilities.uniqueConstraintsAreIndexes
    ? { kind: "dropIndex", table, index: indexOfUnique(constraint) }
    : dropConstraint(schema, table, constraintImage(constraint, dialect), dialect);

/** The statement that makes it. */
export const constraintMade = ({ schema, table, dialect }: Place, constraint: Constraint): Statement =>
  "unique" in constraint && dialect.capabilities.uniqueConstraintsAreIndexes
    ? createIndex(schema, table, indexOfUnique(constraint), dialect)
    : { kind: "addConstraint", table, constraint: constraintImage(constraint, dialect) };
