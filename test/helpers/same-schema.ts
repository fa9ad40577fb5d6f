import { apply, applyAll, invert, type Operation, titleOf } from "../../src/core/operations/index.ts";
import { canonicalJson, canonicalSchema } from "../../src/core/schema/canonical.ts";
import { canonicalExpression } from "../../src/core/schema/expression.ts";
import type { Schema } from "../../src/core/schema/model.ts";

/** A text that is equal for two schemas that describe the same database, whatever its foreign keys are called and however expressions are laid out. */
export function formOf(schema: Schema): string {
  const { tables, ...rest } = canonicalSchema(schema);
  const nameless = tables.map((table) => ({
    ...table,
    foreignKeys: table.foreignKeys.map(({ name: _, ...key }) => canonicalJson(key)).sort(),
  }));
  return JSON.stringify(JSON.parse(canonicalJson({ ...rest, tables: nameless })), (key, value: unknown) =>
    expressions.has(key) && typeof value === "string" ? canonicalExpression(value) : value,
  );
}

const expressions = new Set(["check", "where", "expression", "as"]);

/** The schema after operations were applied and taken back, step by step: each inverse sees the schema before its own operation. */
export function undo(before: Schema, operations: readonly Operation[]): Schema {
  const states = [before];
  for (const operation of operations) states.push(apply(states[states.length - 1] as Schema, operation));
  return operations.reduceRight(
    (schema, operation, i) => {
      const inverse = invert(operation, states[i] as Schema);
      if (!inverse) throw new Error(`no way back: ${titleOf(operation)}`);
      return applyAll(schema, inverse);
    },
    states[states.length - 1] as Schema,
  );
}
