import { ToolError } from "../../src/core/errors.ts";

/** The ToolError that `work` throws. Fails when it throws none, or something else. */
export function errorOf(work: () => unknown): ToolError {
  try {
    work();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("expected a ToolError, and nothing was thrown");
}
