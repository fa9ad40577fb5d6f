import { ToolError } from "../../core/errors.ts";

/**
 * The ToolError of what D1 says: `D1_ERROR: near "SELEC": syntax error at offset 0: SQLITE_ERROR`. What names no code of SQLite is not about
 * the SQL: `connect`.
 */
export function d1Failure(error: unknown, sql: string, name: string): ToolError {
  if (error instanceof ToolError) return error;
  const said = (error instanceof Error ? error.message : String(error)).replace(/^D1_(?:EXEC_)?ERROR: /, "");
  const coded = /: (SQLITE_[A-Z]+)(?: \(extended: (\w+)\))?$/.exec(said);
  if (!coded)
    return new ToolError(
      "connect",
      `${name}: ${said}; see where things stand with \`godwit migrate status\``,
      {},
      { cause: error },
    );
  const text = said.slice(0, coded.index);
  const at = / at offset (\d+)$/.exec(text);
  const offset = at ? utf16Offset(sql, Number(at[1])) : undefined;
  return new ToolError(
    "database",
    at ? text.slice(0, at.index) : text,
    { sql, code: coded[2] ?? coded[1], ...(offset !== undefined && { offset }) },
    { cause: error },
  );
}

/** SQLite counts bytes, texts count UTF-16 units. */
const utf16Offset = (text: string, bytes: number): number =>
  decoder.decode(encoder.encode(text).subarray(0, bytes)).length;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
