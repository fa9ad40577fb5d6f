import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { orderArguments, orderFrom } from "../../order-option.ts";
import { orPartial } from "../../partial.ts";
import { applyArguments, applyOptions } from "../../run-options.ts";
import { sqlText } from "../../sql-text.ts";

export default defineCommand({
  meta: { summary: "Apply the migrations that are pending" },
  examples: [
    { line: "godwit migrate up", does: "Apply everything that is pending" },
    { line: "godwit migrate up --to 0007_add_posts", does: "Apply it and what it depends on, nothing else" },
    { line: "godwit migrate up --from compiled.json", does: "Apply what `godwit compile` wrote" },
    { line: "godwit migrate up --dry-run", does: "Show the SQL and change nothing" },
  ],
  args: {
    to: {
      type: "string",
      valueHint: "NAME",
      description: "Stop when this migration is applied: its name or what it begins with, head, +1",
    },
    "dry-run": { type: "boolean", description: "Show what would run and change nothing" },
    "single-transaction": { type: "boolean", description: "Apply all that is pending in one transaction, or nothing" },
    ...compiledArguments,
    ...orderArguments,
    ...applyArguments,
  },
  async run(context) {
    const { up } = await import("../../../runtime/tasks/up.ts");
    const project = await context.project();
    return orPartial("applied", async () => {
      const result = await up(project, {
        ...applyOptions(context),
        to: context.args.to,
        order: orderFrom(context.args.order),
        allowConflicts: context.args["allow-conflicts"],
        singleTransaction: context.args["single-transaction"],
        dryRun: context.args["dry-run"],
      });
      const { batchWordOf } = await import("../../../runtime/batch-word.ts");
      const word = result.planned && (await batchWordOf(project));
      const text = textOf(result, context.flags.verbose, word);
      return { json: result, text, ...(!result.planned && { receipt: true }) };
    });
  },
});

function textOf(
  { applied, planned }: Awaited<ReturnType<typeof import("../../../runtime/tasks/up.ts").up>>,
  verbose: boolean,
  batchWord: string | undefined,
): string {
  if (planned) return planned.length > 0 ? sqlText(planned, verbose, batchWord) : "nothing to apply";
  if (applied.length === 0) return "nothing to apply";
  return `${applied.length} ${applied.length === 1 ? "migration" : "migrations"} applied`;
}
