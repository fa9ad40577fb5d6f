import { existsSync } from "node:fs";
import { join } from "node:path";

/** One check and how it went. */
export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly milliseconds: number;
  /** What the tool printed. */
  readonly output: string;
}

/**
 * Runs all that can be said about the sources without running them: generated files are fresh, every folder compiles
 * under its own settings, linter, formatter, architecture. Each result is handed to `report` as it comes in; checks
 * named in `except` are left out.
 */
export const runChecks = async (
  report: (result: CheckResult) => void,
  except: readonly string[] = [],
): Promise<readonly CheckResult[]> => {
  const waiting = checks().filter((check) => !except.includes(check.name));
  const results: CheckResult[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runCheck(next);
      results.push(result);
      report(result);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, navigator.hardwareConcurrency) }, worker));
  return results;
};

/** One line for a check that passed, its whole output for one that failed. */
export const formatCheck = ({ name, passed, milliseconds, output }: CheckResult): string =>
  `${passed ? "pass" : "FAIL"}  ${name} [${Math.round(milliseconds)} ms]${passed ? "" : `\n${output.trimEnd()}`}`;

interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const root = join(import.meta.dir, "../..");
const bin = (name: string): string => join(root, "node_modules/.bin", name);

/** The folders with compiler settings of their own, from the strictest. */
const projects = ["src/core", "src", "sandbox/guest", "sandbox/host", "test"];

const checks = (): readonly Check[] => [
  { name: "generated files are fresh", command: [process.execPath, "src/build/gen.ts", "--check"] },
  { name: "lint, format", command: [bin("biome"), "check", "--error-on-warnings", "--colors=off"] },
  ...projects
    .filter((project) => existsSync(join(root, project, "tsconfig.json")))
    .map((project) => ({ name: `types of ${project}`, command: [bin("tsc"), "--pretty", "false", "-p", project] })),
  { name: "architecture", command: [process.execPath, "test", "./test/architecture.test.ts"] },
];

const runCheck = async ({ name, command }: Check): Promise<CheckResult> => {
  const started = performance.now();
  const child = Bun.spawn([...command], { cwd: root, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr, exit] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { name, passed: exit === 0, milliseconds: performance.now() - started, output: stdout + stderr };
};

if (import.meta.main) {
  const results = await runChecks((result) => console.log(formatCheck(result)));
  const failed = results.filter((result) => !result.passed).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
