import type { CodeCommand } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { usualCodeLimits } from "../core/plan/code-limits.ts";
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

export interface CodeOptions {
  readonly step: Step;
  /** Index of the operation in its migration. */
  readonly operation: number;
  readonly title: string;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at the code of a plan before anything runs. Throws ToolError `migration` where it is not what its checksum says, `limit` where its
 * functions want more than is allowed, `unsupported` where the database cannot answer while a transaction is open.
 */
export async function checkCode(
  database: Database,
  { steps }: Plan,
  bounds: Partial<CodeBounds> | undefined,
): Promise<void> {
  const calling = steps.filter(hasCode);
  for (const step of calling) {
    if (database.batches && !database.batches.singly) throw withoutAnswers(database, step.migration);
    checkLimits(step, bounds);
    await sourceOf(step);
  }
}

/** What every function may take need not be allowed. */
function checkLimits({ migration, file, code }: Step, bounds: Partial<CodeBounds> = {}): void {
  const most = { ...defaultCodeBounds, ...bounds };
  const { timeMs = 0, memoryMiB = 0 } = code?.limits ?? {};
  const refuse = (what: string, may: string, how: string): never => {
    const message = `"${migration}" says ${what}, and functions may ${may} at most; allow more with ${how}`;
    throw new ToolError("limit", message, { migration, file: file ?? migration });
  };
  // 0 is no bound, as it is no limit elsewhere.
  if (most.timeMs > 0 && timeMs > Math.max(most.timeMs, usualCodeLimits.timeMs))
    refuse("codeTimeout", `run for ${most.timeMs / 1000} s`, "max_code_timeout in godwit.yaml, or do more in SQL");
  if (memoryMiB > Math.max(most.memoryMiB, usualCodeLimits.memoryMiB))
    refuse("codeMemory", `keep ${most.memoryMiB} MiB`, "max_code_memory in godwit.yaml, or read with db.batches()");
}

const hasCode = (step: Step): boolean => commandsOf(step).some(({ kind }) => kind === "code");

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
  const { code, symbols } = await sourceOf(step);
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
  await calls.begin();
  await runCode(
    {
      file: { path: step.file ?? migration, source: code.source },
      symbols,
      operation,
      function: command.function,
      dialect: database.dialect.name,
      schema: { tables: command.schema.tables },
      ...usualCodeLimits,
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
async function sourceOf(step: Step): Promise<{ readonly code: MigrationCode; readonly symbols: SymbolMap }> {
  const { migration, code } = step;
  const absent = Object.entries(code?.hosts ?? {}).find(([, module]) => module === undefined)?.[0];
  if (absent !== undefined)
    throw new ToolError(
      "migration",
      `functions of "${migration}" call host module "${absent}", which this program does not have; run them with the program that registers it`,
      { migration, module: absent },
    );
  const { isUnchanged, symbolsOf } = await import("../../sandbox/host/code.ts");
  const named = commandsOf(step).every((command) => command.kind !== "code" || command.code === code?.hash);
  if (code && named && (await isUnchanged(code))) return { code, symbols: symbolsOf(code) };
  throw new ToolError(
    "migration",
    `the code of "${migration}" is not what its checksum says; where it was compiled, run \`godwit compile\` again, else delete the kept evaluations`,
    { migration },
  );
}
