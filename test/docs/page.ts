import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dir, "../..");

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** Line of its opening fence, from 1. */
  readonly line: number;
  /** First word after the fence: `console`, `yaml`, `ts` … */
  readonly language: string;
  /** `key=value` and bare words after the language: `file=schema/schema.yaml`, `new`, `exit=3`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  /** Set by a comment `<!-- not run: why -->` on the line above. */
  readonly notRun?: string;
}

export const pagePath = (page: string): string => join(root, page);

/** The fenced blocks of a Markdown page, in order; `page` is its path from the root of the repository. */
export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(pagePath(page), "utf8");
  const fences = text.matchAll(/(?:^<!-- not run: (.*?) -->\n)?^```([^\n`]*)\n([\s\S]*?)^```$/gm);
  return [...fences].map((match) => {
    const [whole, notRun, info = "", body = ""] = match;
    const [language = "", ...words] = info.trim().split(/\s+/);
    const before = text.slice(0, match.index + whole.indexOf("```"));
    return {
      page,
      line: before.split("\n").length,
      language,
      attributes: new Map(words.map((word) => [word.split("=")[0] ?? "", word.slice(word.indexOf("=") + 1)])),
      text: body,
      ...(notRun !== undefined && { notRun }),
    };
  });
}

/** Puts other text between the fences of a block. */
export function rewriteBlock(block: Block, text: string): void {
  const lines = readFileSync(pagePath(block.page), "utf8").split("\n");
  lines.splice(block.line, block.text.split("\n").length - 1, ...text.replace(/\n$/, "").split("\n"));
  writeFileSync(pagePath(block.page), lines.join("\n"));
}
