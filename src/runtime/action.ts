import type { Command, SqlCommand } from "../core/ddl/dialect.ts";
import { savepointOf } from "../core/ddl/savepoint.ts";
import { ToolError } from "../core/errors.ts";
import { failureOf } from "../core/plan/failure.ts";
import type { Action, Step } from "../core/plan/plan.ts";
import { executeCode } from "./code.ts";
import { type Database, errorClass } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { tellingStatement } from "./statement-events.ts";

/** Name → texts that a `capture` command has kept. */
export type Captured = Map<string, readonly string[]>;

export interface ActionOptions {
  readonly captured: Captured;
  /** Whether a failure that is ignored must not take the transaction with it. */
  readonly guard: boolean;
  /** Stands around each command. */
  readonly each?: (command: Command, work: () => Promise<void>) => Promise<void>;
  readonly warnOnMissingDrop?: boolean | undefined;
  /** Where the statements are on their way already: the answer to the next one. */
  readonly answer?: (() => Promise<void>) | undefined;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Carries out one action. Throws ToolError `database` with the migration, the operation and the SQL, or `cancelled`. */
export async function runAction(database: Database, step: Step, action: Action, options: ActionOptions): Promise<void> {
  const started = performance.now();
  const { onEvent } = options;
  const mayBeGone = Boolean(options.warnOnMissingDrop && action.drops);
  const guard = options.guard && (action.ignoreErrors || mayBeGone);
  const { batches } = database;
  if (batches?.isOpen()) {
    if (guard) throw cannotIgnore(step, action);
    batches.about((error) => failureOf(error, step.migration, action));
  }
  if (guard && database.dialect.capabilities.noSavepoints) throw cannotGoBack(step, action, database.dialect.title);
  const savepoint = savepointOf(database.dialect);
  if (guard) await database.driver.execute(savepoint.set);
  try {
    await runCommands(database, step, action, options);
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
  batches?.about(undefined);
  const done = {
    type: "operation",
    migration: step.migration,
    operation: action.operation,
    title: action.title,
  } as const;
  if (batches?.isOpen()) return batches.whenDone(() => onEvent?.(done));
  onEvent?.({ ...done, durationMs: Math.round(performance.now() - started) });
}

async function runCommands(
  database: Database,
  step: Step,
  { operation, title, commands }: Action,
  { captured, onEvent, signal, answer, each = (_, work) => work() }: ActionOptions,
): Promise<void> {
  const { migration } = step;
  for (const command of commands) {
    await letSignalsIn();
    if (signal?.aborted) throw new ToolError("cancelled", "stopped on request");
    const work = (): Promise<void> =>
      command.kind === "code"
        ? executeCode(database, command, { step, operation, title, onEvent, signal })
        : (answer?.() ?? executeCommand(database, command, captured));
    await each(command, () => tellingStatement(database, command, { migration, operation, onEvent }, work));
  }
}

let lastTurn = performance.now();

/** A database inside the process never lets the event loop turn, so that Ctrl-C would not be heard before the end. */
async function letSignalsIn(): Promise<void> {
  if (performance.now() - lastTurn < 50) return;
  await new Promise((resolve) => setImmediate(resolve));
  lastTurn = performance.now();
}

/** What failed in a batch has taken all of it along. */
const cannotIgnore = ({ migration }: Step, action: Action): ToolError =>
  new ToolError(
    "unsupported",
    `migration "${migration}", operation ${action.operation + 1} (${action.title}): its errors are to be ignored, and this database runs a migration as one request, of which nothing is left when a statement fails; write the statement so that it does not fail (IF EXISTS), or leave out what ignores errors`,
    { migration, operation: action.operation },
  );

/** The transaction would be lost with the first error. */
const cannotGoBack = ({ migration }: Step, action: Action, title: string): ToolError =>
  new ToolError(
    "unsupported",
    `migration "${migration}", operation ${action.operation + 1} (${action.title}): its errors are to be ignored, and ${title} has no savepoint to go back to when it fails; write the statement so that it does not fail (IF EXISTS), or give the migration transaction: false`,
    { migration, operation: action.operation },
  );

async function executeCommand({ driver, batches }: Database, command: SqlCommand, captured: Captured): Promise<void> {
  const batch = batches?.isOpen() ? batches : undefined;
  switch (command.kind) {
    case "execute":
      while ((await driver.execute(command.sql)).changes > 0 && command.untilUnchanged);
      return;
    case "capture": {
      const texts = batch
        ? await batch.textsOf(command.sql)
        : (await driver.query(command.sql)).map((row) => String(row["sql"]));
      captured.set(command.name, texts);
      batch?.refuseUnlessSame(command.sql, texts, changedBefore);
      return;
    }
    case "replay":
      for (const sql of captured.get(command.name) ?? []) await driver.execute(sql);
      return;
    case "check": {
      if (batch) return batch.refuseIf(command.sql, command.message);
      const rows = await driver.query(command.sql);
      if (rows.length > 0)
        throw new ToolError("database", command.message, { check: command.sql, rows: rows.slice(0, 5) });
    }
  }
}

/** Whether a batch was refused because what it captures is made or changed by the batch itself. */
export const isChangedBefore = (error: unknown): boolean =>
  error instanceof ToolError && error.message.includes(changedBefore);

const changedBefore =
  "what is to be made again after the table was rebuilt (triggers, indexes, views) was changed before it: if it was this migration, put the rebuild into one of its own";
