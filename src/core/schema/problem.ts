import { type Position, ToolError } from "../errors.ts";

/** Something that is wrong with a schema. The position is absent where the schema was not read from a file. */
export interface Problem {
  readonly message: string;
  readonly position?: Position;
  /** Of what does not agree with something in another file: that file. */
  readonly other?: string;
}

/** What was found: problems stop the command, warnings are told and forgotten. */
export interface Notes {
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** One ToolError `schema` for all of them, in the order of the files. `data`: problems, and the place of the first. */
export function schemaError(problems: readonly Problem[]): ToolError {
  const sorted = [...problems].sort(byPosition);
  const lines = sorted.slice(0, shown).map(formatProblem);
  const rest = sorted.length > shown ? [`… and ${sorted.length - shown} more`] : [];
  const message =
    lines.length === 1 ? `${lines[0]}` : [`${sorted.length} problems in the schema:`, ...lines, ...rest].join("\n  ");
  const data = { problems: sorted.map((p) => ({ message: p.message, ...p.position })) };
  return new ToolError("schema", message, { ...sorted[0]?.position, ...data });
}

/** `file:line:column: message`. */
export function formatProblem(problem: Problem): string {
  const at = problem.position;
  return at ? `${at.file}:${at.line}:${at.column}: ${problem.message}` : problem.message;
}

/** As many as a person reads; `data.problems` has all. */
const shown = 30;

function byPosition(a: Problem, b: Problem): number {
  if (!a.position || !b.position) return Number(!a.position) - Number(!b.position);
  if (a.position.file !== b.position.file) return a.position.file < b.position.file ? -1 : 1;
  return a.position.line - b.position.line || a.position.column - b.position.column;
}
