import type { LogEntry } from "../../../runtime/log-entries.ts";
import { defineCommand } from "../../command.ts";
import { limitFrom } from "../../limit.ts";
import { columns, isScreen, painter, type Style } from "../../output.ts";
import { pagerArgument } from "../../pager-argument.ts";
import { duration, progress } from "../../progress.ts";

export default defineCommand({
  meta: { summary: "Show who applied and took back which migration, when, and how long it took" },
  description:
    "Newest first, from the database: what was applied, and what was taken back since godwit keeps that. No files are read.",
  examples: [
    { line: "godwit migrate log --since 2026-11-01", does: "What happened from that day on" },
    { line: "godwit migrate log --name 0007_invoices", does: "What became of one migration" },
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
      description:
        "Only what happened then or later, such as 2026-11-21, or since a migration was applied: its name or what it begins with, head, -1",
    },
    name: {
      type: "string",
      valueHint: "NAME",
      description: "Only this migration, or those that begin so",
    },
    ...pagerArgument,
  },
  async run({ args, project, output, flags }) {
    const limit = limitFrom(args.limit);
    const { log } = await import("../../../runtime/tasks/log.ts");
    const { since, name } = args;
    const result = await log(await project(), { limit, since, name, onEvent: progress(output) });
    const paint = painter(flags.color, isScreen(1));
    const several = new Set(result.entries.map(({ track }) => track)).size > 1;
    const rows = result.entries.map((entry) => [
      paint("dim", entry.at.slice(0, 19).replace("T", " ")),
      paint(...styleOf(entry)),
      several ? `${entry.track}/${entry.name}` : entry.name,
      entry.by,
      timed.has(entry.event) ? paint("dim", `(${duration(entry.duration_ms)})`) : "",
    ]);
    const more = result.more > 0 ? [`… ${result.more.toLocaleString("en")} more; --limit all shows them`] : [];
    const nothing = since === undefined ? "nothing is applied" : `nothing happened since ${since}`;
    return { json: result, paged: args.pager, text: rows.length > 0 ? [columns(rows), ...more].join("\n\n") : nothing };
  },
});

function styleOf({ event, from }: LogEntry): readonly [Style, string] {
  const text = event.replaceAll("_", " ");
  if (event === "failed" || event === "rollback_failed") return ["red", text];
  const begins = event === "applied" || event === "fake" || event === "adopted";
  return [begins ? "green" : "yellow", from === undefined ? text : `${text} from ${from}`];
}

/** What was run, so that it took its time. */
const timed: ReadonlySet<LogEntry["event"]> = new Set(["applied", "rolled_back", "redone", "compensated"]);
