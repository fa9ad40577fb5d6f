import { positiveInteger } from "./run-options.ts";

/** What `--limit` says: a number of at least 1, or `undefined` for `all`. Throws ToolError `usage`. */
export const limitFrom = (text: string): number | undefined =>
  text === "all" ? undefined : positiveInteger(text, "--limit");
