import { type Conflict, objectsText, opponentsOf } from "../plan/conflict-text.ts";
import type { Graph } from "../plan/graph.ts";
import type { MigrationState } from "../plan/reconcile.ts";
import { type LaneRow, lanesOf } from "./lanes.ts";
import { escapeMarkup } from "./markup.ts";
import { textWidth } from "./placed.ts";

/** Where each migration stands in a database, where one was asked. */
export type States = ReadonlyMap<string, MigrationState>;

const colours: Readonly<Record<MigrationState, string>> = {
  applied: "#047857",
  changed: "#b45309",
  failed: "#be123c",
  missing: "#475569",
  pending: "#94a3b8",
};
/** Of a migration of which nobody asked. */
const UNASKED = "#1d4ed8";
const HEAD = "#7e22ce";
const CONFLICT = "#be123c";

const ROW = 26;
const LANE = 22;
const EDGE = 20;

/** What a picture shows besides the graph. */
export interface HistoryRemarks {
  readonly states?: States | undefined;
  readonly conflicts?: readonly Conflict[];
}

/** The graph of migrations as SVG: a row each, oldest first; heads have a ring around them, and what conflicts says with what. */
export function historySvg(graph: Graph, { states, conflicts = [] }: HistoryRemarks = {}): string {
  const { rows, strands, width: lanes } = lanesOf(graph);
  const textStart = EDGE + lanes * LANE + 8;
  const texts = rows.map((row) => textOf(row, { states, conflicts }));
  const widest = Math.max(0, ...texts.map((text) => textWidth(Object.values(text).join("  "))));
  const [width, height] = [Math.ceil(textStart + widest + EDGE), rows.length * ROW + 2 * EDGE];
  const x = (lane: number): number => EDGE + lane * LANE + LANE / 2;
  const y = (row: number): number => EDGE + row * ROW + ROW / 2;
  const lines = strands.map(({ from, to, lane }) =>
    strandPath([x(rows[from]?.lane ?? 0), y(from)], x(lane), [x(rows[to]?.lane ?? 0), y(to)]),
  );
  const dots = rows.flatMap(({ lane, head, name }, i) => {
    const colour = colourOf(states, name);
    const ring = head
      ? `<circle cx="${x(lane)}" cy="${y(i)}" r="9" fill="none" stroke="${HEAD}" stroke-width="2"/>`
      : "";
    return `${ring}<circle cx="${x(lane)}" cy="${y(i)}" r="5.5" fill="${colour}"/>`;
  });
  const words = texts.map(
    (text, i) =>
      `<text x="${textStart}" y="${y(i) + 4}" fill="#0f172a" xml:space="preserve">${spansOf(text, colourOf(states, text.name))}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="12">`,
    "<title>Migrations, oldest first</title>",
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...lines,
    ...dots,
    ...words,
    "</svg>",
    "",
  ].join("\n");
}

interface RowText {
  readonly name: string;
  readonly count: string;
  readonly state: string;
  readonly clash: string;
}

function textOf({ name, operations }: LaneRow, { states, conflicts = [] }: HistoryRemarks): RowText {
  const others = opponentsOf(name, conflicts);
  const clash = others.length > 0 ? `conflicts with ${others.join(", ")}` : "";
  return { name, count: counted(operations), state: states?.get(name) ?? "", clash };
}

function spansOf({ name, count, state, clash }: RowText, colour: string): string {
  const span = (text: string, fill: string): string =>
    text === "" ? "" : `<tspan fill="${fill}">  ${escapeMarkup(text)}</tspan>`;
  return `${escapeMarkup(name)}${span(count, "#64748b")}${span(state, colour)}${span(clash, CONFLICT)}`;
}

/** Into its lane in the first row, down there, and out of it in the last one. */
function strandPath([x1, y1]: readonly [number, number], x: number, [x2, y2]: readonly [number, number]): string {
  const half = ROW / 2;
  const into = x === x1 ? "" : ` C${x1} ${y1 + half} ${x} ${y1 + half} ${x} ${y1 + ROW}`;
  const out = x === x2 ? ` V${y2}` : ` V${y2 - ROW} C${x} ${y2 - half} ${x2} ${y2 - half} ${x2} ${y2}`;
  return `<path d="M${x1} ${y1}${into}${out}" fill="none" stroke="#94a3b8" stroke-width="2"/>`;
}

/** The graph of migrations in the language of Mermaid, which calls it a flowchart. */
export function historyMermaid(graph: Graph, { states, conflicts = [] }: HistoryRemarks = {}): string {
  const ids = new Map(graph.order.map(({ name }, i) => [name, `m${i}`]));
  const id = (name: string): string => ids.get(name) ?? name;
  const nodes = graph.order.map(({ name, operations }) => {
    const state = states?.get(name);
    return `  ${id(name)}["${label(name)}<br/>${counted(operations.length)}${state ? `, ${state}` : ""}"]`;
  });
  const edges = graph.order.flatMap(({ name, dependencies }) =>
    dependencies.map((each) => `  ${id(each)} --> ${id(name)}`),
  );
  const between = conflicts.map(
    ({ migrations: [first, second], objects }) =>
      `  ${id(first)} -. "conflict over ${label(objectsText(objects))}" .- ${id(second)}`,
  );
  const red = between.map((_, i) => `  linkStyle ${edges.length + i} stroke:${CONFLICT},color:${CONFLICT}`);
  const used = Object.keys(colours).filter((state) => [...(states?.values() ?? [])].some((each) => each === state));
  const classes = used.flatMap((state) => {
    const members = graph.order.filter(({ name }) => states?.get(name) === state).map(({ name }) => id(name));
    const fill = colours[state as MigrationState];
    return [`  classDef ${state} fill:${fill},stroke:${fill},color:#fff`, `  class ${members.join(",")} ${state}`];
  });
  const heads = graph.heads.map(id);
  const ring =
    heads.length > 0 ? [`  classDef head stroke:${HEAD},stroke-width:4px`, `  class ${heads.join(",")} head`] : [];
  return ["flowchart TD", ...nodes, ...edges, ...between, ...red, ...classes, ...ring, ""].join("\n");
}

/** A name is letters, digits, hyphens and underscores, but a file may be called anything. */
const label = (name: string): string => escapeMarkup(name).replace(/&/g, "#").replace(/##/g, "#");

const colourOf = (states: States | undefined, name: string): string => {
  const state = states?.get(name);
  return state ? colours[state] : UNASKED;
};

const counted = (operations: number): string => (operations === 1 ? "1 operation" : `${operations} operations`);
