import { riskOf, titleOf } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";
import type { Migration } from "./migration.ts";
import { atOperation, statesOf } from "./state.ts";

/** An operation of a migration that may lose data or stop writers for long. Part of the public JSON. */
export interface Hazard {
  /** Index of the operation in its migration, from 0. */
  readonly operation: number;
  readonly risk: "lossy" | "blocking";
  /** The operation's one-line title. */
  readonly title: string;
}

/** The hazards of each migration, applied in this order on top of a schema. Throws ToolError `state` as `replay` does. */
export function hazardsOf(migrations: readonly Migration[], before: Schema): readonly (readonly Hazard[])[] {
  let schema = before;
  return migrations.map((migration) => {
    const states = statesOf(migration, schema);
    const start = schema;
    schema = states.at(-1) ?? schema;
    return migration.operations.flatMap((operation, i): readonly Hazard[] => {
      if ("schemaOnly" in operation && operation.schemaOnly) return [];
      const risk = atOperation(migration, i, () => riskOf(operation, states[i] ?? start));
      return risk === "safe" ? [] : [{ operation: i, risk, title: titleOf(operation) }];
    });
  });
}
