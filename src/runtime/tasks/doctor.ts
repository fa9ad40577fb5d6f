import type { Environment } from "../database-url.ts";
import { cacheFacts } from "../doctor/cache-facts.ts";
import { checks } from "../doctor/checks.gen.ts";
import type { Verdict } from "../doctor/define.ts";
import type { Found, TerminalFacts } from "../doctor/facts.ts";
import { projectFacts } from "../doctor/gather.ts";
import type { Project } from "../project.ts";

/** Part of the public JSON. */
export interface DoctorResult {
  readonly checks: readonly CheckResult[];
  /** Names of checks whose subject is not to be had, because of another fault. */
  readonly skipped: readonly string[];
  readonly ok: number;
  readonly warnings: number;
  readonly faults: number;
}

export interface CheckResult {
  readonly name: string;
  readonly state: Verdict["state"];
  readonly found: string;
  /** What to do next; `null` where `found` says it, or there is nothing to do. */
  readonly advice: string | null;
}

/**
 * Looks at everything that a run of migrations needs. Only reads: takes no lock, creates nothing. What goes wrong is a result, never
 * thrown.
 */
export async function doctor(
  configuration: Found<Project>,
  { env, terminal }: { readonly env: Environment; readonly terminal: TerminalFacts },
): Promise<DoctorResult> {
  const facts = {
    configuration,
    ...("value" in configuration && (await projectFacts(configuration.value))),
    cache: cacheFacts(env),
    terminal,
  };
  const judged = checks
    .toSorted((a, b) => a.rank - b.rank)
    .map((check) => ({ name: check.name, verdict: check.judge(facts) }));
  const results = judged.flatMap(({ name, verdict }) =>
    verdict && verdict !== "unknown" ? [resultOf(name, verdict)] : [],
  );
  const number = (state: Verdict["state"]): number => results.filter((result) => result.state === state).length;
  return {
    checks: results,
    skipped: judged.flatMap(({ name, verdict }) => (verdict === "unknown" ? [name] : [])),
    ok: number("ok"),
    warnings: number("warning"),
    faults: number("fault"),
  };
}

const resultOf = (name: string, { state, found, advice }: Verdict): CheckResult => ({
  name,
  state,
  found,
  advice: advice ?? null,
});
