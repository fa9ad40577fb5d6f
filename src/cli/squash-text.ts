import type { SquashStatus } from "../runtime/tasks/status.ts";

/** A sentence on a migration that stands for others, where a reader may wonder; else none. */
export function squashText(name: string, { state, waits_for }: SquashStatus): readonly string[] {
  const names = waits_for.join(", ");
  switch (state) {
    case "counted":
      return [`${name} counts as applied, because all that it replaces is; the next up records it`];
    case "waiting":
      return [`${name} is recorded when ${names} ${waits_for.length === 1 ? "is" : "are"} applied, which it replaces`];
    case "lost":
      return [`${name} replaces ${names}, not applied here and without a file; a version that has it has to run first`];
    case "recorded":
    case "fresh":
      return [];
  }
}
