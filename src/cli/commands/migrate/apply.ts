import { resolve } from "node:path";
import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { orPartial } from "../../partial.ts";
import { applyArguments, applyOptions } from "../../run-options.ts";

export default defineCommand({
  meta: { summary: "Run exactly what `migrate plan` wrote down" },
  description:
    "Refuses when the history, the migrations or a table is not what it was when the plan was made. SQL of the file is compared, never run.",
  examples: [{ line: "godwit migrate apply plan.json", does: "Or nothing, if something moved" }],
  args: {
    file: { type: "positional", required: true, description: "The plan" },
    ...compiledArguments,
    ...applyArguments,
  },
  async run(context) {
    const { applyPlan } = await import("../../../runtime/tasks/apply.ts");
    const project = await context.project();
    return orPartial("applied", async () => {
      const json = await applyPlan(project, {
        ...applyOptions(context),
        file: resolve(context.args.file),
      });
      const count = json.applied.length;
      const text = count === 0 ? "nothing to apply" : `${count} ${count === 1 ? "migration" : "migrations"} applied`;
      return { json, text, receipt: true };
    });
  },
});
