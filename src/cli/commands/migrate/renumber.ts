import { defineCommand } from "../../command.ts";
import { progress } from "../../progress.ts";

export default defineCommand({
  meta: { summary: "Move migrations that nobody else has behind the other head" },
  description:
    "Renames the files of a branch and changes what they depend on. Refused for what is applied to the database, and for what git has on the main branch.",
  examples: [
    { line: "godwit migrate renumber", does: "After a merge: the branch of which git has nothing yet on main" },
    { line: "godwit migrate renumber 0007_add_posts", does: "The branch of that migration" },
    { line: "godwit migrate renumber --dry-run", does: "Say what would be renamed" },
  ],
  args: {
    name: { type: "positional", required: false, description: "A migration of the branch that is to move" },
    base: {
      type: "string",
      valueHint: "REF",
      description: "Branch, tag or commit of git whose migrations stay (default: the main branch)",
    },
    offline: { type: "boolean", description: "Ask no database what is applied" },
    "dry-run": { type: "boolean", description: "Say what would be renamed, change nothing" },
  },
  async run({ args, project, output }) {
    const { renumber } = await import("../../../runtime/tasks/renumber.ts");
    const { name, base, offline, "dry-run": dryRun } = args;
    const { warnings, ...rest } = await renumber(await project(), {
      name,
      base,
      offline,
      dryRun,
      onEvent: progress(output),
    });
    for (const warning of warnings) output.warn(warning);
    const lines = rest.renamed.map(({ from, to }) =>
      from === to
        ? `${dryRun ? "would move" : "moved"} ${from} behind ${rest.after}`
        : `${dryRun ? "would rename" : "renamed"} ${from} to ${to}`,
    );
    return { json: { ...rest, warnings }, text: lines.join("\n") || "nothing renamed", receipt: true };
  },
});
