import { escapeMarkup } from "./markup.ts";
import { colourOf } from "./palette.ts";
import type { Row } from "./picture.ts";
import {
  columnStarts,
  HEAD_HEIGHT,
  MARGIN,
  type PlacedEdge,
  type PlacedGroup,
  type PlacedPicture,
  type PlacedTable,
  type Point,
  ROW_HEIGHT,
  rowMiddle,
} from "./placed.ts";

export interface SvgOptions {
  /** Says what the picture shows, for readers who do not see it. */
  readonly title: string;
  /** Where the name of a table leads. */
  readonly link?: (table: string) => string;
}

/** The picture as SVG 1.1 with nothing outside it; in dark surroundings it keeps its white ground. */
export function svgText(placed: PlacedPicture, options: SvgOptions): string {
  const { width, height, groups, tables, edges } = placed;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${number(height)}" width="${number(width)}" height="${number(height)}" role="img" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="12">`,
    `<title>${escapeMarkup(options.title)}</title>`,
    definitions,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...groups.map((group) => frame(placed, group)),
    ...edges.map((edge) => line(placed, edge)),
    ...tables.map((table) => box(placed, table, options)),
    "</svg>",
    "",
  ].join("\n");
}

/** The ends of lines: a bar where one row is pointed at, a fork where many rows point. */
const definitions = `<defs>
<marker id="many" viewBox="0 0 12 12" refX="12" refY="6" markerWidth="12" markerHeight="12" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 6 L12 0 M0 6 L12 6 M0 6 L12 12" fill="none" stroke="#475569"/></marker>
<marker id="one" viewBox="0 0 12 12" refX="12" refY="6" markerWidth="12" markerHeight="12" orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path d="M6 1 V11 M0 6 H12" fill="none" stroke="#475569"/></marker>
</defs>`;

const frame = ({ picture }: PlacedPicture, { name, x, y, width, height }: PlacedGroup): string => {
  const { line: stroke, ground, head } = colourOf(picture, name);
  return [
    `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="10" fill="${ground}" stroke="${stroke}"/>`,
    `<text x="${number(x + 12)}" y="${number(y + 19)}" fill="${head}" font-weight="bold">${escapeMarkup(name || "others")}</text>`,
  ].join("");
};

function box({ picture }: PlacedPicture, placed: PlacedTable, { link }: SvgOptions): string {
  const { table, x, y, width, height } = placed;
  const { head } = colourOf(picture, table.group);
  const title = `<text x="${MARGIN}" y="18.5" fill="#ffffff" font-weight="bold" font-size="13">${escapeMarkup(table.name)}</text>`;
  const name = link ? `<a href="${escapeMarkup(link(table.name))}">${title}</a>` : title;
  const rows = table.rows.map((row) => rowText(row, rowMiddle(table, row.name) + 4, columnStarts(table).name, width));
  const more = table.hidden > 0 ? [moreText(table.hidden, HEAD_HEIGHT + table.rows.length * ROW_HEIGHT + 16)] : [];
  return [
    `<g transform="translate(${number(x)} ${number(y)})">${table.comment ? `<title>${escapeMarkup(table.comment)}</title>` : ""}`,
    `<rect width="${number(width)}" height="${number(height)}" rx="5" fill="#ffffff" stroke="#94a3b8"/>`,
    `<path d="M0 ${HEAD_HEIGHT} V5 Q0 0 5 0 H${number(width - 5)} Q${number(width)} 0 ${number(width)} 5 V${HEAD_HEIGHT} Z" fill="${head}"/>${name}`,
    ...rows,
    ...more,
    "</g>",
  ].join("\n");
}

function rowText({ name, type, nullable, marks, comment }: Row, y: number, start: number, width: number): string {
  const bold = marks.includes("PK") ? ` font-weight="bold"` : "";
  const keys =
    marks.length > 0 ? `<text x="${MARGIN}" y="${y}" fill="#64748b" font-size="10">${marks.join(" ")}</text>` : "";
  const remark = comment ? `<title>${escapeMarkup(comment)}</title>` : "";
  return `${keys}<text x="${number(start)}" y="${y}" fill="#0f172a"${bold}>${remark}${escapeMarkup(name)}</text><text x="${number(width - MARGIN)}" y="${y}" fill="#64748b" text-anchor="end">${escapeMarkup(type)}${nullable ? "?" : ""}</text>`;
}

const moreText = (hidden: number, y: number): string =>
  `<text x="${MARGIN}" y="${y}" fill="#94a3b8" font-style="italic">${hidden} more</text>`;

function line({ picture }: PlacedPicture, { reference, points }: PlacedEdge): string {
  const { kind, optional, single, from, to, fields, name } = reference;
  const dashes = kind !== "foreign-key" ? ` stroke-dasharray="2 4"` : optional ? ` stroke-dasharray="6 4"` : "";
  const ends = kind === "foreign-key" ? ` marker-start="url(#one)" marker-end="url(#${single ? "one" : "many"})"` : "";
  const group = (name: string): string | undefined => picture.tables.find((table) => table.name === name)?.group;
  const across = group(from) !== group(to);
  const colour = across ? colourOf(picture, group(to) ?? "").head : "#475569";
  const what = kind === "foreign-key" ? `${from}.${fields.join(", ")} → ${to} (${name})` : `${from}: ${kind} of ${to}`;
  return `<path d="${smooth(points)}" fill="none" stroke="${colour}"${across ? ` stroke-opacity="0.55"` : ""}${dashes}${ends}><title>${escapeMarkup(what)}</title></path>`;
}

/** How far a line runs level before it turns, so that its end stands straight on the table. */
const STUB = 14;

/** Through the points, round at each; level at both ends. */
function smooth(points: readonly Point[]): string {
  const [first, second] = points;
  const [last, before] = [points.at(-1), points.at(-2)];
  if (!first || !second || !last || !before) return "";
  const out = { x: first.x + (second.x < first.x ? -STUB : STUB), y: first.y };
  const into = { x: last.x + (before.x < last.x ? -STUB : STUB), y: last.y };
  const inner = [out, ...points.slice(1, -1), into];
  const curves = inner.slice(1, -1).map((point, i) => {
    const next = inner[i + 2] ?? into;
    const end = i === inner.length - 3 ? into : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(end)}`;
  });
  const bend = Math.max(40, Math.abs(into.x - out.x) / 3);
  const level = (from: Point, end: Point): Point => ({ x: from.x + (from.x < end.x ? -bend : bend), y: from.y });
  const straight = curves.length === 0 ? `C${at(level(out, first))} ${at(level(into, last))} ${at(into)}` : "";
  return `M${at(first)} L${at(out)} ${curves.join(" ")}${straight} L${at(last)}`;
}

const at = ({ x, y }: Point): string => `${number(x)} ${number(y)}`;

/** Tenths of pixels are enough, and the same on every machine. */
const number = (value: number): string => String(Math.round(value * 10) / 10);
