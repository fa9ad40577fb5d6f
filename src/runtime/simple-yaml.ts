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
  for (const raw of text.split("\n")) {
    const line = raw.replace(/ *\r?$/, "");
    if (/[\t\r]/.test(line)) giveUp();
    const content = line.replace(/^ +/, "");
    if (content !== "" && !content.startsWith("#")) {
      lines.push({ indent: line.length - content.length, text: withoutComment(content) });
    }
  }
  return lines;
}

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
    const [, key = "", text = ""] = (line.indent === indent && keyPattern.exec(line.text)) || giveUp();
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

const quoted = (text: string): string | undefined => /^'([^']*)'$/.exec(text)?.[1] ?? /^"([^"\\]*)"$/.exec(text)?.[1];

/** With colons inside words and what else URLs are made of. */
const blockPlain = /^[A-Za-z_(/](?:[\w ./()+*=<>%,'"[\]@&?$#{};!~\\-]|:(?=[^ ]))*$/;
const flowPlain = /^[A-Za-z_(/][\w ./()+*=<>%-]*$/;

/** A scalar without quotes by the core schema of YAML 1.2. */
function plain(text: string, pattern: RegExp): string | number | boolean | null {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return String(Number(text)) === text ? Number(text) : text;
  // Versions are texts: 1.0.0
  if (/^\d+(?:\.\d+){2,}$/.test(text)) return text;
  if (!pattern.test(text)) return giveUp();
  if (/^(?:null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  return /^(?:false|False|FALSE)$/.test(text) ? false : text;
}

/** A flow collection that fills the text. */
function readFlow(text: string): unknown {
  const tokens = text.match(/[[\]{},]|'[^']*'|"[^"\\]*"|[^[\]{},'"]+|["']/g) ?? [];
  const rest = tokens.map((token) => token.replace(/^ +| +$/g, "")).filter((token) => token !== "");
  const value = readFlowValue(rest, 0);
  return rest.length === 0 ? value : giveUp();
}

function readFlowValue(tokens: string[], depth: number): unknown {
  const token = tokens.shift() ?? giveUp();
  if (depth > maxDepth) return giveUp();
  if (token === "[") return readFlowList(tokens, depth);
  if (token === "{") return readFlowMapping(tokens, depth);
  return quoted(token) ?? plain(token, flowPlain);
}

function readFlowList(tokens: string[], depth: number): readonly unknown[] {
  const items: unknown[] = [];
  while (tokens[0] !== "]") {
    items.push(readFlowValue(tokens, depth + 1));
    if (tokens[0] === ",") tokens.shift();
    else if (tokens[0] !== "]") giveUp();
  }
  tokens.shift();
  return items;
}

function readFlowMapping(tokens: string[], depth: number): Readonly<Record<string, unknown>> {
  const mapping: Record<string, unknown> = {};
  while (tokens[0] !== "}") {
    const [, key = "", text = ""] = keyPattern.exec(tokens.shift() ?? "") ?? giveUp();
    if (Object.hasOwn(mapping, key) || key === "__proto__") giveUp();
    if (text !== "") mapping[key] = plain(text, flowPlain);
    else mapping[key] = tokens[0] === "," || tokens[0] === "}" ? null : readFlowValue(tokens, depth + 1);
    if (tokens[0] === ",") tokens.shift();
    else if (tokens[0] !== "}") giveUp();
  }
  tokens.shift();
  return mapping;
}
