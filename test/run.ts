import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildBinary } from "../src/build/binary.ts";
import { formatCheck, runChecks } from "../src/build/check.ts";
import { judgeRun, lastLine, type RunOutcome, type TestOutcome } from "./helpers/junit.ts";
import { type LongPiece, longPieces } from "./helpers/long-pieces.ts";
import { mariadbServer } from "./helpers/mariadb-server.ts";
import { fetchMysql } from "./helpers/mysql-install.ts";
import { mysqlIsHere, mysqlServer } from "./helpers/mysql-server.ts";
import { postgresServer } from "./helpers/postgres-server.ts";
import { sqldServer } from "./helpers/sqld-server.ts";

// `npm test [-- PATH…]`: checks, build, servers, tests, in this order; with paths, only tests whose path contains one of them, and no checks. The last
// line is `N passed, N failed`; a check that fails counts as one failure.
//
// `npm run test:long [-- PIECE|PATH…]`: what some of them do for longer, one piece after the other (test/helpers/long-pieces.ts), each with a line of
// its own at the end that says how long it took.

const root = join(import.meta.dir, "..");
const report = join(root, "dist/test-report.xml");
const binary = join(root, "dist/godwit");
const long = process.argv.includes("--long");
const paths = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));

/** What test/preload.ts says does not reach every file. */
const testTimeoutMs = 30_000;

/** A test that hangs in a loop cannot be timed out from inside. */
const deadlineMs = (long ? 120 : 45) * 60_000;

const run = async (): Promise<RunOutcome> => {
  const faults = paths.length === 0 && !long ? await checkFaults() : [];
  const buildFaults = await fault("the executable", () => buildBinary({ outfile: binary }));
  // No test may meet an executable of an earlier day and find it good.
  if (buildFaults.length > 0) rmSync(binary, { force: true });
  faults.push(...buildFaults);
  const started: (() => Promise<void>)[] = [];
  const urls: Record<string, string> = {};
  try {
    for (const [name, open] of Object.entries(servers)) {
      faults.push(
        ...(await fault(name, async () => {
          const server = await open();
          started.push(server.stop);
          urls[`GODWIT_TEST_${name}_URL`] = server.url();
        })),
      );
    }
    const outcomes: RunOutcome[] = [];
    for (const piece of pieces()) {
      const start = performance.now();
      const outcome = await runTests(piece.files, urls);
      outcomes.push(outcome);
      times.push(`${piece.name}: ${lastLine(outcome)} in ${seconds(start)} s`);
      if (long) console.log(times.at(-1));
    }
    return {
      tests: outcomes.flatMap(({ tests }) => tests),
      faults: [...faults, ...outcomes.flatMap((outcome) => outcome.faults)],
    };
  } finally {
    await Promise.all(started.map((stop) => stop()));
  }
};

/** Where it cannot be had, the tests that need it are left out, and listed. */
const mysqlHere = (): boolean => {
  try {
    if (long) fetchMysql();
  } catch (error) {
    process.stdout.write(`MySQL cannot be fetched: ${error instanceof Error ? error.message : error}\n`);
  }
  return mysqlIsHere();
};

/** One of each for all tests. One that does not start is a failure of the run. */
const servers: Readonly<Record<string, () => Promise<{ url(): string; stop(): Promise<void> }>>> = {
  POSTGRES: postgresServer,
  MARIADB: mariadbServer,
  SQLD: sqldServer,
  ...(mysqlHere() && { MYSQL: mysqlServer }),
};

const checkFaults = async (): Promise<string[]> => {
  // The architecture is a test file as well, so it runs below.
  const results = await runChecks((result) => console.log(formatCheck(result)), ["architecture"]);
  return results.filter((result) => !result.passed).map((result) => `check "${result.name}" failed, see above`);
};

const fault = async (what: string, action: () => Promise<void>): Promise<readonly string[]> => {
  try {
    await action();
    return [];
  } catch (error) {
    return [`${what}: ${error instanceof Error ? error.message : error}`];
  }
};

const runTests = async (files: readonly string[], urls: Readonly<Record<string, string>>): Promise<RunOutcome> => {
  if (files.length === 0) return { tests: [], faults: [`no test file matches ${paths.join(", ")}`] };
  rmSync(report, { force: true });
  mkdirSync(join(root, "dist"), { recursive: true });
  const options = [
    "--parallel=2",
    "--no-isolate",
    "--only-failures",
    `--timeout=${testTimeoutMs}`,
    "--reporter=junit",
    `--reporter-outfile=${report}`,
  ];
  const child = Bun.spawn([process.execPath, "test", ...options, ...files.map((file) => `./${file}`)], {
    cwd: root,
    env: {
      ...process.env,
      // Under CI `bun test` writes no new snapshots and refuses `test.only`.
      CI: "1",
      GODWIT_TEST_BINARY: binary,
      ...urls,
      ...(long && { GODWIT_TEST_LONG: "1" }),
    },
    stdio: ["ignore", "inherit", "inherit"],
    timeout: deadlineMs,
    killSignal: "SIGKILL",
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
  await child.exited;
  const exitCode = child.exitCode ?? 128;
  return judgeRun({ report: existsSync(report) ? readFileSync(report, "utf8") : "", files, exitCode });
};

/** All at once, but for the long run. A name of a piece or a part of a path chooses pieces; where there are none, it is files like any others. */
const pieces = (): readonly LongPiece[] => {
  const files = [...new Bun.Glob("test/**/*.ts").scanSync({ cwd: root })].toSorted();
  const chosen = files.filter((file) => paths.length === 0 || paths.some((path) => file.includes(path)));
  const whole = { name: "tests", files: chosen.filter((file) => file.endsWith(".test.ts")) };
  if (!long) return [whole];
  const all = longPieces(root, files);
  const found = all.filter(
    (piece) => paths.length === 0 || paths.includes(piece.name) || piece.files.some((file) => chosen.includes(file)),
  );
  return found.length > 0 ? found : [whole];
};

const seconds = (start: number): number => Math.round((performance.now() - start) / 1000);

const summarise = ({ tests, faults }: RunOutcome): void => {
  const list = (outcome: TestOutcome["outcome"]): void => {
    for (const { file, line, name } of tests.filter((test) => test.outcome === outcome)) {
      console.log(`${outcome}: ${file}:${line} ${name}`);
    }
  };
  console.log("");
  list("skipped");
  list("failed");
  for (const text of faults) console.log(`failed: ${text}`);
};

const times: string[] = [];
const started = performance.now();
const outcome = await run();
summarise(outcome);
if (long) for (const line of times) console.log(line);
console.log(`ran ${outcome.tests.length} tests in ${seconds(started)} s`);
console.log(lastLine(outcome));
process.exit(outcome.faults.length > 0 || outcome.tests.some((test) => test.outcome === "failed") ? 1 : 0);
