import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";

export default defineCommand({
  meta: { summary: "Show the graph of migrations" },
  description: "Asks no database.",
  examples: [
    { line: "godwit migrate dag", does: "A tree, each migration once" },
    { line: "godwit migrate dag --json", does: "With operations and the schema they add up to" },
  ],
  args: {
    format: {
      type: "enum",
      options: ["ascii", "json"],
      default: "ascii",
      valueHint: "FORMAT",
      description: "ascii or json",
    },
    ...compiledArguments,
  },
  async run({ args, project, output, flags }) {
    const { dag } = await import("../../../runtime/tasks/dag.ts");
    const result = await dag(await project());
    for (const text of result.conflicts) output.warn(text);
    // Drawing takes a while, and nobody would see it.
    if (flags.json) return { json: result.json, text: "" };
    return {
      // What branches that conflict add up to may be nothing.
      get json() {
        return result.json;
      },
      text: args.format === "json" ? JSON.stringify(result.json, undefined, 2) : result.text,
    };
  },
});
