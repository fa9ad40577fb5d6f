/** One test, as the JUnit report of `bun test` has it. */
export interface TestOutcome {
  /** Path as it was given to `bun test`, without a leading `./`. */
  readonly file: string;
  readonly line: number;
  /** Names of the enclosing groups and of the test, joined with ` > `. */
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly seconds: number;
}

/** What a whole run came to. */
export interface RunOutcome {
  readonly tests: readonly TestOutcome[];
  /** Failures that are no test's own: a file that did not load or has no tests, an error outside tests, a crash. */
  readonly faults: readonly string[];
}

/**
 * Reads a report and holds it against what was run. `bun test` leaves files without tests and files that do not load out
 * of its report, and exits 0 for the former: both are faults here.
 */
export const judgeRun = (run: {
  readonly report: string;
  readonly files: readonly string[];
  readonly exitCode: number;
}): RunOutcome => {
  const tests = readReport(run.report);
  const seen = new Set(tests.map((test) => test.file));
  const missing = run.files.filter((file) => !seen.has(file));
  const faults = missing.map((file) => `"${file}" did not load or has no tests`);
  const explained = faults.length > 0 || tests.some((test) => test.outcome === "failed");
  if (run.exitCode !== 0 && !explained) faults.push(`bun test ended with ${run.exitCode} though no test failed`);
  return { tests, faults };
};

/** The line that ends a run: `12 passed, 0 failed`, with the skipped when there are some. */
export const lastLine = ({ tests, faults }: RunOutcome): string => {
  const count = (outcome: TestOutcome["outcome"]): number => tests.filter((test) => test.outcome === outcome).length;
  const skipped = count("skipped");
  return `${count("passed")} passed, ${count("failed") + faults.length} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
};

const readReport = (xml: string): readonly TestOutcome[] =>
  [...xml.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(([, head = "", body = ""]) => {
    const group = attribute(head, "classname");
    const name = attribute(head, "name");
    return {
      file: attribute(head, "file"),
      line: Number(attribute(head, "line") || 0),
      name: group ? `${group} > ${name}` : name,
      outcome: /<(?:failure|error)\b/.test(body) ? "failed" : /<skipped\b/.test(body) ? "skipped" : "passed",
      seconds: Number(attribute(head, "time")),
    };
  });

const attribute = (head: string, name: string): string =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? "").replace(/&(\w+|#\d+);/g, (whole, entity: string) =>
    entity.startsWith("#") ? String.fromCodePoint(Number(entity.slice(1))) : (entities[entity] ?? whole),
  );

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
