import { codeCommand } from "../ddl/code.ts";
import type { Command, Dialect } from "../ddl/dialect.ts";
import { tableImage } from "../ddl/image.ts";
import { renderStatement } from "../ddl/render.ts";
import type { Statement } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import type { LowerContext } from "../operations/define.ts";
import { apply, invert, irreversibleReason, lower, type Operation, titleOf } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";
import { namespaceNames } from "../schema/namespaces.ts";
import { findTable } from "../schema/resolve.ts";
import { splitScript } from "../sql-files/split.ts";
import { wholes } from "../sql-files/transactions.ts";
import { madeAgain } from "./made-again.ts";
import type { Migration, SqlPlace } from "./migration.ts";
import { onDatabase, tellsDatabases } from "./on-database.ts";
import { partsOfTransaction, partsOutside } from "./parts.ts";
import { type Action, commandsOf, type Plan, type Step } from "./plan.ts";
import { collapseRebuilds } from "./rebuild.ts";
import { restoredField } from "./restored.ts";
import { scriptActions } from "./script.ts";
import { settled } from "./settled.ts";
import { atOperation, ignoresErrors, replay, statesOf } from "./state.ts";
import { refuseTransactionControl } from "./transaction-control.ts";
import { refuseViewsWithoutGround } from "./view-ground.ts";

/**
 * The plan that applies migrations, in the given order, to a database that is in state `before`. Throws ToolError `state`
 * or `unsupported`, with `migration` and `operation` (an index from 0) in its data.
 */
export function planUp(request: {
  readonly pending: readonly Migration[];
  readonly before: Schema;
  readonly dialect: Dialect;
}): Plan {
  const { pending, dialect } = request;
  let before = request.before;
  const limited = isLimited(before, pending);
  const steps = pending.flatMap((migration) => {
    const drafts = migration.operations.map((operation, i) =>
      atOperation(migration, i, () => {
        const after = apply(before, operation);
        const draft = draftOf(operation, i, { before, after, dialect, limited });
        before = after;
        return draft;
      }),
    );
    checkOptions(migration, before, dialect);
    return stepsOf(migration, actionsOf(migration, drafts), { place: migration.sql?.up, dialect });
  });
  refuseViewsWithoutGround(pending, before, dialect);
  return { direction: "up", steps };
}

/** What options of a table speak of may come after them in the same migration. */
function checkOptions(migration: Migration, after: Schema, dialect: Dialect): void {
  if (!dialect.checkOptions) return;
  for (const [i, operation] of migration.operations.entries()) {
    const table = operation.kind === "setTableOptions" && findTable(after, operation.table);
    if (table) atOperation(migration, i, () => dialect.checkOptions?.(tableImage(after, table.name, dialect)));
  }
}

/**
 * The plan that rolls migrations back. Each inverse is made from the state that its operation found, so that a migration may
 * undo what it did itself. Throws ToolError `irreversible`, `state` or `unsupported` as `planUp` does, before anything runs.
 */
export function planDown(request: {
  /** Newest first. */
  readonly rollback: readonly Migration[];
  /** All that is applied, `rollback` included, each after those it depends on. */
  readonly applied: readonly Migration[];
  /** What was there before all of them; absent: nothing. */
  readonly from?: Schema;
  readonly dialect: Dialect;
}): Plan {
  const { rollback, applied, from, dialect } = request;
  const names = new Set(rollback.map((m) => m.name));
  let state = replay(
    applied.filter((m) => !names.has(m.name)),
    from,
  );
  const forward = rollback.toReversed().map((migration) => {
    const states = statesOf(migration, state);
    state = states.at(-1) ?? state;
    return { migration, states };
  });
  const limited = forward.some(({ migration, states: [first] }) => first && isLimited(first, [migration]));
  const steps = forward.toReversed().flatMap(({ migration, states }) => {
    const drafts = migration.operations
      .map((operation, i) =>
        atOperation(migration, i, () => undo(operation, i, { migration, states, dialect, limited })),
      )
      .toReversed()
      .flat();
    return stepsOf(migration, actionsOf(migration, drafts), { place: migration.sql?.down, dialect });
  });
  return { direction: "down", steps };
}

interface Undoing {
  readonly migration: Migration;
  readonly states: readonly Schema[];
  readonly dialect: Dialect;
  readonly limited: boolean;
}

/** Whether some of it is for some databases only. */
const isLimited = (before: Schema, migrations: readonly Migration[]): boolean =>
  tellsDatabases(
    before,
    migrations.flatMap(({ operations }) => operations),
  );

/** The actions that take back the operation at `index`, between the two states around it. */
function undo(operation: Operation, index: number, { migration, states, dialect, limited }: Undoing): readonly Draft[] {
  const [before, after] = states.slice(index, index + 2);
  if (!before || !after) throw new ToolError("internal", `no state around operation ${index + 1}`);
  const inverse = invert(operation, before);
  if (!inverse) {
    throw irreversible(operation, migration);
  }
  let here = after;
  return inverse.map((part) => {
    const next = apply(here, part);
    const restores = part.kind === "addField" && restoredField(part, states.slice(0, index + 1));
    const draft = draftOf(part, index, { before: here, after: next, dialect, limited, ...(restores && { restores }) });
    here = next;
    return broughtBack(draft);
  });
}

/** A function may name a table that still has another name: its own operation is taken back later. */
const broughtBack = ({ action, context }: Draft): Draft => ({
  action: {
    ...action,
    statements: action.statements.map((statement) =>
      statement.kind === "createObject" || statement.kind === "replaceObject"
        ? { ...statement, broughtBack: true }
        : statement,
    ),
  },
  context,
});

