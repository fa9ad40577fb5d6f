import { ToolError } from "../../errors.ts";
import { goTokens } from "./go-tokens.ts";
import { type GoCursor, type GoValue, isSign, readGoValue } from "./go-values.ts";
import { itemsIn, membersOf, textIn, textsIn } from "./members.ts";

/** A migration as its file registers it. */
export interface Registered {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly replaces: readonly string[];
  readonly operations: readonly GoValue[];
}

/**
 * The migrations that the `init` functions of a file register. Throws ToolError `migration` with a line where they do anything else, and for what is not a literal.
 */
export function registeredIn(source: string): readonly Registered[] {
  const tokens = goTokens(source);
  const found: Registered[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const isInit = ["func", "init", "(", ")", "{"].every((text, i) => tokens[at + i]?.text === text);
    if (!isInit) continue;
    const cursor: GoCursor = { tokens, at: at + 5 };
    while (!isSign(tokens[cursor.at], "}")) found.push(readStatement(cursor));
    at = cursor.at;
  }
  return found;
}

function readStatement(cursor: GoCursor): Registered {
  const line = cursor.tokens[cursor.at]?.line ?? 1;
  const value = readGoValue(cursor);
  if (value.kind !== "call" || !/(?:^|\.)Register$/.test(value.name) || !value.values[0])
    throw new ToolError("migration", "func init does something else than to register a migration", { line });
  const members = membersOf(value.values[0], ["Name", "Dependencies", "Operations", "Replaces"]);
  return {
    name: textIn(members, "Name"),
    dependencies: textsIn(members, "Dependencies"),
    replaces: textsIn(members, "Replaces"),
    operations: itemsIn(members, "Operations"),
  };
}
