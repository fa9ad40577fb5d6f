import { footprintOf } from "../footprint/footprint.ts";
import { type Footprint, unionOf } from "../footprint/mark.ts";
import { commute } from "../footprint/meet.ts";
import { apply, type Operation } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";
import { type Done, outcomeOf } from "./merges.ts";

/**
 * The operations with those taken together that say one after the other what can be said once, and without those whose effect the next one takes
 * back: on things that are older than all of them, too. An operation passes others only where it commutes with them. Rows end up with the same values
 * (`outcomeOf`). Throws ToolError `state` when the operations do not fit the schema.
 */
export function mergeNeighbours(operations: readonly Operation[], before: Schema): readonly Operation[] {
  const kept: Item[] = [];
  let schema = before;
  for (const operation of operations) {
    const item = itemOf(operation, schema);
    schema = item.after;
    if (!settle(item, kept)) kept.push(item);
  }
  return kept.map((item) => item.operation);
}

interface Item extends Done {
  /** Worked out when it is asked for. */
  readonly footprint: Footprint;
}

function itemOf(operation: Operation, before: Schema): Item {
  let known: Footprint | undefined;
  return {
    operation,
    before,
    after: apply(before, operation),
    get footprint() {
      known ??= footprintOf(operation, before);
      return known;
    },
  };
}

/** Whether the operation is said by those that are kept, which change for it. */
function settle(item: Item, kept: Item[]): boolean {
  for (let i = kept.length - 1; i >= 0; i--) {
    const other = kept[i];
    const outcome = other && outcomeOf(other, item);
    if (!other || outcome === undefined) continue;
    const passes = (moved: Item): boolean =>
      kept.slice(i + 1).every((between) => commute(between.footprint, moved.footprint));
    // What is left out is not done earlier, either: others may have waited for a name that it frees.
    if (!passes(item) || (typeof outcome === "string" && !passes(other))) return false;
    if (outcome === "second") {
      if (!isOnlyWithin(other.footprint, item)) return false;
      kept.splice(i, 1);
    } else if (outcome === "neither") {
      kept.splice(i, 1);
      return true;
    } else {
      const footprint = unionOf([other.footprint, item.footprint]);
      kept[i] = { operation: outcome, before: other.before, after: item.after, footprint };
      return true;
    }
  }
  return false;
}

/** What a drop is to swallow must not have changed anything that stays. */
function isOnlyWithin({ writes }: Footprint, { operation }: Item): boolean {
  const name = operation.kind === "dropTable" ? operation.name : operation.kind === "dropField" ? operation.table : "";
  return writes.every((mark) => mark.table === name || (mark.table === undefined && mark.object !== "table"));
}
