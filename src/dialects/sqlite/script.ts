import { ToolError } from "../../core/errors.ts";
import type { Connection, PreparedStatement } from "./connection.ts";

/**
 * Runs one statement or several. SQLite itself says where each ends, so that the error of a later statement comes with that
 * statement and its offset in the whole text, although SQLite gives a position for some errors only.
 */
export function runScript(database: Connection, sql: string): { readonly changes: number } {
  let changes = 0;
  let offset = skipBlanks(sql, 0);
  while (offset < sql.length) {
    const rest = sql.slice(offset);
    let length = rest.length;
    try {
      using statement = database.prepare(rest);
      const text = statement.toString();
      if (rest.startsWith(text)) {
        length = text.length;
        changes += step(statement);
      } else {
        // It has parameters, which SQLite shows as their values: its end cannot be told.
        changes += database.run(rest).changes;
      }
    } catch (error) {
      throw failure(error, rest.slice(0, length), offset, sql);
    }
    offset = skipBlanks(sql, offset + length);
  }
  return { changes };
}

/** All rows have to be fetched, or a statement that returns some would not run to its end. */
function step(statement: PreparedStatement): number {
  if (statement.columnNames.length === 0) return Number(statement.run().changes);
  statement.all();
  return 0;
}

/** Blanks, comments and empty statements: Bun refuses to prepare a text that begins with nothing. */
const blanks = /(?:\s|;|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))*/y;

function skipBlanks(sql: string, offset: number): number {
  blanks.lastIndex = offset;
  return offset + (blanks.exec(sql)?.[0].length ?? 0);
}

/** ToolError `database` with SQLite's code, the statement, and the offset of the mistake in the whole text. */
export function failure(error: unknown, statement: string, start: number, sql: string = statement): ToolError {
  if (error instanceof ToolError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const { byteOffset } = error as { readonly byteOffset?: number };
  const code = symbolicCode(error);
  const within = byteOffset !== undefined && byteOffset >= 0 ? utf16Offset(statement, byteOffset) : leading(statement);
  return new ToolError(
    "database",
    `${message}${advice[code?.split("_", 2).join("_") ?? ""] ?? ""}`,
    { sql, statement: statement.trim(), offset: start + within, ...(code && { code }) },
    { cause: error },
  );
}

/** What to do, by primary code. */
const advice: Readonly<Record<string, string>> = {
  SQLITE_READONLY: "; this user may not write to its file or directory",
  SQLITE_FULL: "; make room on the disk that its file is on, then run it again",
};

/** SQLite's own name for an error, `SQLITE_BUSY`, also where the library only tells its number (https://www.sqlite.org/rescode.html). */
export function symbolicCode(error: unknown): string | undefined {
  const { code, errcode } = (error ?? {}) as { readonly code?: string; readonly errcode?: number };
  if (errcode === undefined) return code;
  return extendedCodes[errcode] ?? primaryCodes[errcode & 0xff] ?? "SQLITE_ERROR";
}

const primaryCodes: Readonly<Record<number, string>> = {
  3: "SQLITE_PERM",
  5: "SQLITE_BUSY",
  6: "SQLITE_LOCKED",
  7: "SQLITE_NOMEM",
  8: "SQLITE_READONLY",
  9: "SQLITE_INTERRUPT",
  10: "SQLITE_IOERR",
  11: "SQLITE_CORRUPT",
  13: "SQLITE_FULL",
  14: "SQLITE_CANTOPEN",
  18: "SQLITE_TOOBIG",
  19: "SQLITE_CONSTRAINT",
  20: "SQLITE_MISMATCH",
  23: "SQLITE_AUTH",
  26: "SQLITE_NOTADB",
};

const extendedCodes: Readonly<Record<number, string>> = {
  275: "SQLITE_CONSTRAINT_CHECK",
  787: "SQLITE_CONSTRAINT_FOREIGNKEY",
  1299: "SQLITE_CONSTRAINT_NOTNULL",
  1555: "SQLITE_CONSTRAINT_PRIMARYKEY",
  1811: "SQLITE_CONSTRAINT_TRIGGER",
  2067: "SQLITE_CONSTRAINT_UNIQUE",
};

/** SQLite counts bytes, texts count UTF-16 units. */
function utf16Offset(text: string, bytes: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes)).length;
}

const leading = (text: string): number => text.length - text.trimStart().length;
