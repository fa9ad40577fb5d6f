import type { Row } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import { openWith } from "../mysql/driver.ts";
import { changedBy, type Job, jobsIn, lastChanges, seenBy } from "./jobs.ts";

type Query = (sql: string) => Promise<readonly Row[]>;

/**
 * StarRocks speaks the protocol of MySQL, prepares SELECT only, and calls itself MySQL 8 where it is asked for its version in MySQL's way. Times are in
 * UTC. https://docs.starrocks.io/docs/sql-reference/System_variable/
 */
export default openWith({
  port: 9030,
  settings: "SET NAMES utf8mb4, SESSION time_zone = '+00:00'",
  readOnly: false,
  identity: "SELECT CONNECTION_ID() AS `id`",
  version: "SELECT CURRENT_VERSION() AS `version`",
  prepares: false,
  transactions: false,
  watch,
});

/** Waits for what runs on the table already, and after the statement for what it has begun. */
async function watch(sql: string, query: Query): Promise<() => Promise<void>> {
  const changed = changedBy(sql);
  const table = changed ?? seenBy(sql);
  if (!table) return () => Promise.resolve();
  const questions = lastChanges(table);
  const known = new Map<string, string | undefined>();
  for (const question of questions) known.set(question, (await ended(question, query))?.id);
  return async () => {
    for (const question of changed ? questions : []) {
      const job = await ended(question, query);
      if (job?.state === "failed" && job.id !== known.get(question))
        throw new ToolError("database", `StarRocks gave the change up: ${job.said}`, { sql, job: job.id });
    }
  };
}

/** The last change, once it has ended one way or the other; `undefined`: there is none. */
async function ended(question: string, query: Query): Promise<Job | undefined> {
  for (let pause = 20; ; pause = Math.min(1000, pause * 2)) {
    const [job] = jobsIn(await query(question));
    if (job?.state !== "running") return job;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
