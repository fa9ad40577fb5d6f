import { ToolError } from "../core/errors.ts";
import { matchesPattern } from "../core/name-pattern.ts";
import { nearest } from "../core/nearest.ts";
import type { Database } from "./database.ts";

/** Patterns of names of namespaces; see `matchesPattern`. */
export interface NamespaceSelection {
  readonly namespaces?: readonly string[];
}

/**
 * The namespaces that match one of the patterns, besides the one in which a connection begins. Throws ToolError `usage` for a pattern that
 * none matches, but for `*`, and `unsupported` where a database has none, or for a name with a dot, which others do not match.
 */
export async function namespacesThat(
  { driver, dialect }: Database,
  patterns: readonly string[],
): Promise<readonly string[]> {
  if (patterns.length === 0) return [];
  const { namespaces: query } = dialect.introspect;
  if (query === undefined)
    throw new ToolError("unsupported", `${dialect.title} has no namespaces; leave out --namespace`, {
      dialect: dialect.name,
    });
  const names = (await driver.query(query)).map((row) => String(row["name"]));
  for (const pattern of patterns) refuseUnmatched(pattern, names);
  const dotted = names.find((name) => name.includes(".") && patterns.includes(name));
  if (dotted === undefined)
    return names.filter((name) => !name.includes(".") && patterns.some((pattern) => matchesPattern(name, pattern)));
  throw new ToolError(
    "unsupported",
    `the name of the namespace "${dotted}" has a dot, so that what is in it cannot be named; leave it out`,
    { namespace: dotted },
  );
}

function refuseUnmatched(pattern: string, names: readonly string[]): void {
  if (pattern === "*" || names.some((name) => matchesPattern(name, pattern))) return;
  const near = nearest(pattern, names);
  const hint = near
    ? `did you mean "${near}"?`
    : names.length > 0
      ? `there are ${names.join(", ")}`
      : "there is none besides the one in which a connection begins";
  throw new ToolError("usage", `no namespace matches "${pattern}"; ${hint}`, {
    pattern,
    ...(near && { nearest: near }),
  });
}
