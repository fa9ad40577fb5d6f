import type { CodeCommand } from "./dialect.ts";
import type { RunCode } from "./statement.ts";

/** The same on every database: what the function does with it is up to the author. `operation` is its index in the migration. */
export function codeCommand({ kind: _, ...call }: RunCode, operation?: number): CodeCommand {
  const whose = operation === undefined ? "" : ` of operation ${operation + 1}`;
  const what = `runs code: ${call.function}${whose} (SHA-256 ${call.code.slice(0, 16)})`;
  return { kind: "code", ...call, sql: `-- ${what}; its statements are known only when it runs` };
}
