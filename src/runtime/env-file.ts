import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { ToolError } from "../core/errors.ts";

/**
 * The variables of an `.env` file, by the rules of Node: `NAME=value`, `export` before it or not, comments, quotes, several lines within
 * double quotes. `$` means nothing, so a password may have one. Throws ToolError `config` for a file that cannot be read, and for a line
 * that is none of that, which Node would pass over.
 */
export function readEnvFile(file: string, directory: string): Readonly<Record<string, string>> {
  const text = textOf(file, directory);
  const line = strayLine(text);
  if (line !== undefined)
    throw new ToolError("config", `${file}:${line}: this is no variable; write NAME=value, or # before a comment`, {
      file,
      line,
    });
  return parseEnv(text) as Readonly<Record<string, string>>;
}

function textOf(file: string, directory: string): string {
  try {
    return readFileSync(resolve(directory, file), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "does not exist" : `cannot be read: ${message}`;
    throw new ToolError("config", `the file "${file}" that --env-file names ${why}`, { file });
  }
}

/** A variable with all of its lines; where a quote does not end, the value is what stands in the line. */
const variable = /^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|`[^`]*`|[^\r\n]*)[^\r\n]*$/gm;

/** The number of the first line that is neither a variable nor a comment nor empty. */
function strayLine(text: string): number | undefined {
  const rest = text.replace(/^\uFEFF/, "").replace(variable, (found) => found.replace(/[^\r\n]+/g, ""));
  const index = rest.split(/\r?\n/).findIndex((line) => !/^\s*(?:#.*)?$/.test(line));
  return index < 0 ? undefined : index + 1;
}
