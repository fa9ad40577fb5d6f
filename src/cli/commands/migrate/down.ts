import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { clashArguments } from "../../order-option.ts";
import { orPartial } from "../../partial.ts";
import {
  hookArguments,
  limitArguments,
  limitsOf,
  missingDropArguments,
  positiveInteger,
  runArguments,
  runOptions,
} from "../../run-options.ts";

export default defineCommand({
  meta: { summary: "Roll back the newest migration, or more" },
  examples: [
    { line: "godwit migrate down", does: "Roll back one migration" },
    { line: "godwit migrate down --steps 3", does: "Roll back three" },
    { line: "godwit migrate down --to 0007_add_posts", does: "Roll back all that was built on it; it stays itself" },
    { line: "godwit migrate down --to zero", does: "Roll back everything" },
  ],
  args: {
    to: {
      type: "string",
      valueHint: "NAME",
      description: "Roll back everything that depends on this migration: its name or what it begins with, base, -1",
    },
    steps: { type: "string", valueHint: "N", description: "Roll back so many (default: 1)" },
    ...compiledArguments,
    ...clashArguments,
    ...missingDropArguments,
    ...limitArguments,
    ...hookArguments,
    ...runArguments,
  },
  async run(context) {
    const { down } = await import("../../../runtime/tasks/down.ts");
    const { to, steps } = context.args;
    const count = steps === undefined ? undefined : positiveInteger(steps, "--steps");
    const project = await context.project();
    return orPartial("rolled_back", async () => {
      const warnOnMissingDrop = context.args["warn-on-missing-drop"];
      const result = await down(project, {
        ...runOptions(context),
        limits: limitsOf(context.args),
        to,
        steps: count,
        warnOnMissingDrop,
        allowConflicts: context.args["allow-conflicts"],
      });
      const n = result.rolled_back.length;
      return {
        json: result,
        text: n === 0 ? "nothing to roll back" : `${n} ${n === 1 ? "migration" : "migrations"} rolled back`,
        receipt: true,
      };
    });
  },
});
