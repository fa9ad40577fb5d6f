import type { Stopped } from "../runtime/tasks/status.ts";

/** Where a migration stopped, and at which statement. */
export function stoppedText(name: string, { direction, done, statement }: Stopped): string {
  const stopped = direction === "down" ? "stopped while it was rolled back," : "stopped";
  if (!statement) return `${name} ${stopped} after ${done} ${done === 1 ? "statement" : "statements"}`;
  const how = statement.error === undefined ? "not seen to end" : `refused: ${statement.error}`;
  const sql = statement.sql.split("\n").map((line) => `  ${line}`);
  return [`${name} ${stopped} in statement ${statement.number}, begun ${statement.started_at} and ${how}`, ...sql].join(
    "\n",
  );
}
