import { ToolError } from "../../src/core/errors.ts";

/** What no database does, which `generate` says and makes no migration for. */
const refusals: readonly RegExp[] = [
  /is part of the partition key of table .* so its type cannot change/,
  /which no database does in place; give the new table another name/,
];

export const isRefusal = (error: unknown): boolean =>
  error instanceof ToolError && refusals.some((refusal) => refusal.test(error.message));
