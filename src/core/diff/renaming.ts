import { getTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";
import { dropFieldNow } from "./fields.ts";
import type { Rename } from "./names.ts";
import { dropTableNow } from "./tables.ts";

/** Renames tables; what stands in the way is dropped first, since the schema has no place for it. */
export function renameTables(draft: Draft, renames: readonly Rename[]): void {
  rename(renames, {
    names: () => draft.state.tables.map((t) => t.name),
    apply: (step) => draft.add({ kind: "renameTable", ...step }),
    drop: (name) => dropTableNow(draft, name),
  });
}

/** Renames fields of one table; `table` is its name by now. */
export function renameFields(draft: Draft, table: string, renames: readonly Rename[]): void {
  rename(renames, {
    names: () => getTable(draft.state, table).fields.map((f) => f.name),
    apply: (step) => draft.add({ kind: "renameField", table, ...step }),
    drop: (name) => dropFieldNow(draft, table, name),
  });
}

interface Namespace {
  names(): readonly string[];
  apply(rename: Rename): void;
  drop(name: string): void;
}

/** A rename waits until its new name is free; a ring (a ↔ b) is opened by moving one of its members to a name for the moment. */
function rename(renames: readonly Rename[], space: Namespace): void {
  let waiting = renames;
  while (waiting.length > 0) {
    const taken = new Set(space.names());
    const ready = waiting.find((r) => !taken.has(r.to));
    if (ready) {
      space.apply(ready);
      waiting = waiting.filter((r) => r !== ready);
      continue;
    }
    const blocker = waiting.map((r) => r.to).find((name) => !waiting.some((r) => r.from === name));
    if (blocker !== undefined) {
      space.drop(blocker);
      continue;
    }
    const [first] = waiting;
    if (!first) return;
    const parked = freeName(taken, new Set(renames.map((r) => r.to)));
    space.apply({ from: first.from, to: parked });
    waiting = waiting.map((r) => (r === first ? { from: parked, to: r.to } : r));
  }
}

function freeName(...taken: readonly ReadonlySet<string>[]): string {
  for (let n = 1; ; n++) {
    const name = `swap_${n}`;
    if (!taken.some((names) => names.has(name))) return name;
  }
}
