/**
 * Reads the YAML that schemas are mostly written in, many times faster than a full parser: block mappings and lists, plain and quoted
 * scalars of one line, flow collections of one line, comments. The value is exactly what `parseYaml` gives. Anything else
 * (anchors, tags, block scalars, escapes, mistakes of any kind) gives `undefined`, and the full parser has to see to it.
 */
export function readSimpleYaml(text: string): unknown {
  try {
    const reading: Reading = { lines: linesOf(text), next: 0 };
    const first = reading.lines[0];
    if (!first) return undefined;
    const value = readBlock(reading, first.indent, 0);
    return reading.next === reading.lines.length ? value : undefined;
  } catch (error) {
    if (error === beyond) return undefined;
    throw error;
  }
}

/** Thrown at the first thing that this reader leaves to the full parser. */
const beyond = new Error("beyond simple YAML");

const giveUp = (): never => {
  throw beyond;
};

interface Line {
  readonly indent: number;
  readonly text: string;
}

interface Reading {
  /** Lines with content; reading splits `- name: x` in two by replacing the line. */
  readonly lines: Line[];
  next: number;
}

const maxDepth = 40;

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const plain = text.includes("\r") ? text.replace(/ *\r(?=\n|$)/g, "") : text;
  if (/[\t\r]/.test(plain)) giveUp();
  for (const line of plain.split("\n")) {
    let indent = 0;
    while (line.charCodeAt(indent) === SPACE) indent++;
    const content = line.endsWith(" ") ? line.slice(indent).replace(/ +$/, "") : line.slice(indent);
    if (content !== "" && !content.startsWith("#")) lines.push({ indent, text: withoutComment(content) });
  }
  return lines;
}

const SPACE = 32;

