import type { Command, Row } from "../core/ddl/dialect.ts";
import { savepoint } from "../core/ddl/savepoint.ts";
import { ToolError } from "../core/errors.ts";
import { failureOf } from "../core/plan/failure.ts";
import type { Action, Step } from "../core/plan/plan.ts";
import { type Database, errorClass } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { type Attempt, defaultRetries, type Limits, limitsFor, patiently } from "./limits.ts";
import { inTransaction } from "./transaction.ts";

/** Called with the number of commands of the step that are done. */
export type RecordProgress = (done: number) => Promise<void>;

export interface StepOptions {
  /** Commands of the step that an earlier attempt has done; they are left out. Only for steps without a transaction. */
  readonly done?: number;
  /** Writes the history; inside the step's transaction if it has one. */
  readonly record?: () => Promise<void>;
  /** Keeps account of a step that commits piece by piece. */
  readonly progress?: RecordProgress;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** What the statements may take. What waits too long for a lock is tried again: the step, or the command where each commits. */
  readonly limits?: Limits | undefined;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whether a step commits as a whole on this database. */
export const commitsAsWhole = (step: Step, { dialect }: Database): boolean =>
  step.transaction && dialect.capabilities.transactionalDdl;

/**
 * Does to the database what one migration asks for. In a transaction it is all or nothing, `record` included; otherwise
 * each command commits, and `progress` hears of it. Throws ToolError `database` with the migration, the operation and the
 * SQL, or `cancelled`.
 */
export async function executeStep(database: Database, step: Step, options: StepOptions = {}): Promise<void> {
  const { bookkeeping } = database.dialect;
  const run = commitsAsWhole(step, database) ? runAsWhole : runPiecewise;
  if (!step.foreignKeysOff) return run(database, step, options);
  await executeAll(database, bookkeeping.foreignKeysOff);
  try {
    await run(database, step, options);
  } catch (error) {
    // Of two errors the first is the one to report; the connection does not outlive it.
    await executeAll(database, bookkeeping.foreignKeysOn).catch(() => undefined);
    throw error;
  }
  await executeAll(database, bookkeeping.foreignKeysOn);
}

/** Name → texts that a `capture` command has kept. */
export type Captured = Map<string, readonly string[]>;

async function runAsWhole(database: Database, step: Step, options: StepOptions): Promise<void> {
  const { record, onEvent, signal, warnOnMissingDrop } = options;
  const limits = limitsFor(database, options.limits);
  const { limits: sql } = database.dialect.bookkeeping;
  const commands = step.actions.flatMap((action) => action.commands);
  await executeAll(database, sql.transaction ? [] : sql.session(limits));
  await patiently(database, attemptOf(database, step, options, { commands, inTransaction: true }), () =>
    inTransaction(database, async () => {
      await executeAll(database, sql.transaction?.(limits) ?? []);
      const violations = await violationsBefore(database, step);
      const common = { captured: new Map(), onEvent, signal, warnOnMissingDrop, guard: true };
      for (const action of step.actions) await runAction(database, step, action, common);
      await checkForeignKeys(database, step, violations);
      await record?.();
      await database.confirmLock?.();
    }),
  );
}

/**
 * Counts commands over the whole step, so that the next attempt continues at the one that failed. An action that keeps
 * something in memory from one command to another cannot be continued: it runs in a transaction of its own.
 */
async function runPiecewise(database: Database, step: Step, options: StepOptions): Promise<void> {
  const { limits: sql } = database.dialect.bookkeeping;
  await executeAll(database, sql.session(limitsFor(database, options.limits)));
  try {
    await runPieces(database, step, options);
  } finally {
    // When even this fails, the connection is gone, and its limits with it.
    await executeAll(database, sql.reset).catch(() => undefined);
  }
}

async function runPieces(database: Database, step: Step, options: StepOptions): Promise<void> {
  const { onEvent, signal, warnOnMissingDrop } = options;
  const common = { captured: new Map(), onEvent, signal, warnOnMissingDrop };
  const account = attemptOf(database, step, options, { commands: [], inTransaction: true });
  const progress = (count: number): Promise<void> | undefined =>
    options.progress && patiently(database, account, async () => options.progress?.(count));
  let done = 0;
  for (const action of step.actions) {
    const { commands } = action;
    const end = done + commands.length;
    const skip = Math.max(0, (options.done ?? 0) - done);
    done = end;
    if (skip >= commands.length) continue;
    const whole = database.dialect.capabilities.transactionalDdl && commands.some((c) => c.kind === "capture");
    if (whole) {
      await patiently(database, attemptOf(database, step, options, { commands, inTransaction: true }), () =>
        inTransaction(database, async () => {
          const violations = await violationsBefore(database, step);
          await runAction(database, step, action, { ...common, guard: true });
          await checkForeignKeys(database, step, violations);
        }),
      );
    } else {
      const start = end - commands.length;
      const report = (count: number): Promise<void> | undefined => progress(start + count);
      const each = (command: Command, work: () => Promise<void>): Promise<void> =>
        runPiece(database, step, options, { command, work });
      await runAction(database, step, action, { ...common, guard: false, skip, report, each });
    }
    await progress(end);
  }
  await patiently(database, account, async () => options.record?.());
}

/** One command that commits by itself: without limits where being cut short would leave it half-done. */
async function runPiece(
  database: Database,
  step: Step,
  options: StepOptions,
  { command, work }: { readonly command: Command; readonly work: () => Promise<void> },
): Promise<void> {
  const { limits: sql } = database.dialect.bookkeeping;
  await database.confirmLock?.();
  if (command.kind === "execute" && sql.patient(command.sql)) {
    await executeAll(database, sql.session({ lockMs: 0, statementMs: 0 }));
    await work();
    return executeAll(database, sql.session({ statementMs: 0, ...limitsFor(database, options.limits) }));
  }
  await patiently(database, attemptOf(database, step, options, { commands: [command], inTransaction: false }), work);
}

const executeAll = async ({ driver }: Database, list: readonly string[]): Promise<void> => {
  for (const sql of list) await driver.execute(sql);
};

function attemptOf(
  { dialect }: Database,
  { migration }: Step,
  { limits, onEvent, signal }: StepOptions,
  { commands, inTransaction: whole }: { readonly commands: readonly Command[]; readonly inTransaction: boolean },
): Attempt {
  const { repeatable } = dialect.bookkeeping.limits;
  return {
    migration,
    retries: limits?.retries ?? defaultRetries,
    repeatable: commands.every((command) => command.kind !== "execute" || repeatable(command.sql, whole)),
    onEvent,
    signal,
  };
}

interface ActionOptions {
  readonly captured: Captured;
  /** Whether a failure that is ignored must not take the transaction with it. */
  readonly guard: boolean;
  readonly skip?: number;
  readonly report?: (done: number) => Promise<void> | undefined;
  /** Stands around each command. */
  readonly each?: (command: Command, work: () => Promise<void>) => Promise<void>;
  readonly warnOnMissingDrop?: boolean | undefined;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

async function runAction(database: Database, step: Step, action: Action, options: ActionOptions): Promise<void> {
  const started = performance.now();
  const { onEvent } = options;
  const mayBeGone = Boolean(options.warnOnMissingDrop && action.drops);
  const guard = options.guard && (action.ignoreErrors || mayBeGone);
  if (guard) await database.driver.execute(savepoint.set);
  try {
    await runCommands(database, action, options);
    if (guard) await database.driver.execute(savepoint.release);
  } catch (error) {
    const kind = errorClass(database, error);
    const failure = error instanceof ToolError && kind ? failureOf(error, step.migration, action) : error;
    const gone = mayBeGone && kind === "not-found";
    const forgiven =
      (gone || (action.ignoreErrors && kind !== "connection" && kind !== "busy")) && !options.signal?.aborted;
    if (!forgiven || !(failure instanceof ToolError) || !kind) throw failure;
    if (guard) {
      await database.driver.execute(savepoint.undo);
      await database.driver.execute(savepoint.release);
    }
    onEvent?.({
      type: "warning",
      message: `${gone ? "gone already" : "ignored"}: ${failure.message}`,
      migration: step.migration,
      operation: action.operation,
    });
  }
  const durationMs = Math.round(performance.now() - started);
  onEvent?.({
    type: "operation",
    migration: step.migration,
    operation: action.operation,
    title: action.title,
    durationMs,
  });
}

async function runCommands(
  database: Database,
  action: Action,
  { captured, signal, skip = 0, report, each = (_, work) => work() }: ActionOptions,
): Promise<void> {
  let done = skip;
  for (const command of action.commands.slice(skip)) {
    await letSignalsIn();
    if (signal?.aborted) throw new ToolError("cancelled", "stopped on request");
    await each(command, () => executeCommand(database, command, captured));
    done++;
    if (done < action.commands.length) await report?.(done);
  }
}

let lastTurn = performance.now();

/** A database inside the process never lets the event loop turn, so that Ctrl-C would not be heard before the end. */
async function letSignalsIn(): Promise<void> {
  if (performance.now() - lastTurn < 50) return;
  await new Promise((resolve) => setImmediate(resolve));
  lastTurn = performance.now();
}

async function executeCommand({ driver }: Database, command: Command, captured: Captured): Promise<void> {
  switch (command.kind) {
    case "execute":
      await driver.execute(command.sql);
      return;
    case "capture":
      captured.set(
        command.name,
        (await driver.query(command.sql)).map((row) => String(row["sql"])),
      );
      return;
    case "replay":
      for (const sql of captured.get(command.name) ?? []) await driver.execute(sql);
      return;
    case "check": {
      const rows = await driver.query(command.sql);
      if (rows.length > 0)
        throw new ToolError("database", command.message, { sql: command.sql, rows: rows.slice(0, 5) });
    }
  }
}

/** Rows that violate a foreign key already are not the migration's doing. */
async function violationsBefore({ driver, dialect }: Database, step: Step): Promise<ReadonlySet<string>> {
  const { foreignKeyCheck } = dialect.bookkeeping;
  if (!step.foreignKeysOff || foreignKeyCheck === undefined) return new Set();
  return new Set((await driver.query(foreignKeyCheck)).map(keyOfRow));
}

async function checkForeignKeys({ driver, dialect }: Database, step: Step, before: ReadonlySet<string>): Promise<void> {
  const { foreignKeyCheck } = dialect.bookkeeping;
  if (!step.foreignKeysOff || foreignKeyCheck === undefined) return;
  const rows = (await driver.query(foreignKeyCheck)).filter((row) => !before.has(keyOfRow(row)));
  if (rows.length === 0) return;
  const shown = rows.slice(0, 5).map(describeViolation).join("; ");
  const more = rows.length > 5 ? `; and ${rows.length - 5} more` : "";
  throw new ToolError(
    "database",
    `migration "${step.migration}" would leave ${rows.length === 1 ? "a row" : `${rows.length} rows`} pointing at nothing: ` +
      `${shown}${more}; everything was rolled back, correct the data first`,
    { migration: step.migration, rows: rows.slice(0, 20) },
  );
}

const describeViolation = (row: Row): string =>
  `row ${row["rowid"] ?? "?"} of "${row["table"]}" points at "${row["parent"]}"`;

const keyOfRow = (row: Row): string => Object.values(row).map(String).join("\0");
