import { describe, expect, test } from "bun:test";
import { timeFrom } from "../../../src/core/plan/since.ts";

describe("what --since takes for a time", () => {
  const cases: readonly (readonly [text: string, time: string | undefined])[] = [
    ["2026-11-21", "2026-11-21T00:00:00.000Z"],
    ["2026-11-21 14:30", "2026-11-21T14:30:00.000Z"],
    ["2026-11-21T14:30:05.5z", "2026-11-21T14:30:05.500Z"],
    ["2026-11-21T00:30:00+01:00", "2026-11-20T23:30:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
    ["2026-11-21_add_users", undefined],
    ["0007_add_users", undefined],
    ["20261121", undefined],
  ];
  for (const [text, time] of cases) test(text, () => expect(timeFrom(text)).toBe(time));

  for (const text of ["2026-02-30", "2026-13-01", "2026-11-21T25:00", "2026-11-21T14:30+99:00"])
    test(`${text} does not exist`, () => expect(() => timeFrom(text)).toThrow(`"${text}" is no time that exists`));
});
