import type { Finding } from "../../../core/plan/finding.ts";
import { defineCommand } from "../../command.ts";
import { isScreen, type Paint, painter } from "../../output.ts";
import { progress } from "../../progress.ts";

export default defineCommand({
  meta: { summary: "Check that the database is current, or that the migrations may be merged" },
  description:
    "Exit code 3 when there are findings. Only reads. With --base no database is asked: the migrations are compared with those of a commit.",
  examples: [
    { line: "godwit migrate check", does: "Is anything pending, changed, missing or failed?" },
    { line: "godwit migrate check --base origin/main", does: "In CI: is a merged migration edited, renamed or gone?" },
  ],
  args: {
    base: { type: "string", valueHint: "REF", description: "Compare with this branch, tag or commit of git" },
  },
  async run({ args, project, output, flags }) {
    const { check, checkAgainst } = await import("../../../runtime/tasks/check.ts");
    const options = { onEvent: progress(output) };
    const json = await (args.base === undefined
      ? check(await project(), options)
      : checkAgainst(await project(), args.base, options));
    const { findings } = json;
    if (findings.length === 0) return { json, text: args.base === undefined ? "up to date" : "nothing found" };
    const paint = painter(flags.color, isScreen(1));
    return { json, text: findings.map((finding) => findingText(finding, paint)).join("\n"), exitCode: 3 };
  },
});

function findingText({ kind, migration, file, detail }: Finding, paint: Paint): string {
  const [sentence, ...lines] = detail.split("\n");
  const head = `${paint(kind === "pending" ? "yellow" : "red", kind)} ${file ?? migration}: ${sentence}`;
  return [head, ...lines.map((line) => `  ${line}`)].join("\n");
}
