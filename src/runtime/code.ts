import type { CodeCommand } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { MigrationCode } from "../core/plan/migration.ts";
import { commandsOf, type Plan, type Step } from "../core/plan/plan.ts";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";
import { codeCalls } from "./code-calls.ts";
import type { Database } from "./database.ts";
import type { OnEvent } from "./events.ts";

/** The most that functions of migrations may take, whatever these say. */
export interface CodeBounds {
  readonly timeMs: number;
  readonly memoryMiB: number;
}

export const defaultCodeBounds: CodeBounds = { timeMs: 10 * 60_000, memoryMiB: 512 };

const usual: CodeBounds = { timeMs: 30_000, memoryMiB: 64 };

export interface CodeOptions {
  readonly step: Step;
  /** Index of the operation in its migration. */
  readonly operation: number;
  readonly title: string;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Throws ToolError `limit`, before anything runs, for a migration that says that its functions may take more than is allowed. */
export function checkCode({ steps }: Plan, { timeMs, memoryMiB }: CodeBounds = defaultCodeBounds): void {
  for (const { migration, code } of steps) {
    const asked = code?.limits ?? {};
    const data = { migration, file: migration };
    if ((asked.timeMs ?? 0) > timeMs || asked.timeMs === 0)
      throw new ToolError(
        "limit",
        `"${migration}" says codeTimeout, and functions may run for ${timeMs / 1000} s at most; allow more with max_code_timeout in godwit.yaml, or do more of the work in SQL`,
        data,
      );
    if ((asked.memoryMiB ?? 0) > memoryMiB)
      throw new ToolError(
        "limit",
        `"${migration}" says codeMemory, and functions may keep ${memoryMiB} MiB at most; allow more with max_code_memory in godwit.yaml, or read with db.batches()`,
        data,
      );
  }
}

export const hasCode = (step: Step): boolean => commandsOf(step).some(({ kind }) => kind === "code");

/**
 * Calls a function of a migration, on the connection and in the transaction that are open. Throws ToolError `migration` or `limit` at the
 * author's line, `database` for what the database refused and the author did not deal with, `cancelled`.
 */
export async function executeCode(
  database: Database,
  command: CodeCommand,
  { step, operation, title, onEvent, signal }: CodeOptions,
): Promise<void> {
  const { migration } = step;
  if (database.batches?.isOpen()) throw withoutAnswers(database, migration);
  const { code, symbols } = await sourceOf(step, command);
  const { runCode } = await import("../../sandbox/host/run-code.ts");
  const started = performance.now();
  const calls = codeCalls(database);
  const progress = (done: number, total: number | undefined): void =>
    onEvent?.({
      type: "progress",
      migration,
      operation,
      verb: title,
      done,
      ...(total !== undefined && { total }),
      elapsedMs: Math.round(performance.now() - started),
    });
  await runCode(
    {
      file: { path: step.file ?? migration, source: code.source },
      symbols,
      operation,
      function: command.function,
      dialect: database.dialect.name,
      schema: { tables: command.schema.tables },
      ...usual,
      ...code.limits,
      signal,
    },
    { answer: calls.answer, progress },
  );
  await calls.finish();
}

/** Statements wait there until all of the transaction is known. */
const withoutAnswers = ({ dialect }: Database, migration: string): ToolError =>
  new ToolError(
    "unsupported",
    `"${migration}" runs code, which needs answers while its transaction is open, and this way to ${dialect.title} sends each transaction as one request; use SQL, or another way to the database`,
    { migration },
  );

/** What was planned is what runs, wherever the code was in the meantime. */
async function sourceOf(
  { migration, code }: Step,
  command: CodeCommand,
): Promise<{ readonly code: MigrationCode; readonly symbols: SymbolMap }> {
  const { isUnchanged, symbolsOf } = await import("../../sandbox/host/code.ts");
  if (code && code.hash === command.code && isUnchanged(code)) return { code, symbols: symbolsOf(code) };
  throw new ToolError(
    "migration",
    `the code of "${migration}" is not what its checksum says; read it again with the cache emptied, or compile again`,
    { migration },
  );
}
