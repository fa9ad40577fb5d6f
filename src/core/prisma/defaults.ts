import { storedNumber } from "../ddl/stored-number.ts";
import type { Context } from "./context.ts";
import type { PrismaField } from "./document.ts";
import type { Expression } from "./parse.ts";
import { fault } from "./tokens.ts";

interface Filled {
  readonly field: PrismaField;
  /** Of the column, in SQL. */
  readonly type: string;
  readonly context: Context;
}

/**
 * What `@default(…)` is in the database, spelled as the database gives it back; `undefined` for what Prisma's client fills in by itself.
 * Throws ToolError `schema` for what is no default.
 */
export function defaultSql(value: Expression, target: Filled): string | undefined {
  if (value.kind === "call") return functionSql(value, target);
  if (value.kind !== "list") return literal(value, target);
  const type = target.type.replace(/\[\]$/, "");
  const items = value.items.map((item) => literal(item, { ...target, type }));
  return `ARRAY[${items.join(", ")}]::${type}[]`;
}

/** These are of Prisma's client. */
const ofClient = new Set(["uuid", "cuid", "nanoid", "ulid", "auto"]);

function functionSql(
  call: Expression & { readonly kind: "call" },
  { type, context, field }: Filled,
): string | undefined {
  if (ofClient.has(call.name)) return undefined;
  if (call.name === "now") return now(type, context);
  const [sql] = call.args;
  if (call.name !== "dbgenerated") throw fault(call.at, `"${call.name}()" is no default of field "${field.name}"`);
  if (sql === undefined) return undefined;
  if (sql.value.kind !== "text") throw fault(sql.value.at, `"dbgenerated" takes SQL as a text`);
  return withoutParentheses(sql.value.value);
}

/** MySQL wants the same digits of a second as the column has. */
function now(type: string, { target }: Context): string {
  if (target.dialect !== "mysql") return "CURRENT_TIMESTAMP";
  const digits = /\((\d)\)/.exec(type)?.[1];
  return digits === undefined ? "CURRENT_TIMESTAMP" : `CURRENT_TIMESTAMP(${digits})`;
}

/** `(a)` is kept as `a`; `(a) || (b)` is not in parentheses. */
function withoutParentheses(sql: string): string {
  const text = sql.trim();
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (const [i, character] of [...text].entries()) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (depth === 0 && i < text.length - 1) return text;
  }
  return withoutParentheses(text.slice(1, -1));
}

function literal(value: Expression, target: Filled): string {
  const { field, type, context } = target;
  const named = context.document.enums.find(({ name }) => name === field.type.name);
  if (named) {
    const found = value.kind === "word" ? named.values.get(value.value) : undefined;
    if (found === undefined)
      throw fault(value.at, `the default of field "${field.name}" is no value of enum "${named.name}"`);
    return quoted(found);
  }
  if (value.kind === "word" && /^(?:true|false)$/.test(value.value)) return value.value;
  if (value.kind === "number")
    return context.target.dialect === "postgresql" ? storedNumber(value.value, type) : value.value;
  if (value.kind !== "text")
    throw fault(value.at, `the default of field "${field.name}" is neither a value nor a function`);
  if (field.type.name === "Bytes") return bytes(value.value, target);
  if (field.type.name === "DateTime") return quoted(moment(value.value, { type, at: value.at }));
  return quoted(value.value);
}

/** Given in base 64. On SQLite it is the text of the digits that Prisma writes. */
function bytes(base64: string, { context: { target } }: Filled): string {
  const hex = hexOf(base64);
  if (target.dialect === "postgresql") return `'\\x${hex}'`;
  return target.dialect === "mysql" ? `0x${hex}` : `'${hex}'`;
}

const digits64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function hexOf(base64: string): string {
  const bits = [...base64.replace(/=+$/, "")].map((c) => digits64.indexOf(c).toString(2).padStart(6, "0")).join("");
  const whole = bits.slice(0, bits.length - (bits.length % 8));
  return (whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, "0")).join("");
}

/** Prisma writes the moment with its offset; which of it is kept depends on the type. */
function moment(text: string, { type, at }: { readonly type: string; readonly at: Expression["at"] }): string {
  const [, date, clock, fraction = "", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  if (date === undefined || clock === undefined)
    throw fault(at, `${JSON.stringify(text)} is no moment; write one such as "2020-01-31T10:00:00Z"`);
  const time = `${clock}${fraction.replace(/0+$/, "") === "" ? "" : `.${fraction}`}`;
  if (type === "DATE") return date;
  if (/^TIME(?:\(|$)/.test(type)) return time;
  const offset = zone === "Z" ? "+00:00" : zone;
  if (/^TIMESTAMP(?:\(|$)/.test(type)) return `${date} ${time}`;
  return `${date} ${time} ${offset}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
