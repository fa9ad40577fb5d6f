import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What runners of migrations get wrong in production, case by case, and the tests that hold godwit to it. They are named here so that nobody
 * takes one away, or gives it another name, without seeing what it stands for.
 */
const cases: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "tracks are applied in order, and a second run changes nothing": {
    "test/runtime/tracks.test.ts": ["are applied in the order of the list, and a second run changes nothing"],
  },
  "a requirement of the last track stops the first one, too": {
    "test/runtime/tracks-postgres.test.ts": ["requirements of all tracks are checked before anything changes"],
  },
  "tracks that name the same schema do not mix": {
    "test/runtime/tracks-postgres.test.ts": [
      "a track without a schema and one that names the connection's share a history",
    ],
  },
  "a first run that fails takes nothing back, over tables that were there before": {
    "test/runtime/tracks.test.ts": ["a first run that fails takes nothing back, and the next one goes on"],
    "test/library/open.test.ts": ["on a database that somebody else made: no way back is gone, the data stays"],
  },
  "an upgrade that fails goes back to where it was, and an error on the way back is told": {
    "test/runtime/tracks.test.ts": [
      "an upgrade that fails goes back to where the track was, also alone",
      "a way back that fails is told with the first error",
    ],
  },
  "compensation spares a first install, and a signal does not stop it": {
    "test/runtime/tracks.test.ts": [
      "when the last fails, those that were upgraded go back and a new one stays",
      "a signal while they go back does not stop that",
    ],
  },
  "a run that was killed is finished by the next one": {
    "test/crash/kills.test.ts": [
      "times killed, migrate up always finishes, does nothing twice, and status says the truth",
    ],
    "test/library/open.test.ts": ["a program that was killed in a migration: the next start takes up there"],
  },
  "a database ahead of the program is left alone, unless it failed": {
    "test/library/open.test.ts": ["a database at 0007 opens for a program that ends at 0005, untouched"],
    "test/runtime/tracks-postgres-failure.test.ts": [
      "a database that is ahead of the files is left alone with a warning",
    ],
  },
  "of two that start at once the second waits, looks again and has nothing to do; a lock or a broken connection takes nothing back":
    {
      "test/library/postgres.test.ts": [
        "two replicas that start at once: the second waits, looks again under the lock",
      ],
      "test/runtime/tracks-postgres-failure.test.ts": [
        "a lock that a statement does not get takes nothing back",
        "a connection that breaks takes nothing back",
      ],
    },
  "looking needs no more than the right to read, and creates nothing": {
    "test/library/postgres.test.ts": [
      "no history is refused, and none is made",
      "current and ahead are fine; behind is refused with both places",
    ],
    "test/runtime/tracks-postgres.test.ts": ["who may only read is told how all tracks stand, and nothing is created"],
  },
  "a schema holds its track and the track's history, and nothing else does": {
    "test/runtime/tracks-postgres.test.ts": ["a track with a schema keeps its objects and its history there"],
    "test/scripts/tracks-config.txt": ["schema"],
  },
  "what stopped half-way is told, and how to go on": {
    "test/runtime/tracks-postgres-failure.test.ts": ["a track that stopped half-way: down refuses and says what to do"],
    "test/scripts/repair.txt": ["godwit migrate repair"],
  },
  "tracks keep their hands off one another, in SQL of every shape": {
    "test/core/policies/ownership.test.ts": ["ONLY"],
  },
  "what is merged is not edited, renamed or deleted, and new numbers are higher": {
    "test/runtime/check.test.ts": [
      "edited, with the operations that differ",
      "renamed, even to a number that would do",
      "deleted; renamed and edited at once is deleted as well",
      "a number at or below the newest of a base that went on",
      "no way back is told of new migrations only",
    ],
  },
  "an upgrade and the way back give what clean installs give": {
    "test/runtime/tracks-postgres.test.ts": [
      "an upgrade of all tracks and the way back give what clean installs give, and rows survive",
    ],
  },
  "an owner is filled in where history names exactly one": {
    "test/acceptance/owner-backfill.test.ts": [
      "deleted sessions count, disagreement and orphans stay NULL, and down removes the column",
    ],
  },
};

const root = join(import.meta.dir, "../..");

for (const [what, files] of Object.entries(cases)) {
  test(`there is a test for: ${what}`, () => {
    for (const [path, names] of Object.entries(files)) {
      const text = readFileSync(join(root, path), "utf8");
      expect(names.filter((name) => !text.includes(name))).toEqual([]);
    }
  });
}
