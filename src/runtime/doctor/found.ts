import { ToolError } from "../../core/errors.ts";
import type { Found } from "./facts.ts";

/** What `work` gives, or the ToolError that it throws; every other error is thrown. */
export async function found<T>(work: () => T | Promise<T>): Promise<Found<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof ToolError) return { error };
    throw error;
  }
}
