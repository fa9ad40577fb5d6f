import { resolve } from "node:path";
import type { Project } from "../../../runtime/project.ts";
import type { AddedIncludes, Includable } from "../../../runtime/tasks/schema-includes.ts";
import { defineCommand } from "../../command.ts";
import { columns, isScreen, painter } from "../../output.ts";

export default defineCommand({
  meta: { summary: "Find schema files in dependencies and workspaces", aliases: ["find-includes"] },
  description:
    "Looks for schema.yaml in what package.json depends on and in the members of the workspace (npm, Yarn, pnpm, Bun), and says which of them the schema includes. On a terminal it asks which to add; `godwit schema includes add` does that without a question.",
  examples: [
    { line: "godwit schema includes", does: "A line per schema file" },
    { line: "godwit schema includes --json", does: "For scripts" },
  ],
  args: {},
  async run({ project, output, flags, ask }) {
    const { findIncludes } = await import("../../../runtime/tasks/schema-includes.ts");
    const loaded = await project();
    let result = await findIncludes(loaded);
    if (result.not_installed.length > 0)
      output.warn(`not installed, so not looked at: ${result.not_installed.join(", ")}`);
    const open = result.found.filter(({ included }) => !included);
    const added = open.length > 0 && (await ask()) ? await addMarked(loaded, open) : undefined;
    if (added) result = await findIncludes(loaded);
    const paint = painter(flags.color, isScreen(1));
    const rows = result.found.map((each) => [
      each.included ? paint("green", "included") : paint("yellow", "not included"),
      nameOf(each),
      paint("dim", each.from),
      paint("dim", tablesOf(each)),
    ]);
    const done = added?.added.map((each) => `${added.file} includes ${nameOf(each)}`) ?? [];
    const list = rows.length > 0 ? columns(rows) : "no dependency and no member of the workspace has a schema file";
    return { json: result, text: [list, ...(done.length > 0 ? [done.join("\n")] : [])].join("\n\n") };
  },
});

const nameOf = (each: Pick<Includable, "package" | "path">): string => `${each.package}/${each.path}`;
const tablesOf = ({ tables }: Includable): string => (tables === 1 ? "1 table" : `${tables} tables`);

/** Adds those that a person marks; nothing, where they mark none. */
async function addMarked(project: Project, open: readonly Includable[]): Promise<AddedIncludes | undefined> {
  const { chosen, marked } = await import("../../ask.ts");
  const options = open.map((each) => ({ value: nameOf(each), hint: `${each.from}, ${tablesOf(each)}` }));
  const names = await marked("Which should the schema include?", options);
  if (names.length === 0) return undefined;
  const { addFoundIncludes, includeTargets } = await import("../../../runtime/tasks/schema-includes.ts");
  const targets = await includeTargets(project);
  const [only = ""] = targets;
  const into =
    targets.length === 1
      ? only
      : await chosen(
          "Which file should include them?",
          targets.map((value) => ({ value })),
        );
  return addFoundIncludes(project, { names, into: resolve(project.root, into) });
}
