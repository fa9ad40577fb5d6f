import { ToolError } from "../errors.ts";
import type { Graph } from "./graph.ts";
import type { Applied, Migration } from "./migration.ts";

/**
 * `changed`: its operations are not those that were applied. `missing`: applied, but its file is gone. `failed`: it stopped half-way on the
 * way up or down; whether it was changed since, the journal knows better than its checksum.
 */
export type MigrationState = "applied" | "pending" | "failed" | "changed" | "missing";

export interface Entry {
  readonly name: string;
  readonly state: MigrationState;
  /** The file's checksum; of a missing one, the recorded checksum. */
  readonly checksum: string;
  readonly applied?: Applied;
}

/** Files and history side by side. */
export interface Reconciled {
  /** In the order of the graph; missing ones last, in the order of the history. */
  readonly entries: readonly Entry[];
  /** What `up` would run, in order; one that failed on the way up is among them, to be continued. */
  readonly pending: readonly Migration[];
  /** What is in the database and has a file, in the order of the graph. */
  readonly applied: readonly Migration[];
  readonly changed: readonly Entry[];
  readonly missing: readonly Entry[];
  readonly failed: readonly Entry[];
  /** Applied, because all that they stand for is; the history does not say so yet. */
  readonly unrecorded: readonly Entry[];
}

/** Compares the files with the rows of one track's history, which the graph is made for (`graphFor`). Pure; judges nothing. */
export function reconcile(graph: Graph, history: readonly Applied[]): Reconciled {
  const rows = new Map<string, Applied>();
  for (const row of history) rows.set(row.name, row);
  const counted = new Map(
    graph.squashes.flatMap(({ migration, state }) =>
      state === "counted" ? [[migration.name, lastOf(migration, history)] as const] : [],
    ),
  );
  const known = graph.order.map((migration) =>
    entryOf(migration, rows.get(migration.name) ?? counted.get(migration.name)),
  );
  const missing = history
    .filter((row) => !graph.find(row.name) && !graph.replaced.has(row.name))
    .map((row): Entry => ({ name: row.name, state: "missing", checksum: row.checksum, applied: row }));
  const entries = missing.length === 0 ? known : known.concat(missing);
  const isPending = (_: Migration, i: number): boolean => waits(known[i]);
  return {
    entries,
    pending: graph.order.filter(isPending),
    applied: graph.order.filter((migration, i) => !isPending(migration, i)),
    changed: entries.filter((entry) => entry.state === "changed"),
    missing,
    failed: entries.filter((entry) => entry.state === "failed"),
    unrecorded: counted.size === 0 ? [] : known.filter(({ name }) => counted.has(name)),
  };
}

/** The row of what all the others add up to: that of the one that was applied last. */
function lastOf({ name, checksum, replaces }: Migration, history: readonly Applied[]): Applied | undefined {
  const last = history.findLast((row) => replaces.includes(row.name));
  return last && { ...last, name, checksum, state: "fake", stepsDone: 0, durationMs: 0 };
}

/**
 * Throws ToolError `history` when an applied migration has other operations now than when it was applied: whatever is
 * planned on top would start from a state that the database is not in.
 */
export function refuseChanged(reconciled: Reconciled): void {
  const { changed } = reconciled;
  if (changed.length === 0) return;
  const recorded = changed.map(({ name, applied }) => [name, applied?.checksum] as const);
  const data = { changed: changed.map((entry) => entry.name), recorded: Object.fromEntries(recorded) };
  const list = data.changed.map((name) => `"${name}"`).join(", ");
  const accept = data.changed.map((name) => `\`godwit migrate fake ${name}\``).join(", ");
  throw new ToolError(
    "history",
    `${list} ${changed.length === 1 ? "was" : "were"} changed after being applied; restore the file and put the change ` +
      `into a new migration, or, if the database has the change already, accept it with ${accept}`,
    data,
  );
}

/** Whether a migration stopped half-way while it was rolled back, rather than while it was applied. */
export const stoppedGoingDown = (row: Applied | undefined): boolean => row?.state === "failed" && row.stepsDone < 0;

function entryOf(migration: Migration, row: Applied | undefined): Entry {
  const { name, checksum } = migration;
  if (!row) return { name, state: "pending", checksum };
  if (row.state === "failed") return { name, state: "failed", checksum, applied: row };
  return { name, state: row.checksum === checksum ? "applied" : "changed", checksum, applied: row };
}

function waits(entry: Entry | undefined): boolean {
  if (!entry?.applied) return true;
  return entry.applied.state === "failed" && !stoppedGoingDown(entry.applied);
}
