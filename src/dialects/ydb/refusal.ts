import { ToolError } from "../../core/errors.ts";

/** ToolError `unsupported` in the words of all refusals of this dialect. */
export const cannot = (what: string, why: string, data: Readonly<Record<string, unknown>> = {}): ToolError =>
  new ToolError("unsupported", `YDB cannot ${what}: ${why}`, { dialect: "ydb", ...data });
