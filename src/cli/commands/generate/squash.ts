import { ToolError } from "../../../core/errors.ts";
import type { SquashedPart, SquashResult } from "../../../runtime/tasks/squash.ts";
import type { FinishResult } from "../../../runtime/tasks/squash-finish.ts";
import { defineCommand, type Outcome } from "../../command.ts";
import { isScreen, type Output, painter } from "../../output.ts";
import { progress } from "../../progress.ts";

export default defineCommand({
  meta: { summary: "Write one migration that stands for several" },
  description:
    "Databases that applied all of them count as having it, empty ones run only it, and those in the middle finish first. It is written when two scratch databases show that it does the same. Afterwards, --finish removes the files of what it replaces.",
  examples: [
    { line: "godwit generate squash 0001_initial..0040_add_tags", does: "These two and all between them" },
    { line: "godwit generate squash ..0040_add_tags", does: "All from the beginning up to it" },
    { line: "godwit generate squash --all --dry-run", does: "Look at what one migration for all would be" },
    {
      line: "godwit generate squash --finish --also postgres://reader@db2/app",
      does: "Remove what two databases are past",
    },
  ],
  args: {
    range: {
      type: "positional",
      required: false,
      description: "FROM..TO, names of two migrations; with --finish the name of one that stands for others",
    },
    all: { type: "boolean", description: "All migrations" },
    name: { type: "string", valueHint: "WORDS", description: "Words of the file name" },
    offline: { type: "boolean", description: "Compare only what the migrations say, without scratch databases" },
    finish: { type: "boolean", description: "Remove the files of what is replaced, when the databases are past them" },
    also: {
      type: "string",
      multiple: true,
      valueHint: "URL",
      description: "With --finish: a further database that has to be past them; may be repeated",
    },
    "dry-run": { type: "boolean", description: "Print the migration, or what would be removed; change nothing" },
  },
  async run({ args, flags, output, project }) {
    const { range, all, name, offline, finish, also } = args;
    const dryRun = args["dry-run"];
    if (finish) {
      if (all || offline || name !== undefined)
        throw new ToolError("usage", "--finish takes only the name of a migration, --also and --dry-run");
      const { finishSquash } = await import("../../../runtime/tasks/squash-finish.ts");
      const result = await finishSquash(await project(), { name: range, also, dryRun, onEvent: progress(output) });
      return { json: result, text: finishText(result, dryRun), ...(!dryRun && { receipt: true }) };
    }
    if (also.length > 0)
      throw new ToolError("usage", "--also is for --finish; give --url to say where scratch databases are made");
    const { squash } = await import("../../../runtime/tasks/squash.ts");
    return squashOutcome(await squash(await project(), { range, all, name, offline, dryRun }), flags.color, output);
  },
});

function squashOutcome({ source, further, ...first }: SquashResult, color: boolean, output: Output): Outcome {
  for (const warning of first.warnings) output.warn(warning);
  const parts = [{ ...first, source }, ...(further ?? [])];
  const json = { ...first, ...(further && { further: further.map(({ source: _, ...part }) => part) }) };
  if (first.created === null) return { json, text: parts.map(sourceText).join("\n\n") };
  const how = first.proof === "database" ? "the same on a scratch database" : "the same schema";
  const paint = painter(color, isScreen(1));
  const lines = parts.flatMap(({ created, replaces, operations, operations_before }) => {
    const counts = `${replaces.length} migrations, ${operations_before} operations in ${operations.length}`;
    return [`created ${created}`, paint("dim", `${counts}; ${how}`)];
  });
  return { json, text: lines.join("\n"), receipt: true };
}

const sourceText = ({ name, source }: SquashedPart): string => `// ${name}.ts\n${(source ?? "").trimEnd()}`;

function finishText({ finished, removed }: FinishResult, dryRun: boolean | undefined): string {
  if (finished.length === 0) return "nothing to remove";
  const count = removed.length === 1 ? "1 file" : `${removed.length} files`;
  return [...removed, `${count} ${dryRun ? "would be removed" : "removed"}`].join("\n");
}
