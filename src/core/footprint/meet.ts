import { covers, everything, type Footprint, type Mark, markKey } from "./mark.ts";

/** A thing that one footprint writes and the other reads or writes. */
export interface Meeting {
  readonly mark: Mark;
  /** Which of the two writes it. */
  readonly writes: "first" | "second" | "both";
}

/** Whether two operations, or two migrations, may run in either order with the same result: no write of one meets a read or write of the other. */
export const commute = (a: Footprint, b: Footprint): boolean => meetings(a, b).length === 0;

/** What two footprints disagree about, what both write before the rest; empty when they commute. */
export function meetings(a: Footprint, b: Footprint): readonly Meeting[] {
  const places = { a: placesOf(a), b: placesOf(b) };
  const found = new Map<string, Meeting>();
  const note = (mark: Mark, writes: Meeting["writes"]): void => {
    const key = `${mark.whole ? "*" : ""}${markKey(mark)}`;
    if (!found.has(key)) found.set(key, { mark, writes });
  };
  const clash = (writes: readonly Mark[], others: Places, who: Meeting["writes"]): void => {
    for (const mark of writes) {
      const other = meets(mark, others);
      if (other) note(finer(mark, other), who);
    }
  };
  clash(a.writes, places.b.writes, "both");
  clash(a.writes, places.b.reads, "first");
  clash(b.writes, places.a.reads, "second");
  return [...found.values()];
}

interface Places {
  readonly exact: ReadonlyMap<string, Mark>;
  /** Marks on a table or on parts of it, by the table. */
  readonly byTable: ReadonlyMap<string, readonly Mark[]>;
  readonly whole: ReadonlyMap<string, readonly Mark[]>;
  readonly every?: Mark;
  readonly any?: Mark;
}

function placesOf(footprint: Footprint): { readonly reads: Places; readonly writes: Places } {
  return { reads: placesIn(footprint.reads), writes: placesIn(footprint.writes) };
}

function placesIn(marks: readonly Mark[]): Places {
  const exact = new Map<string, Mark>();
  const [byTable, whole] = [new Map<string, Mark[]>(), new Map<string, Mark[]>()];
  const note = (found: Map<string, Mark[]>, table: string, mark: Mark): void => {
    const list = found.get(table);
    if (list) list.push(mark);
    else found.set(table, [mark]);
  };
  let every: Mark | undefined;
  for (const mark of marks) {
    if (mark.object === everything.object) every = mark;
    else {
      exact.set(markKey(mark), mark);
      const table = (mark.table ?? mark.name).toLowerCase();
      note(byTable, table, mark);
      if (mark.whole) note(whole, table, mark);
    }
  }
  const [any] = marks;
  return { exact, byTable, whole, ...(every && { every }), ...(any && { any }) };
}

/** The mark among the others that this one meets. */
function meets(mark: Mark, { exact, byTable, whole, every, any }: Places): Mark | undefined {
  if (mark.object === everything.object) return any;
  const table = (mark.table ?? mark.name).toLowerCase();
  return (
    exact.get(markKey(mark)) ??
    whole.get(table)?.find((other) => covers(other, mark)) ??
    (mark.whole ? byTable.get(table)?.find((part) => covers(mark, part)) : undefined) ??
    every
  );
}

/** Of two that meet, the one that says more exactly what it is about. */
const finer = (a: Mark, b: Mark): Mark => {
  if (a.object === everything.object) return b;
  if (b.object === everything.object) return a;
  if (a.whole && !b.whole) return b;
  return a.object === "name" ? b : a;
};
