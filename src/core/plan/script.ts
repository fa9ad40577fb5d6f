import type { Dialect } from "../ddl/dialect.ts";
import { renderStatement } from "../ddl/render.ts";
import type { Position } from "../errors.ts";
import { titleOf } from "../operations/index.ts";
import { type ScriptStatement, splitScript } from "../sql-files/split.ts";
import { reconcileTransactions } from "../sql-files/transactions.ts";
import type { SqlPlace } from "./migration.ts";
import type { Action } from "./plan.ts";

/**
 * The SQL of a file, statement by statement: each is an action of its own, which is counted when it is done and knows its place in the
 * file. Splitting waits until here because only the dialect knows how its scripts are read. Throws ToolError `migration` for
 * statements that would end the migration's transaction.
 */
export const scriptActions = (actions: readonly Action[], place: SqlPlace, dialect: Dialect): readonly Action[] =>
  actions.flatMap((action) =>
    action.statements.flatMap((statement) =>
      statement.kind === "sql" ? split(action, statement.text, place, dialect) : [action],
    ),
  );

function split(action: Action, script: string, place: SqlPlace, dialect: Dialect): readonly Action[] {
  const locate = ({ offset }: ScriptStatement): Position => positionIn(script, offset, place);
  const found = splitScript(script, dialect.scriptSyntax);
  return reconcileTransactions(script, found, place.transaction, locate).map((part): Action => {
    const statement = { kind: "sql", text: part.text } as const;
    return {
      ...action,
      title: titleOf({ kind: "runSQL", forward: part.text }),
      source: locate(part),
      statements: [statement],
      commands: renderStatement(statement, dialect),
    };
  });
}

function positionIn(script: string, offset: number, { file, line }: SqlPlace): Position {
  const before = script.slice(0, offset).split("\n");
  return { file, line: line + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 };
}
