import { expect, test } from "bun:test";
import type { Applied } from "../../src/core/plan/migration.ts";
import { entriesOf, namedBy, timeOfMigration } from "../../src/runtime/log-entries.ts";
import type { EndReason, Past } from "../../src/runtime/past.ts";

const at = (minute: number): string => `2026-11-21T05:${String(minute).padStart(2, "0")}:00.000Z`;

const row = (name: string, minute: number, more: Partial<Applied> = {}): Applied => ({
  track: "default",
  name,
  checksum: "a",
  state: "applied",
  stepsDone: 1,
  appliedAt: at(minute),
  durationMs: 5,
  toolVersion: "0.1.0",
  appliedBy: "ann@laptop",
  ...more,
});

const past = (of: Applied, reason: EndReason, minute: number): Past => ({
  row: of,
  reason,
  endedAt: at(minute),
  endedMs: 7,
  endedVersion: "0.2.0",
  endedBy: "bob@server",
});

const told = (history: readonly Applied[], gone: readonly Past[]): readonly string[] =>
  entriesOf(history, gone).map((entry) => `${entry.event} ${entry.name} ${entry.at.slice(14, 16)} ${entry.by}`);

test("a row that is in both books is still in the history, however often it was copied", () => {
  const applied = row("m", 1);
  const copies = [past(applied, "rolled_back", 2), past(applied, "rolled_back", 3)];
  expect(told([applied], copies)).toEqual(["applied m 01 ann@laptop"]);
  expect(told([], copies)).toEqual(["applied m 01 ann@laptop", "rolled_back m 03 bob@server"]);
  expect(told([row("m", 4)], copies).at(-1)).toBe("applied m 04 ann@laptop");
});

test("what goes back in pieces is told once, whether it is done or stopped", () => {
  const was = past(row("m", 1), "going_back", 2);
  const half = row("m", 2, { state: "failed", stepsDone: -1, appliedBy: "bob@server" });
  expect(told([half], [was])).toEqual(["applied m 01 ann@laptop", "rollback_failed m 02 bob@server"]);
  expect(told([], [was, past(half, "rolled_back", 3)])).toEqual([
    "applied m 01 ann@laptop",
    "rolled_back m 03 bob@server",
  ]);
  expect(told([], [was, past(half, "forgotten", 3)])).toEqual([
    "applied m 01 ann@laptop",
    "rollback_failed m 02 bob@server",
    "forgotten m 03 bob@server",
  ]);
});

test("an accepted file there and back again is told twice, and that it was applied, once", () => {
  const there = past(row("m", 1), "accepted", 2);
  const back = past(row("m", 1, { checksum: "b" }), "accepted", 3);
  expect(told([row("m", 1)], [there, back])).toEqual([
    "applied m 01 ann@laptop",
    "accepted m 02 bob@server",
    "accepted m 03 bob@server",
  ]);
});

test("what another tool had applied says which", () => {
  const [entry] = entriesOf([row("m", 1, { state: "fake", adoptedFrom: "goose" })], []);
  expect(entry).toMatchObject({ event: "adopted", from: "goose", tool_version: "0.1.0" });
});

test("names: exact before how they begin, and the time is that of the last time it was applied", () => {
  const entries = entriesOf([row("0001_a", 4), row("0001_ab", 2)], [past(row("0001_a", 1), "redone", 3)]);
  expect(timeOfMigration("0001_a", entries)).toBe(at(4));
  expect(namedBy("0001", entries)).toHaveLength(4);
  expect(() => timeOfMigration("0001", entries)).toThrow('"0001" is how several begin: "0001_a", "0001_ab"; name one');
  expect(() => namedBy("0002", entries)).toThrow('the history has no migration "0002"');
});
