import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultLimits } from "../../sandbox/host/limits.ts";
import { type Measured, runMeasured } from "../helpers/measured.ts";
import { openSession, type Session } from "../helpers/script-session.ts";
import { hostileCases, sourceOf } from "../sandbox/hostile.ts";
import type { HostileCase } from "../sandbox/hostile-case.ts";
import { callOfEvil, hostileSymbols } from "../sandbox/hostile-symbols.ts";

/** Of the whole process. The executable alone takes about 70. */
const maxRssMiB = 200;
const maxMs = defaultLimits.deadlineMs + 1000;

const migrateUp = ({ directory, env }: Session, ...flags: readonly string[]): Promise<Measured> =>
  runMeasured([join(directory, "../bin/godwit"), "migrate", "up", ...flags], { cwd: directory, env });

async function withHostile(
  database: string,
  hostile: HostileCase,
  work: (session: Session) => Promise<void>,
): Promise<void> {
  const session = await openSession(database);
  try {
    mkdirSync(join(session.directory, "migrations"));
    writeFileSync(join(session.directory, `migrations/0001_${hostile.file}`), sourceOf(hostile));
    await work(session);
  } finally {
    await session.end();
  }
}

describe("migrate up with a hostile migration ends in time with one message and leaves nothing behind", () => {
  for (const hostile of hostileCases) {
    const play = async (session: Session): Promise<void> => {
      const { exitCode, stdout, stderr, ms, rssMiB } = await migrateUp(session);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      const { file, line } = hostile;
      expect(stderr).toStartWith(`error: migrations/0001_${file}:${line === undefined ? "" : `${line}:`}`);
      for (const part of hostile.says) expect(stderr).toContain(part);
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
      expect(readdirSync(session.directory)).toEqual(["migrations"]);
      expect(ms).toBeLessThan(maxMs);
      expect(rssMiB).toBeLessThan(maxRssMiB);
    };
    // On a machine that is busy with something else, even what takes a tenth of the deadline can miss it.
    test(`${hostile.file} on sqlite`, () => withHostile("sqlite", hostile, play), { retry: 2 });
  }

  for (const file of ["loop-builtin.ts", "memory-array.ts", "throws.ts", "import-node.ts"]) {
    test(`${file} on postgresql`, () =>
      withHostile("postgresql", hostileCase(file), async (session) => {
        const { exitCode, stdout } = await migrateUp(session, "--json");
        expect(exitCode).toBe(1);
        const { error } = JSON.parse(stdout) as { error: { code: string; data: Record<string, unknown> } };
        const { code, line } = hostileCase(file);
        expect(error).toMatchObject({ code, data: { file: `migrations/0001_${file}`, line } });
        const relations = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace";
        expect(await session.run(`sql "${relations}"`)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
      }));
  }
});

describe("migrate up with a hostile module that the project registers ends in the same way", () => {
  for (const { what, source, migration = callOfEvil, says } of hostileSymbols) {
    const files = new Map([
      ["godwit.yaml", "symbols:\n  evil: evil.ts\n  good: good\n"],
      ["evil.ts", source],
      ["good/index.ts", "export {};"],
      ["good/secret.ts", "export const f = 1;"],
      ["migrations/0001_test.ts", migration],
    ]);
    const play = async (): Promise<void> => {
      const session = await openSession("sqlite", files);
      try {
        const { exitCode, stdout, stderr, ms, rssMiB } = await migrateUp(session);
        expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
        for (const part of says) expect(stderr).toContain(part);
        expect(stderr.trimEnd().split("\n")).toHaveLength(1);
        expect(readdirSync(session.directory).toSorted()).toEqual(["evil.ts", "godwit.yaml", "good", "migrations"]);
        expect(ms).toBeLessThan(maxMs);
        expect(rssMiB).toBeLessThan(maxRssMiB);
      } finally {
        await session.end();
      }
    };
    test(what, play, { retry: 2 });
  }
});

function hostileCase(file: string): HostileCase {
  const found = hostileCases.find((hostile) => hostile.file === file);
  if (!found) throw new Error(`there is no hostile case ${file}`);
  return found;
}
