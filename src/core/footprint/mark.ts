/**
 * Something that an operation reads or writes: a thing with a name of its own (`table`), a part of a table (`field`, `index`, `constraint`), all of a
 * table (`whole`), or everything there is.
 */
export interface Mark {
  /** In the words of messages: `table`, `field`, `index`, `view`; `everything` meets whatever there is. */
  readonly object: string;
  readonly name: string;
  /** The table that it is a part of. */
  readonly table?: string;
  /**
   * The table of that name with its parts: all of them and its rows, all its fields, what decides on its rows, which is all but what is `quiet`, or what runs when
   * these change.
   */
  readonly whole?: true | "fields" | "rows" | "triggers";
  /** A part that no row is otherwise for. */
  readonly quiet?: true;
}

/** What an operation depends on, and what it changes. What it changes it also depends on. */
export interface Footprint {
  readonly reads: readonly Mark[];
  readonly writes: readonly Mark[];
}

export const everything: Mark = { object: "everything", name: "*" };

export const emptyFootprint: Footprint = { reads: [], writes: [] };

/** `field "email" of table "users"`, as messages and JSON have it. */
export function markTitle({ object, name, table, whole }: Mark): string {
  if (object === everything.object) return "anything";
  if (table === "") return name === "" ? object : `${object} "${name}"`;
  if (table !== undefined) return `${object}${name === "" ? "" : ` "${name}"`} of "${table}"`;
  return `${whole ? "all of " : ""}${object} "${name}"`;
}

/** Whether a mark on a table with parts is about this part of it. */
export function covers({ whole }: Mark, part: Mark): boolean {
  if (whole === "fields") return part.object === "field";
  if (whole === "triggers") return part.object === "trigger" || part.object === "rule";
  return whole === "rows" ? !part.quiet : whole === true;
}

/**
 * By what marks are compared. Kind and case do not count: databases differ in which kinds share names, and in whether case tells names apart.
 */
export const markKey = ({ object, name, table }: Mark): string =>
  (table === undefined ? name : `${table}\u0000${name || `\u0000${object}`}`).toLowerCase();

/** What all of the footprints add up to. */
export function unionOf(footprints: readonly Footprint[]): Footprint {
  const [reads, writes] = [new Map<string, Mark>(), new Map<string, Mark>()];
  for (const footprint of footprints) {
    keep(reads, footprint.reads);
    keep(writes, footprint.writes);
  }
  return { reads: [...reads.values()], writes: [...writes.values()] };
}

/** The same marks without those that say again what another says. */
export function footprintFrom(reads: readonly Mark[], writes: readonly Mark[]): Footprint {
  return unionOf([{ reads, writes }]);
}

function keep(found: Map<string, Mark>, marks: readonly Mark[]): void {
  for (const mark of marks) {
    const key = `${mark.whole ? `whole ${mark.whole} ` : ""}${mark.quiet ? "quiet " : ""}${mark.object === everything.object ? "every " : ""}${markKey(mark)}`;
    if (!found.has(key)) found.set(key, mark);
  }
}
