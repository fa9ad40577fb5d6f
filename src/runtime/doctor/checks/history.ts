import type { Entry, Reconciled } from "../../../core/plan/reconcile.ts";
import { count, defineCheck, failed, fault, ok, tagged, type Verdict, warning } from "../define.ts";
import { serverOf } from "../facts-of.ts";

export default defineCheck({
  name: "history",
  rank: 90,
  judge: (facts) => {
    const tracks = serverOf(facts)?.tracks;
    if (!tracks) return "unknown";
    const verdicts = tracks.flatMap(({ track, history }): readonly Verdict[] => {
      if (!history) return [];
      if ("error" in history) return [failed(history.error)];
      const verdict = verdictOf(history.value);
      return [{ ...verdict, found: tagged(track, verdict.found) }];
    });
    const worst = verdicts.find(({ state }) => state === "fault") ?? verdicts.find(({ state }) => state === "warning");
    return worst ?? (verdicts.length > 0 ? ok(verdicts.map(({ found }) => found).join("; ")) : "unknown");
  },
});

function verdictOf({ failed: stopped, changed, missing, pending, applied }: Reconciled): Verdict {
  if (stopped.length > 0)
    return fault(
      `${named(stopped)} stopped half-way`,
      "`godwit migrate status` shows how far, `godwit migrate repair` settles it",
    );
  if (changed.length > 0)
    return fault(
      `${named(changed)}: other operations than those that were applied`,
      "`godwit migrate check` shows the difference; put the file back and write a new migration",
    );
  if (missing.length > 0)
    return warning(
      `${named(missing)}: applied, but the file is missing`,
      "take a version of the project that has it, or forget it with `godwit migrate fake --undo`",
    );
  if (pending.length > 0)
    return warning(`${pending.length} of ${pending.length + applied.length} not applied`, "run `godwit migrate up`");
  return ok(`${count(applied.length, "migration")} applied`);
}

const named = (entries: readonly Entry[]): string => entries.map(({ name }) => name).join(", ");
