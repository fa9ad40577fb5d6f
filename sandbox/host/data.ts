import { operationKinds } from "../../src/core/operations/index.ts";
import { MAX_DEPTH } from "./inert.ts";
import type { Script } from "./script.ts";
import { type Token, tokenAt } from "./tokens.ts";

/**
 * The value of an inert script (see inert.ts), read without running it: that is what most migrations are, and a thousand of
 * them are read in the time in which the machine of the sandbox gets ready for the first. `undefined` for whatever is not
 * exactly what the SDK's functions make of plain data; the sandbox decides about that, and words the error.
 *
 * test/sandbox/data.test.ts holds it to the same values as the sandbox.
 */
export function readData({ code, inert }: Pick<Script, "code" | "inert">): { readonly value: unknown } | undefined {
  if (!inert) return undefined;
  const head = /^(?:\/\/[^\n]*\n)*import\{[^}]*\}from"godwit";var [\w$]+=/.exec(code)?.[0];
  if (head === undefined) return undefined;
  const read = readAt(code, head.length);
  return read && code.startsWith(";export{", read.end) ? { value: read.value } : undefined;
}

/** The value that begins at `at` of a text, and where it ends; `undefined` for whatever `readData` leaves to the sandbox. */
export function readAt(text: string, at: number): { readonly value: unknown; readonly end: number } | undefined {
  const reading: Reading = { text, at, depth: 0, values: 0 };
  try {
    return { value: readValue(reading), end: reading.at };
  } catch (error) {
    if (error === beyond) return undefined;
    throw error;
  }
}

interface Reading {
  readonly text: string;
  at: number;
  depth: number;
  values: number;
}

/** What would go beyond the limits of the serializer, or nearly, is left to the sandbox, which words the error. */
const MAX_VALUES = 300_000;
const MAX_ITEMS = 100_000;

type Fields = Readonly<Record<string, unknown>>;

/** Thrown at the first thing that is left to the sandbox. */
const beyond = new Error("beyond plain data");

const giveUp = (): never => {
  throw beyond;
};

/** The next token that is no blank, and where it begins; it is read by then. */
function next(reading: Reading): Token & { readonly start: number } {
  let start = reading.at;
  let token = tokenAt(reading.text, start);
  while (token.kind === "blank") {
    start = token.end;
    token = tokenAt(reading.text, start);
  }
  reading.at = token.end;
  return { ...token, start };
}

function readValue(reading: Reading): unknown {
  const { kind, start, end } = next(reading);
  reading.values++;
  if (kind === "literal") return readLiteral(reading.text.slice(start, end));
  if (reading.depth === MAX_DEPTH || reading.values > MAX_VALUES) return giveUp();
  reading.depth++;
  const value = readParts(reading, kind, reading.text.slice(start, end - 1));
  reading.depth--;
  return value;
}

function readParts(reading: Reading, kind: Token["kind"], word: string): unknown {
  if (kind === "call") return readCall(reading, word);
  if (kind !== "open") return giveUp();
  return reading.text[reading.at - 1] === "[" ? readList(reading) : readFields(reading);
}

function readList(reading: Reading): readonly unknown[] {
  const items: unknown[] = [];
  while (!closes(reading, "]")) {
    items.push(readValue(reading));
    if (items.length > MAX_ITEMS) return giveUp();
    if (!separates(reading, "]")) break;
  }
  return items;
}

function readFields(reading: Reading): Fields {
  const fields: Record<string, unknown> = {};
  while (!closes(reading, "}")) {
    const { kind, start, end } = next(reading);
    if (kind !== "key") return giveUp();
    const key = reading.text.slice(start, end - 1);
    fields[/^["']/.test(key) ? key.slice(1, -1) : key] = readValue(reading);
    if (!separates(reading, "}")) break;
  }
  return fields;
}

/** What sandbox/guest/index.ts and operation.ts make of their one parameter. */
function readCall(reading: Reading, name: string): Fields {
  const params = readValue(reading);
  if (!closes(reading, ")")) return giveUp();
  if (typeof params !== "object" || params === null || Array.isArray(params)) return giveUp();
  if (name === "migration") return { ...params };
  if (!operationKinds.includes(name) || Object.hasOwn(params, "kind")) return giveUp();
  return { kind: name, ...params };
}

/** Whether the bracket comes next; it is read then. */
function closes(reading: Reading, bracket: string): boolean {
  const before = reading.at;
  const { start } = next(reading);
  if (reading.text[start] === bracket) return true;
  reading.at = before;
  return false;
}

/** True at a comma, false at the closing bracket; both are read. */
function separates(reading: Reading, bracket: string): boolean {
  const { start } = next(reading);
  const found = reading.text[start];
  return found === "," || (found === bracket ? false : giveUp());
}

function readLiteral(text: string): unknown {
  switch (text[0]) {
    case "t":
      return true;
    case "f":
      return false;
    case "n":
      return null;
    case '"':
    case "'":
    case "`":
      return /[\\\r]/.test(text) ? readEscaped(text) : text.slice(1, -1);
    default:
      // A leading zero means octal to JavaScript.
      return /^-?0\d/.test(text) ? giveUp() : Number(text);
  }
}

/** Written as JSON, which has fewer escapes; what it cannot read is left to the sandbox, what it can, JavaScript reads alike. */
function readEscaped(text: string): unknown {
  const inner = text.slice(1, -1).replace(/\\[\s\S]|["\n\t]/g, (found) => inJson[found] ?? found);
  try {
    return JSON.parse(`"${inner}"`);
  } catch {
    return giveUp();
  }
}

const inJson: Readonly<Record<string, string>> = {
  "\\'": "'",
  "\\`": "`",
  "\\$": "$",
  '"': '\\"',
  "\n": "\\n",
  "\t": "\\t",
};
