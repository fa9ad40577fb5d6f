import { ToolError } from "../../../core/errors.ts";
import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { runArguments, runOptions } from "../../run-options.ts";

export default defineCommand({
  meta: { summary: "Record a migration as applied without running it" },
  examples: [
    { line: "godwit migrate fake 0001_initial", does: "For a database that has these tables already" },
    { line: "godwit migrate fake --all", does: "Everything there is" },
    { line: "godwit migrate fake --undo 0003_search", does: "Forget that it was applied" },
  ],
  args: {
    name: {
      type: "positional",
      required: false,
      description: "The migration: its whole name, head, +1",
    },
    all: { type: "boolean", description: "Also what it depends on; without a name, everything" },
    undo: { type: "boolean", description: "Forget that it was applied (with --all: and what depends on it)" },
    ...compiledArguments,
    ...runArguments,
  },
  async run(context) {
    const { name, all, undo } = context.args;
    if (name === undefined && !all) throw new ToolError("usage", "name the migration, or say --all");
    const { fake } = await import("../../../runtime/tasks/fake.ts");
    const result = await fake(await context.project(), { ...runOptions(context), name, all, undo });
    const lines = [...result.faked.map((n) => `recorded ${n}`), ...result.forgotten.map((n) => `forgot ${n}`)];
    const text = lines.length > 0 ? lines.join("\n") : `nothing to ${undo ? "forget" : "record"}`;
    return { json: result, text, receipt: true };
  },
});
