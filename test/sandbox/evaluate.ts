import { type EvaluatedModule, type EvaluateOptions, evaluateModules } from "../../sandbox/host/index.ts";
import { ToolError } from "../../src/core/errors.ts";

/** Evaluates one source as `0001_test.ts` and gives the whole outcome; the deadline leaves room for a busy machine. */
export async function evaluateModule(source: string, options: EvaluateOptions = {}): Promise<EvaluatedModule> {
  const [module] = await evaluateModules([{ path: "0001_test.ts", source }], { deadlineMs: 20_000, ...options });
  if (module === undefined) throw new Error("nothing was evaluated");
  return module;
}

/** The value of one source. */
export async function evaluate(source: string, options: EvaluateOptions = {}): Promise<unknown> {
  return (await evaluateModule(source, options)).value;
}

/** The ToolError that a promise is rejected with; anything else is a failure of the test. */
export async function failure(promise: Promise<unknown>): Promise<ToolError> {
  try {
    const value = await promise;
    throw new Error(`expected an error, got ${JSON.stringify(value)}`);
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
}
