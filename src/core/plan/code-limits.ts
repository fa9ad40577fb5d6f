import type { CodeLimits } from "./migration.ts";

/** What the functions of a migration may take that does not say so itself. */
export const usualCodeLimits: Required<CodeLimits> = { timeMs: 30_000, memoryMiB: 64 };
