import type { Graph } from "../plan/graph.ts";

/** The graph of migrations as rows, oldest first, with lanes beside each other for what leads from one to another. */
export interface Lanes {
  readonly rows: readonly LaneRow[];
  readonly strands: readonly Strand[];
  /** How many lanes there are beside each other at most. */
  readonly width: number;
}

export interface LaneRow {
  readonly name: string;
  readonly lane: number;
  readonly operations: number;
  readonly head: boolean;
}

/** From a migration to one that depends on it, by their rows. Between these rows nothing else is in its lane. */
export interface Strand {
  readonly from: number;
  readonly to: number;
  readonly lane: number;
}

/**
 * Gives each dependency a lane from the row below where it begins; the first goes on in the lane of its migration, the others get the leftmost free
 * one. A migration stands in the leftmost lane that leads to it.
 */
export function lanesOf(graph: Graph): Lanes {
  const rows: LaneRow[] = [];
  const strands: Strand[] = [];
  /** Lane → what runs in it. */
  const running: ({ readonly from: number; readonly to: string } | undefined)[] = [];
  const freeLane = (): number => {
    const found = running.indexOf(undefined);
    return found < 0 ? running.length : found;
  };
  let width = 0;
  for (const { name, operations } of graph.order) {
    const at = rows.length;
    let own: number | undefined;
    for (const [lane, strand] of running.entries()) {
      if (strand?.to !== name) continue;
      own ??= lane;
      strands.push({ from: strand.from, to: at, lane });
      running[lane] = undefined;
    }
    const lane = own ?? freeLane();
    const [first, ...others] = graph.children(name);
    running[lane] = first === undefined ? undefined : { from: at, to: first };
    for (const to of others) running[freeLane()] = { from: at, to };
    width = Math.max(width, lane + 1, running.length);
    rows.push({ name, lane, operations: operations.length, head: first === undefined });
  }
  return { rows, strands, width };
}
