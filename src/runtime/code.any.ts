import type { CodeCommand } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { commandsOf, type Plan, type Step } from "../core/plan/plan.ts";
import type { CodeBounds as Bounds, checkCode as check, executeCode as execute } from "./code.ts";

/** Stands in for code.ts where there is no sandbox: what calls functions is refused before anything runs. */
export type CodeBounds = Bounds;

export const checkCode: typeof check = async (_, { steps }: Plan) => {
  const found = steps.find((step) => commandsOf(step).some(({ kind }) => kind === "code"));
  if (found) throw withoutSandbox(found);
};

export const executeCode: typeof execute = async (_, __: CodeCommand, { step }) => {
  throw withoutSandbox(step);
};

const withoutSandbox = ({ migration }: Pick<Step, "migration">): ToolError =>
  new ToolError(
    "unsupported",
    `"${migration}" runs code, for which there is no sandbox in this runtime; apply it with godwit, or with the library in Bun or Node`,
    { migration },
  );
