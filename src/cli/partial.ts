import { PartialError } from "../core/errors.ts";
import type { Outcome } from "./command.ts";

/**
 * What a run did, also when it failed half-way: then its result holds what was done before, and the error stands beside it.
 * `key` is the list of names in the JSON.
 */
export async function orPartial(key: "applied" | "rolled_back", work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PartialError)) throw error;
    return { json: { [key]: error.applied }, text: "", error };
  }
}
