import { behindNamespace } from "./namespaces.ts";

/**
 * The conventional name of a foreign key constraint, `fk_<table>_<field>…`, shortened to 63 bytes by the rule of the
 * predecessor so that adopted databases keep their names: the first 54 bytes, an underscore, eight hex digits of a hash.
 */
export function foreignKeyName(table: string, fields: readonly string[]): string {
  const name = `fk_${behindNamespace(table)}_${fields.join("_")}`;
  if (utf8Length(name) <= 63) return name;
  return `${headOf(name, 54)}_${hash(utf8(name)).toString(16).padStart(8, "0")}`;
}

/**
 * The name that PostgreSQL gives to a constraint or index that has none, `<table>_<fields>_<suffix>` in 63 bytes: the longer of table and
 * fields is cut until both fit (makeObjectName in its indexcmds.c).
 */
export function objectName(table: string, fields: readonly string[], suffix: string): string {
  const parts = [table, headOf(fields.join("_"), 63)].filter((part) => part !== "");
  const whole = [...parts, suffix].join("_");
  if (utf8Length(whole) <= 63) return whole;
  const room = 63 - utf8Length(suffix) - parts.length;
  const sizes = parts.map(utf8Length);
  while (sizes.reduce((a, b) => a + b, 0) > room) {
    const longest = sizes.indexOf(Math.max(...sizes));
    sizes[longest] = (sizes[longest] ?? 0) - 1;
  }
  return [...parts.map((part, i) => headOf(part, sizes[i] ?? 0)), suffix].join("_");
}

/** FNV with a zero seed: not the standard hash, but the one that existing databases were named with. */
function hash(bytes: readonly number[]): number {
  let h = 0;
  for (const b of bytes) h = Math.imul(h ^ b, 16777619) >>> 0;
  return h;
}

/** The longest beginning of whole characters that fits into `limit` bytes. */
export function headOf(text: string, limit: number): string {
  if (utf8Length(text) <= limit) return text;
  let head = "";
  let size = 0;
  for (const character of text) {
    size += utf8(character).length;
    if (size > limit) break;
    head += character;
  }
  return head;
}

/** Whether the text has no half of a surrogate pair, which UTF-8 cannot say. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** How many bytes a text has in UTF-8. Without making them, because every name that is quoted is measured. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // The two halves of a pair are four bytes together.
    const isHalf = unit >= 0xd800 && unit < 0xe000;
    if (unit >= 0x80) bytes += unit < 0x800 || isHalf ? 1 : 2;
  }
  return bytes;
}

/** UTF-8 bytes of a text; core has no TextEncoder. */
export function utf8(text: string): readonly number[] {
  return Array.from(text).flatMap((character) => {
    const c = character.codePointAt(0) ?? 0;
    const tail = (shift: number) => 0x80 | ((c >> shift) & 0x3f);
    if (c < 0x80) return [c];
    if (c < 0x800) return [0xc0 | (c >> 6), tail(0)];
    if (c < 0x10000) return [0xe0 | (c >> 12), tail(6), tail(0)];
    return [0xf0 | (c >> 18), tail(12), tail(6), tail(0)];
  });
}
