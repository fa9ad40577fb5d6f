import type { Row } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Step } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";

/** Rows that violate a foreign key already are not the migration's doing. */
export async function violationsBefore({ driver, dialect }: Database, step: Step): Promise<ReadonlySet<string>> {
  const { foreignKeyCheck } = dialect.bookkeeping;
  if (!step.foreignKeysOff || foreignKeyCheck === undefined) return new Set();
  return new Set((await driver.query(foreignKeyCheck)).map(keyOfRow));
}

/** Throws ToolError `database` when a step that ran with foreign keys off leaves rows behind that point at nothing. */
export async function checkForeignKeys(
  { driver, dialect }: Database,
  step: Step,
  before: ReadonlySet<string>,
): Promise<void> {
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
