/**
 * What godwit knows, without any database: reading schemas, comparing them, operations, plans and their SQL. It runs in browsers and Workers as
 * well. What is exported here is documented in docs/edge.md.
 *
 * @module
 */
import type { Dialect } from "../core/ddl/dialect.ts";
import type { Operation } from "../core/operations/index.ts";
import { describePlan, type PlannedStatement } from "../core/plan/describe.ts";
import { planDown, planUp } from "../core/plan/steps.ts";
import { combine } from "../core/schema/combine.ts";
import { emptySchema, type Schema } from "../core/schema/model.ts";
import { readDocument } from "../core/schema/read.ts";

export type { Dialect } from "../core/ddl/dialect.ts";
export { type Diff, type DiffOptions, diff } from "../core/diff/index.ts";
export type { DiffAnswers, Question } from "../core/diff/question.ts";
export { type ErrorCode, type ErrorData, PartialError, ToolError } from "../core/errors.ts";
export {
  apply,
  applyAll,
  invert,
  isDestructive,
  type Operation,
  type OperationKind,
  parseOperation,
  titleOf,
} from "../core/operations/index.ts";
export type { PlannedStatement } from "../core/plan/describe.ts";
export { type MigrationSource, printMigration } from "../core/plan/source.ts";
export { emptySchema, type Field, type ForeignKey, type Index, type Schema, type Table } from "../core/schema/model.ts";
export { writeSchema } from "../core/schema/write.ts";
export { dialects } from "../dialects/registry.gen.ts";

/**
 * The schema that a document declares: the plain value of a schema file, such as a YAML parser gives it. Throws ToolError `schema` with everything
 * that is wrong in it.
 */
export function readSchema(document: unknown, file = "schema.yaml"): Schema {
  const locate = () => ({ file, line: 1, column: 1 });
  return combine([readDocument(document, { file, locate })]).schema;
}

/** The SQL of operations on a schema, on the way up or, with `down`, back again. Throws ToolError `state`, `unsupported` or `irreversible`. */
export function sqlFor(
  operations: readonly Operation[],
  { before = emptySchema, dialect, down = false }: SqlOptions,
): readonly PlannedStatement[] {
  const migration = {
    name: "0001_plan",
    dependencies: [],
    operations,
    replaces: [],
    transaction: true,
    checksum: "",
    file: "plan",
  };
  const plan = down
    ? planDown({ rollback: [migration], applied: [migration], from: before, dialect })
    : planUp({ pending: [migration], before, dialect });
  return describePlan(plan).flatMap((step) => step.statements);
}

export interface SqlOptions {
  /** What is there before the operations. Default: nothing. */
  readonly before?: Schema;
  readonly dialect: Dialect;
  readonly down?: boolean;
}
