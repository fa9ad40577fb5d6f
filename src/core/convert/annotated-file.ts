import { ToolError } from "../errors.ts";
import { readAnnotated } from "../sql-files/annotated.ts";
import type { Finding, SqlHalf } from "./define.ts";

/** What a file with both directions holds, or what is wrong with it. */
export interface AnnotatedFile {
  readonly up?: SqlHalf;
  readonly down?: SqlHalf;
  readonly findings: readonly Finding[];
}

/** Reads a file that is annotated as goose or dbmate want it; what makes no sense becomes a finding with its line. */
export function readAnnotatedFile(path: string, text: string, begin: string): AnnotatedFile {
  try {
    const found = readAnnotated(path, text);
    if (!found) return { findings: [lost(path, 1, `there is no line "${begin}" in it`)] };
    const half = ({ text, line, transaction }: typeof found.up): SqlHalf => ({ text, file: path, line, transaction });
    return { up: half(found.up), ...(found.down && { down: half(found.down) }), findings: [] };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "migration") throw error;
    const line = typeof error.data["line"] === "number" ? error.data["line"] : 1;
    return { findings: [lost(path, line, error.message.replace(/^.*?:\d+:\d+: /s, ""))] };
  }
}

const lost = (file: string, line: number, what: string): Finding => ({
  file,
  line,
  what,
  hint: "correct the file, or leave it out",
  lost: true,
});
