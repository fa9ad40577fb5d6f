import { defineCommand } from "../../command.ts";
import { limitFrom } from "../../limit.ts";
import { columns, isScreen, painter } from "../../output.ts";
import { duration, progress } from "../../progress.ts";

export default defineCommand({
  meta: { summary: "Show who applied which migration, when, and how long it took" },
  description:
    "Newest first, from the history table of the database; no files are read. What was rolled back is not in it any more.",
  examples: [
    { line: "godwit migrate log --since 2026-11-01", does: "What was applied from that day on" },
    { line: "godwit migrate log --limit all --json", does: "Everything, for scripts" },
  ],
  args: {
    limit: {
      type: "string",
      valueHint: "N",
      default: "50",
      description: "How many to show, or all",
    },
    since: {
      type: "string",
      valueHint: "WHEN",
      description: "Only what was applied then or later, such as 2026-11-21, or since a migration",
    },
  },
  async run({ args, project, output, flags }) {
    const limit = limitFrom(args.limit);
    const { log } = await import("../../../runtime/tasks/log.ts");
    const result = await log(await project(), { limit, since: args.since, onEvent: progress(output) });
    const paint = painter(flags.color, isScreen(1));
    const several = new Set(result.entries.map(({ track }) => track)).size > 1;
    const rows = result.entries.map((entry) => [
      paint("dim", entry.applied_at.slice(0, 19).replace("T", " ")),
      paint(entry.state === "failed" ? "red" : "green", entry.state),
      several ? `${entry.track}/${entry.name}` : entry.name,
      entry.applied_by,
      paint("dim", `(${duration(entry.duration_ms)})`),
    ]);
    const more = result.more > 0 ? [`… ${result.more.toLocaleString("en")} more; --limit all shows them`] : [];
    const nothing = args.since === undefined ? "nothing is applied" : `nothing was applied since ${args.since}`;
    return { json: result, text: rows.length > 0 ? [columns(rows), ...more].join("\n\n") : nothing };
  },
});
