import type { ToolError } from "../core/errors.ts";
import type { OfTrack, RunEvent } from "../runtime/events.ts";
import { redact } from "../runtime/redact.ts";
import { type Attributes, attributesOf, databaseAttributes, errorAttributes, seconds } from "./log-attributes.ts";
import { childOf, rootSpan, type Span } from "./log-trace.ts";
import type { Level, Log } from "./output.ts";
import { lineOf } from "./progress.ts";

/** One JSON object per line. Its shape is part of the public interface (docs/commands.md). */
export interface CommandLog extends Log {
  error(error: ToolError): void;
  /** The last line; `command` is the words of the command, such as `migrate up`. */
  end(exitCode: number, command: string): void;
}

export interface LogOptions {
  /** `TRACEPARENT` of the environment. */
  readonly traceparent: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Writes one line. */
  readonly write: (line: string) => void;
}

/**
 * A log whose lines name the piece of work they belong to, as spans that nest: the command, a run (per track and direction), a
 * migration, a statement. The line that ends a piece of work carries its duration.
 */
export function openLog(options: LogOptions): CommandLog {
  const started = performance.now();
  const root = rootSpan(options.traceparent);
  let run: Span | undefined;
  let migration: Span | undefined;
  let database: Attributes = {};
  const print = ({ level, event, message }: Said, span: Span, attributes: Attributes): void => {
    if (options.quiet && (level === "info" || level === "debug") && event !== "end") return;
    const record = { time: new Date().toISOString(), level, event, message, ...span };
    options.write(redact(JSON.stringify({ ...record, attributes: { ...database, ...attributes } })));
  };
  const here = (): Span => migration ?? run ?? root;
  /** The span of the line; the ones that begin and end are kept account of. */
  const spanOf = (event: RunEvent): Span => {
    if (event.type === "run-start") {
      migration = undefined;
      run = childOf(root);
    }
    if (event.type === "migration-start") migration = childOf(run ?? root);
    const span = event.type === "statement" ? childOf(here()) : here();
    if (event.type === "migration-end" || event.type === "migration-failed") migration = undefined;
    if (event.type === "run-end") run = undefined;
    return span;
  };
  return {
    message: (level, text) => print({ level, event: "message", message: text }, here(), {}),
    event: (event: RunEvent & OfTrack) => {
      if (event.type === "connected") database = databaseAttributes(event);
      const span = spanOf(event);
      if (!options.verbose && (event.type === "operation" || event.type === "notice")) return;
      print({ level: levelOf(event), event: event.type, message: messageOf(event) }, span, {
        ...attributesOf(event),
        ...trackOf(event),
      });
    },
    error: (error) => print({ level: "error", event: "error", message: error.message }, root, errorAttributes(error)),
    end: (exitCode, command) =>
      print({ level: exitCode === 0 ? "info" : "error", event: "end", message: `godwit ${command}`.trim() }, root, {
        "process.exit.code": exitCode,
        ...(command !== "" && { "godwit.command": command }),
        "godwit.command.duration": seconds(performance.now() - started),
      }),
  };
}

interface Said {
  readonly level: Level;
  readonly event: string;
  readonly message: string;
}

const trackOf = ({ track }: OfTrack): Attributes => (track === undefined ? {} : { "godwit.track": track });

function levelOf(event: RunEvent): Level {
  if (event.type === "migration-failed") return "error";
  // What is refused may be tried again, or be ignored; whether the migration fails is told next.
  if (event.type === "statement") return event.error === undefined ? "debug" : "warn";
  if (event.type === "retry") return "warn";
  if (event.type === "hook") return event.error === undefined ? "info" : "warn";
  const as = lineOf(event, plain)?.as ?? "step";
  return ({ step: "info", warn: "warn", detail: "debug" } as const)[as];
}

function messageOf(event: RunEvent): string {
  switch (event.type) {
    case "connected":
      return `connected to ${event.namespace ?? event.dialect}`;
    case "statement":
      return event.target === undefined ? event.verb : `${event.verb} ${event.target}`;
    case "run-start":
      return `${event.direction}: ${count(event.migrations.length)} to run`;
    case "run-end":
      return `${event.direction}: ${count(event.migrations.length)} done`;
    case "migration-failed":
      return event.message;
    case "hook":
      return `${event.when}: ${event.error ?? event.title}`;
    default:
      return lineOf(event, plain)?.text.trim() ?? event.type;
  }
}

const count = (n: number): string => `${n} ${n === 1 ? "migration" : "migrations"}`;
const plain = (_: unknown, text: string): string => text;
