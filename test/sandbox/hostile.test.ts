import { describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluateModules } from "../../sandbox/host/index.ts";
import { evaluate, failure } from "./evaluate.ts";
import { hostileCases, hostileDirectory, isEndless, sourceOf } from "./hostile.ts";
import type { HostileCase } from "./hostile-case.ts";

test("every hostile file is in the table", () => {
  const files = readdirSync(hostileDirectory).filter((file) => file.endsWith(".ts"));
  const named = hostileCases.filter(({ source }) => source === undefined).map(({ file }) => file);
  expect(named.toSorted()).toEqual(files.toSorted());
});

describe("a hostile migration ends with one error at its line", () => {
  for (const hostile of hostileCases) {
    if (hostile.fatal || hostile.isData) continue;
    test(hostile.file, async () => {
      const error = await failure(
        evaluateModules([{ path: hostile.file, source: sourceOf(hostile) }], { deadlineMs: deadlineFor(hostile) }),
      );
      expectError(hostile, error);
      expect(error.data["fatal"]).toBeUndefined();
    });
  }

  test("and the sandbox still works afterwards", async () => {
    expect(await evaluate("export default { fine: true };")).toEqual({ fine: true });
  });
});

describe("what cannot be stopped is reported and ends the process", () => {
  for (const hostile of hostileCases) {
    if (!hostile.fatal) continue;
    test(hostile.file, async () => {
      const entry = join(import.meta.dir, "fixtures/evaluate-file.ts");
      const directory = mkdtempSync(join(tmpdir(), "godwit-hostile-"));
      writeFileSync(join(directory, hostile.file), sourceOf(hostile));
      const child = Bun.spawn([process.execPath, entry, join(directory, hostile.file)], {
        stdout: "pipe",
        stderr: "pipe",
      });
      const [stdout, exit] = [await child.stdout.text(), await child.exited];
      rmSync(directory, { recursive: true });
      expect(exit).toBe(1);
      const error = JSON.parse(stdout) as { code: string; message: string; data: Record<string, unknown> };
      expectError(hostile, error);
      expect(error.data["fatal"]).toBe(true);
    });
  }
});

/** Short for what never ends; long for what meets another limit first, however busy the machine is. */
const deadlineFor = (hostile: HostileCase): number => (isEndless(hostile) ? 250 : 20_000);

function expectError(
  hostile: HostileCase,
  error: { code: string; message: string; data: Readonly<Record<string, unknown>> },
): void {
  expect({ code: error.code, file: error.data["file"], line: error.data["line"] }).toEqual({
    code: hostile.code,
    file: hostile.file,
    line: hostile.line,
  });
  expect(error.message).toStartWith(`${hostile.file}:${hostile.line}:`);
  for (const part of hostile.says) expect(error.message).toContain(part);
  expect(error.message).not.toContain("\n");
}
