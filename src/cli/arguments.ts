import { type ArgsDef, parseArgs } from "citty";
import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { Arguments, GlobalFlags } from "./command.ts";
import { globalArguments } from "./global-arguments.ts";

export interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly flags: GlobalFlags;
  readonly help: boolean;
}

/** The command whose arguments are parsed. */
export interface Parsing {
  readonly args: Arguments;
  readonly rest?: string | undefined;
  /** `generate` */
  readonly path: string;
  /** Commands that begin with it: `generate empty`. */
  readonly below: readonly string[];
}

/**
 * Parses the arguments of one command. citty itself lets unknown flags and surplus arguments pass, so every token is checked
 * first. Throws ToolError `usage` with the nearest flag or command.
 */
export function parseArguments(tokens: readonly string[], { args: own, rest, path, below }: Parsing): Parsed {
  const known: Arguments = { ...globalArguments, ...own };
  const { accepted, lists, positionals } = scan(tokens, known);
  const names = Object.entries(own).flatMap(([name, arg]) => (arg.type === "positional" ? [name] : []));
  if (positionals.length > names.length && rest === undefined) {
    throw surplus(positionals[names.length] ?? "", { path, below, takes: names });
  }
  const values: Record<string, unknown> = {
    ...citty(accepted, positionals.slice(0, names.length), known),
    ...lists,
    rest: positionals.slice(names.length),
  };
  return { values, flags: values as unknown as GlobalFlags, help: values["help"] === true };
}

function surplus(
  argument: string,
  {
    path,
    below,
    takes,
  }: { readonly path: string; readonly below: readonly string[]; readonly takes: readonly string[] },
): ToolError {
  const hint = takes.length === 0 ? nearest(`${path} ${argument}`, below) : undefined;
  const takesOnly = takes.length === 0 ? "no arguments" : `only ${takes.map((name) => name.toUpperCase()).join(" ")}`;
  const more = hint ? `did you mean "${hint}"?` : `"${path}" takes ${takesOnly} (see --help)`;
  return new ToolError("usage", `unexpected argument "${argument}"; ${more}`, {
    argument,
    ...(hint && { nearest: hint }),
  });
}

interface Scanned {
  readonly accepted: readonly string[];
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly positionals: readonly string[];
}

/** Splits the tokens, checking each against the known arguments; a flag's value is attached with `=` so that it cannot be mistaken. */
function scan(tokens: readonly string[], known: Arguments): Scanned {
  const accepted: string[] = [];
  const lists: Record<string, string[]> = {};
  const positionals: string[] = [];
  const seen = new Set<string>();
  for (const [name, arg] of Object.entries(known)) if (arg.multiple) lists[name] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? "";
    if (token === "--") {
      positionals.push(...tokens.slice(i + 1));
      break;
    }
    if (!token.startsWith("-") || token === "-") {
      positionals.push(token);
      continue;
    }
    const flag = parseFlag(token, known);
    if (seen.has(flag.name) && !known[flag.name]?.multiple) throw usage(`--${flag.name} is given twice`, flag.name);
    seen.add(flag.name);
    if (known[flag.name]?.type === "boolean") {
      accepted.push(booleanToken(flag));
      continue;
    }
    const value = flag.value ?? tokens[++i];
    if (value === undefined || (flag.value === undefined && value.startsWith("--")))
      throw usage(`--${flag.name} needs a value`, flag.name);
    const list = lists[flag.name];
    if (list) list.push(value);
    else accepted.push(`--${flag.name}=${value}`);
  }
  return { accepted, lists, positionals };
}

interface Flag {
  readonly name: string;
  readonly negated: boolean;
  readonly value: string | undefined;
}

function parseFlag(token: string, known: Arguments): Flag {
  const [head = "", value] = splitOnce(token, "=");
  const body = head.replace(/^--?/, "").replaceAll("_", "-");
  const name = head.startsWith("--") ? body : (aliasOf(body, known) ?? body);
  if (known[name] && known[name].type !== "positional") return { name, negated: false, value };
  const positive = name.replace(/^no-/, "");
  if (positive !== name && known[positive]?.type === "boolean") return { name: positive, negated: true, value };
  const flags = Object.keys(known).filter((n) => known[n]?.type !== "positional");
  const hint = nearest(name, flags);
  const more = hint ? `did you mean "--${hint}"?` : "--help lists the flags";
  throw new ToolError("usage", `unknown flag "${head}"; ${more}`, {
    flag: head,
    ...(hint && { nearest: `--${hint}` }),
  });
}

function aliasOf(letter: string, known: Arguments): string | undefined {
  return Object.entries(known).find(([, arg]) => "alias" in arg && arg.alias === letter)?.[0];
}

function booleanToken(flag: Flag): string {
  if (flag.value !== undefined && flag.value !== "true" && flag.value !== "false") {
    throw usage(`--${flag.name} takes no value, but got "${flag.value}"`, flag.name);
  }
  const on = flag.negated === (flag.value === "false");
  return on ? `--${flag.name}` : `--no-${flag.name}`;
}

/** Values that citty refuses become usage errors in our words. */
function citty(accepted: readonly string[], positionals: readonly string[], known: Arguments): Record<string, unknown> {
  const single = Object.fromEntries(Object.entries(known).filter(([, arg]) => !arg.multiple)) as ArgsDef;
  try {
    return { ...parseArgs([...accepted, "--", ...positionals], single) };
  } catch (error) {
    const message = error instanceof Error ? Bun.stripANSI(error.message) : String(error);
    throw new ToolError("usage", missingArgument(message, known) ?? wrongChoice(message) ?? message);
  }
}

function missingArgument(message: string, known: Arguments): string | undefined {
  const name = /^Missing required positional argument: (.+)$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const what = known[name.toLowerCase().replaceAll("_", "-")]?.description;
  return `argument ${name} is missing${what ? `: ${what}` : ""}`;
}

function wrongChoice(message: string): string | undefined {
  const [, flag, value, choices] =
    /^Invalid value for argument: (\S+) \((.*)\)\. Expected one of: (.+)\.$/s.exec(message) ?? [];
  return flag && `${flag} "${value}" is not one of ${choices}`;
}

const usage = (message: string, flag: string): ToolError => new ToolError("usage", message, { flag: `--${flag}` });

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
