/** The module that migrations import as `"godwit/uuid"`. It runs inside the sandbox. */
import { sha256 } from "@noble/hashes/sha2.js";
import { validate, v5 as versionFive, v7 as versionSeven } from "uuid";
import { bytesOf } from "./bytes.ts";

/** The namespaces of RFC 9562 for `v5`. */
export const namespaces: {
  readonly dns: string;
  readonly url: string;
  readonly oid: string;
  readonly x500: string;
} = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

/** What a UUID of version 7 is made of: a migration has neither a clock nor randomness. Either `seed` or `random` is needed. */
export interface V7Options {
  /** Milliseconds since 1970, or a text such as "2026-03-01T12:00:00Z". */
  readonly time: number | string;
  /** The same seed gives the same UUID at the same time; give each row its own. */
  readonly seed?: string;
  /** 16 bytes in place of a seed. */
  readonly random?: Uint8Array;
}

/** The UUID (version 5) of a name in a namespace, which is a UUID: always the same. */
export function v5(name: string, namespace: string): string {
  if (!isUuid(namespace))
    throw new TypeError(`v5() needs a UUID as its namespace, not "${namespace}"; see namespaces of "godwit/uuid"`);
  return versionFive(text(name, "v5() needs a text as its name"), namespace);
}

/** A UUID (version 7) of a given time, which sorts by it. */
export function v7(options: V7Options): string {
  const { time, seed, random } = options;
  if ((seed === undefined) === (random === undefined))
    throw new TypeError("v7() needs either a seed or 16 random bytes");
  if (random !== undefined && !(random instanceof Uint8Array && random.length === 16))
    throw new TypeError("v7() needs exactly 16 random bytes, as a Uint8Array");
  const bytes = random ?? sha256(bytesOf(text(seed, "v7() needs a text as its seed"))).subarray(0, 16);
  return versionSeven({ msecs: milliseconds(time), random: bytes });
}

/** Whether a text is a UUID, of any version. */
export function isUuid(text: string): boolean {
  return validate(text);
}

function text(value: unknown, needed: string): string {
  if (typeof value === "string") return value;
  throw new TypeError(needed);
}

/** 48 bits are what a UUID has for them. */
const LAST = 2 ** 48 - 1;

function milliseconds(time: number | string): number {
  const value = typeof time === "string" ? parseTime(time) : time;
  if (Number.isInteger(value) && value >= 0 && value <= LAST) return value;
  throw new TypeError(
    `v7() needs a time since 1970 in whole milliseconds, or a text such as "2026-03-01T12:00:00Z", not ${JSON.stringify(time)}`,
  );
}

/** There is no Date in the sandbox. NaN for what is no time in UTC. */
function parseTime(text: string): number {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?Z)?$/.exec(text);
  if (!found) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const inRange = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!inRange || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const seconds = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  return seconds * 1000 + Number((found[7] ?? "0").padEnd(3, "0"));
}

function daysIn(year: number, month: number): number {
  const next = month === 12 ? daysSince1970(year + 1, 1, 1) : daysSince1970(year, month + 1, 1);
  return next - daysSince1970(year, month, 1);
}

/** Counted in years that begin in March, so that a leap day is the last. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}
