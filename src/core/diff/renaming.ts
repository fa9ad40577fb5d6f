import { ToolError } from "../errors.ts";
import type { Schema, Table } from "../schema/model.ts";
import { getTable } from "../schema/resolve.ts";
import type { Draft } from "./draft.ts";
import { dropFieldNow } from "./fields.ts";
import { makeRoom } from "./move-room.ts";
import type { Rename } from "./names.ts";
import { dropTableNow } from "./tables.ts";

/** Renames tables; what stands in the way is dropped first, since the schema has no place for it. */
export function renameTables(draft: Draft, renames: readonly Rename[], to: Schema): void {
  rename(renames, {
    names: () => draft.state.tables.map((t) => t.name),
    wanted: new Set(to.tables.map((t) => t.name)),
    apply: (step) => {
      makeRoom(draft, step);
      draft.add({ kind: "renameTable", ...step });
    },
    drop: (name) => dropTableNow(draft, name),
  });
}

/** Renames fields of one table, which is given as it is to be. */
export function renameFields(draft: Draft, { name: table, fields }: Table, renames: readonly Rename[]): void {
  rename(renames, {
    names: () => getTable(draft.state, table).fields.map((f) => f.name),
    wanted: new Set(fields.map((f) => f.name)),
    apply: (step) => draft.add({ kind: "renameField", table, ...step }),
    drop: (name) => dropFieldNow(draft, table, name),
  });
}

interface Namespace {
  names(): readonly string[];
  /** Names that there are in the end. */
  readonly wanted: ReadonlySet<string>;
  apply(rename: Rename): void;
  drop(name: string): void;
}

/** Renames what is beside tables. Throws ToolError `usage` where something that goes has the name: it may still be in use. */
export function renameOthers(
  renames: readonly Rename[],
  { what, names, apply }: { readonly what: string; names(): readonly string[]; apply(rename: Rename): void },
): void {
  const drop = (name: string): never => {
    const message = `a ${what} cannot be renamed to "${name}", because another one has that name until it is dropped`;
    throw new ToolError("usage", `${message}; drop that in a migration of its own first`, { [what]: name });
  };
  rename(renames, { names, wanted: new Set(names()), apply, drop });
}

/** A rename waits until its new name is free; a ring (a ↔ b) is opened by moving one of its members to a name for the moment. */
function rename(renames: readonly Rename[], space: Namespace): void {
  let waiting = renames;
  while (waiting.length > 0) {
    const taken = space.names();
    const leaves = (name: string): boolean => waiting.some((r) => r.from === name);
    const inTheWay = (r: Rename): string | undefined =>
      taken.find((name) => name === r.to || (isCaseOf(name, r) && (leaves(name) || !space.wanted.has(name))));
    const ready = waiting.find((r) => inTheWay(r) === undefined);
    if (ready) {
      space.apply(ready);
      waiting = waiting.filter((r) => r !== ready);
      continue;
    }
    const blocker = waiting.flatMap((r) => inTheWay(r) ?? []).find((name) => !leaves(name));
    if (blocker !== undefined) {
      space.drop(blocker);
      continue;
    }
    const [first] = waiting;
    if (!first) return;
    const parked = freeName(new Set(taken), new Set(renames.map((r) => r.to)));
    space.apply({ from: first.from, to: parked });
    waiting = waiting.map((r) => (r === first ? { from: parked, to: r.to } : r));
  }
}

/** Some databases do not tell upper from lower case in names. */
const isCaseOf = (name: string, { from, to }: Rename): boolean =>
  name !== from && name.toLowerCase() === to.toLowerCase();

function freeName(...taken: readonly ReadonlySet<string>[]): string {
  for (let n = 1; ; n++) {
    const name = `swap_${n}`;
    if (!taken.some((names) => names.has(name))) return name;
  }
}
