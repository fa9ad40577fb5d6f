import * as v from "valibot";
import type { Statement } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import type { Schema } from "../schema/model.ts";
import { complaintOf, pathOf } from "./complaint.ts";
import type { LowerContext, OperationData, OperationDef, Risk } from "./define.ts";
import { operations } from "./registry.gen.ts";

type OperationOf<D> = D extends OperationDef<infer K, infer P> ? { readonly kind: K } & P : never;

/** Any operation, validated. The union follows from the registry. */
export type Operation = OperationOf<(typeof operations)[number]>;
export type OperationKind = Operation["kind"];

/** A definition whose parameters are whatever its own operation holds. */
type AnyDef = OperationDef<string, OperationData>;

const byKind = new Map<string, AnyDef>(operations.map((def) => [def.kind, def as unknown as AnyDef]));

/** All kinds, in the order of the registry. */
export const operationKinds: readonly string[] = [...byKind.keys()];

export const definitions: readonly AnyDef[] = [...byKind.values()];

/**
 * Checks data that claims to be an operation. Throws ToolError `params`; `data.path` leads to the culprit, such as
 * `fields[0].length`.
 */
export function parseOperation(data: unknown): Operation {
  const kind = (data as OperationData | null)?.kind;
  const def = typeof kind === "string" ? byKind.get(kind) : undefined;
  if (!def)
    throw new ToolError(
      "params",
      `not an operation: ${JSON.stringify(kind) ?? String(kind)}; use one of ${operationKinds.join(", ")}`,
      { kind },
    );
  const { kind: _, ...params } = data as OperationData;
  const result = v.safeParse(def.params as v.GenericSchema<unknown, object>, params);
  if (result.success) return { kind, ...result.output } as Operation;
  const [issue] = result.issues;
  throw new ToolError("params", `${def.kind}: ${complaintOf(issue, def.params)}`, { kind, path: pathOf(issue) });
}

/** The definition of an operation's kind. */
export function definitionOf(operation: Operation): AnyDef {
  const def = byKind.get(operation.kind);
  if (!def) throw new ToolError("internal", `no definition of operation "${operation.kind}"`);
  return def;
}

/** The schema after the operation. Throws ToolError `state` when it does not fit. */
export const apply = (schema: Schema, operation: Operation): Schema =>
  definitionOf(operation).apply(schema, operation as OperationData);

export const applyAll = (schema: Schema, list: readonly Operation[]): Schema => list.reduce(apply, schema);

/** What the database has to do for it; nothing for `schemaOnly`. */
export function lower(operation: Operation, context: LowerContext): readonly Statement[] {
  if ("schemaOnly" in operation && operation.schemaOnly) return [];
  return definitionOf(operation).lower(operation as OperationData, context);
}

/** The operations that take it back, or `undefined`. */
export function invert(operation: Operation, before: Schema): readonly Operation[] | undefined {
  return definitionOf(operation)
    .invert(operation as OperationData, before)
    ?.map((data) => data as Operation);
}

/** Why there is no way back, where its author says it. */
export const irreversibleReason = (operation: Operation): string | undefined =>
  definitionOf(operation).irreversible?.(operation as OperationData);

export const titleOf = (operation: Operation): string => definitionOf(operation).title(operation as OperationData);

export const tableOf = (operation: Operation): string | undefined =>
  definitionOf(operation).table(operation as OperationData);

export function riskOf(operation: Operation, before: Schema): Risk {
  const { risk } = definitionOf(operation);
  return typeof risk === "function" ? risk(operation as OperationData, before) : risk;
}

/** Whether the user is asked before such an operation is generated: it loses rows, values or an index. */
export const isDestructive = (operation: Operation, before: Schema): boolean =>
  definitionOf(operation).destructive ?? riskOf(operation, before) === "lossy";

/** The kind in the predecessor's spelling: `create_table`, `run_sql`. */
export const snakeKindOf = (operation: Operation): string =>
  operation.kind.replace(/(?<=[a-z])[A-Z]+/g, (letters) => `_${letters}`).toLowerCase();
