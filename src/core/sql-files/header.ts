import type { StatementLimits } from "../ddl/limits.ts";
import { parseDuration } from "../duration.ts";
import { ToolError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { type Origin, readOrigin } from "../plan/origin.ts";

/** What the comments at the top of an SQL file say of it. */
export interface SqlHeader {
  /** Absent: the file does not say. */
  readonly dependencies?: readonly string[];
  readonly transaction?: boolean;
  /** Tables, and fields as `table.field`, that it reads or changes; absent: it may be anything. */
  readonly touches?: readonly string[];
  /** What another tool records for it, where it was converted. */
  readonly convertedFrom?: readonly Origin[];
  readonly lock_timeout?: number;
  readonly statement_timeout?: number;
}

/** What a header says of how long statements may take; absent: nothing. */
export function limitsOfHeader(header: SqlHeader): StatementLimits | undefined {
  const { lock_timeout: lockMs, statement_timeout: statementMs } = header;
  if (lockMs === undefined && statementMs === undefined) return undefined;
  return { ...(lockMs !== undefined && { lockMs }), ...(statementMs !== undefined && { statementMs }) };
}

/**
 * Reads `-- dependencies: 0001_initial, 0002_posts`, `-- transaction: false`, `-- touches: users.email, orders`, `-- lock_timeout: 2s`,
 * `-- statement_timeout: 10m` and `-- converted from: goose 20240101120000`, which may be there several times, from the line comments before the first
 * SQL; times in milliseconds. Other comments are comments. Throws ToolError `migration` (`data`: file, line, column) for a key that is nearly one of
 * these, and for values that are none.
 */
export function readHeader(file: string, text: string): SqlHeader {
  let header: SqlHeader = {};
  for (const [i, line] of text.split("\n").entries()) {
    if (/^\s*$/.test(line)) continue;
    const comment = /^\s*--(.*)$/.exec(line)?.[1]?.trim();
    if (comment === undefined) break;
    const origin = readOrigin(/^converted from: *(.*)$/.exec(comment)?.[1] ?? "");
    if (origin) header = { ...header, convertedFrom: [...(header.convertedFrom ?? []), origin] };
    const [, key, value = ""] = settingPattern.exec(comment) ?? [];
    if (key !== undefined) header = { ...header, ...readEntry(key, value.trim(), { file, line: i + 1, header }) };
  }
  return header;
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly header: SqlHeader;
}

function readEntry(key: string, value: string, place: Place): SqlHeader {
  const name = settings.find((setting) => setting === key.toLowerCase());
  if (!name) {
    const begun = settings.find((setting) => setting.startsWith(key.slice(0, 5).toLowerCase()));
    const near = nearest(key.toLowerCase(), settings) ?? begun ?? "dependencies";
    throw wrong(place, `an SQL file has no "${key}:"; did you mean "${near}:"?`);
  }
  if (place.header[name] !== undefined) throw wrong(place, `"${name}:" is said twice; keep one of the two`);
  if (name === "dependencies") return { dependencies: readNames(value, place) };
  if (name === "touches") return { touches: readTouches(value, place) };
  if (name !== "transaction") return { [name]: readTime(name, value, place) };
  if (value !== "true" && value !== "false")
    throw wrong(
      place,
      `"transaction:" takes true or false, not "${value}"; if this is no setting, word it differently`,
    );
  return { transaction: value === "true" };
}

const settings = ["dependencies", "transaction", "touches", "lock_timeout", "statement_timeout"] as const;

/** What is meant as a setting, well spelt or not. */
const settingPattern = /^((?:depend|transaction|touch)\w*(?:[ _-]on)?|(?:lock|statement)[ _-]?timeout)\s*:(.*)$/i;

function readTime(name: string, value: string, place: Place): number {
  const ms = parseDuration(value);
  if (ms !== undefined) return ms;
  throw wrong(
    place,
    `"${name}:" takes a time such as 500ms, 2s or 10m, not "${value}"; if this is no setting, word it differently`,
  );
}

function readNames(value: string, place: Place): readonly string[] {
  const names = value === "" ? [] : value.split(",").map((name) => name.trim());
  for (const [i, name] of names.entries()) {
    const bare = name.replace(/(?:\.up|\.down)?\.(?:sql|ts)$/, "");
    if (bare !== name) throw wrong(place, `a migration is named without its extension: "${bare}"`);
    if (!/^\d+_\S+$/.test(name))
      throw wrong(
        place,
        `"${name}" is not the name of a migration; "dependencies:" takes names with commas between them`,
      );
    if (names.indexOf(name) < i) throw wrong(place, `"${name}" is listed twice`);
  }
  return names;
}

/** A name that is spelt otherwise than the table would say that the file touches nothing that anybody has. */
function readTouches(value: string, place: Place): readonly string[] {
  const names = value === "" ? [] : value.split(",").map((name) => name.trim());
  for (const [i, name] of names.entries()) {
    if (!/^[^\s"'`[\]]+$/.test(name))
      throw wrong(
        place,
        `"touches:" takes tables, and fields as table.field, with commas between them and without quotes, not "${name}"; a name with blanks in it can be said in a TypeScript migration`,
      );
    if (names.indexOf(name) < i) throw wrong(place, `"${name}" is listed twice`);
  }
  return names;
}

function wrong({ file, line }: Place, message: string): ToolError {
  return new ToolError("migration", `${file}:${line}:1: ${message}`, { file, line, column: 1 });
}
