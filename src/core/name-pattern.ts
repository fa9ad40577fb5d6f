import { ToolError } from "./errors.ts";

/**
 * Whether a name matches a pattern: `*` stands for any characters, `?` for one, `[abc]` and `[a-z]` for one of those, `[!a]` for any
 * other, and a backslash takes what a character means. Case counts, and the whole name has to match. A bracket that is not closed is
 * itself. Throws ToolError `usage` for `[z-a]`.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  const expression = known.get(pattern) ?? expressionOf(pattern);
  known.set(pattern, expression);
  return expression.test(name);
}

const known = new Map<string, RegExp>();

/** Several stars in a row are one, so that none can be matched in many ways at once. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.matchAll(/\\([\s\S])|(\*+)|(\?)|\[([!^]?)([^\]]+)\]|([\s\S])/gu);
  const source = [...parts].map(([, escaped, stars, one, negated, set, plain]) => {
    if (stars) return "[\\s\\S]*?";
    if (one) return "[\\s\\S]";
    if (set !== undefined) return `[${negated ? "^" : ""}${set.replace(/[\\[\]^]/g, "\\$&")}]`;
    return literal(escaped ?? plain ?? "");
  });
  try {
    return new RegExp(`^${source.join("")}$`, "u");
  } catch {
    throw new ToolError("usage", `"${pattern}" is not a pattern of names: a range in brackets goes backwards`, {
      pattern,
    });
  }
}

const literal = (character: string): string => character.replace(/[\^$\\.*+?()[\]{}|/]/, "\\$&");
