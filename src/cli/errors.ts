import { type ErrorCode, type PartialError, type Position, ToolError } from "../core/errors.ts";
import type { Paint } from "./output.ts";

const usageCodes: ReadonlySet<ErrorCode> = new Set(["usage", "questions", "unknown-migration"]);

/** 0 fine, 1 failed, 2 wrong usage, 3 a check found something. */
export function exitCodeOf(error: ToolError): 1 | 2 | 3 {
  if (usageCodes.has(error.code)) return 2;
  return error.code === "found" ? 3 : 1;
}

/** Whatever was thrown, as the one error type. Anything that is not a ToolError already is a bug of godwit's. */
export function toToolError(thrown: unknown): ToolError {
  if (thrown instanceof ToolError) return thrown;
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new ToolError(
    "internal",
    `a bug in godwit, please report it with the command and --debug: ${message}`,
    {},
    { cause: thrown },
  );
}

/** The error for people: the place, the sentence, what was done before it. */
export function renderError(error: ToolError, paint: Paint, debug: boolean): string {
  const lines = [`${paint("red", "error:")} ${placeOf(error)}${error.message}`];
  const applied = (error as Partial<PartialError>).applied ?? [];
  if (applied.length > 0) lines.push(`done before it: ${applied.join(", ")}`);
  if (debug) lines.push(...stackOf(error));
  return lines.join("\n");
}

export function errorJson(error: ToolError): {
  readonly error: { readonly code: string; readonly message: string; readonly data: unknown };
} {
  return { error: { code: error.code, message: error.message, data: error.data } };
}

/** `schema/schema.yaml:3:7: `, unless the message says it already. */
function placeOf(error: ToolError): string {
  const { file, line, column } = error.data as Partial<Position>;
  if (file === undefined || error.message.includes(file)) return "";
  return [file, line, column]
    .filter((part) => part !== undefined)
    .join(":")
    .concat(": ");
}

function stackOf(error: Error): readonly string[] {
  const { guest_stack: guest } = (error as Partial<ToolError>).data ?? {};
  const inside = typeof guest === "string" && guest !== "" ? [`in the migration\n${guest}`] : [];
  const cause = error.cause instanceof Error ? [`caused by ${error.cause.stack ?? error.cause.message}`] : [];
  return [error.stack ?? "", ...inside, ...cause];
}
