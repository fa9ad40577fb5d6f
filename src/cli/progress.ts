import type { RunEvent } from "../runtime/events.ts";
import { describeHolder } from "../runtime/lock-holder.ts";
import type { Output } from "./output.ts";

/** Tells what a run is doing, a line per step, on stderr. */
export function progress(output: Output): (event: RunEvent) => void {
  let waitingSince: string | undefined;
  return (event) => {
    switch (event.type) {
      case "waiting": {
        const line = `waiting for ${describeHolder(event.holder)}`;
        if (line !== waitingSince) output.step(line);
        waitingSince = line;
        return;
      }
      case "retry":
        return output.step(
          `${event.migration}: ${event.message}; trying again in ${duration(event.waitMs)} (${event.attempt} of ${event.retries})`,
        );
      case "note":
        return output.step(event.message);
      case "warning":
        return output.warn(event.migration === undefined ? event.message : `${event.migration}: ${event.message}`);
      case "notice":
        return output.detail(`notice: ${event.message}`);
      case "operation":
        return output.detail(`  ${event.title} (${duration(event.durationMs)})`);
      case "migration-start":
        return output.detail(`${event.migration}: ${event.direction === "up" ? "applying" : "rolling back"}`);
      case "migration-end":
        return output.step(
          `${mark(event.direction)} ${event.migration} ${output.paint("dim", `(${duration(event.durationMs)})`)}`,
        );
      case "migration-failed":
        return output.step(`${output.paint("red", "failed")} ${event.migration}`);
      case "run-start":
      case "run-end":
        return;
    }
  };

  function mark(direction: "up" | "down"): string {
    return direction === "up" ? output.paint("green", "applied") : output.paint("yellow", "rolled back");
  }
}

/** `12 ms`, `3.4 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
