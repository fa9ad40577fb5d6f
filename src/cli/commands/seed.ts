import type { SeedResult } from "../../runtime/tasks/seed.ts";
import { defineCommand } from "../command.ts";
import { orPartial } from "../partial.ts";
import { limitArguments, limitsOf, runArguments, runOptions } from "../run-options.ts";
import { seedEnvironment } from "../seed-environment.ts";
import { sqlText } from "../sql-text.ts";

export default defineCommand({
  meta: { summary: "Bring the rows of seeds/ into the database" },
  description:
    "Runs the files of seeds/ by name, then those of seeds/ENV where --env names one, each in a transaction. Nothing is recorded: they run each time, so they should say upsertData. Refused while migrations are pending.",
  examples: [
    { line: "godwit seed", does: "The rows that every environment has" },
    { line: "godwit seed --env development", does: "Those, and then seeds/development" },
    { line: "godwit seed --only roles", does: "One of them" },
    { line: "godwit seed --env development --dry-run", does: "Show the SQL and change nothing" },
  ],
  args: {
    env: { type: "string", valueHint: "NAME", description: "Environment: a directory in seeds/" },
    only: { type: "string", multiple: true, valueHint: "NAME", description: "A seed by its name; may be repeated" },
    "dry-run": { type: "boolean", description: "Show what would run and change nothing" },
    ...limitArguments,
    ...runArguments,
  },
  async run(context) {
    const { env, only, "dry-run": dryRun } = context.args;
    const environment = seedEnvironment(env);
    const { seed } = await import("../../runtime/tasks/seed.ts");
    const project = await context.project();
    return orPartial("applied", async () => {
      const options = { ...runOptions(context), limits: limitsOf(context.args), environment, only, dryRun };
      const result = await seed(project, options);
      return { json: result, text: textOf(result, context.flags.verbose), ...(!result.planned && { receipt: true }) };
    });
  },
});

function textOf({ applied, planned }: SeedResult, verbose: boolean): string {
  if (planned) return planned.length > 0 ? sqlText(planned, verbose) : "no seeds";
  if (applied.length === 0) return "no seeds";
  return `${applied.length} ${applied.length === 1 ? "seed" : "seeds"} applied`;
}
