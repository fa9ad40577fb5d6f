import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { Entry, Registry } from "./command.ts";
import { globalArguments } from "./global-arguments.ts";

export type Resolved =
  | { readonly kind: "command"; readonly path: string; readonly entry: Entry; readonly tokens: readonly string[] }
  /** A word such as `migrate` that only begins commands, or nothing at all. */
  | { readonly kind: "group"; readonly group: string; readonly tokens: readonly string[] };

/**
 * Finds the command that the words begin with; the longest path wins, old names count, and flags of every command may stand before it.
 * Throws ToolError `usage` for a word that begins nothing.
 */
export function resolve(tokens: readonly string[], registry: Registry): Resolved {
  const { leading, words } = splitLeadingFlags(tokens);
  const names = namesOf(registry);
  for (let length = Math.min(words.length, 3); length > 0; length--) {
    const path = names.get(spelling(words.slice(0, length)));
    const entry = path === undefined ? undefined : registry[path];
    if (path !== undefined && entry)
      return { kind: "command", path, entry, tokens: [...leading, ...words.slice(length)] };
  }
  const first = words[0];
  if (first === undefined || first.startsWith("-")) return { kind: "group", group: "", tokens: [...leading, ...words] };
  const group = spelling([first]);
  if (![...names.keys()].some((name) => name.startsWith(`${group} `))) throw unknown(words.slice(0, 1), names.keys());
  const next = words[1];
  if (next !== undefined && !next.startsWith("-")) throw unknown([group, next], names.keys());
  return { kind: "group", group, tokens: [...leading, ...words.slice(1)] };
}

/** All spellings of all commands → path. */
function namesOf(registry: Registry): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [path, { meta }] of Object.entries(registry)) {
    for (const name of [path, ...(meta.aliases ?? [])]) names.set(spelling(name.split(" ")), path);
  }
  return names;
}

const spelling = (words: readonly string[]): string => words.join(" ").replaceAll("_", "-");

function splitLeadingFlags(tokens: readonly string[]): {
  readonly leading: readonly string[];
  readonly words: readonly string[];
} {
  let i = 0;
  while (i < tokens.length && tokens[i]?.startsWith("--")) {
    const name = tokens[i]?.slice(2) ?? "";
    const takesValue =
      name in globalArguments && globalArguments[name as keyof typeof globalArguments].type === "string";
    i += takesValue ? 2 : 1;
  }
  return { leading: tokens.slice(0, i), words: tokens.slice(i) };
}

function unknown(words: readonly string[], names: Iterable<string>): ToolError {
  const given = words.join(" ");
  const known = [...names];
  const hint = nearest(given, known.concat(known.map((name) => name.split(" ")[0] ?? "")));
  const more = hint ? `did you mean "${hint}"?` : "godwit --help lists the commands";
  return new ToolError("usage", `unknown command "${given}"; ${more}`, {
    command: given,
    ...(hint && { nearest: hint }),
  });
}