function irreversible(operation: Operation, { sql }: Migration): ToolError {
  const title = titleOf(operation);
  const why = irreversibleReason(operation);
  if (why !== undefined)
    return new ToolError("irreversible", `it has no way back: ${why}; go forward with a new migration`, { title, why });
  const how = sql?.wayBack ?? (operation.kind === "runCode" ? "a backward function" : "backward SQL");
  return new ToolError(
    "irreversible",
    `it has no way back; give it one where it can have it (${how}), or go forward with a new migration`,
    { title },
  );
}

/** An action whose statements are not rendered yet. */
interface Draft {
  readonly action: Omit<Action, "commands">;
  readonly context: LowerContext;
}

/** `limited`: some of the schema is for some databases only. */
function draftOf(
  operation: Operation,
  index: number,
  { limited, ...whole }: LowerContext & { readonly limited: boolean },
): Draft {
  const standing = limited ? onDatabase({ operation, context: whole }) : [{ operation, context: whole }];
  const parts = standing.map(({ operation: part, context }) => {
    const lowered = settled(lower(part, context), context);
    refuseKeys(lowered, context);
    return { lowered, statements: collapseRebuilds(lowered, context) };
  });
  const lowered = parts.flatMap((part) => part.lowered);
  const statements = parts.flatMap((part) => part.statements);
  const action = {
    operation: index,
    title: titleOf(operation),
    ignoreErrors: ignoresErrors(operation),
    ...(lowered.length > 0 && lowered.every(({ kind }) => kind.startsWith("drop")) && { drops: true as const }),
    statements,
  };
  return { action, context: whole };
}

/** Foreign keys that the database would not have beside each other. */
function refuseKeys(statements: readonly Statement[], { before, after, dialect }: LowerContext): void {
  if (!dialect.refusedKeys || !statements.some(hasKey)) return;
  const why = dialect.refusedKeys(after.tables);
  if (why !== undefined && why !== dialect.refusedKeys(before.tables))
    throw new ToolError("unsupported", why, { dialect: dialect.name });
}

const hasKey = (statement: Statement): boolean =>
  statement.kind === "addForeignKey" || (statement.kind === "createTable" && statement.table.foreignKeys.length > 0);

/** What a migration drops and makes again is told only by all that it does. */
function actionsOf(migration: Migration, drafts: readonly Draft[]): readonly Action[] {
  const again = madeAgain(drafts.flatMap(({ action }) => action.statements));
  return drafts.map(({ action, context }) =>
    atOperation(migration, action.operation, () => {
      const { statements: given } = action;
      const statements = again.size === 0 ? given : given.map((statement) => markAgain(statement, again));
      const commands = statements.flatMap((statement) => commandsFor(statement, action.operation, context));
      return { ...action, statements, commands };
    }),
  );
}

const markAgain = (statement: Statement, again: ReadonlySet<Statement>): Statement =>
  again.has(statement) ? ({ ...statement, again: true } as Statement) : statement;

/** An author's SQL is run statement by statement, so that each can be counted, and told apart where one fails. */
function commandsFor(statement: Statement, operation: number, context: LowerContext): readonly Command[] {
  const { dialect } = context;
  if (statement.kind === "runCode")
    return renderStatement(statement, dialect).map((command) =>
      command.kind === "code" ? codeCommand(statement, operation) : command,
    );
  if (statement.kind !== "sql") return renderStatement(statement, dialect, namespacesAround(context));
  const parts = wholes(statement.text, splitScript(statement.text, dialect.scriptSyntax));
  return parts.flatMap(({ text }) => renderStatement({ kind: "sql", text }, dialect));
}

/** The namespaces before an operation and after it. */
const namespacesAround = ({ before, after }: LowerContext): readonly string[] =>
  before.namespaces || after.namespaces ? [...new Set([before, after].flatMap(namespaceNames))] : [];

function stepsOf(
  migration: Migration,
  given: readonly Action[],
  { place, dialect }: { place: SqlPlace | undefined; dialect: Dialect },
): readonly Step[] {
  const actions = place ? scriptActions(given, place, dialect) : given;
  const { transaction, limits } = place ?? migration;
  if (transaction) for (const action of actions) checkSql(migration, action, dialect);
  const parts = transaction ? partsOfTransaction(actions, dialect) : partsOutside(actions, dialect);
  let position = 0;
  return parts.map((part): Step => {
    const step = {
      migration: migration.name,
      checksum: migration.checksum,
      ...part,
      ...(!transaction && { apart: true as const }),
      ...(limits && { limits }),
      ...(migration.replaces.length > 0 && { replaces: migration.replaces }),
      ...(migration.code && part.actions.some(callsCode) && { code: migration.code, file: migration.file }),
      position,
      foreignKeysOff: dialect.capabilities.foreignKeysOffForDdl && part.actions.some(replacesTable),
    };
    position += commandsOf(step).length;
    return step;
  });
}

/** Dropping or rebuilding a table deletes its rows, which enforced foreign keys would pass on to rows of other tables. */
const replacesTable = ({ statements }: Action): boolean =>
  statements.some(({ kind }) => kind === "rebuildTable" || kind === "dropTable");

const callsCode = ({ commands }: Action): boolean => commands.some(({ kind }) => kind === "code");

function checkSql(migration: Migration, { operation, statements }: Action, { scriptSyntax }: Dialect): void {
  const texts = statements.flatMap((statement) => (statement.kind === "sql" ? statement.text : []));
  for (const text of texts) atOperation(migration, operation, () => refuseTransactionControl(text, scriptSyntax));
}
