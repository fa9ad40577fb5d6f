import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readFound } from "./files.ts";

/** A kept evaluation of one file. */
export interface Kept {
  /** Hash of the file's path and content. */
  readonly key: string;
  /** The value, as sandbox/host/decode.ts reads it. */
  readonly encoded: string;
  readonly log: readonly string[];
  /** What was said of the value, as JSON has it; may be absent. */
  readonly note?: unknown;
}

/** The user's cache directory for evaluations, or `undefined` where there is none. */
export function cacheDirectory(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const home = env["HOME"];
  const base = env["XDG_CACHE_HOME"] || env["LOCALAPPDATA"] || (home ? join(home, ".cache") : undefined);
  return base ? join(base, "godwit") : undefined;
}

/**
 * The kept evaluations of a pack by the file's path; none when the pack cannot be read, was made by another version
 * (`salt`), or is damaged.
 */
export function readPack(file: string, salt: string): Map<string, Kept> {
  try {
    const text = readFound(file, MAX_PACK_BYTES);
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    return text.slice(0, end) === header(salt, body) ? read(body) : new Map();
  } catch {
    return new Map();
  }
}

/** Ten thousand migrations with many tables have less. A larger pack costs more to read than it saves. */
const MAX_PACK_BYTES = 48 * 1024 * 1024;

/** Written aside and renamed, so that two processes never mix. What cannot be written is not kept. */
export function writePack(file: string, salt: string, kept: ReadonlyMap<string, Kept>): void {
  const staged = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    const body = write(kept);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(staged, `${header(salt, body)}\n${body}`, { mode: 0o600 });
    renameSync(staged, file);
  } catch {
    discard(staged);
  }
}

/** Even `force` throws when the path runs through something that is not a directory. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return;
  }
}

/** The fingerprint of the body tells a damaged pack, the salt one that means something else. */
function header(salt: string, body: string): string {
  return `godwit evaluations 3 ${salt} ${Bun.SHA256.hash(body, "hex")}`;
}

/**
 * A line with what every command looks at, which is read at once, and then a line with the value of each, most of which are never read. JSON texts hold neither
 * line feeds nor tabs, so that the value's own line feed becomes a tab.
 */
function write(kept: ReadonlyMap<string, Kept>): string {
  const entries = [...kept].map(([path, { key, log, note }]): Line => [path, key, log, note]);
  const values = [...kept.values()].map(({ encoded }) => `\n${encoded.replaceAll("\n", "\t")}`);
  return `${JSON.stringify(entries)}${values.join("")}`;
}

type Line = readonly [path: string, key: string, log: readonly string[], note: unknown];

function read(body: string): Map<string, Kept> {
  const [first = "", ...values] = body.split("\n");
  const kept = new Map<string, Kept>();
  const entries = JSON.parse(first) as readonly Line[];
  for (let i = 0; i < entries.length; i++) {
    const [path, key, log, note] = entries[i] ?? [];
    const value = values[i];
    if (typeof path !== "string" || typeof key !== "string" || !Array.isArray(log) || value === undefined) continue;
    kept.set(path, { key, encoded: value, log, note });
  }
  return kept;
}

/** The value as it was given to be kept. */
export const encodedIn = ({ encoded }: Kept): string => encoded.replaceAll("\t", "\n");
