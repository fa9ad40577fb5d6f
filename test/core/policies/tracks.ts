import type { Operation } from "../../../src/core/operations/index.ts";
import type { Migration } from "../../../src/core/plan/migration.ts";
import { policyFindings } from "../../../src/core/policies/index.ts";
import type { PolicyFinding, PolicyTrack } from "../../../src/core/policies/track.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";

/** A migration of operations, or of SQL that goes up. */
export const migrationOf = (
  track: string,
  does: string | readonly Operation[],
  more: Partial<Migration> = {},
): Migration => ({
  name: `0001_${track}`,
  dependencies: [],
  operations: typeof does === "string" ? [{ kind: "runSQL", forward: does }] : does,
  replaces: [],
  transaction: true,
  checksum: "",
  file: `${track}/0001_${track}.ts`,
  ...more,
});

/** Tracks with one migration each. */
export const tracksOf = (
  tracks: Readonly<Record<string, string | readonly Operation[]>>,
  options: Omit<PolicyTrack, "name" | "migrations"> = {},
): readonly PolicyTrack[] =>
  Object.entries(tracks).map(([name, does]) => ({ name, migrations: [migrationOf(name, does)], ...options }));

/** What a policy finds on PostgreSQL, each as its message. */
export const messages = (
  code: string,
  tracks: Readonly<Record<string, string | readonly Operation[]>>,
  options: Omit<PolicyTrack, "name" | "migrations"> = {},
  dialect = postgres,
): readonly string[] =>
  policyFindings({ tracks: tracksOf(tracks, options), dialect })
    .filter((finding: PolicyFinding) => finding.code === code)
    .map(({ message }) => message);
