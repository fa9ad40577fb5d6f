import type { PlannedStatement } from "../core/plan/describe.ts";
import type { PlannedInTrack } from "../runtime/tasks/up.ts";

/**
 * Planned SQL for people: a comment per migration, each statement with its semicolon. The queries by which a plan makes sure of
 * what it finds are only counted, unless `all` asks for them.
 */
export const sqlText = (migrations: readonly PlannedInTrack[], all: boolean, batchWord?: string): string =>
  migrations.map((migration) => migrationText(migration, all, batchWord)).join("\n\n");

/**
 * One statement with its semicolon, and a comment where it is only a query of the plan. Where scripts are cut by a word on a line of its own, that stands behind
 * it: some statements have to be alone in what is sent.
 */
export function statementText({ sql, purpose }: PlannedStatement, batchWord?: string): string {
  if (purpose === "code") return sql;
  const note = { capture: "-- kept, and executed again afterwards:\n", check: "-- must return no row:\n" };
  const end = batchWord === undefined ? ";" : `\n${batchWord}`;
  return `${purpose ? note[purpose] : ""}${sql.trimEnd().replace(/;$/, "")}${end}`;
}

function migrationText({ name, track, statements }: PlannedInTrack, all: boolean, batchWord?: string): string {
  const shown = all ? statements : statements.filter(({ purpose }) => purpose === undefined || purpose === "code");
  const hidden = statements.length - shown.length;
  const steps = statements.at(-1)?.step ?? 1;
  const queries = hidden === 1 ? "a query" : `${hidden} queries`;
  const note = hidden > 0 ? [`-- and ${queries} to check and to keep what is there; --verbose shows all`] : [];
  return [
    `-- ${track === undefined ? name : `${track}/${name}`}`,
    ...shown.map(textIn(steps, batchWord)),
    ...note,
  ].join("\n");
}

/** Where a migration has several steps, a comment says where each begins. */
const textIn =
  (steps: number, batchWord: string | undefined) =>
  (statement: PlannedStatement, i: number, all: readonly PlannedStatement[]): string => {
    const { step, transaction } = statement;
    const begins = steps > 1 && all[i - 1]?.step !== step;
    const how = transaction ? "a transaction" : "by itself";
    return `${begins ? `-- step ${step} of ${steps}, ${how}\n` : ""}${statementText(statement, batchWord)}`;
  };
