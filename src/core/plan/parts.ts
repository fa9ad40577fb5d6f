import type { Command, Dialect } from "../ddl/dialect.ts";
import { ToolError } from "../errors.ts";
import { splitScript } from "../sql-files/split.ts";
import { controlOf } from "../sql-files/transactions.ts";
import type { Action } from "./plan.ts";

/** What of a migration is done or not done as one. */
export interface Part {
  readonly transaction: boolean;
  readonly begin?: string;
  readonly actions: readonly Action[];
}

/** With a transaction: as few parts as possible, cut only at what cannot be in one. */
export function partsOfTransaction(actions: readonly Action[], dialect: Dialect): readonly Part[] {
  const isCut = actions.some(({ commands }) => commands.some((command) => cannotBeInside(command, dialect)));
  if (!isCut) return [{ transaction: true, actions }];
  const parts: { transaction: boolean; actions: Action[] }[] = [];
  for (const piece of actions.flatMap((action) => piecesOf(action, (command) => cannotBeInside(command, dialect)))) {
    const last = parts.at(-1);
    if (last?.transaction && !piece.alone) last.actions.push(piece.action);
    else parts.push({ transaction: !piece.alone, actions: [piece.action] });
  }
  return parts;
}

/**
 * Without one: an operation is a part, and so is every statement of its author's SQL, or what stands between BEGIN and COMMIT there. A
 * part still is a transaction where it can, so that it is done or not done together with the note that says so.
 */
export function partsOutside(actions: readonly Action[], dialect: Dialect): readonly Part[] {
  const parts = actions.flatMap((action): readonly Part[] =>
    action.statements.some(({ kind }) => kind === "sql")
      ? action.commands.map((command) => partOf(action, command, dialect))
      : partsOfTransaction([action], dialect),
  );
  return parts.length > 0 ? parts : [{ transaction: true, actions: [] }];
}

function partOf(action: Action, command: Command, { bookkeeping, scriptSyntax }: Dialect): Part {
  const piece = { ...action, commands: [command] };
  if (command.kind !== "execute") return { transaction: true, actions: [piece] };
  const [first = "", ...rest] = splitScript(command.sql, scriptSyntax).map(({ text }) => text);
  const end = controlOf(rest.at(-1) ?? "");
  if (controlOf(first) === undefined)
    return { transaction: bookkeeping.standsAlone(command.sql) === "never", actions: [piece] };
  if (end === undefined)
    throw new ToolError(
      "migration",
      `operation ${action.operation + 1} (${action.title}): its SQL says "${first}", and what belongs to that is not in the same operation; put BEGIN and COMMIT into one text, or leave both out`,
      { operation: action.operation },
    );
  if (end === "rollback") return { transaction: false, actions: [piece] };
  const commands = rest.slice(0, -1).map((sql): Command => ({ kind: "execute", sql }));
  return { transaction: true, begin: first, actions: [{ ...action, commands }] };
}

const cannotBeInside = (command: Command, { bookkeeping }: Dialect): boolean =>
  command.kind === "execute" && (command.untilUnchanged || bookkeeping.standsAlone(command.sql) === "always");

interface Piece {
  readonly action: Action;
  readonly alone: boolean;
}

/** An action as it is, or cut where some of its commands stand alone. */
function piecesOf(action: Action, standsAlone: (command: Command) => boolean): readonly Piece[] {
  if (!action.commands.some(standsAlone)) return [{ action, alone: false }];
  const groups: { alone: boolean; commands: Command[] }[] = [];
  for (const command of action.commands) {
    const alone = standsAlone(command);
    const last = groups.at(-1);
    if (last && !alone && !last.alone) last.commands.push(command);
    else groups.push({ alone, commands: [command] });
  }
  return groups.map(({ alone, commands }) => ({ alone, action: { ...action, commands } }));
}
