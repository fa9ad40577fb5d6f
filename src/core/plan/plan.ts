import type { Command } from "../ddl/dialect.ts";
import type { StatementLimits } from "../ddl/limits.ts";
import type { Statement } from "../ddl/statement.ts";
import type { Position } from "../errors.ts";
import type { MigrationCode } from "./migration.ts";

/** What would take a database from here to there, in order. */
export interface Plan {
  readonly direction: "up" | "down";
  readonly steps: readonly Step[];
}

/**
 * What one migration does in one go: it commits as a whole, or is one command that stands alone. A migration makes several steps, one behind the
 * other, when something in it cannot be part of a transaction; one without operations makes an empty one.
 */
export interface Step {
  readonly migration: string;
  readonly checksum: string;
  readonly transaction: boolean;
  /** What its migration says that its statements may take. */
  readonly limits?: StatementLimits;
  /** The author's own words that open the transaction, where those count. */
  readonly begin?: string;
  /** Set where the author wants no transaction around the migration: it shares none with others either. */
  readonly apart?: true;
  /** Commands that the steps of the migration before this one have. */
  readonly position: number;
  /** Runs with foreign key enforcement off (a table is rebuilt or dropped). */
  readonly foreignKeysOff: boolean;
  readonly actions: readonly Action[];
  /** What its migration stands for: of that, nothing is applied any more when it is rolled back. */
  readonly replaces?: readonly string[];
  /** Where one of them calls functions of the migration file: what that is evaluated from, and what people call it. */
  readonly code?: MigrationCode;
  readonly file?: string;
}

/** One operation (or one part of an inverse), or what of it belongs to one step, with the commands that carry it out. */
export interface Action {
  /** Index of the operation in its migration, from 0. */
  readonly operation: number;
  /** The operation's one-line title. */
  readonly title: string;
  /** Where its one statement begins, in a migration that is written in SQL. */
  readonly source?: Position;
  /** Failures are reported as warnings and the run goes on. */
  readonly ignoreErrors: boolean;
  /** All it does is to drop something. A run may be told to go on where that is gone already. */
  readonly drops?: true;
  readonly statements: readonly Statement[];
  readonly commands: readonly Command[];
}

export const commandsOf = (step: Step): readonly Command[] => step.actions.flatMap((action) => action.commands);

/** The SQL of a command; of one that replays what was captured, none. */
export const sqlOf = (command: Command | undefined): string => (command && "sql" in command ? command.sql : "");

/** The steps of one migration. */
export type Steps = readonly [Step, ...Step[]];

/** The steps of each migration, in the order of the plan. */
export function byMigration(plan: Plan): readonly Steps[] {
  const groups: [Step, ...Step[]][] = [];
  for (const step of plan.steps) {
    const group = groups.at(-1);
    if (group?.[0].migration === step.migration) group.push(step);
    else groups.push([step]);
  }
  return groups;
}
