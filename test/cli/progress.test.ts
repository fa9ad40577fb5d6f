import { expect, test } from "bun:test";
import type { Output } from "../../src/cli/output.ts";
import { progress } from "../../src/cli/progress.ts";

test("a migration that is tried again says why, when, and how often still", () => {
  const lines: string[] = [];
  const ignore = (): undefined => undefined;
  const output: Output = {
    step: (line) => void lines.push(line),
    warn: ignore,
    detail: ignore,
    paint: (_, text) => text,
  };
  const message = "canceling statement due to lock timeout";
  progress(output)({ type: "retry", migration: "0002_bio", attempt: 3, retries: 10, waitMs: 1234, message });
  expect(lines).toEqual([`0002_bio: ${message}; trying again in 1.2 s (3 of 10)`]);
});
