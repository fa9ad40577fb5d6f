import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluateModules } from "../../sandbox/host/index.ts";
import { evaluate, failure } from "./evaluate.ts";
import { type HostileCase, hostileCases, hostileDirectory, tooLong } from "./hostile.ts";

test("every hostile file is in the table", () => {
  const files = readdirSync(hostileDirectory).filter((file) => file.endsWith(".ts"));
  expect(hostileCases.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
});

describe("a hostile migration ends with one error at its line", () => {
  for (const hostile of hostileCases) {
    if (hostile.fatal) continue;
    test(hostile.file, async () => {
      const source = readFileSync(join(hostileDirectory, hostile.file), "utf8");
      const error = await failure(
        evaluateModules([{ path: hostile.file, source }], { deadlineMs: deadlineFor(hostile) }),
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
      const child = Bun.spawn([process.execPath, entry, join(hostileDirectory, hostile.file)], {
        stdout: "pipe",
        stderr: "pipe",
      });
      const [stdout, exit] = [await child.stdout.text(), await child.exited];
      expect(exit).toBe(1);
      const error = JSON.parse(stdout) as { code: string; message: string; data: Record<string, unknown> };
      expectError(hostile, error);
      expect(error.data["fatal"]).toBe(true);
    });
  }
});

/** Short for what never ends; long for what meets another limit first, however busy the machine is. */
const deadlineFor = ({ says }: HostileCase): number => (says === tooLong ? 250 : 20_000);

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
