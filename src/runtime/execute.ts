import type { Command } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { commandsOf, type Step, sqlOf } from "../core/plan/plan.ts";
import { isChangedBefore, runAction } from "./action.ts";
import { goesAhead, sendAhead } from "./ahead.ts";
import type { Database } from "./database.ts";
import type { OnEvent } from "./events.ts";
import { checkForeignKeys, violationsBefore } from "./foreign-key-check.ts";
import { type LimitSetter, limitSetter } from "./limit-setter.ts";
import { type LimitSources, limitsFor, retriesOf } from "./limits.ts";
import { type Attempt, patiently } from "./patience.ts";
import { sessionToWatch } from "./progress-view.ts";
import { keepingPlace } from "./session-place.ts";
import { inTransaction } from "./transaction.ts";

export interface StepOptions {
  /** What leads the session to where the step is meant to be done. */
  readonly lead?: readonly string[];
  /** Writes down that a step is done; inside its transaction if it has one. */
  readonly record?: (step: Step) => Promise<void>;
  /** Sends the same with the statements that it is about; false where it cannot be told then. */
  readonly recordBefore?: () => boolean;
  /** Asked of several steps when one is done: the others are left then, and what is done is committed. */
  readonly enough?: () => boolean;
  /** Where what is to be dropped is gone already, warn and go on. */
  readonly warnOnMissingDrop?: boolean | undefined;
  /** What the statements may take. What waits too long for a lock is tried again: the transaction, or the statement that stands alone. */
  readonly limits?: LimitSources | undefined;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does a step to the database. In a transaction it is all or nothing, `record` included. Throws ToolError `database` with the migration, the
 * operation and the SQL, or `cancelled`.
 */
export const executeStep = (database: Database, step: Step, options: StepOptions = {}): Promise<void> =>
  batchedIfPossible(database, [step], options, () =>
    withForeignKeys(database, { off: step.foreignKeysOff, whole: step.transaction }, () =>
      step.transaction ? runAsWhole(database, [step], options) : runAlone(database, step, options),
    ),
  );

/** Does several steps, each of which has a transaction, in one: all or nothing. Throws what `executeStep` throws. */
export const executeTogether = (database: Database, steps: readonly Step[], options: StepOptions = {}): Promise<void> =>
  batchedIfPossible(database, steps, options, () =>
    withForeignKeys(database, { off: steps.some((step) => step.foreignKeysOff), whole: true }, () =>
      runAsWhole(database, steps, options),
    ),
  );

/**
 * Where the database takes transactions both ways, what a batch cannot say is done statement by statement. Where it does not, a batch that captures what it
 * makes itself is put together again, with a look at each capture.
 */
async function batchedIfPossible(
  { batches }: Database,
  steps: readonly Step[],
  { warnOnMissingDrop }: StepOptions,
  work: () => Promise<void>,
): Promise<void> {
  if (!batches) return work();
  const { singly, looking } = batches;
  if (!singly) return unlessChanged(work, () => (looking ? looking(work) : work()));
  const mayFail = steps.some((step) =>
    step.actions.some((action) => action.ignoreErrors || (action.drops && warnOnMissingDrop)),
  );
  if (mayFail || !steps.flatMap(commandsOf).every(({ kind }) => batchable.has(kind))) return singly(work);
  await unlessChanged(work, () => singly(work));
}

/** Does the other in its place when a batch captured what it made itself: nothing of it is left then. */
const unlessChanged = (work: () => Promise<void>, other: () => Promise<void>): Promise<void> =>
  work().catch((error: unknown) => (isChangedBefore(error) ? other() : Promise.reject(error)));

/** All else has to see what the transaction has done so far. */
const batchable: ReadonlySet<string> = new Set(["execute", "capture", "replay", "check"]);

async function withForeignKeys(
  database: Database,
  { off, whole }: { readonly off: boolean; readonly whole: boolean },
  work: () => Promise<void>,
): Promise<void> {
  const { bookkeeping } = database.dialect;
  if (!off) return work();
  if (whole && database.batches?.inUse()) {
    return database.batches.around({ before: bookkeeping.foreignKeysOff, after: bookkeeping.foreignKeysOn }, work);
  }
  await executeAll(database, bookkeeping.foreignKeysOff);
  try {
    await work();
  } catch (error) {
    // Of two errors the first is the one to report; the connection does not outlive it.
    await executeAll(database, bookkeeping.foreignKeysOn).catch(() => undefined);
    throw error;
  }
  await executeAll(database, bookkeeping.foreignKeysOn);
}

async function runAsWhole(database: Database, steps: readonly Step[], options: StepOptions): Promise<void> {
  const [first] = steps;
  if (!first) return;
  const local = database.dialect.bookkeeping.limits.transaction !== undefined;
  const session = limitSetter(database, false);
  const ahead = new Set(steps.filter((step) => goesAhead(database, step, options)));
  // There is no asking for it once statements are on their way.
  if (options.onEvent && ahead.size > 0) await sessionToWatch(database);
  if (!local) await session.set(limitsFor(database, options.limits, first.limits, commandsOf(first)[0]));
  const attempt = attemptOf(database, first, options, { commands: steps.flatMap(commandsOf), inTransaction: true });
  const work = (): Promise<void> =>
    inTransaction(
      database,
      async () => {
        // What an attempt has set goes with it when it is rolled back.
        const limits = local ? limitSetter(database, true) : session;
        for (const step of steps) {
          await runInTransaction(database, step, options, { limits, ahead: ahead.has(step) });
          if (options.enough?.()) break;
        }
        await database.confirmLock?.();
      },
      first.begin,
    );
  try {
    await patiently(database, attempt, work);
  } finally {
    await session.reset().catch(() => undefined);
  }
}

async function runInTransaction(
  database: Database,
  step: Step,
  options: StepOptions,
  { limits, ahead: goes }: { readonly limits: LimitSetter; readonly ahead: boolean },
): Promise<void> {
  const { onEvent, signal, warnOnMissingDrop } = options;
  const limit = (command: Command | undefined): Promise<void> =>
    limits.set(limitsFor(database, options.limits, step.limits, command));
  await limit(commandsOf(step)[0]);
  database.batches?.mark();
  const violations = await violationsBefore(database, step);
  if (goes && signal?.aborted) throw new ToolError("cancelled", "stopped on request");
  const ahead = goes ? await sendAhead(database, step, { before: limit, record: options.recordBefore }) : undefined;
  const committing = ahead?.committing;
  const common = {
    captured: new Map(),
    onEvent,
    warnOnMissingDrop,
    guard: true,
    ...(ahead ? { answer: ahead.answer } : { each: limited(database, step, options, limits) }),
    ...(!committing && { signal }),
  };
  const work = async (): Promise<void> => {
    for (const action of step.actions) {
      await runAction(database, step, action, common);
      if (action.ignoreErrors || (action.drops && warnOnMissingDrop)) limits.forget();
    }
  };
  await (goes ? work() : inPlace(database, step, options, work));
  await checkForeignKeys(database, step, violations);
  if (!committing) await options.record?.(step);
}

/** Sets the limits for each command before it runs. */
const limited =
  (database: Database, step: Step, options: StepOptions, limits: LimitSetter) =>
  async (command: Command, work: () => Promise<void>): Promise<void> => {
    await limits.set(limitsFor(database, options.limits, step.limits, command));
    await work();
  };

async function runAlone(database: Database, step: Step, options: StepOptions): Promise<void> {
  const { record, onEvent, signal, warnOnMissingDrop } = options;
  const limits = limitSetter(database, false);
  try {
    await limits.set(limitsFor(database, options.limits, step.limits, commandsOf(step)[0]));
    const each = (command: Command, work: () => Promise<void>): Promise<void> =>
      runPiece(database, step, options, {
        command,
        work: () => limited(database, step, options, limits)(command, work),
      });
    const common = { captured: new Map(), onEvent, signal, warnOnMissingDrop, guard: false, each };
    await inPlace(database, step, options, async () => {
      for (const action of step.actions) await runAction(database, step, action, common);
    });
  } finally {
    // When even this fails, the connection is gone, and its limits with it.
    await limits.reset().catch(() => undefined);
  }
  await record?.(step);
}

const inPlace = (
  database: Database,
  step: Step,
  { lead = [] }: StepOptions,
  work: () => Promise<void>,
): Promise<void> =>
  keepingPlace(database, [...lead, ...commandsOf(step).map(sqlOf)], async () => {
    await executeAll(database, lead);
    await work();
  });

/** One command that commits by itself; where being cut short would leave it half-done, it is not tried again. */
async function runPiece(
  database: Database,
  step: Step,
  options: StepOptions,
  { command, work }: { readonly command: Command; readonly work: () => Promise<void> },
): Promise<void> {
  await database.confirmLock?.();
  if (command.kind === "execute" && database.dialect.bookkeeping.limits.patient(command.sql)) return work();
  if (database.pooled) options.onEvent?.({ type: "warning", migration: step.migration, message: unlimited });
  await patiently(database, attemptOf(database, step, options, { commands: [command], inTransaction: false }), work);
}

const unlimited =
  "no limit of godwit counts behind a pooler for a statement that stands alone: it waits for locks as long as the server lets it";

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
    retries: retriesOf(limits),
    repeatable: commands.every((command) => command.kind !== "execute" || repeatable(command.sql, whole)),
    onEvent,
    signal,
  };
}
