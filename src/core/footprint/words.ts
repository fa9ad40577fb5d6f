import type { Mark } from "./mark.ts";

/** What a piece of data of a schema or an operation names. */
export interface Words {
  /** Fields of the table that it is about. */
  readonly fields: readonly string[];
  /** Words of SQL, and names of other things: anything that they could be. */
  readonly names: readonly string[];
}

/** All names in data. What SQL text mentions is any word of it, in bodies, comments and literals too, so that nothing is overlooked. */
export function wordsIn(data: unknown): Words {
  const [fields, names] = [new Set<string>(), new Set<string>()];
  const collect = (value: unknown, key: string): void => {
    if (silent.has(key)) return;
    if (typeof value === "string") {
      if (fieldKeys.has(key)) fields.add(value);
      else for (const word of namesInText(value)) names.add(word);
    } else if (Array.isArray(value)) for (const each of value) collect(each, key);
    else if (typeof value === "object" && value !== null && !(value instanceof Uint8Array))
      for (const [inner, each] of Object.entries(value)) collect(each, inner);
  };
  collect(data, "");
  return { fields: [...fields], names: [...names] };
}

/** The words of a text in lower case; of `audit.events` both, and the two together. The text itself is one, for names that are no words. */
export function namesInText(text: string): readonly string[] {
  const found = new Set<string>([text.toLowerCase()]);
  let last: { readonly word: string; readonly end: number } | undefined;
  for (const match of text.matchAll(/"((?:[^"]|"")+)"|`([^`]+)`|\[([^\]\n]+)\]|([\p{L}_][\p{L}\p{N}_$]*)/gu)) {
    const quoted = match[1] ?? match[2] ?? match[3];
    const word = (quoted?.replaceAll('""', '"') ?? match[4] ?? "").toLowerCase();
    found.add(word);
    // What looks like a quoted name may be part of a literal or an array.
    if (quoted !== undefined && /\P{L}/u.test(quoted))
      for (const inner of quoted.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) found.add(inner[0].toLowerCase());
    if (last && text.slice(last.end, match.index) === ".") found.add(`${last.word}.${word}`);
    last = { word, end: match.index + match[0].length };
  }
  return [...found];
}

/** `users.id` may be a field of a table. */
export function asFields(names: readonly string[]): readonly Mark[] {
  return names.flatMap((name) => {
    const at = name.lastIndexOf(".");
    return at < 1 ? [] : [{ object: "field", name: name.slice(at + 1), table: name.slice(0, at) }];
  });
}

const fieldKeys = new Set(["fields", "include", "primaryKey", "unique", "onDeleteFields", "field", "by"]);

/** Names of the thing itself, words that are no names, and what only people read. */
const silent = new Set(
  "kind name comment title onDelete onUpdate deferrable method order nulls columns only except rows keys primaryKeyComment columnComments".split(
    " ",
  ),
);
