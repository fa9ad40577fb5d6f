import type { ToolError } from "../core/errors.ts";
import type { ConnectedEvent, ProgressEvent, RunEvent, StatementEvent } from "../runtime/events.ts";

export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What is not there is left out. */
type Parts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/**
 * The facts of an event, under the names of OpenTelemetry's semantic conventions where those have one
 * (https://opentelemetry.io/docs/specs/semconv/database/), else under `godwit.`; durations are in seconds, as there.
 */
export const attributesOf = (event: RunEvent): Attributes => present(partsOf(event));

/** The facts of a failure. `error.type` is the code that `--json` has too; the migrations are those done before it. */
export const errorAttributes = (error: ToolError): Attributes => {
  const { migration, operation, file, line, code, applied, guest_stack: guest, host_stack: host } = error.data;
  return present({
    "error.type": error.code,
    "db.response.status_code": textOf(code),
    "godwit.migration.name": textOf(migration),
    "godwit.operation.index": numberOf(operation),
    "code.file.path": textOf(file),
    "code.line.number": numberOf(line),
    "code.stacktrace": textOf(guest),
    "exception.stacktrace": textOf(host),
    "godwit.migrations": Array.isArray(applied) ? applied.map(String) : undefined,
  });
};

/** The database, for every line that follows. */
export const databaseAttributes = ({ dialect, namespace, host, port }: ConnectedEvent): Attributes =>
  present({ "db.system.name": dialect, "db.namespace": namespace, "server.address": host, "server.port": port });

export const seconds = (ms: number): number => Math.round(ms) / 1000;

function partsOf<T extends RunEvent["type"]>(event: Of<T>): Parts {
  return parts[event.type as T](event);
}

type Of<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;

const nothing = (): Parts => ({});

const parts: { readonly [T in RunEvent["type"]]: (event: Of<T>) => Parts } = {
  note: nothing,
  notice: nothing,
  connected: nothing,
  waiting: ({ waitedMs, holder }) => ({ "godwit.wait.duration": seconds(waitedMs), ...holderParts(holder) }),
  retry: ({ migration, attempt, retries, waitMs }) => ({
    "godwit.migration.name": migration,
    "godwit.retry.attempt": attempt,
    "godwit.retry.limit": retries,
    "godwit.retry.delay": seconds(waitMs),
  }),
  warning: ({ migration, operation }) => ({ "godwit.migration.name": migration, "godwit.operation.index": operation }),
  "run-start": runParts,
  "run-end": (event) => ({ ...runParts(event), "godwit.run.duration": seconds(event.durationMs) }),
  "migration-start": migrationParts,
  "migration-failed": migrationParts,
  "migration-end": (event) => ({ ...migrationParts(event), "godwit.migration.duration": seconds(event.durationMs) }),
  operation: ({ migration, operation, title, durationMs }) => ({
    "godwit.migration.name": migration,
    "godwit.operation.index": operation,
    "godwit.operation.title": title,
    ...(durationMs !== undefined && { "godwit.operation.duration": seconds(durationMs) }),
  }),
  statement: (event) => ({
    ...statementParts(event),
    ...(event.durationMs !== undefined && { "db.client.operation.duration": seconds(event.durationMs) }),
    "error.type": event.error,
  }),
  progress: (event) => ({
    ...statementParts(event),
    "godwit.progress.phase": event.phase,
    "godwit.progress.done": event.done,
    "godwit.progress.total": event.total,
    "godwit.progress.elapsed": seconds(event.elapsedMs),
  }),
  hook: ({ when, index, title, migration, durationMs, output, error }) => ({
    "godwit.hook.when": when,
    "godwit.hook.index": index,
    "godwit.hook.title": title,
    "godwit.hook.duration": seconds(durationMs),
    "godwit.hook.output": output,
    "godwit.migration.name": migration,
    "error.type": error === undefined ? undefined : "hook",
  }),
};

function runParts({ direction, migrations }: Of<"run-start" | "run-end">): Parts {
  return { "godwit.direction": direction, "godwit.migrations": migrations };
}

function migrationParts(event: Of<"migration-start" | "migration-end" | "migration-failed">): Parts {
  return {
    "godwit.migration.name": event.migration,
    "godwit.direction": event.direction,
    "godwit.migration.index": event.index,
    "godwit.migration.total": event.total,
  };
}

const statementParts = ({ migration, operation, verb, target }: StatementEvent | ProgressEvent): Parts => ({
  "godwit.migration.name": migration,
  "godwit.operation.index": operation,
  "db.operation.name": verb,
  "db.query.summary": target === undefined ? verb : `${verb} ${target}`,
  ...(namesTable.test(verb) && { "db.collection.name": target }),
});

/** Verbs whose name is that of a table. */
const namesTable = /TABLE$|^(?:INSERT|REPLACE|UPDATE|DELETE|TRUNCATE)$/;

const holderParts = (holder: Extract<RunEvent, { type: "waiting" }>["holder"]): Parts =>
  Object.fromEntries(Object.entries(holder ?? {}).map(([key, value]) => [`godwit.lock.holder.${key}`, value]));

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const present = (parts: Parts): Attributes =>
  Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, string] => entry[1] !== undefined));
