import { ToolError } from "../../core/errors.ts";
import type { Driver } from "../../runtime/driver.ts";

/**
 * A driver whose statements with ASYNC end when their job does, as others would: such a statement gives the number of a job, and `sys.jobs` tells
 * what becomes of it (https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-create-index-async.html). It is asked again and
 * again, because a procedure that waits would be a transaction, which ends after five minutes. A job that fails rejects with ToolError `database`.
 */
export function awaitingJobs(driver: Driver): Driver {
  let stopped = false;
  const execute: Driver["execute"] = async (sql, parameters) => {
    if (!begunByAsync.test(sql)) return driver.execute(sql, parameters);
    stopped = false;
    const job = (await driver.query(sql, parameters))[0]?.["job_id"];
    // There is none where IF NOT EXISTS found what it is about.
    if (typeof job === "string") await ended(job, sql);
    return { changes: 0 };
  };
  const ended = async (job: string, sql: string): Promise<void> => {
    for (let pause = 100; ; pause = Math.min(pause * 2, 2000)) {
      const [row] = await driver.query("SELECT status, details FROM sys.jobs WHERE job_id = $1", [job]);
      const status = String(row?.["status"] ?? "completed");
      if (status === "completed") return;
      if (status !== "submitted" && status !== "processing")
        throw failed(sql, { job, status, details: row?.["details"] });
      if (stopped) throw givenUp(sql, job);
      await Bun.sleep(pause);
    }
  };
  return {
    ...driver,
    execute,
    cancel: async () => {
      stopped = true;
      await driver.cancel?.();
    },
  };
}

const begunByAsync =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:CREATE\s+(?:UNIQUE\s+)?INDEX\s+ASYNC|ALTER\s+TABLE\s+ASYNC)\s/i;

const failed = (
  sql: string,
  { job, status, details }: { readonly job: string; readonly status: string; readonly details: unknown },
): ToolError =>
  new ToolError(
    "database",
    `the job "${job}" of this statement ended as "${status}"${details ? `: ${details}` : ""}; correct the rows, and run it again`,
    { sql, code: /\bINDEX\b/i.test(sql) ? "23505" : "23514", detail: String(details ?? status) },
  );

const givenUp = (sql: string, job: string): ToolError =>
  new ToolError("database", `stopped waiting for the job "${job}", which goes on; sys.jobs tells what becomes of it`, {
    sql,
    code: "57014",
  });
