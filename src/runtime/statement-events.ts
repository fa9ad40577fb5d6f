import type { Command } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { summaryOf } from "../core/sql-files/summary.ts";
import type { Database } from "./database.ts";
import type { OnEvent, StatementName } from "./events.ts";
import { watchingStatement } from "./progress-view.ts";

/** Whose statement it is. */
export interface StatementPlace {
  readonly migration: string;
  /** Index of the operation, from 0. */
  readonly operation: number;
}

export function nameStatement(sql: string, { migration, operation }: StatementPlace): StatementName {
  const { operation: verb, target } = summaryOf(sql);
  return { migration, operation, verb, ...(target !== undefined && { target }) };
}

/** Carries out a command and tells how far its statement is, and how long it took, also when it fails. */
export async function tellingStatement(
  database: Database,
  command: Command,
  { onEvent, ...place }: StatementPlace & { readonly onEvent?: OnEvent | undefined },
  work: () => Promise<void>,
): Promise<void> {
  if (!onEvent || command.kind !== "execute") return work();
  const name = nameStatement(command.sql, place);
  if (database.batches?.isOpen()) {
    // It goes out with all others, and how long each takes is not heard.
    await work();
    return database.batches.whenDone(() => onEvent({ type: "statement", ...name }));
  }
  const started = performance.now();
  const elapsed = (): number => Math.round(performance.now() - started);
  try {
    await watchingStatement({ database, name, onEvent }, work);
  } catch (error) {
    onEvent({ type: "statement", ...name, durationMs: elapsed(), error: codeOf(error) });
    throw error;
  }
  onEvent({ type: "statement", ...name, durationMs: elapsed() });
}

function codeOf(error: unknown): string {
  if (!(error instanceof ToolError)) return "internal";
  const { code } = error.data;
  return typeof code === "string" && code !== "" ? code : error.code;
}
