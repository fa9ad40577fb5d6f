import { invert, titleOf } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";
import { type Conflict, conflictAdvice, conflictText } from "./conflict-text.ts";
import { buildGraph, type Graph } from "./graph.ts";
import type { Migration } from "./migration.ts";
import { newestOf, numberOf } from "./number.ts";
import { diffOperations } from "./operation-diff.ts";
import type { Entry, Reconciled } from "./reconcile.ts";
import { statesOf } from "./state.ts";

/** Something about a migration that a check is there to find. Part of the public JSON. */
export interface Finding {
  readonly kind: FindingKind;
  readonly migration: string;
  /** Relative to the project; null when there is no file. */
  readonly file: string | null;
  /** One sentence; of an edited or changed one, with a line per operation that differs. */
  readonly detail: string;
  /** Of a conflict: the migration of the other branch, and what the two disagree about. */
  readonly other?: string;
  readonly objects?: readonly string[];
}

/** The first four compare files with a database, `conflict` branches with each other, the others files with an earlier commit. */
export type FindingKind =
  | "conflict"
  | "pending"
  | "changed"
  | "missing"
  | "failed"
  | "edited"
  | "renamed"
  | "deleted"
  | "late"
  | "irreversible";

/** Where a database is not what the files say. `differences` are the lines of an operation diff, where they are known. */
export function findingsOfState(
  { entries }: Reconciled,
  fileOf: (name: string) => string | undefined,
  differences: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly Finding[] {
  return entries.flatMap((entry): readonly Finding[] => {
    if (entry.state === "applied") return [];
    const { name: migration, state: kind } = entry;
    const detail = [stateDetail(entry), ...(differences.get(migration) ?? [])].join("\n");
    return [{ kind, migration, file: fileOf(migration) ?? null, detail }];
  });
}

/** What branches disagree about. */
export const findingsOfConflicts = (
  { find }: Pick<Graph, "find">,
  conflicts: readonly Conflict[],
): readonly Finding[] =>
  conflicts.map((conflict) => {
    const [migration, other] = conflict.migrations;
    const detail = `${conflictText(conflict)}\n${conflictAdvice(conflicts)}`;
    return {
      kind: "conflict",
      migration,
      file: find(migration)?.file ?? null,
      detail,
      other,
      objects: conflict.objects,
    };
  });

/** The migrations at three places. */
export interface Versions {
  /** Where the change branched off: what is in here is merged. */
  readonly merged: readonly Migration[];
  /** The tip of the branch it will be merged into. */
  readonly base: readonly Migration[];
  readonly head: readonly Migration[];
  /** Tables of earlier tracks. */
  readonly surroundings?: Schema;
}

/**
 * What must not happen to merged migrations, and what new ones must not be. A migration that a new one `replaces` may go. Throws
 * ToolError `graph` or `state` when the head does not fit together.
 */
export function findingsOfChange({ merged, base, head, surroundings }: Versions): readonly Finding[] {
  const known = new Set(merged.map((m) => m.name));
  const there = new Map(head.map((m) => [m.name, m]));
  const added = head.filter(
    (m) => !known.has(m.name) && !base.some((b) => b.name === m.name && b.checksum === m.checksum),
  );
  const replaced = new Set(added.flatMap((m) => m.replaces));
  const renames = new Map<string, Migration>();
  const old = merged.flatMap((before): readonly Finding[] => {
    const now = there.get(before.name);
    if (now) return now.checksum === before.checksum ? [] : [edited(before, now)];
    if (replaced.has(before.name)) return [];
    const heir = before.operations.length > 0 ? added.find((m) => isHeir(m, before, renames)) : undefined;
    if (!heir) return [deleted(before)];
    renames.set(heir.name, before);
    return [renamed(before, heir)];
  });
  const fresh = added.filter((m) => !renames.has(m.name));
  return [...old, ...lateFindings(fresh, base), ...irreversibleFindings(fresh, buildGraph(head, surroundings))];
}

const isHeir = (added: Migration, before: Migration, taken: ReadonlyMap<string, Migration>): boolean =>
  added.checksum === before.checksum && !taken.has(added.name);

const edited = (before: Migration, { name, file, ...now }: Migration): Finding => ({
  kind: "edited",
  migration: name,
  file,
  detail: [
    "a merged migration has other operations now; put the change into a new one",
    ...diffOperations(before, now),
  ].join("\n"),
});

const renamed = (before: Migration, heir: Migration): Finding => ({
  kind: "renamed",
  migration: before.name,
  file: heir.file,
  detail: `a merged migration is called "${heir.name}" now; where it is applied it would run again`,
});

const deleted = ({ name, file }: Migration): Finding => ({
  kind: "deleted",
  migration: name,
  file,
  detail: "a merged migration is gone; restore its file, and undo what it does in a new one",
});

function lateFindings(added: readonly Migration[], base: readonly Migration[]): readonly Finding[] {
  const newest = newestOf(base.map((m) => m.name));
  if (newest === undefined) return [];
  return (
    added
      // What stands for others stands where they stood.
      .filter((m) => m.replaces.length === 0 && numberOf(m.name) <= numberOf(newest))
      .map(({ name, file }) => ({
        kind: "late",
        migration: name,
        file,
        detail: `a new migration needs a number above that of "${newest}", the newest there is; renumber it`,
      }))
  );
}

function irreversibleFindings(added: readonly Migration[], graph: Graph): readonly Finding[] {
  const names = new Set(added.map((m) => m.name));
  let schema = graph.surroundings;
  return graph.order.flatMap((migration) => {
    const states = statesOf(migration, schema);
    const [first = schema] = states;
    schema = states.at(-1) ?? first;
    if (!names.has(migration.name)) return [];
    return migration.operations.flatMap((operation, i): readonly Finding[] => {
      if (invert(operation, states[i] ?? first)) return [];
      const detail = `operation ${i + 1} (${titleOf(operation)}) has no way back`;
      return [{ kind: "irreversible", migration: migration.name, file: migration.file, detail }];
    });
  });
}

function stateDetail({ state, applied }: Entry): string {
  switch (state) {
    case "pending":
      return "not applied";
    case "changed":
      return "its operations are not those that were applied";
    case "missing":
      return "applied, but its file is missing";
    case "failed":
      return (applied?.stepsDone ?? 0) < 0 ? "stopped half-way while it was rolled back" : "stopped half-way";
    case "applied":
      return "applied";
  }
}
