import type { PlannedMigration } from "../core/plan/describe.ts";

/** Planned SQL for people: a comment per migration, each statement with its semicolon. */
export const sqlText = (migrations: readonly PlannedMigration[]): string =>
  migrations.map(({ name, statements }) => [`-- ${name}`, ...statements.map(statementText)].join("\n")).join("\n\n");

/** One statement with its semicolon, and a comment where it is only a query of the plan. */
export function statementText({ sql, purpose }: PlannedMigration["statements"][number]): string {
  const note = { capture: "-- kept, and executed again afterwards:\n", check: "-- must return no row:\n" };
  return `${purpose ? note[purpose] : ""}${sql.trimEnd().replace(/;$/, "")};`;
}
