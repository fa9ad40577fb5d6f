import { describe, expect, test } from "bun:test";
import { openLog } from "../../src/cli/log.ts";
import { rootSpan } from "../../src/cli/log-trace.ts";
import { PartialError, ToolError } from "../../src/core/errors.ts";
import type { RunEvent } from "../../src/runtime/events.ts";

interface Line {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly message: string;
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function record(options: { readonly traceparent?: string; readonly quiet?: boolean; readonly verbose?: boolean } = {}) {
  const lines: Line[] = [];
  const log = openLog({
    traceparent: options.traceparent,
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    write: (line) => void lines.push(JSON.parse(line) as Line),
  });
  return { log, lines };
}

const migration = { direction: "up", migration: "0001_a", index: 0, total: 1 } as const;
const run: readonly RunEvent[] = [
  { type: "connected", dialect: "postgresql", namespace: "shop", host: "db.internal", port: 5432 },
  { type: "run-start", direction: "up", migrations: ["0001_a"] },
  { type: "migration-start", ...migration },
  { type: "statement", migration: "0001_a", operation: 0, verb: "CREATE TABLE", target: "posts", durationMs: 1500 },
  { type: "statement", migration: "0001_a", operation: 1, verb: "VACUUM", durationMs: 7, error: "25001" },
  { type: "operation", migration: "0001_a", operation: 0, title: 'create table "posts"', durationMs: 1501 },
  { type: "migration-end", ...migration, durationMs: 1600 },
  { type: "run-end", direction: "up", migrations: ["0001_a"], durationMs: 1700 },
];

describe("the log for machines", () => {
  test("command, run, migration and statement are spans that nest in one trace", () => {
    const { log, lines } = record();
    for (const event of run) log.event(event);
    log.end(0, "migrate up");
    const [connected, runStart, start, first, second, end, runEnd, last] = lines;
    expect(new Set(lines.map((line) => line.trace_id)).size).toBe(1);
    expect(last?.parent_span_id).toBeUndefined();
    expect(connected?.span_id).toBe(last?.span_id ?? "");
    expect(runStart).toMatchObject({ parent_span_id: last?.span_id, span_id: runEnd?.span_id });
    expect(start).toMatchObject({ parent_span_id: runStart?.span_id, span_id: end?.span_id });
    expect(first?.parent_span_id).toBe(start?.span_id);
    expect(second?.parent_span_id).toBe(start?.span_id);
    expect(new Set([first, second, start, runStart, last].map((line) => line?.span_id)).size).toBe(5);
  });

  test("a statement has the names of OpenTelemetry, durations in seconds, and the database", () => {
    const { log, lines } = record();
    for (const event of run) log.event(event);
    expect(lines.map(({ event, level }) => `${event} ${level}`)).toEqual([
      "connected info",
      "run-start info",
      "migration-start debug",
      "statement debug",
      "statement warn",
      "migration-end info",
      "run-end info",
    ]);
    const database = {
      "db.system.name": "postgresql",
      "db.namespace": "shop",
      "server.address": "db.internal",
      "server.port": 5432,
    };
    expect(lines[3]).toMatchObject({ message: "CREATE TABLE posts", time: expect.stringMatching(/^\d{4}-.+Z$/) });
    expect(lines[3]?.attributes).toEqual({
      ...database,
      "godwit.migration.name": "0001_a",
      "godwit.operation.index": 0,
      "db.operation.name": "CREATE TABLE",
      "db.query.summary": "CREATE TABLE posts",
      "db.collection.name": "posts",
      "db.client.operation.duration": 1.5,
    });
    expect(lines[4]?.attributes).toEqual({
      ...database,
      "godwit.migration.name": "0001_a",
      "godwit.operation.index": 1,
      "db.operation.name": "VACUUM",
      "db.query.summary": "VACUUM",
      "db.client.operation.duration": 0.007,
      "error.type": "25001",
    });
    expect(lines[5]?.attributes).toMatchObject({ "godwit.migration.duration": 1.6, "godwit.direction": "up" });
  });

  test("what follows a migration that failed is no part of it", () => {
    const { log, lines } = record();
    for (const event of run.slice(0, 3)) log.event(event);
    log.event({ type: "migration-failed", ...migration, message: "no such table" });
    log.event({ type: "warning", message: "on_failure: exit code 1" });
    const [, runStart, start, failed, warning] = lines;
    expect(failed).toMatchObject({ level: "error", message: "no such table", span_id: start?.span_id });
    expect(warning).toMatchObject({ level: "warn", span_id: runStart?.span_id });
  });

  test("an error has its code as error.type, the database's own code, and what was done before", () => {
    const { log, lines } = record();
    const cause = new ToolError("database", 'relation "x" does not exist', { code: "42P01", migration: "0002_b" });
    log.error(new PartialError(cause, { applied: ["0001_a"], failed: "0002_b", remaining: [] }));
    log.end(1, "migrate up");
    expect(lines[0]).toMatchObject({ level: "error", event: "error", message: 'relation "x" does not exist' });
    expect(lines[0]?.attributes).toEqual({
      "error.type": "database",
      "db.response.status_code": "42P01",
      "godwit.migration.name": "0002_b",
      "godwit.migrations": ["0001_a"],
    });
    expect(lines[1]).toMatchObject({ level: "error", event: "end", attributes: { "process.exit.code": 1 } });
  });

  test("a line says which of several tracks it is about", () => {
    const { log, lines } = record();
    log.event({ type: "run-start", direction: "up", migrations: [], track: "core" });
    expect(lines[0]?.attributes["godwit.track"]).toBe("core");
  });

  test("no line holds the password of a URL", () => {
    const { log, lines } = record();
    log.message("warn", "cannot reach postgres://ann:geheim@db/shop");
    expect(lines[0]?.message).toBe("cannot reach postgres://ann:***@db/shop");
  });

  test("--quiet leaves warnings, errors and the end; --verbose adds operations and notices", () => {
    const quiet = record({ quiet: true });
    const verbose = record({ verbose: true });
    for (const { log } of [quiet, verbose]) {
      for (const event of [...run, { type: "notice", message: "hm" } as const]) log.event(event);
      log.message("warn", "take care");
      log.end(0, "migrate up");
    }
    expect(quiet.lines.map(({ event }) => event)).toEqual(["statement", "message", "end"]);
    expect(verbose.lines.map(({ event }) => event)).toEqual([
      ...run.map(({ type }) => type),
      "notice",
      "message",
      "end",
    ]);
  });
});

describe("TRACEPARENT", () => {
  const trace = "0af7651916cd43dd8448eb211c80319c";
  const parent = "b7ad6b7169203331";

  test("names the trace and the span above", () => {
    const span = rootSpan(`00-${trace}-${parent}-01`);
    expect(span).toMatchObject({ trace_id: trace, parent_span_id: parent });
    expect(span.span_id).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each([
    undefined,
    "",
    "00-xyz",
    `ff-${trace}-${parent}-01`,
    `00-${"0".repeat(32)}-${parent}-01`,
    `00-${trace}-${parent}`,
  ])("%p counts as none", (traceparent) => {
    const span = rootSpan(traceparent);
    expect(span.trace_id).toMatch(/^[0-9a-f]{32}$/);
    expect(span.trace_id).not.toBe(trace);
    expect(span.parent_span_id).toBeUndefined();
  });
});
