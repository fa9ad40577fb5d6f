import { expect } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A database on which the examples of all operations are carried out, read back and taken back. */
export interface Ran {
  /** What it is, for people: `sqld`. */
  readonly engine: string;
  /** Of the server, two numbers of it; absent where it does not say. */
  readonly version?: string;
}

const file = join(import.meta.dir, "ran.json");

/**
 * Holds what ran against `ran.json`, which the tables of databases in the documentation are made of. GODWIT_TEST_UPDATE=1 writes it. Of versions only the
 * first number counts: servers of Debian are renewed.
 */
export function holdRan(dialect: string, engine: string, serverVersion: string): void {
  const version = /^\d+(?:\.\d+)?/.exec(serverVersion)?.[0];
  const ran: Ran = { engine, ...(version !== undefined && { version }) };
  const all = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Ran>) : {};
  if (process.env["GODWIT_TEST_UPDATE"] === "1") {
    const entries = Object.entries({ ...all, [dialect]: ran }).toSorted(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`);
    return;
  }
  expect(withMajor(ran)).toEqual(withMajor(all[dialect]));
}

const withMajor = (ran: Ran | undefined) =>
  ran && { ...ran, version: ran.version === undefined ? undefined : Number.parseInt(ran.version, 10) };
