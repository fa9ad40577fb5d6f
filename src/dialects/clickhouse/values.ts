import type { Row } from "../../core/ddl/dialect.ts";

/** The format in which results are asked for: it has every value exactly, bytes too. */
export const resultFormat = "TabSeparatedWithNamesAndTypes";

/**
 * The rows of a result in that format. Integers beyond 2^53 are bigints; a text that is not UTF-8 is bytes, because ClickHouse has one type for
 * both; decimals, times, lists and the like are the text that the server writes.
 */
export function rowsOf(body: Uint8Array): readonly Row[] {
  const lines = linesOf(body);
  const [names = [], types = [], ...rows] = lines.map(fieldsOf);
  const columns = names.map((name, i) => ({
    name: String(textOf(name)),
    read: readerOf(String(textOf(types[i] ?? none))),
  }));
  return rows.map((fields) => Object.fromEntries(columns.map(({ name, read }, i) => [name, read(fields[i] ?? none)])));
}

type Bytes = Uint8Array;
const none: Bytes = new Uint8Array();
const [tab, newline, backslash] = [9, 10, 92];

function linesOf(body: Bytes): readonly Bytes[] {
  const lines: Bytes[] = [];
  for (let from = 0; from < body.length; ) {
    const end = body.indexOf(newline, from);
    lines.push(body.subarray(from, end < 0 ? body.length : end));
    from = end < 0 ? body.length : end + 1;
  }
  return lines;
}

function fieldsOf(line: Bytes): readonly Bytes[] {
  const fields: Bytes[] = [];
  let from = 0;
  for (let end = line.indexOf(tab); end >= 0; end = line.indexOf(tab, from)) {
    fields.push(line.subarray(from, end));
    from = end + 1;
  }
  return [...fields, line.subarray(from)];
}

type Reader = (field: Bytes) => unknown;

function readerOf(type: string): Reader {
  const bare = type.replace(/^(?:LowCardinality\(|Nullable\()+/, "");
  const read = /^U?Int(?:8|16|32|64|128|256)\b/.test(bare)
    ? integerOf
    : /^(?:B?Float)\d/.test(bare)
      ? numberOf
      : bare.startsWith("Bool")
        ? (field: Bytes) => plainText(field) === "true"
        : isComposite.test(bare)
          ? decoded
          : textOf;
  return (field) => (isNull(field) ? null : read(field));
}

/** The texts inside of these are quoted, and what they hold is escaped once only. */
const isComposite = /^(?:Array|Map|Tuple|Nested|Point|Ring|LineString|MultiLineString|Polygon|MultiPolygon)\b/;

/** `\N`, which no text is written as. */
const isNull = (field: Bytes): boolean => field.length === 2 && field[0] === backslash && field[1] === 78;

const plainText = (field: Bytes): string => String.fromCharCode(...field);

function integerOf(field: Bytes): number | bigint {
  const text = plainText(field);
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function numberOf(field: Bytes): number {
  const text = plainText(field);
  if (text === "inf" || text === "-inf") return text === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return text === "nan" || text === "-nan" ? Number.NaN : Number(text);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const textOf = (field: Bytes): string | Uint8Array => decoded(unescaped(field));

function decoded(bytes: Bytes): string | Uint8Array {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes;
  }
}

function unescaped(field: Bytes): Uint8Array {
  if (!field.includes(backslash)) return field.slice();
  const bytes = new Uint8Array(field.length);
  let length = 0;
  for (let i = 0; i < field.length; i++) {
    const byte = field[i] ?? 0;
    bytes[length++] = byte === backslash ? (escapes[String.fromCharCode(field[++i] ?? 0)] ?? field[i] ?? 0) : byte;
  }
  return bytes.slice(0, length);
}

const escapes: Readonly<Record<string, number>> = { b: 8, t: 9, n: 10, f: 12, r: 13, "0": 0, a: 7, v: 11, e: 27 };
