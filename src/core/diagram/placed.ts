import type { Picture, PictureTable, Reference } from "./picture.ts";

/** A picture of which everything has its place. Units are pixels, from the upper left corner. */
export interface PlacedPicture {
  readonly picture: Picture;
  readonly width: number;
  readonly height: number;
  readonly groups: readonly PlacedGroup[];
  readonly tables: readonly PlacedTable[];
  readonly edges: readonly PlacedEdge[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedGroup extends Box {
  readonly name: string;
}

export interface PlacedTable extends Box {
  readonly table: PictureTable;
}

export interface PlacedEdge {
  readonly reference: Reference;
  /** From the table that is pointed at to the one that points. */
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const HEAD_HEIGHT = 28;
export const ROW_HEIGHT = 20;
/** Of a character of the monospaced font in which tables are written, 12 pixels high; as wide in all such fonts, near enough. */
const CHARACTER_WIDTH = 7.3;
/** Left and right of what is written. */
export const MARGIN = 10;
/** Between the columns of a row. */
const GAP = 14;

/** How large a table is drawn. */
export function sizeOf({ name, rows, hidden }: PictureTable): { readonly width: number; readonly height: number } {
  const columns = columnsOf(rows);
  const wanted = columns.marks + columns.name + columns.type + 2 * GAP;
  const width = Math.ceil(Math.max(wanted, textWidth(name) * 1.08, 100) + 2 * MARGIN);
  return { width, height: HEAD_HEIGHT + (rows.length + (hidden > 0 ? 1 : 0)) * ROW_HEIGHT + 4 };
}

/** Where the columns of a table's rows begin, from its left edge. */
export function columnStarts({ rows }: PictureTable): { readonly name: number } {
  return { name: MARGIN + columnsOf(rows).marks + GAP };
}

/** The middle of the row of a field, from the table's upper edge; of a field that is not shown, the middle of the head. */
export function rowMiddle({ rows }: PictureTable, field: string | undefined): number {
  const at = rows.findIndex(({ name }) => name === field);
  return at < 0 ? HEAD_HEIGHT / 2 : HEAD_HEIGHT + at * ROW_HEIGHT + ROW_HEIGHT / 2 + 2;
}

const columnsOf = (rows: PictureTable["rows"]) => ({
  marks: Math.max(0, ...rows.map(({ marks }) => textWidth(marks.join(" ")) * (10 / 12))),
  name: Math.max(0, ...rows.map(({ name }) => textWidth(name))),
  type: Math.max(0, ...rows.map((row) => textWidth(row.type) + (row.nullable ? CHARACTER_WIDTH : 0))),
});

/** Han, kana, hangul and emoji are twice as wide as Latin letters. */
export const textWidth = (text: string): number =>
  [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0) * CHARACTER_WIDTH;

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}！-｠]/u;
