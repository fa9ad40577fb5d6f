import type { Row } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Step } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";

/** Rows that violate a foreign key already are not the migration's doing. */
export async function violationsBefore({ driver, dialect }: Database, step: Step): Promise<readonly Row[]> {
  const { foreignKeyCheck } = dialect.bookkeeping;
  if (!step.foreignKeysOff || foreignKeyCheck === undefined) return [];
  return driver.query(foreignKeyCheck);
}

/** Throws ToolError `database` when a step that ran with foreign keys off leaves rows behind that point at nothing. */
export async function checkForeignKeys(
  { driver, dialect, batches }: Database,
  step: Step,
  before: readonly Row[],
): Promise<void> {
  const { foreignKeyCheck } = dialect.bookkeeping;
  if (!step.foreignKeysOff || foreignKeyCheck === undefined) return;
  if (batches?.isOpen()) return batches.refuseViolations(before, messageOf(step, "rows", "{rows}"));
  const known = new Set(before.map(keyOfRow));
  const rows = (await driver.query(foreignKeyCheck)).filter((row) => !known.has(keyOfRow(row)));
  if (rows.length === 0) return;
  const shown = rows.slice(0, 5).map(describeViolation).join("; ");
  const more = rows.length > 5 ? `; and ${rows.length - 5} more` : "";
  const message = messageOf(step, rows.length === 1 ? "a row" : `${rows.length} rows`, `${shown}${more}`);
  throw new ToolError("database", message, { migration: step.migration, rows: rows.slice(0, 20) });
}

const messageOf = ({ migration }: Step, many: string, shown: string): string =>
  `migration "${migration}" would leave ${many} pointing at nothing: ${shown}; everything was rolled back, correct the data first`;

const describeViolation = (row: Row): string =>
  `row ${row["rowid"] ?? "?"} of "${row["table"]}" points at "${row["parent"]}"`;

const keyOfRow = (row: Row): string => Object.values(row).map(String).join("\0");
