import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readFound } from "./files.ts";

/** A kept evaluation of one file. */
export interface Kept {
  /** Hash of the file's path and content. */
  readonly key: string;
  /** The value, as sandbox/host/decode.ts reads it. */
  readonly encoded: string;
  /** The log, as JSON. */
  readonly log: string;
  /** What was said of the value, as JSON; may be empty. */
  readonly note: string;
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
    return text.slice(0, end) === header(salt, body) ? parse(body) : new Map();
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
    const body = [...kept].map(([path, entry]) => line(path, entry)).join("");
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
  return `godwit evaluations 2 ${salt} ${Bun.SHA256.hash(body, "hex")}`;
}

/** JSON texts hold neither line feeds nor tabs, so these separate them; the value's own line feed is replaced. */
function line(path: string, { key, encoded, log, note }: Kept): string {
  return `${JSON.stringify(path)}\t${key}\t${encoded.replaceAll("\n", "\t")}\t${log}\t${note}\n`;
}

function parse(body: string): Map<string, Kept> {
  const kept = new Map<string, Kept>();
  for (const text of body.split("\n")) {
    const [path, key, value, places, log, note] = text.split("\t");
    if (path === undefined || key === undefined || log === undefined || note === undefined) continue;
    kept.set(JSON.parse(path) as string, { key, encoded: `${value}\n${places}`, log, note });
  }
  return kept;
}
