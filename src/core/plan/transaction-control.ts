import { ToolError } from "../errors.ts";

/**
 * Throws ToolError `unsupported` when SQL begins or ends a transaction. Within that of a migration, COMMIT would make a
 * failure after it impossible to undo, and the databases say nothing or something else. Savepoints are fine.
 */
export function refuseTransactionControl(sql: string): void {
  const found = statementsOf(sql).find((statement) => control.test(statement));
  if (found === undefined) return;
  const word = found.trim().split(/\s+/, 1)[0]?.toUpperCase();
  throw new ToolError(
    "unsupported",
    `its SQL says ${word}, and the migration runs in a transaction already; leave that to godwit, or give the migration "transaction: false"`,
    { word },
  );
}

/** `END` is left out: it also ends the body of a trigger, and hardly anybody ends a transaction with it. */
const control =
  /^\s*(?:BEGIN|START\s+TRANSACTION|COMMIT|ABORT|PREPARE\s+TRANSACTION|ROLLBACK(?!\s+(?:WORK\s+|TRANSACTION\s+)?TO\b))\b/i;

/** The text between semicolons, without comments, and without what stands in quotes. */
const statementsOf = (sql: string): readonly string[] => sql.replace(hidden, " ").split(";");

/** Comments, strings (PostgreSQL's with backslashes and those between dollars too) and quoted names. */
const hidden =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\b[eE]'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\$(\w*)\$[\s\S]*?\$\1\$/g;
