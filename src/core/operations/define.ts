import type { GenericSchema, InferOutput } from "valibot";
import type { Dialect } from "../ddl/dialect.ts";
import type { Statement } from "../ddl/statement.ts";
import type { Schema } from "../schema/model.ts";

/** An operation as data: what the sandbox returns, what is checksummed, stored and printed. */
export interface OperationData {
  readonly kind: string;
  readonly [parameter: string]: unknown;
}

/** What an operation may cost: `lossy` loses rows or values, `blocking` may stop writers for long, `safe` neither. */
export type Risk = "safe" | "blocking" | "lossy";

/** Where an operation stands when it becomes statements. */
export interface LowerContext {
  /** The schema just before the operation. */
  readonly before: Schema;
  /** The schema just after it. */
  readonly after: Schema;
  readonly dialect: Dialect;
  /**
   * It brings back a field whose values are gone; `apart`: no two rows may have the same in it; `allowed`: a literal that a check on it lets pass;
   * `refersTo`: they were rows of that table.
   */
  readonly restores?: { readonly apart: boolean; readonly allowed?: string; readonly refersTo?: string };
}

/**
 * All that godwit knows of one kind of operation. `apply`, `lower` and `invert` are pure and may rely on `params` having
 * been validated.
 */
export interface OperationDef<K extends string = string, P = never> {
  readonly kind: K;
  /** One sentence for the reference and the editor. */
  readonly summary: string;
  /** Shape of the parameters: checked where data leaves the sandbox; editor types and docs are made from it. */
  readonly params: GenericSchema<unknown, P>;
  readonly risk: Risk | ((params: P, before: Schema) => Risk);
  /** The user is asked before one is generated. Absent: when it is `lossy`. */
  readonly destructive?: boolean;
  /** One line for plans, logs and prompts: `add field "bio" to "users"`. */
  title(params: P): string;
  /** The table the operation is about, if it is about one. */
  table(params: P): string | undefined;
  /** The schema afterwards. Throws ToolError `state` when the operation does not fit. */
  apply(schema: Schema, params: P): Schema;
  /** What the database has to do. Never called for `schemaOnly` operations. */
  lower(params: P, context: LowerContext): readonly Statement[];
  /** The operations that take it back, in the order they run, or `undefined` when there is no way back. */
  invert(params: P, before: Schema): readonly OperationData[] | undefined;
  /** Why there is no way back, where its author says it. */
  irreversible?(params: P): string | undefined;
  /** What it reads and changes that the schemas before and after it do not show. Absent: nothing. */
  beyond?(params: P): BeyondSchema;
  /** Schemas and parameters on which every law of operations is tested. */
  readonly examples: readonly OperationExample<P>[];
}

/** Rows of these tables, `copied` with whatever fields they have; the tables and fields (`users`, `users.email`) that its author names; or who knows what. */
export type BeyondSchema =
  | { readonly rows: readonly string[]; readonly copied?: true }
  | { readonly named: readonly string[] }
  | "everything";

export interface OperationExample<P> {
  readonly title: string;
  readonly before: Schema;
  readonly params: P;
  /** Rows to plant before the operation runs on a real database: table → rows. */
  readonly rows?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** The migration file whose first operation it is, where that has functions. */
  readonly source?: string;
}

/** Keeps the literal kind and infers the parameters from their validator. */
export const defineOperation = <const K extends string, S extends GenericSchema>(
  definition: OperationDef<K, InferOutput<S>> & { readonly params: S },
): OperationDef<K, InferOutput<S>> => definition as OperationDef<K, InferOutput<S>>;
