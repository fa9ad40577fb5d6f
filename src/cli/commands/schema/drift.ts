import { changeText, unsupportedText } from "../../change-text.ts";
import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { isScreen, painter } from "../../output.ts";
import { progress } from "../../progress.ts";

export default defineCommand({
  meta: { summary: "Compare the database with the migrations", aliases: ["db-diff"] },
  description: "Exit code 3 when the database is not what the applied migrations say. Only reads.",
  examples: [
    { line: "godwit schema drift", does: "Has somebody changed the database by hand?" },
    { line: "godwit schema drift --all", does: "Compare with all migrations, pending ones too" },
  ],
  args: {
    all: { type: "boolean", description: "Compare with all migrations, pending ones too" },
    ...compiledArguments,
  },
  async run({ args, project, output, flags }) {
    const { drift } = await import("../../../runtime/tasks/drift.ts");
    const json = await drift(await project(), { all: args.all, onEvent: progress(output) });
    const unsupported =
      json.unsupported.length > 0
        ? ["not compared, because a schema cannot say it:", unsupportedText(json.unsupported)]
        : [];
    if (json.changes.length === 0) return { json, text: ["no drift", ...unsupported].join("\n") };
    const text = [changeText(json.changes, painter(flags.color, isScreen(1))), ...unsupported].join("\n");
    return { json, text, exitCode: 3 };
  },
});
