import type { StatementLimits } from "../ddl/limits.ts";
import { ToolError } from "../errors.ts";

/** The two halves of one file that is annotated as goose or dbmate want it. */
export interface AnnotatedSql {
  readonly up: SqlPart;
  readonly down?: SqlPart;
  /** The line that begins the half that is missing, or would be: `-- +goose Down`. */
  readonly downMark: string;
}

export interface SqlPart {
  readonly text: string;
  /** Line of the file on which the text begins, from 1. */
  readonly line: number;
  readonly transaction: boolean;
  readonly limits?: StatementLimits;
}

/**
 * Reads a file with `-- +goose Up` and `-- +goose Down`, or `-- migrate:up` and `-- migrate:down`; `undefined` when it has neither. Throws
 * ToolError `migration` (`data`: file, line, column) when the annotations make no sense.
 */
export function readAnnotated(file: string, text: string): AnnotatedSql | undefined {
  const lines = text.split("\n");
  const marks = lines.flatMap((line, i) => markOf(line, i + 1, file) ?? []);
  const [first] = marks;
  if (!first) return undefined;
  const other = marks.find((mark) => mark.style !== first.style);
  if (other) throw wrong(file, other.line, "the file mixes annotations of goose and dbmate; use those of one of them");
  const halves = marks.filter((mark) => mark.kind === "up" || mark.kind === "down");
  checkOrder(file, lines, halves, first);
  checkBlocks(file, marks);
  const [up, down] = halves.map((mark, i) => partOf(lines, mark, halves[i + 1], marks));
  if (!up) throw new ToolError("internal", `no half of "${file}" goes up`);
  return { up, ...(down && { down }), downMark: first.style === "goose" ? "-- +goose Down" : "-- migrate:down" };
}

interface Mark {
  readonly style: "goose" | "dbmate";
  readonly kind: "up" | "down" | "begin" | "end" | "no-transaction";
  readonly line: number;
  /** Of dbmate: what stands behind it. */
  readonly transaction?: boolean;
}

const gooseKinds: Readonly<Record<string, Mark["kind"]>> = {
  UP: "up",
  DOWN: "down",
  STATEMENTBEGIN: "begin",
  STATEMENTEND: "end",
  "NO TRANSACTION": "no-transaction",
};

function markOf(text: string, line: number, file: string): Mark | undefined {
  const [, style, word = ""] = /^\s*--\s*(\+goose|migrate:)\s*(.*?)\s*$/i.exec(text) ?? [];
  if (style === undefined) return undefined;
  if (style === "migrate:") return dbmateMark(word, line, file);
  const kind = gooseKinds[word.toUpperCase().replace(/\s+/g, " ")];
  if (kind) return { style: "goose", kind, line };
  const why = /^envsub\b/i.test(word) ? "a migration sees no environment variables" : "it is not one that is known";
  throw wrong(file, line, `"-- +goose ${word}" cannot be followed: ${why}`);
}

function dbmateMark(text: string, line: number, file: string): Mark {
  const [kind = "", ...options] = text.split(/\s+/);
  if (kind !== "up" && kind !== "down")
    throw wrong(file, line, `"-- migrate:${kind}" is neither "-- migrate:up" nor "-- migrate:down"`);
  const strange = options.find((option) => !/^transaction:(?:true|false)$/.test(option));
  if (strange !== undefined)
    throw wrong(file, line, `"${strange}" is no option of "-- migrate:${kind}"; it takes transaction:false`);
  return { style: "dbmate", kind, line, transaction: !options.includes("transaction:false") };
}

function checkOrder(file: string, lines: readonly string[], halves: readonly Mark[], first: Mark): void {
  const [up, down, more] = halves;
  const upMark = first.style === "goose" ? "-- +goose Up" : "-- migrate:up";
  if (up?.kind !== "up") throw wrong(file, up?.line ?? first.line, `the file does not begin with "${upMark}"`);
  if (down && down.kind !== "down") throw wrong(file, down.line, `"${upMark}" is there twice`);
  if (more)
    throw wrong(file, more.line, "there is nothing more after the half that goes down; put it into a new migration");
  const early = lines.slice(0, up.line).findIndex((line) => !/^\s*(?:--.*)?$/.test(line));
  if (early >= 0) throw wrong(file, early + 1, `only comments may stand before "${upMark}"`);
}

/** A block that is not closed would take all that follows into one statement. */
function checkBlocks(file: string, marks: readonly Mark[]): void {
  let open: Mark | undefined;
  for (const mark of [...marks.filter(({ kind }) => kind !== "no-transaction"), undefined]) {
    if (open && mark?.kind !== "end") throw wrong(file, open.line, '"StatementBegin" has no "StatementEnd" after it');
    if (mark?.kind === "end" && !open) throw wrong(file, mark.line, '"StatementEnd" has no "StatementBegin" before it');
    open = mark?.kind === "begin" ? mark : undefined;
  }
}

/** goose's NO TRANSACTION holds for the whole file, dbmate's option for its half. */
function partOf(lines: readonly string[], mark: Mark, next: Mark | undefined, marks: readonly Mark[]): SqlPart {
  return {
    text: lines.slice(mark.line, next ? next.line - 1 : undefined).join("\n"),
    line: mark.line + 1,
    transaction: mark.transaction ?? !marks.some(({ kind }) => kind === "no-transaction"),
  };
}

/** Whether a text has a line that only means something in an annotated file; a block of goose may stand in any. */
export const hasHalves = (text: string): boolean =>
  /^\s*--\s*(?:\+goose\s+(?:up|down)|migrate:(?:up|down))\b/im.test(text);

function wrong(file: string, line: number, message: string): ToolError {
  return new ToolError("migration", `${file}:${line}:1: ${message}`, { file, line, column: 1 });
}
