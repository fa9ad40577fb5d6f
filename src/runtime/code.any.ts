import { ToolError } from "../core/errors.ts";
import { commandsOf, type Plan, type Step } from "../core/plan/plan.ts";

/** Throws ToolError `unsupported`, before anything runs, for a migration with functions: there is no sandbox here that could call them. */
export function checkCode({ steps }: Plan): void {
  const step = steps.find(hasCode);
  if (step) throw noSandbox(step.migration);
}

export async function executeCode(
  _database: unknown,
  _command: unknown,
  { step }: { readonly step: Step },
): Promise<void> {
  throw noSandbox(step.migration);
}

const noSandbox = (migration: string): ToolError =>
  new ToolError(
    "unsupported",
    `"${migration}" runs code (runCode), and this runtime has no sandbox for it; nothing was done, run it with godwit itself or with the library in Bun or Node`,
    { migration },
  );

const hasCode = (step: Step): boolean => commandsOf(step).some(({ kind }) => kind === "code");
