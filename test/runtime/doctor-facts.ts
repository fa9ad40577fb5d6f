import { ToolError } from "../../src/core/errors.ts";
import clock from "../../src/runtime/doctor/checks/clock.ts";
import type { Facts } from "../../src/runtime/doctor/facts.ts";

/** What is said of a server whose clock is so many milliseconds ahead. */
export function clockVerdict(skewMs: number, uncertaintyMs: number): string | undefined {
  const server = {
    version: "1",
    clock: { value: { skewMs, uncertaintyMs } },
    lock: { value: { mode: "session" as const } },
    tracks: [],
  };
  const facts: Facts = {
    configuration: { error: new ToolError("config", "none") },
    database: { value: { dialect: "a", url: "b", server } },
    cache: { writable: false },
    terminal: { interactive: false, colours: false },
  };
  const verdict = clock.judge(facts);
  return typeof verdict === "object" ? verdict.state : verdict;
}
