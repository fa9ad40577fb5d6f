import { count, defineCheck, failed, ok, tagged, warning } from "../define.ts";
import type { TrackFiles } from "../facts.ts";

export default defineCheck({
  name: "migrations",
  rank: 30,
  judge: ({ tracks }) => {
    if (!tracks) return "unknown";
    for (const { graph } of tracks) if ("error" in graph) return failed(graph.error);
    const forked = tracks.find((track) => headsOf(track).length > 1);
    if (forked)
      return warning(
        tagged(forked.track, `${headsOf(forked).length} heads: ${headsOf(forked).join(", ")}`),
        "join them with `godwit generate --merge`; until then `up` runs both, and `generate` does not know on which to build",
      );
    const nowhere = tracks.find((track) => !track.exists);
    if (nowhere)
      return warning(
        tagged(nowhere.track, `the directory "${nowhere.directory}" does not exist`),
        "`godwit generate` makes it; if there are migrations elsewhere, name their directory with `migrations` in godwit.yaml",
      );
    return ok(tracks.map(summaryOf).join("; "));
  },
});

const headsOf = ({ graph }: TrackFiles): readonly string[] => ("value" in graph ? graph.value.heads : []);

function summaryOf({ track, directory, graph }: TrackFiles): string {
  const number = "value" in graph ? graph.value.order.length : 0;
  return tagged(track, `${count(number, "migration")} in ${directory}`);
}
