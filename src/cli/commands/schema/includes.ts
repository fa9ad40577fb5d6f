import { defineCommand } from "../../command.ts";
import { columns, isScreen, painter } from "../../output.ts";

export default defineCommand({
  meta: { summary: "Find schema files in dependencies and workspaces", aliases: ["find-includes"] },
  description:
    "Looks for schema.yaml in what package.json depends on and in the members of the workspace (npm, Yarn, pnpm, Bun), and says which of them the schema includes.",
  examples: [
    { line: "godwit schema includes", does: "A line per schema file" },
    { line: "godwit schema includes --json", does: "For scripts" },
  ],
  args: {},
  async run({ project, output, flags }) {
    const { findIncludes } = await import("../../../runtime/tasks/schema-includes.ts");
    const result = await findIncludes(await project());
    if (result.not_installed.length > 0)
      output.warn(`not installed, so not looked at: ${result.not_installed.join(", ")}`);
    const paint = painter(flags.color, isScreen(1));
    const rows = result.found.map((each) => [
      each.included ? paint("green", "included") : paint("yellow", "not included"),
      `${each.package}/${each.path}`,
      paint("dim", each.from),
      paint("dim", each.tables === 1 ? "1 table" : `${each.tables} tables`),
    ]);
    return {
      json: result,
      text: rows.length > 0 ? columns(rows) : "no dependency and no member of the workspace has a schema file",
    };
  },
});
