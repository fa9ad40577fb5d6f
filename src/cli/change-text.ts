import type { UnsupportedObject } from "../core/ddl/dialect.ts";
import type { Change } from "../core/diff/change.ts";
import type { Paint } from "./output.ts";

/** A line per difference, what may lose data in red. */
export const changeText = (changes: readonly Change[], paint: Paint): string =>
  changes.map((c) => (c.destructive ? `${paint("red", "!")} ${c.detail}` : `  ${c.detail}`)).join("\n");

/** What exists in the database and has no place in a schema. */
export const unsupportedText = (objects: readonly UnsupportedObject[]): string =>
  objects
    .map((o) => `  ${o.kind} "${o.object}"${o.table ? ` of "${o.table}"` : ""}: ${o.reason}${placeText(o)}`)
    .join("\n");

/** Where it was found, for the end of a line; nothing for what is in a database. */
export const placeText = ({ file, line }: UnsupportedObject): string => (file === undefined ? "" : `, ${file}:${line}`);
