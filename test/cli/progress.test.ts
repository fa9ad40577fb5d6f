import { describe, expect, test } from "bun:test";
import type { Output } from "../../src/cli/output.ts";
import { progress } from "../../src/cli/progress.ts";
import type { ProgressEvent } from "../../src/runtime/events.ts";

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

describe("the progress of a long statement", () => {
  const at = (elapsedMs: number, more: Partial<ProgressEvent> = {}): ProgressEvent => ({
    type: "progress",
    migration: "0002_bio",
    operation: 0,
    verb: "CREATE INDEX",
    target: "idx_bio",
    elapsedMs,
    ...more,
  });
  const over = { type: "statement", migration: "0002_bio", operation: 0, verb: "CREATE INDEX", durationMs: 1 } as const;
  const screen = (transient: boolean) => {
    const shown: (string | undefined)[] = [];
    const output: Output = {
      step: (line) => void shown.push(line),
      warn: () => undefined,
      detail: () => undefined,
      transient: (line) => transient && shown.push(line) > 0,
      paint: (_, text) => text,
    };
    return { shown, tell: progress(output) };
  };

  test("is a bar on a terminal, and gone when the statement is", () => {
    const { shown, tell } = screen(true);
    tell(at(2000, { phase: "building index", done: 1, total: 4 }));
    tell(over);
    tell(over);
    expect(shown).toEqual([
      "0002_bio: █████░░░░░░░░░░░░░░░ CREATE INDEX idx_bio: building index, 25 % (2.0 s)",
      undefined,
    ]);
  });

  test("is no line where it is over in a moment, and the bar of a function goes with its operation", () => {
    const brief = screen(false);
    brief.tell(at(900, { done: 1, total: 1 }));
    expect(brief.shown).toEqual([]);
    const { shown, tell } = screen(true);
    tell({ ...at(10, { done: 1, total: 2, verb: "run code" }) });
    tell({ type: "operation", migration: "0002_bio", operation: 0, title: "run code", durationMs: 20 });
    expect(shown.at(-1)).toBeUndefined();
  });

  test("is a line elsewhere, when the phase changes and every ten seconds", () => {
    const { shown, tell } = screen(false);
    for (const seconds of [2, 3, 11, 12, 13]) tell(at(seconds * 1000, { phase: "waiting", done: 0, total: 1 }));
    tell(at(14_000, { phase: "building index" }));
    tell(over);
    tell(at(2000));
    expect(shown).toEqual([
      "0002_bio: CREATE INDEX idx_bio: waiting, 0 % (2.0 s)",
      "0002_bio: CREATE INDEX idx_bio: waiting, 0 % (12.0 s)",
      "0002_bio: CREATE INDEX idx_bio: building index (14.0 s)",
      "0002_bio: CREATE INDEX idx_bio (2.0 s)",
    ]);
  });
});
