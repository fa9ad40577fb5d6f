import type { TrackFinding } from "../../../runtime/tasks/check.ts";
import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { databasesArguments } from "../../databases-option.ts";
import { isScreen, type Paint, painter } from "../../output.ts";
import { progress } from "../../progress.ts";

export default defineCommand({
  meta: { summary: "Check that the database is current, or that the migrations may be merged" },
  description:
    "Exit code 3 when there are findings. Only reads. With --base no database is asked: the migrations are compared with those of a commit. What one of the databases in godwit.yaml cannot run is found either way.",
  examples: [
    { line: "godwit migrate check", does: "Is anything pending, changed, missing or failed?" },
    { line: "godwit migrate check --base origin/main", does: "In CI: is a merged migration edited, renamed or gone?" },
  ],
  args: {
    base: { type: "string", valueHint: "REF", description: "Compare with this branch, tag or commit of git" },
    ...databasesArguments,
    ...compiledArguments,
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

function findingText(finding: TrackFinding, paint: Paint): string {
  const { kind, migration, track, policy, database, file, line, column, detail } = finding;
  const [sentence, ...lines] = detail.split("\n");
  const place = [file ?? migration, line, column].filter((part) => part !== undefined).join(":");
  const what = paint(kind === "pending" ? "yellow" : "red", policy ?? kind);
  const head = `${what} ${track === undefined || file !== null ? place : `${track}/${place}`}: ${sentence}`;
  return [database === undefined ? head : `${head} (${database})`, ...lines.map((more) => `  ${more}`)].join("\n");
}
