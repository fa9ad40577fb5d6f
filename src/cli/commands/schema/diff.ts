import { changeText } from "../../change-text.ts";
import { defineCommand } from "../../command.ts";
import { isScreen, painter } from "../../output.ts";

export default defineCommand({
  meta: { summary: "Compare the schema with the migrations", aliases: ["schema-diff", "diff"] },
  description: "What `generate` would write. Exit code 3 when there is a difference. No database is asked.",
  examples: [{ line: "godwit schema diff", does: "A line per difference" }],
  args: {},
  async run({ project, output, flags }) {
    const { schemaDiff } = await import("../../../runtime/tasks/schema-diff.ts");
    const { warnings, ...json } = await schemaDiff(await project());
    for (const warning of warnings) output.warn(warning);
    if (json.changes.length === 0) return { json, text: "the migrations agree with the schema" };
    return { json, text: changeText(json.changes, painter(flags.color, isScreen(1))), exitCode: 3 };
  },
});
