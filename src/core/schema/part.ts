import type { Position } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { At } from "./declared.ts";
import { isWellFormed } from "./names.ts";
import type { Problem } from "./problem.ts";

export type Path = readonly (string | number)[];

/** Position of the value at a path, or of its key; of the closest thing that holds it when it is not there. */
export type Locate = (path: Path, which?: "key" | "value") => Position;

/** A part of a document that is being read. */
export interface Part {
  readonly value: unknown;
  /** How messages call it: `field "posts.title"`. */
  readonly title: string;
  readonly path: Path;
  readonly locate: Locate;
  /** Takes note of a mistake; reading goes on, so that all are reported at once. */
  readonly report: (problem: Problem) => void;
}

export const complain = (part: Part, message: string, which: "key" | "value" = "value"): void =>
  part.report({ message: `${part.title}: ${message}`, position: part.locate(part.path, which) });

export const at =
  (part: Part): At =>
  (...path) =>
    part.locate([...part.path, ...path]);

/** The part under a key; `undefined` when it is absent or null, which YAML writes as nothing. */
export function child(part: Part, key: string | number, title = part.title): Part | undefined {
  const value = (part.value as Record<string | number, unknown>)[key];
  if (value === undefined || value === null) return undefined;
  // Member by member: thousands of fields come through here, and a spread takes several times as long.
  return { value, title, path: part.path.concat(key), locate: part.locate, report: part.report };
}

/**
 * Whether a mapping has one of the keys. Most parts say little, so it is worth asking once for many keys before each is looked for.
 */
export function hasAny(part: Part, keys: ReadonlySet<string>): boolean {
  for (const key in part.value as object) if (keys.has(key)) return true;
  return false;
}

/** Whether it is a mapping with no other keys than these. Complains about each key that is not. */
export function isMapping(part: Part, keys: readonly string[]): boolean {
  if (!isAnyMapping(part, keys)) return false;
  for (const key of Object.keys(part.value as object)) {
    if (keys.includes(key)) continue;
    const near = nearest(key, keys);
    const advice = near ? `did you mean "${near}"?` : `use ${list(keys)}`;
    part.report({
      message: `${part.title}: unknown key "${key}"; ${advice}`,
      position: part.locate([...part.path, key], "key"),
    });
  }
  return true;
}

/** Whether it is a mapping, whatever its keys. */
export function isAnyMapping(part: Part, keys: readonly string[] = []): boolean {
  if (typeof part.value === "object" && part.value !== null && !Array.isArray(part.value)) return true;
  const expected = keys.length > 0 ? `a mapping with ${list(keys)}` : "a mapping";
  complain(part, `expected ${expected}, found ${describe(part.value)}`);
  return false;
}

/** The items of a list; an item without a value is a mistake. */
export function items(part: Part, title = part.title): readonly Part[] {
  if (!Array.isArray(part.value)) {
    complain(part, `${key(part)}must be a list, found ${describe(part.value)}`);
    return [];
  }
  return part.value.flatMap((_, index) => {
    const item = child(part, index, title);
    if (!item)
      complain(
        { ...part, path: [...part.path, index] },
        `item ${index + 1}${key(part) && ` of ${key(part)}`.trimEnd()} is empty`,
      );
    return item ?? [];
  });
}

/** The items of a list, where there is one, and where what is wrong with it is said elsewhere. */
export const children = (part: Part | undefined): readonly Part[] =>
  part && Array.isArray(part.value) ? part.value.flatMap((_, index) => child(part, index) ?? []) : [];

/** A text; numbers and booleans count as the text they were written as. */
export function readText(part: Part | undefined): string | undefined {
  if (!part) return undefined;
  if (typeof part.value === "string" && !isWellFormed(part.value))
    complain(part, `${key(part)}must not contain half of a surrogate pair`);
  if (typeof part.value === "string") return part.value;
  if (typeof part.value === "number" || typeof part.value === "boolean") return String(part.value);
  complain(part, `${key(part)}must be a text, found ${describe(part.value)}`);
  return undefined;
}

/** What describes something; an empty text describes nothing, as databases have it. */
export const readComment = (part: Part | undefined): string | undefined => readText(part) || undefined;

/** The name of something: a text that is not empty and that a database can hold. */
export function readName(part: Part | undefined): string | undefined {
  const text = readText(part);
  if (part && text === "") complain(part, `${key(part)}must not be empty`);
  if (part && text?.includes("\0")) complain(part, `${key(part)}must not contain the NUL character`);
  return text && !text.includes("\0") ? text : undefined;
}

/** Names in a list, each at most once. */
export function readNames(part: Part | undefined): readonly string[] | undefined {
  if (!part) return undefined;
  const names = items(part).flatMap((item) => readName(item) ?? []);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) complain(part, `${key(part)}names "${twice}" twice`);
  if (Array.isArray(part.value) && part.value.length === 0) complain(part, `${key(part)}must name at least one field`);
  return names.length > 0 ? names : undefined;
}

/** True or false; also `yes`, `no`, `on` and `off`, which older YAML readers take for them. */
export function readFlag(part: Part | undefined): boolean | undefined {
  if (!part) return undefined;
  if (typeof part.value === "boolean") return part.value;
  const word = typeof part.value === "string" ? flags[part.value.toLowerCase()] : undefined;
  if (word === undefined) complain(part, `${key(part)}must be true or false, found ${describe(part.value)}`);
  return word;
}

/** A whole number from `least` up; after a complaint the least one, so that nothing is said to be missing. */
export function readCount(part: Part | undefined, { least }: { readonly least: number }): number | undefined {
  if (!part) return undefined;
  const { value } = part;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  const range = least > 0 ? " above 0" : ", 0 or more";
  complain(part, `${key(part)}must be a whole number${range}, found ${describe(value)}`);
  return least;
}

/** Complains that a key is missing, unless it is there and wrong, which has been said then. */
export function missing(part: Part, key: string): undefined {
  if (!child(part, key)) complain(part, `"${key}" is missing`);
  return undefined;
}

/** How messages show a value that is not what they ask for. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string") return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  return String(value);
}

/** `"a", "b" or "c"`. */
export function list(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

const flags: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  y: true,
  false: false,
  no: false,
  off: false,
  n: false,
};

/** The words that `readFlag` takes. */
export const flagWords: readonly string[] = Object.keys(flags);

/** The innermost key of a part, for messages: `"length" `; nothing for what is not under a key of its own. */
function key(part: Part): string {
  const name = part.path.findLast((step) => typeof step === "string");
  return name === undefined ? "" : `"${name}" `;
}