/** A `#` after a quote may be part of a text. */
function withoutComment(text: string): string {
  const start = text.indexOf(" #");
  if (start < 0) return text;
  const content = text.slice(0, start);
  return /["']/.test(content) ? giveUp() : content.replace(/ +$/, "");
}

function readBlock(reading: Reading, indent: number, depth: number): unknown {
  if (depth > maxDepth) return giveUp();
  const line = reading.lines[reading.next] ?? giveUp();
  return isItem(line) ? readList(reading, indent, depth) : readMapping(reading, indent, depth);
}

const isItem = (line: Line): boolean => line.text === "-" || line.text.startsWith("- ");

function readList(reading: Reading, indent: number, depth: number): readonly unknown[] {
  const items: unknown[] = [];
  for (
    let line = reading.lines[reading.next];
    line?.indent === indent && isItem(line);
    line = reading.lines[reading.next]
  ) {
    const text = line.text.slice(1).replace(/^ +/, "");
    const inner = indent + line.text.length - text.length;
    if (keyPattern.test(text)) {
      reading.lines[reading.next] = { indent: inner, text };
      items.push(readMapping(reading, inner, depth + 1));
    } else if (text === "") {
      reading.next++;
      const after = reading.lines[reading.next];
      items.push(after && after.indent > indent ? readBlock(reading, after.indent, depth + 1) : null);
    } else items.push(readInline(reading, indent, text));
  }
  return items;
}

const keyPattern = /^([A-Za-z_]\w*):(?: +(.*))?$/;

function readMapping(reading: Reading, indent: number, depth: number): Readonly<Record<string, unknown>> {
  const mapping: Record<string, unknown> = {};
  for (let line = reading.lines[reading.next]; line && line.indent >= indent; line = reading.lines[reading.next]) {
    const found = (line.indent === indent && keyPattern.exec(line.text)) || giveUp();
    const [key, text] = [found[1] ?? "", found[2] ?? ""];
    if (Object.hasOwn(mapping, key) || key === "__proto__") giveUp();
    if (text === "") {
      reading.next++;
      mapping[key] = readUnderKey(reading, indent, depth);
    } else mapping[key] = readInline(reading, indent, text);
  }
  return mapping;
}

/** What stands below a key: deeper, or a list at the same depth. */
function readUnderKey(reading: Reading, indent: number, depth: number): unknown {
  const line = reading.lines[reading.next];
  if (line && line.indent > indent) return readBlock(reading, line.indent, depth + 1);
  return line?.indent === indent && isItem(line) ? readList(reading, indent, depth + 1) : null;
}

/** A value in the rest of a line; what goes on in the next line is not simple. */
function readInline(reading: Reading, indent: number, text: string): unknown {
  reading.next++;
  const after = reading.lines[reading.next];
  if (after && after.indent > indent) giveUp();
  if (text.startsWith("[") || text.startsWith("{")) return readFlow(text);
  return quoted(text) ?? plain(text, blockPlain);
}

const quoted = (text: string): string | undefined =>
  /^['"]/.test(text) ? (/^'([^']*)'$/.exec(text)?.[1] ?? /^"([^"\\]*)"$/.exec(text)?.[1]) : undefined;

/** With colons inside words and what else URLs are made of. */
const blockPlain = /^[A-Za-z_(/](?:[\w ./()+*=<>%,'"[\]@&?$#{};!~\\-]|:(?=[^ ]))*$/;
const flowPlain = /^[A-Za-z_(/][\w ./()+*=<>%-]*$/;

/** A scalar without quotes by the core schema of YAML 1.2. */
function plain(text: string, pattern: RegExp): string | number | boolean | null {
  if (/^[\d-]/.test(text)) return number(text);
  if (!pattern.test(text)) return giveUp();
  // Most words are longer than these.
  return text.length < 6 && Object.hasOwn(words, text) ? (words[text] ?? null) : text;
}

function number(text: string): string | number {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return String(Number(text)) === text ? Number(text) : text;
  // Versions are texts: 1.0.0
  return /^\d+(?:\.\d+){2,}$/.test(text) ? text : giveUp();
}

const words: Readonly<Record<string, boolean | null>> = {
  null: null,
  Null: null,
  NULL: null,
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};

/** What is left to read of a flow collection: signs, quoted texts and what is between them, without spaces around it. */
interface Tokens {
  readonly list: readonly string[];
  next: number;
}

/** A flow collection that fills the text. */
function readFlow(text: string): unknown {
  const list = text.match(/[[\]{},]|'[^']*'|"[^"\\]*"|[^[\]{},'" ](?:[^[\]{},'"]*[^[\]{},'" ])?|["']/g) ?? [];
  const tokens: Tokens = { list, next: 0 };
  const value = readFlowValue(tokens, 0);
  return tokens.next === list.length ? value : giveUp();
}

function readFlowValue(tokens: Tokens, depth: number): unknown {
  const token = tokens.list[tokens.next++] ?? giveUp();
  if (depth > maxDepth) return giveUp();
  if (token === "[") return readFlowList(tokens, depth);
  if (token === "{") return readFlowMapping(tokens, depth);
  return quoted(token) ?? plain(token, flowPlain);
}

/** Whether a collection goes on behind one of its items. */
function goesOn(tokens: Tokens, end: string): boolean {
  const token = tokens.list[tokens.next];
  if (token === ",") tokens.next++;
  else if (token !== end) giveUp();
  return tokens.list[tokens.next] !== end;
}

function readFlowList(tokens: Tokens, depth: number): readonly unknown[] {
  const items: unknown[] = [];
  for (let more = tokens.list[tokens.next] !== "]"; more; more = goesOn(tokens, "]"))
    items.push(readFlowValue(tokens, depth + 1));
  tokens.next++;
  return items;
}

function readFlowMapping(tokens: Tokens, depth: number): Readonly<Record<string, unknown>> {
  const mapping: Record<string, unknown> = {};
  for (let more = tokens.list[tokens.next] !== "}"; more; more = goesOn(tokens, "}")) {
    const found = keyPattern.exec(tokens.list[tokens.next++] ?? "") ?? giveUp();
    const [key, text] = [found[1] ?? "", found[2] ?? ""];
    if (Object.hasOwn(mapping, key) || key === "__proto__") giveUp();
    const after = tokens.list[tokens.next];
    if (text !== "") mapping[key] = plain(text, flowPlain);
    else mapping[key] = after === "," || after === "}" ? null : readFlowValue(tokens, depth + 1);
  }
  tokens.next++;
  return mapping;
}
