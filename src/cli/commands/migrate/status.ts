import { conflictAdvice, conflictText } from "../../../core/plan/conflict-text.ts";
import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { limitFrom } from "../../limit.ts";
import { columns, isScreen, painter, type Style } from "../../output.ts";
import { pagerArgument } from "../../pager-argument.ts";
import { progress } from "../../progress.ts";
import { squashText } from "../../squash-text.ts";
import { stoppedText } from "../../stopped-text.ts";

const styles: Readonly<Record<string, Style>> = {
  applied: "green",
  pending: "yellow",
  failed: "red",
  changed: "red",
  missing: "red",
};

export default defineCommand({
  meta: { summary: "Show what is applied and what is pending" },
  description: "Only reads: it creates no table and takes no lock.",
  examples: [
    { line: "godwit migrate status", does: "A line per migration" },
    { line: "godwit migrate status --json", does: "For scripts" },
    { line: "godwit migrate status --limit 20", does: "The last ones of many" },
  ],
  args: {
    ...compiledArguments,
    limit: { type: "string", valueHint: "N", default: "all", description: "How many to show, the last ones, or all" },
    since: {
      type: "string",
      valueHint: "WHEN",
      description:
        "Only what was applied then or later, such as 2026-11-21, and is pending; or a migration and those after it",
    },
    ...pagerArgument,
  },
  async run({ args, project, output, flags }) {
    const limit = limitFrom(args.limit);
    const { status } = await import("../../../runtime/tasks/status.ts");
    const result = await status(await project(), { limit, since: args.since, onEvent: progress(output) });
    const paint = painter(flags.color, isScreen(1));
    const nameOf = (track: string, name: string): string => (result.tracks.length > 1 ? `${track}/${name}` : name);
    const rows = result.tracks.flatMap((track) =>
      track.migrations.map((m) => [
        paint(styles[m.state] ?? "dim", m.state),
        nameOf(track.name, m.name),
        m.applied_at === null ? "" : paint("dim", m.applied_at.slice(0, 19).replace("T", " ")),
      ]),
    );
    const odd = ["changed", "missing", "failed"].flatMap((state) => {
      const n = result.tracks.flatMap((track) => track.migrations.filter((m) => m.state === state)).length;
      return n > 0 ? [`${n} ${state}`] : [];
    });
    const stopped = result.tracks.flatMap((track) =>
      track.migrations.flatMap((m) => (m.stopped ? [stoppedText(nameOf(track.name, m.name), m.stopped)] : [])),
    );
    const squashes = result.tracks.flatMap((track) =>
      (track.squashes ?? []).flatMap((squash) => squashText(nameOf(track.name, squash.name), squash)),
    );
    const conflicts = result.tracks.flatMap((track) => track.conflicts ?? []);
    for (const conflict of conflicts) output.warn(conflictText(conflict));
    if (conflicts.length > 0) output.warn(conflictAdvice(conflicts));
    const counts = [`${result.applied} applied`, `${result.pending} pending`, ...odd].join(", ");
    const left = result.tracks.reduce((sum, { omitted = 0 }) => sum + omitted, 0);
    const omitted = left > 0 ? [`… ${left.toLocaleString("en")} not shown`] : [];
    return {
      json: result,
      paged: args.pager,
      text:
        rows.length + left > 0
          ? [...omitted, ...(rows.length > 0 ? [columns(rows)] : []), ...stopped, ...squashes, counts].join("\n\n")
          : "there are no migrations",
    };
  },
});
