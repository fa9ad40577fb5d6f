import { expect, test } from "bun:test";
import { parseDuration, printDuration } from "../../src/core/duration.ts";

test.each([
  [0, "0"],
  [500, "500ms"],
  [1500, "1500ms"],
  [2000, "2s"],
  [90_000, "90s"],
  [600_000, "10m"],
  [7_200_000, "2h"],
  [0.5, "0.5ms"],
])("%p milliseconds are written %p, and read back", (ms, text) => {
  expect(printDuration(ms)).toBe(text);
  expect(parseDuration(text)).toBe(ms);
});
