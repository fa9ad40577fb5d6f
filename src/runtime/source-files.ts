import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { SourceFile } from "../core/convert/define.ts";
import { compare } from "../core/convert/names.ts";
import { ToolError } from "../core/errors.ts";
import { MAX_SCRIPT_BYTES, readFound } from "./files.ts";

/**
 * The files of directories, with those below them, and single files; paths stay as they were given. Links are not followed, and hidden directories and
 * `node_modules` not entered. Throws ToolError `file` for a path where nothing is, and when a text is asked for that is not UTF-8.
 */
export function sourceFiles(paths: readonly string[]): readonly SourceFile[] {
  const found = paths.flatMap((path) => {
    if (!existsSync(path)) throw new ToolError("file", `cannot read "${path}": it does not exist`, { path });
    if (!statSync(path).isDirectory()) return [sourceFile(path, basename(path))];
    return walk(path, "").map((inside) => sourceFile(join(path, inside), inside));
  });
  const seen = new Set<string>();
  return found.filter(({ path }) => !seen.has(path) && seen.add(path));
}

function walk(root: string, inside: string): readonly string[] {
  return readdirSync(join(root, inside), { withFileTypes: true })
    .toSorted((a, b) => compare(a.name, b.name))
    .flatMap((entry) => {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.isFile()) return [path];
      return entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name) ? walk(root, path) : [];
    });
}

function sourceFile(path: string, inside: string): SourceFile {
  let text: string | undefined;
  const shown = path.replaceAll("\\", "/");
  return {
    path: shown,
    inside,
    get text() {
      text ??= readUtf8(path, shown);
      return text;
    },
  };
}

function readUtf8(path: string, shown: string): string {
  const text = readFound(path, MAX_SCRIPT_BYTES);
  const strange = /[\0\ufffd]/.exec(text);
  if (!strange) return text.replaceAll("\r\n", "\n");
  const line = text.slice(0, strange.index).split("\n").length;
  throw new ToolError("file", `${shown}:${line}: the file is not UTF-8; convert it, for example with iconv`, {
    file: shown,
    line,
  });
}
