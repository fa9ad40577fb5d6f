import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgeRun, lastLine, type RunOutcome } from "./junit.ts";

/** Runs test files for real, because the point is what this version of `bun test` reports. */
const run = async (sources: Readonly<Record<string, string>>): Promise<RunOutcome> => {
  const folder = mkdtempSync(join(tmpdir(), "godwit-junit-"));
  try {
    for (const [file, text] of Object.entries(sources)) writeFileSync(join(folder, file), text);
    const files = Object.keys(sources);
    const command = ["test", "--reporter=junit", "--reporter-outfile=report.xml", ...files.map((file) => `./${file}`)];
    const child = Bun.spawn([process.execPath, ...command], { cwd: folder, stdout: "ignore", stderr: "ignore" });
    const exitCode = await child.exited;
    const report = await Bun.file(join(folder, "report.xml")).exists();
    return judgeRun({ report: report ? readFileSync(join(folder, "report.xml"), "utf8") : "", files, exitCode });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const good =
  'import { test, describe } from "bun:test"; describe("group", () => { test("a <b> & \\"c\\"", () => {}); });';

test("counts what passed, failed and was skipped, with the names as written", async () => {
  const outcome = await run({
    "a.test.ts": `${good}\ntest("bad", () => { throw new Error("x"); }); test.skip("later", () => {}); test.todo("much later");`,
  });
  expect(outcome.tests[0]?.name).toBe('group > a <b> & "c"');
  expect(outcome.tests.find((found) => found.outcome === "failed")).toMatchObject({ file: "a.test.ts", line: 2 });
  expect(lastLine(outcome)).toBe("1 passed, 1 failed, 2 skipped");
});

test("a file without tests and a file that does not load are failures", async () => {
  const outcome = await run({
    "good.test.ts": good,
    "empty.test.ts": "export {};",
    "broken.test.ts": 'import "./nowhere.ts"; import { test } from "bun:test"; test("never", () => {});',
  });
  expect(outcome.faults).toEqual([
    '"empty.test.ts" did not load or has no tests',
    '"broken.test.ts" did not load or has no tests',
  ]);
  expect(lastLine(outcome)).toBe("1 passed, 2 failed");
});

test("errors after a test and in hooks are failures", async () => {
  const outcome = await run({
    "late.test.ts": `${good} import { afterAll } from "bun:test"; afterAll(() => { throw new Error("hook"); });`,
  });
  expect(lastLine(outcome)).toBe("1 passed, 1 failed");
});

test("a process that dies is a failure, whatever it had reported", async () => {
  expect(lastLine(await run({ "dies.test.ts": `${good} process.kill(process.pid, "SIGKILL");` }))).toBe(
    "0 passed, 1 failed",
  );
  expect(judgeRun({ report: "", files: [], exitCode: 137 }).faults).toEqual([
    "bun test ended with 137 though no test failed",
  ]);
});
