import type { Command } from "../core/ddl/dialect.ts";
import type { StatementKind } from "../core/ddl/statement.ts";
import { commandsOf, type Step, sqlOf } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";

/** The statements of a step, on their way before anybody waits for an answer. */
export interface Ahead {
  /** The answer to the next of them. */
  answer(): Promise<void>;
  /** Whether the row of the history and COMMIT went out with them: then the answers decide, and nothing can be stopped halfway. */
  readonly committing: boolean;
}

/**
 * Whether the statements of a step may go out without waiting for one another. Where one fails, those after it have been sent, and the server refuses
 * them with the rest of the transaction; so they have to be godwit's own, which never end one, and no failure may be forgiven.
 */
export const goesAhead = (database: Database, step: Step, options: StepCircumstances): boolean =>
  database.driver.executeAhead !== undefined &&
  database.dialect.bookkeeping.sinceBegin !== undefined &&
  isAllOwn(database, step, options);

export interface StepCircumstances {
  readonly warnOnMissingDrop?: boolean | undefined;
  readonly lead?: readonly string[];
}

/** Whether a step is a few statements of godwit's own in a transaction, of which none may fail and nothing around them is special. */
export function isAllOwn(
  { dialect, batches }: Database,
  step: Step,
  { warnOnMissingDrop = false, lead = [] }: StepCircumstances,
): boolean {
  if (batches || step.foreignKeysOff || lead.length > 0) return false;
  const commands = commandsOf(step);
  const { place } = dialect.bookkeeping;
  return (
    commands.length > 0 &&
    commands.length <= MOST &&
    step.actions.every((action) => !action.ignoreErrors && !(action.drops && warnOnMissingDrop)) &&
    step.actions.every(({ statements }) => statements.length > 0 && statements.every(({ kind }) => own.has(kind))) &&
    commands.every((command) => command.kind === "execute" && !place?.isLeftBy(sqlOf(command)))
  );
}

/** A step of more takes so long that the ways of its statements do not count. */
const MOST = 50;

/** Those in which an author says no more than names, types and expressions. */
const own: ReadonlySet<StatementKind> = new Set([
  "createTable",
  "dropTable",
  "renameTable",
  "addColumn",
  "dropColumn",
  "renameColumn",
  "alterColumn",
  "createIndex",
  "dropIndex",
  "renameIndex",
  "addConstraint",
  "dropConstraint",
  "validateConstraint",
  "renameConstraint",
  "addForeignKey",
  "dropForeignKey",
  "addPrimaryKey",
  "dropPrimaryKey",
  "createEnum",
  "dropEnum",
  "createSequence",
  "dropSequence",
  "setComment",
]);

/**
 * Sends the statements of a step that `goesAhead`. `before` is called for each just before it is sent; where `record` sends the row of the history and says
 * so, COMMIT follows at once.
 */
export async function sendAhead(
  { driver, confirmLock }: Database,
  step: Step,
  { before, record }: { before(command: Command): Promise<void>; readonly record?: (() => boolean) | undefined },
): Promise<Ahead> {
  const answers: Promise<void>[] = [];
  const answer = (): Promise<void> => answers.shift() ?? Promise.resolve();
  for (const command of commandsOf(step)) {
    await before(command);
    try {
      const sent = driver.executeAhead?.(sqlOf(command)) ?? Promise.resolve();
      sent.catch(() => undefined);
      answers.push(sent);
    } catch (error) {
      // It is told of when its turn comes, and nothing after it is sent.
      return { answer: () => answers.shift() ?? Promise.reject(error), committing: false };
    }
  }
  // A lock that has to be confirmed is confirmed at the end, and before the commit.
  const committing = driver.commitAhead !== undefined && !confirmLock && record?.() === true;
  if (committing) driver.commitAhead?.();
  return { answer, committing };
}
