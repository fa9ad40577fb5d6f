import type { PlannedStatement } from "../core/plan/describe.ts";
import type { PlannedInTrack } from "../runtime/tasks/up.ts";

/**
 * Planned SQL for people: a comment per migration, each statement with its semicolon. The queries by which a plan makes sure of
 * what it finds are only counted, unless `all` asks for them.
 */
export const sqlText = (migrations: readonly PlannedInTrack[], all: boolean): string =>
  migrations.map((migration) => migrationText(migration, all)).join("\n\n");

/** One statement with its semicolon, and a comment where it is only a query of the plan. */
export function statementText({ sql, purpose }: PlannedStatement): string {
  if (purpose === "code") return sql;
  const note = { capture: "-- kept, and executed again afterwards:\n", check: "-- must return no row:\n" };
  return `${purpose ? note[purpose] : ""}${sql.trimEnd().replace(/;$/, "")};`;
}

function migrationText({ name, track, statements }: PlannedInTrack, all: boolean): string {
  const shown = all ? statements : statements.filter(({ purpose }) => purpose === undefined || purpose === "code");
  const hidden = statements.length - shown.length;
  const steps = statements.at(-1)?.step ?? 1;
  const queries = hidden === 1 ? "a query" : `${hidden} queries`;
  const note = hidden > 0 ? [`-- and ${queries} to check and to keep what is there; --verbose shows all`] : [];
  return [`-- ${track === undefined ? name : `${track}/${name}`}`, ...shown.map(textIn(steps)), ...note].join("\n");
}

/** Where a migration has several steps, a comment says where each begins. */
const textIn =
  (steps: number) =>
  (statement: PlannedStatement, i: number, all: readonly PlannedStatement[]): string => {
    const { step, transaction } = statement;
    const begins = steps > 1 && all[i - 1]?.step !== step;
    const how = transaction ? "a transaction" : "by itself";
    return `${begins ? `-- step ${step} of ${steps}, ${how}\n` : ""}${statementText(statement)}`;
  };
