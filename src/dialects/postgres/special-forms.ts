import { accept, expect, type Part, type Reader, take, tokenText, Unreadable } from "./reader.ts";

/** Reads an expression whose operators bind stronger than `power`. */
type Read = (r: Reader, power: number) => Part;

/** Weaker than IN, which ends what stands before it in POSITION. */
const beforeIn = 6;

/**
 * What begins with a word and has a grammar of its own, after that word; `undefined` for what does not. Where there is a function that means the same, it
 * takes that form: https://www.postgresql.org/docs/current/functions-string.html
 */
export function specialForm(r: Reader, word: string, read: Read): Part | undefined {
  if (word === "case") return caseOf(r, read);
  const called = Object.hasOwn(calls, word) ? calls[word] : undefined;
  return called && accept(r, "(") ? { text: called(r, read) } : undefined;
}

/** Without ELSE it is NULL otherwise, which the server writes out. */
function caseOf(r: Reader, read: Read): Part {
  const parts: string[] = [];
  if (!accept(r, "when")) {
    parts.push(read(r, 0).text);
    expect(r, "when");
  }
  do {
    const when = read(r, 0).text;
    expect(r, "then");
    parts.push(`when ${when} then ${read(r, 0).text}`);
  } while (accept(r, "when"));
  const otherwise = accept(r, "else") ? read(r, 0).text : "null";
  expect(r, "end");
  return { text: `case ${[...parts, ...(otherwise === "null" ? [] : [`else ${otherwise}`])].join(" ")} end` };
}

const calls: Readonly<Record<string, (r: Reader, read: Read) => string>> = {
  extract: (r, read) => {
    const part = take(r);
    expect(r, "from");
    return `extract(${part.kind === "string" ? part.text.toLowerCase() : tokenText(part)} from ${last(r, read)})`;
  },
  position: (r, read) => {
    const part = read(r, beforeIn).text;
    expect(r, "in");
    return `position(${part} in ${last(r, read)})`;
  },
  substring: (r, read) => {
    const text = read(r, 0).text;
    if (accept(r, ",")) return `substring(${[text, ...rest(r, read)].join(", ")})`;
    const from = accept(r, "from") ? read(r, 0).text : "1";
    const count = accept(r, "for") ? [read(r, 0).text] : [];
    expect(r, ")");
    return `substring(${[text, from, ...count].join(", ")})`;
  },
  trim: (r, read) => {
    const side = ["both", "leading", "trailing"].find((word) => accept(r, word)) ?? "both";
    const name = { both: "btrim", leading: "ltrim", trailing: "rtrim" }[side] ?? "btrim";
    if (accept(r, "from")) return `${name}(${rest(r, read).join(", ")})`;
    const first = read(r, 0).text;
    if (accept(r, "from")) return `${name}(${[...rest(r, read), first].join(", ")})`;
    if (accept(r, ",")) return `${name}(${[first, ...rest(r, read)].join(", ")})`;
    expect(r, ")");
    return `${name}(${first})`;
  },
};

function last(r: Reader, read: Read): string {
  const { text } = read(r, 0);
  expect(r, ")");
  return text;
}

function rest(r: Reader, read: Read): readonly string[] {
  const items: string[] = [];
  do items.push(read(r, 0).text);
  while (accept(r, ","));
  if (!accept(r, ")")) throw new Unreadable();
  return items;
}
