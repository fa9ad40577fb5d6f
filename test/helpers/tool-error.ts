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

/** The ToolError that work ends with. Fails when it ends with none, or something else. */
export async function rejectionOf(work: Promise<unknown>): Promise<ToolError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof ToolError) return outcome;
  throw outcome ?? new Error("expected a ToolError, and nothing was thrown");
}
