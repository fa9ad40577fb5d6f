import { defineCommand } from "../../command.ts";
import { generateOutcome } from "../../generate-outcome.ts";

export default defineCommand({
  meta: {
    summary: "Write a migration without operations, to fill in by hand",
    aliases: ["generate blank", "empty", "blank"],
  },
  examples: [{ line: "godwit generate empty --name backfill_slugs", does: "A file to write SQL into" }],
  args: {
    name: { type: "string", valueHint: "WORDS", description: "Words of the file name" },
    "dry-run": { type: "boolean", description: "Print the migration, write nothing" },
  },
  async run({ args, flags, output, project }) {
    const { generate } = await import("../../../runtime/tasks/generate.ts");
    return generateOutcome(
      await generate(await project(), { empty: true, name: args.name, dryRun: args["dry-run"] }),
      flags,
      output,
    );
  },
});
