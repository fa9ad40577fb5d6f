import type { HookEvent, OfTrack, ProgressEvent, RunEvent } from "../runtime/events.ts";
import { describeHolder } from "../runtime/lock-holder.ts";
import type { Output, Paint } from "./output.ts";

/** Tells what a run is doing on stderr: a line per step, or the events as they are where the log is for machines. */
export function progress(output: Output): (event: RunEvent & OfTrack) => void {
  let waitingSince: string | undefined;
  const tellProgress = progressTeller(output);
  return (event) => {
    if (output.event?.(event)) return;
    if (event.type === "progress") return tellProgress(inTrack(event) as ProgressEvent);
    if (endsWork.has(event.type)) tellProgress(undefined);
    const line = lineOf(inTrack(event), output.paint);
    if (!line) return;
    if (event.type === "waiting") {
      if (line.text === waitingSince) return;
      waitingSince = line.text;
    }
    output[line.as](line.text);
  };
}

/** After these, what was under way is not any more. */
const endsWork: ReadonlySet<string> = new Set(["statement", "operation", "migration-failed"]);

/** What is over sooner is not told a line of. */
const BRIEF_MS = 1000;

/**
 * A bar on a terminal; elsewhere a line when the phase changes, and every ten seconds. Call it with `undefined` when the statement is
 * over.
 */
function progressTeller(output: Output): (event: ProgressEvent | undefined) => void {
  let last: ProgressEvent | undefined;
  return (event) => {
    if (!event) {
      if (last) output.transient?.(undefined);
      last = undefined;
      return;
    }
    const isNew = !last || last.phase !== event.phase || event.elapsedMs - last.elapsedMs >= 10_000;
    if (output.transient?.(`${event.migration}: ${bar(event)}${progressText(event)}`)) {
      last = event;
    } else if (isNew && event.elapsedMs >= BRIEF_MS) {
      output.step(`${event.migration}: ${progressText(event)}`);
      last = event;
    }
  };
}

/** Names of migrations, and notes, with the track they belong to. */
function inTrack(event: RunEvent & OfTrack): RunEvent {
  const { track } = event;
  if (track === undefined) return event;
  if (event.type === "note") return { ...event, message: `${track}: ${event.message}` };
  return "migration" in event && event.migration !== undefined
    ? { ...event, migration: `${track}/${event.migration}` }
    : event;
}

export interface Line {
  readonly as: "step" | "warn" | "detail";
  readonly text: string;
}

/** An event as people read it; `undefined` for what they are not told. */
export function lineOf(event: RunEvent, paint: Paint): Line | undefined {
  switch (event.type) {
    case "waiting":
      return { as: "step", text: `waiting for ${describeHolder(event.holder)}` };
    case "retry":
      return {
        as: "step",
        text: `${event.migration}: ${event.message}; trying again in ${duration(event.waitMs)} (${event.attempt} of ${event.retries})`,
      };
    case "note":
      return { as: "step", text: event.message };
    case "warning":
      return { as: "warn", text: about(event.migration, event.message) };
    case "notice":
      return { as: "detail", text: `notice: ${event.message}` };
    case "operation":
      return {
        as: "detail",
        text: `  ${event.title}${event.durationMs === undefined ? "" : ` (${duration(event.durationMs)})`}`,
      };
    case "migration-start":
      return { as: "detail", text: `${event.migration}: ${event.direction === "up" ? "applying" : "rolling back"}` };
    case "migration-end":
      return {
        as: "step",
        text: `${mark(event.direction, paint)} ${event.migration} ${paint("dim", `(${duration(event.durationMs)})`)}`,
      };
    case "migration-failed":
      return { as: "step", text: `${paint("red", "failed")} ${event.migration}` };
    case "progress":
      return { as: "step", text: `${event.migration}: ${progressText(event)}` };
    case "hook":
      return hookLine(event);
    case "connected":
    case "statement":
    case "run-start":
    case "run-end":
      return undefined;
  }
}

/** Of a hook that fails, the error of the run tells, but of those that follow a failure nothing else does. */
function hookLine({ when, title, migration, durationMs, output, error }: HookEvent): Line {
  const failed = error !== undefined && when === "on_failure";
  const printed = (output?.split("\n") ?? []).map((line) => `\n  ${line}`).join("");
  const text = failed ? error : `${title} (${duration(durationMs)})${printed}`;
  return { as: failed ? "warn" : "detail", text: about(migration, `${when}: ${text}`) };
}

/** `CREATE INDEX idx: building index, 42 % (3.1 s)` */
export function progressText(event: ProgressEvent): string {
  const { verb, target, phase, done, total, elapsedMs } = event;
  const percent = done === undefined || !total ? undefined : `${Math.floor((100 * Math.min(done, total)) / total)} %`;
  const parts = [phase, percent].filter((part) => part !== undefined);
  const state = parts.length > 0 ? `: ${parts.join(", ")}` : "";
  return `${[verb, target].filter((word) => word !== undefined).join(" ")}${state} (${duration(elapsedMs)})`;
}

const barWidth = 20;

function bar({ done, total }: ProgressEvent): string {
  if (done === undefined || !total) return "";
  const full = Math.floor((barWidth * Math.min(done, total)) / total);
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)} `;
}

/** `12 ms`, `3.4 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

const about = (migration: string | undefined, text: string): string =>
  migration === undefined ? text : `${migration}: ${text}`;

const mark = (direction: "up" | "down", paint: Paint): string =>
  direction === "up" ? paint("green", "applied") : paint("yellow", "rolled back");
