import { ToolError } from "../../core/errors.ts";

/** What a script needs of a connection; Bun's `Database` is one. */
export interface Connection {
  prepare(sql: string): PreparedStatement;
  run(sql: string): { readonly changes: number };
}

export interface PreparedStatement extends Disposable {
  /** The SQL of this statement alone, with the values of its parameters. */
  toString(): string;
  /** Empty for a statement that returns no rows. */
  readonly columnNames: readonly string[];
  run(): { readonly changes: number };
  all(): unknown;
}

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
  const { code, byteOffset } = error as { readonly code?: string; readonly byteOffset?: number };
  const within = byteOffset !== undefined && byteOffset >= 0 ? utf16Offset(statement, byteOffset) : leading(statement);
  return new ToolError(
    "database",
    code?.startsWith("SQLITE_READONLY") ? `${message}; this user may not write to its file or directory` : message,
    { sql, statement: statement.trim(), offset: start + within, ...(code && { code }) },
    { cause: error },
  );
}

/** SQLite counts bytes, texts count UTF-16 units. */
function utf16Offset(text: string, bytes: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes)).length;
}

const leading = (text: string): number => text.length - text.trimStart().length;
