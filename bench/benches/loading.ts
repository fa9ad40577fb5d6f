import { type Bench, godwit } from "../bench.ts";
import { outputOf } from "../measure.ts";
import { createProject, type Stage, writeTableMigrations } from "../stage.ts";

interface Loading {
  readonly name: string;
  readonly what: string;
  readonly hold: Bench["hold"];
  readonly count: number;
  /** The command that is measured. */
  readonly words: readonly string[];
  readonly cache: "warm" | "cold";
  /** Whether all migrations are applied beforehand, or recorded as such, which is quicker where there are many. */
  readonly applied?: true | "recorded";
  readonly maxRuns?: number;
}

const status = ["migrate", "status", "--json"];
const log = ["migrate", "log", "--json"];
const dag = ["migrate", "dag", "--json"];
const showsql = ["migrate", "showsql", "--json"];

/** Commands that read the migrations, with the evaluations of an earlier run (warm) or without (cold). */
export const loading: readonly Bench[] = (
  [
    { name: "status-100-warm", count: 100, words: status, cache: "warm", applied: true, hold: { ms: 20 } },
    { name: "status-100-cold", count: 100, words: status, cache: "cold", applied: true, hold: { ms: 150 } },
    { name: "load-100-warm", count: 100, words: dag, cache: "warm", hold: {} },
    { name: "load-100-cold", count: 100, words: dag, cache: "cold", hold: {} },
    { name: "load-1000-warm", count: 1000, words: dag, cache: "warm", hold: { ms: 60, mib: 150 } },
    { name: "load-1000-cold", count: 1000, words: dag, cache: "cold", hold: { ms: 450, mib: 150 } },
    { name: "up-nothing-1000", count: 1000, words: ["migrate", "up"], cache: "warm", applied: true, hold: { ms: 40 } },
    { name: "load-10000-warm", count: 10_000, words: dag, cache: "warm", maxRuns: 3, hold: { ms: 2000 } },
    { name: "load-10000-cold", count: 10_000, words: dag, cache: "cold", maxRuns: 1, hold: {} },
    {
      name: "up-nothing-10000",
      count: 10_000,
      words: ["migrate", "up"],
      cache: "warm",
      applied: "recorded",
      maxRuns: 3,
      hold: { ms: 2000 },
    },
    {
      name: "status-10000",
      count: 10_000,
      words: [...status, "--limit", "20"],
      cache: "warm",
      applied: "recorded",
      maxRuns: 3,
      hold: { ms: 2000 },
    },
    { name: "log-10000", count: 10_000, words: log, cache: "warm", applied: "recorded", maxRuns: 5, hold: {} },
    { name: "plan-10000-warm", count: 10_000, words: showsql, cache: "warm", maxRuns: 3, hold: { ms: 2000 } },
    { name: "plan-10000-cold", count: 10_000, words: showsql, cache: "cold", maxRuns: 1, hold: {} },
  ] as const satisfies readonly Omit<Loading, "what">[]
).map((entry) => benchOf({ ...entry, what: `\`${shown(entry.words)}\`, ${entry.count} migrations, ${entry.cache}` }));

function shown(words: readonly string[]): string {
  return words.filter((word) => word !== "--json").join(" ");
}

function benchOf({ name, what, hold, maxRuns, ...loading }: Loading): Bench {
  return {
    name,
    what,
    hold,
    ...(maxRuns !== undefined && { maxRuns }),
    subjects: (stage) => subjectsOf(stage, name, loading),
  };
}

async function subjectsOf(stage: Stage, name: string, loading: Pick<Loading, "count" | "words" | "cache" | "applied">) {
  const project = createProject(stage, name);
  writeTableMigrations(project, loading.count);
  if (loading.applied)
    await outputOf(project.godwit(loading.applied === true ? ["migrate", "up"] : ["migrate", "fake", "--all"]));
  const cold = { prepare: project.dropCache };
  if (loading.cache === "warm") await outputOf(project.godwit(loading.words));
  return [godwit(project.godwit(loading.words, loading.cache === "cold" ? cold : {}))];
}
