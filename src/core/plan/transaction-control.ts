import { ToolError } from "../errors.ts";
import { splitScript } from "../sql-files/split.ts";
import type { ScriptSyntax } from "../sql-files/syntax.ts";
import { controlOf } from "../sql-files/transactions.ts";

/**
 * Throws ToolError `unsupported` when SQL begins or ends a transaction. Within that of a migration, COMMIT would make a
 * failure after it impossible to undo, and the databases say nothing or something else. Savepoints are fine.
 */
export function refuseTransactionControl(sql: string, syntax: ScriptSyntax): void {
  const found = splitScript(sql, syntax).find(({ text }) => controlOf(text));
  if (found === undefined) return;
  const word = /^\w+/.exec(found.text)?.[0].toUpperCase();
  throw new ToolError(
    "unsupported",
    `its SQL says ${word}, and the migration runs in a transaction already; leave that to godwit, or give the migration "transaction: false"`,
    { word },
  );
}
