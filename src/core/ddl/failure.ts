/** What a driver could find out about a failed statement. */
export interface DatabaseFailure {
  readonly message: string;
  /** SQLSTATE or the engine's symbolic code. */
  readonly code?: string;
  /** Offset in the SQL text, in UTF-16 units from 0. */
  readonly offset?: number;
  readonly detail?: string;
  readonly hint?: string;
}

export type ErrorClass =
  | "already-exists"
  | "not-found"
  | "busy"
  | "connection"
  | "permission"
  | "constraint"
  | "syntax"
  | "other";
