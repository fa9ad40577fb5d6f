import { ToolError } from "../../../../core/errors.ts";
import { defineCommand } from "../../../command.ts";

export default defineCommand({
  meta: { summary: "Include schema files of dependencies and workspaces" },
  description: "Adds to the `include` of the schema file, whose comments and layout stay as they are.",
  examples: [
    { line: "godwit schema includes add @acme/auth", does: "The schema file of a package" },
    { line: "godwit schema includes add @acme/auth/db/schema.yaml", does: "One of several" },
    { line: "godwit schema includes add --all --dry-run", does: "What would be added?" },
  ],
  args: {
    all: { type: "boolean", description: "All that are not included" },
    into: { type: "string", valueHint: "FILE", description: "The schema file to add to, where there are several" },
    "dry-run": { type: "boolean", description: "Write nothing" },
  },
  rest: "PACKAGE",
  async run({ args, project }) {
    const { all, into, rest: names, "dry-run": dryRun } = args;
    if (all ? names.length > 0 : names.length === 0)
      throw new ToolError("usage", "name packages, or give --all: godwit schema includes add PACKAGE…");
    const { addFoundIncludes } = await import("../../../../runtime/tasks/schema-includes.ts");
    const result = await addFoundIncludes(await project(), { names, all, into, dryRun });
    const verb = dryRun ? "would include" : "includes";
    const lines = result.added.map((each) => `${result.file} ${verb} ${each.package}/${each.path}`);
    return { json: result, text: lines.join("\n") || "nothing to add", ...(!dryRun && { receipt: true }) };
  },
});
