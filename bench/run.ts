import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { postgresServer } from "../test/helpers/postgres-server.ts";
import type { Bench } from "./bench.ts";
import { benches } from "./benches/index.ts";
import { measure } from "./measure.ts";
import { type Result, reportOf, resultOf } from "./report.ts";
import { createStage, type Stage } from "./stage.ts";

// `npm run bench`; `-- --only NAME` (a part of a name, may be repeated), `--runs N`, `--binary FILE`. See docs/benchmarks.md.
const root = join(import.meta.dir, "..");

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    runs: { type: "string", default: "10" },
    binary: { type: "string", default: join(root, "dist/godwit") },
    list: { type: "boolean", default: false },
  },
});

const chosen = benches.filter(({ name, onlyWhenNamed }) =>
  values.only.length === 0 ? !onlyWhenNamed : values.only.some((part) => name.includes(part)),
);
if (values.list) console.log(benches.map(({ name }) => name).join("\n"));
else if (chosen.length === 0) fail(`no benchmark is called ${values.only.join(" or ")}; --list shows all`);
else if (!/^[1-9]\d*$/.test(values.runs)) fail(`--runs "${values.runs}" is not a whole number of at least 1`);
else if (!existsSync(values.binary)) fail(`"${values.binary}" does not exist; npm run build makes it`);
else await runAll(chosen, Number(values.runs));

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

async function runAll(list: readonly Bench[], runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "godwit-bench-"));
  const stage = createStage(folder, values.binary);
  let serverUsed = false;
  const watched: Stage = {
    ...stage,
    postgres: () => {
      serverUsed = true;
      return stage.postgres();
    },
  };
  try {
    const results: Result[] = [];
    for (const bench of list) {
      console.error(`measuring ${bench.name} …`);
      results.push(await runOne(bench, watched, runs));
    }
    console.log(reportOf(results));
    write(results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    if (serverUsed) await (await postgresServer()).stop();
  }
  // A connection that a benchmark has left open must not keep this process.
  process.exit();
}

async function runOne(bench: Bench, stage: Stage, asked: number): Promise<Result> {
  const runs = Math.min(asked, bench.maxRuns ?? asked);
  const listed = await bench.subjects(stage);
  const subjects = listed.filter((subject) => "work" in subject);
  const measured = await measure(
    subjects.map(({ work }) => work),
    runs,
  );
  return resultOf(
    bench,
    runs,
    measured.map((measurement, i) => {
      const { work: _, ...described } = subjects[i] ?? { name: "", work: undefined };
      return { ...described, ...measurement };
    }),
    listed.filter((subject) => "absent" in subject),
  );
}

function write(results: readonly Result[]): void {
  const [cpu] = cpus();
  const machine = {
    platform: platform(),
    arch: arch(),
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    bun: Bun.version,
  };
  const file = join(root, "bench/results/latest.json");
  mkdirSync(join(root, "bench/results"), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, results }, undefined, 2)}\n`);
}
