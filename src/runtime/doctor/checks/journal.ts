import { defineCheck, failed, fault, ok, tagged, warning } from "../define.ts";
import { serverOf } from "../facts-of.ts";

export default defineCheck({
  name: "journal",
  rank: 100,
  judge: (facts) => {
    const tracks = serverOf(facts)?.tracks;
    if (!tracks) return "unknown";
    for (const { track, journal, history } of tracks) {
      if ("error" in journal) return failed(journal.error);
      const [name] = journal.value.keys();
      if (name === undefined) continue;
      const stopped = history && "value" in history ? history.value.failed.map((entry) => entry.name) : undefined;
      const open = [...journal.value.values()].flat().find((entry) => entry.finishedAt === undefined);
      if (open)
        return fault(
          tagged(track, `a statement of ${open.migration} was begun at ${open.startedAt} and not seen to end`),
          "the next `godwit migrate up` finds out what became of it; `godwit migrate repair` settles what it cannot",
        );
      if (stopped && !stopped.includes(name))
        return warning(
          tagged(track, `notes of ${name}, which did not stop half-way`),
          "a run may be at work; otherwise they do no harm",
        );
      return fault(tagged(track, `${name} is done in part`), "`godwit migrate up` goes on where it stopped");
    }
    return ok("empty");
  },
});
