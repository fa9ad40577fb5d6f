import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { clashArguments } from "../../order-option.ts";
import { orPartial } from "../../partial.ts";
import {
  hookArguments,
  limitArguments,
  limitsOf,
  positiveInteger,
  runArguments,
  runOptions,
} from "../../run-options.ts";

export default defineCommand({
  meta: { summary: "Roll back the newest migration and apply it again" },
  examples: [{ line: "godwit migrate redo", does: "Try the newest migration both ways" }],
  args: {
    steps: { type: "string", valueHint: "N", description: "So many of the newest (default: 1)" },
    ...clashArguments,
    ...compiledArguments,
    ...limitArguments,
    ...hookArguments,
    ...runArguments,
  },
  async run(context) {
    const { redo } = await import("../../../runtime/tasks/redo.ts");
    const { steps } = context.args;
    const count = steps === undefined ? undefined : positiveInteger(steps, "--steps");
    const project = await context.project();
    return orPartial("applied", async () => {
      const allowConflicts = context.args["allow-conflicts"];
      const limits = limitsOf(context.args);
      const result = await redo(project, { ...runOptions(context), limits, steps: count, allowConflicts });
      const n = result.rolled_back.length;
      const text = n === 0 ? "nothing to redo" : `${n} rolled back, ${result.applied.length} applied`;
      return { json: result, text, receipt: true };
    });
  },
});
