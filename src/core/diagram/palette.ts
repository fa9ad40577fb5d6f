import type { Picture } from "./picture.ts";

/** Of one group of tables. */
export interface GroupColour {
  /** Behind the name of a table, which is white. */
  readonly head: string;
  /** Around a group. */
  readonly line: string;
  /** Behind a group. */
  readonly ground: string;
}

/** The colour of a group: by its place among the names, so that the same schema has the same colours. */
export function colourOf({ groups }: Pick<Picture, "groups">, group: string): GroupColour {
  const found = colours[groups.indexOf(group) % colours.length];
  return found ?? colours[0];
}

/** Each head has a contrast of at least 4.5 to white. */
const colours: readonly [GroupColour, ...GroupColour[]] = [
  { head: "#1d4ed8", line: "#93c5fd", ground: "#eff6ff" },
  { head: "#047857", line: "#6ee7b7", ground: "#ecfdf5" },
  { head: "#b45309", line: "#fcd34d", ground: "#fffbeb" },
  { head: "#7e22ce", line: "#d8b4fe", ground: "#faf5ff" },
  { head: "#be123c", line: "#fda4af", ground: "#fff1f2" },
  { head: "#0e7490", line: "#67e8f9", ground: "#ecfeff" },
  { head: "#4d7c0f", line: "#bef264", ground: "#f7fee7" },
  { head: "#be185d", line: "#f9a8d4", ground: "#fdf2f8" },
  { head: "#475569", line: "#cbd5e1", ground: "#f8fafc" },
  { head: "#92400e", line: "#fdba74", ground: "#fff7ed" },
];
