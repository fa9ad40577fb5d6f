import { commandsOf, type Steps } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";
import type { OnEvent } from "./events.ts";

/** Whether a statement tells its session something that outlives the transaction. */
export const forSession = /^\s*(?:set(?!\s+local\b|\s+transaction\b)|reset|use|pragma|attach|detach)\b/i;

/** Says of a migration, where sessions are shared, that what it tells its session is told to somebody else. */
export function warnOfSession({ pooled }: Database, steps: Steps, onEvent: OnEvent | undefined): void {
  if (!pooled) return;
  const told = steps.flatMap(commandsOf).find((command) => command.kind === "execute" && forSession.test(command.sql));
  if (told?.kind !== "execute") return;
  const [line = ""] = told.sql.trim().split("\n", 1);
  onEvent?.({
    type: "warning",
    migration: steps[0].migration,
    message: `"${line}" is for a session, which behind a pooler the next statement may not have and others may get; use SET LOCAL`,
  });
}
