import type { SourceFile } from "./define.ts";
import { baseName } from "./names.ts";

/** Settings by their names: those of Flyway in lower case, those of placeholders as they are. Where one is a list, its items have commas between them. */
export type Settings = ReadonlyMap<string, string>;

/** What a file says: `key=value` as in Java's properties, or TOML. https://documentation.red-gate.com/fd/flyway-configuration-277578919.html */
export const readSettings = ({ path, text }: Pick<SourceFile, "path" | "text">): Settings =>
  new Map(
    (baseName(path).endsWith(".toml") ? tomlPairs(text) : propertyPairs(text)).map(([key, value]) => [
      plainKey(key),
      value,
    ]),
  );

function plainKey(key: string): string {
  const [, head = "", own = ""] = /^((?:flyway\.)?placeholders\.)?(.*)$/is.exec(key) ?? [];
  return head === "" ? own.toLowerCase() : `flyway.placeholders.${own}`;
}

type Pair = readonly [key: string, value: string];

/** https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader) */
function propertyPairs(text: string): readonly Pair[] {
  const lines = text.replace(/(?<=(?:^|[^\\])(?:\\\\)*)\\\n[^\S\n]*/g, "").split("\n");
  return lines.flatMap((line): readonly Pair[] => {
    const [, key, value = ""] = /^\s*((?:\\.|[^\s=:#!\\])(?:\\.|[^\s=:\\])*)\s*[=:]?\s*(.*?)\s*$/.exec(line) ?? [];
    return key === undefined ? [] : [[unescaped(key), unescaped(value)]];
  });
}

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code?: string, other = "") =>
    code === undefined ? (controls[other] ?? other) : String.fromCharCode(Number.parseInt(code, 16)),
  );

const controls: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", f: "\f", b: "\b" };

/** What settings need of TOML: tables, dotted keys, strings, lists, inline tables, and values of one word. https://toml.io/en/v1.0.0 */
function tomlPairs(text: string): readonly Pair[] {
  const tokens = [...text.matchAll(token)].map(([word]) => word).filter((word) => !/^(?:[^\S\n]+|#.*)$/.test(word));
  const pairs: Pair[] = [];
  let at = 0;
  let table = "";
  const skipLines = (): void => {
    while (tokens[at] === "\n") at++;
  };
  const keyAt = (): string => {
    const parts: string[] = [];
    for (; at < tokens.length && !/^[=\]\n]$/.test(tokens[at] ?? ""); at++)
      if (tokens[at] !== ".") parts.push(textOf(tokens[at] ?? ""));
    return parts.join(".");
  };
  const valueAt = (key: string): void => {
    if (tokens[at] !== "{") return void pairs.push([key, listAt().join(",")]);
    for (at++; at < tokens.length && tokens[at] !== "}"; ) {
      const own = `${key}.${keyAt()}`;
      at++;
      valueAt(own);
      if (tokens[at] === ",") at++;
    }
    at++;
  };
  const listAt = (): readonly string[] => {
    if (tokens[at] !== "[") return [textOf(tokens[at++] ?? "")];
    const items: string[] = [];
    for (at++; at < tokens.length && tokens[at] !== "]"; at++)
      if (!/^[,\n]$/.test(tokens[at] ?? "")) items.push(textOf(tokens[at] ?? ""));
    at++;
    return items;
  };
  for (skipLines(); at < tokens.length; skipLines()) {
    if (tokens[at] === "[") {
      while (tokens[at] === "[") at++;
      const name = keyAt();
      table = name === "" ? "" : `${name}.`;
      while (tokens[at] === "]") at++;
    } else {
      const key = table + keyAt();
      if (tokens[at++] === "=") valueAt(key);
    }
  }
  return pairs;
}

const token =
  /\n|[^\S\n]+|#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[[\]{}=,.]|[^\s#[\]{}=,."']+/g;

const textOf = (word: string): string => {
  const [, literal] = /^'''\n?([\s\S]*)'''$|^'([^']*)'$/.exec(word)?.filter((part) => part !== undefined) ?? [];
  if (literal !== undefined) return literal;
  const [, basic] = /^"""\n?([\s\S]*)"""$|^"([\s\S]*)"$/.exec(word)?.filter((part) => part !== undefined) ?? [];
  return basic === undefined ? word : unescaped(basic);
};
