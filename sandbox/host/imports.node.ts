import { parse } from "sucrase/dist/esm/parser/index.js";
import { TokenType } from "sucrase/dist/esm/parser/tokenizer/types.js";
import type { foreignImport as inBun } from "./imports.ts";

/** Stands in for imports.ts in Node, with the reader of what translates there. */
export const foreignImport: typeof inBun = (source, modules) => importedIn(source).find((name) => !modules.has(name));

/** The modules of all import statements, but for those of types; `import()` and `import.meta` are no statements. */
function importedIn(source: string): readonly string[] {
  const { tokens } = parse(source, false, true, false);
  return tokens.flatMap((token, i) => {
    const next = tokens[i + 1];
    if (token.type !== TokenType._import || !next) return [];
    if (next.type === TokenType.parenL || next.type === TokenType.dot) return [];
    if (/^import\s+type\s+(?!from\b|,)/.test(source.slice(token.start, token.start + 100))) return [];
    const name = tokens.slice(i).find(({ type }) => type === TokenType.string);
    return name ? [source.slice(name.start + 1, name.end - 1)] : [];
  });
}
