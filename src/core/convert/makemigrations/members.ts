import { ToolError } from "../../errors.ts";
import type { GoValue } from "./go-values.ts";

/** The members of a Go struct that are said, by name. */
export interface Members {
  readonly line: number;
  readonly of: ReadonlyMap<string, GoValue>;
}

/** The members of a literal. Throws ToolError `migration` with a line for what is no struct, and for a member that is not among `known`. */
export function membersOf(value: GoValue, known: readonly string[]): Members {
  if (value.kind !== "composite") throw wrong(value, "a struct");
  for (const {
    key,
    value: { line },
  } of value.entries) {
    if (key === undefined) throw new ToolError("migration", "members of a struct stand without their names", { line });
    if (!known.includes(key))
      throw new ToolError("migration", `"${key}" is no member of ${value.type || "it"} that is known`, { line });
  }
  return { line: value.line, of: new Map(value.entries.map(({ key = "", value: each }) => [key, each])) };
}

/** A text that has to be there. */
export function textIn(members: Members, name: string): string {
  const value = members.of.get(name);
  if (!value) throw new ToolError("migration", `${name} is missing`, { line: members.line });
  return textOf(value);
}

export const textOrNothing = (members: Members, name: string): string =>
  members.of.has(name) ? textIn(members, name) : "";

export function flagIn({ of }: Members, name: string): boolean {
  const value = of.get(name);
  if (value && value.kind !== "bool") throw wrong(value, "true or false");
  return value?.value ?? false;
}

export function numberIn({ of }: Members, name: string): number {
  const value = of.get(name);
  if (value && value.kind !== "number") throw wrong(value, "a number");
  return Number(value?.value ?? 0);
}

/** The items of a list; of `nil` and of what is not said: none. */
export function itemsIn({ of }: Members, name: string): readonly GoValue[] {
  const value = of.get(name);
  if (!value || value.kind === "nil") return [];
  if (value.kind !== "composite" || value.entries.some(({ key }) => key !== undefined)) throw wrong(value, "a list");
  return value.entries.map((entry) => entry.value);
}

export const textsIn = (members: Members, name: string): readonly string[] => itemsIn(members, name).map(textOf);

/** The entries of a map of texts. */
export function textMapIn(members: Members, name: string): Readonly<Record<string, string>> {
  const value = members.of.get(name);
  return value ? Object.fromEntries(entriesOf(value).map(([key, each]) => [key, textOf(each)])) : {};
}

/** The entries of a map. */
export function entriesOf(value: GoValue): readonly (readonly [key: string, value: GoValue])[] {
  if (value.kind === "nil") return [];
  if (value.kind !== "composite") throw wrong(value, "a map");
  return value.entries.map(({ key, value: each }) => {
    if (key === undefined) throw wrong(value, "a map");
    return [key, each] as const;
  });
}

export function textOf(value: GoValue): string {
  if (value.kind !== "text") throw wrong(value, "a text");
  return value.value;
}

const wrong = ({ kind, line }: GoValue, wanted: string): ToolError =>
  new ToolError("migration", `there is a ${kind} where ${wanted} should be`, { line });
