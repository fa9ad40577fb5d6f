import { resolve } from "node:path";
import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { orderArguments, orderFrom } from "../../order-option.ts";
import { isScreen, painter } from "../../output.ts";
import { hazardText } from "../../plan-text.ts";
import { progress } from "../../progress.ts";
import { sqlText } from "../../sql-text.ts";

export default defineCommand({
  meta: { summary: "Write down what would be applied, for `migrate apply`" },
  description: "Only reads. The plan holds no URL and no password, but all SQL of the migrations.",
  examples: [
    { line: "godwit migrate plan --out plan.json", does: "For a review, and for `migrate apply plan.json` afterwards" },
    { line: "godwit migrate plan", does: "Show what may lose data or block, and the SQL" },
  ],
  args: {
    out: { type: "string", valueHint: "FILE", description: "Write the plan there" },
    to: {
      type: "string",
      valueHint: "NAME",
      description: "Stop when this migration is applied: its name or what it begins with, head, +1",
    },
    ...compiledArguments,
    ...orderArguments,
  },
  async run({ args, project, output, flags }) {
    const { plan } = await import("../../../runtime/tasks/plan.ts");
    const out = args.out === undefined ? undefined : resolve(args.out);
    const { to, "allow-conflicts": allowConflicts } = args;
    const options = { to, order: orderFrom(args.order), allowConflicts, onEvent: progress(output) };
    const { batchWordOf } = await import("../../../runtime/batch-word.ts");
    const loaded = await project();
    const json = await plan(loaded, { ...options, out });
    const { migrations } = json;
    const hazards = hazardText(json, painter(flags.color, isScreen(1)));
    const written = `wrote ${args.out}: ${migrations.length} ${migrations.length === 1 ? "migration" : "migrations"}`;
    const sql =
      migrations.length === 0 ? "nothing to apply" : sqlText(migrations, flags.verbose, await batchWordOf(loaded));
    const parts = args.out === undefined ? [hazards, sql] : [hazards, written];
    const text = parts.filter((part) => part !== "").join(args.out === undefined ? "\n\n" : "\n");
    return { json, text, ...(args.out !== undefined && { receipt: true }) };
  },
});
