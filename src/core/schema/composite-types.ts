import { sqlTokens, withoutEnd } from "./sql-text.ts";

/** A part of a composite type, as SQL. */
export interface Attribute {
  readonly name: string;
  /** With its collation. */
  readonly type: string;
}

/** What is different about the attributes of a composite type. */
export interface AttributeChanges {
  readonly dropped: readonly Attribute[];
  readonly added: readonly Attribute[];
  readonly retyped: readonly Attribute[];
}

/** The attributes that `CREATE TYPE name AS (…)` lists; `undefined` for anything else. */
export function attributesOf(definition: string): readonly Attribute[] | undefined {
  const tokens = sqlTokens(withoutEnd(definition));
  const open = tokens.indexOf("(");
  if (open < 0 || tokens[open - 1] !== "as" || tokens[1] !== "type") return undefined;
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(open)) {
    if (token === "(" && depth++ === 0) continue;
    if (token === ")" && --depth === 0) break;
    if (token === "," && depth === 1) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.flatMap(([name, ...type]) => (name === undefined ? [] : [{ name, type: type.join(" ") }]));
}

/** How the type becomes the other one in place; `undefined` where that would move attributes, or cannot be told. */
export function attributeChanges(before: string, after: string): AttributeChanges | undefined {
  const [old, next] = [attributesOf(before), attributesOf(after)];
  if (!old || !next) return undefined;
  const names = (list: readonly Attribute[]) => list.map(({ name }) => name);
  const kept = old.filter(({ name }) => names(next).includes(name));
  if (names(kept).some((name, i) => names(next)[i] !== name)) return undefined;
  return {
    dropped: old.filter((attribute) => !kept.includes(attribute)),
    added: next.slice(kept.length),
    retyped: next.slice(0, kept.length).filter(({ type }, i) => kept[i]?.type !== type),
  };
}
