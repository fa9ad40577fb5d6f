import dagre from "@dagrejs/dagre";
import potpack from "potpack";
import type { Picture, PictureTable, Reference } from "../core/diagram/picture.ts";
import {
  type PlacedEdge,
  type PlacedPicture,
  type PlacedTable,
  type Point,
  rowMiddle,
  sizeOf,
} from "../core/diagram/placed.ts";

/**
 * Gives every table of a picture its place: what refers to each other within a group stands in layers, from left to right, by dagre; these parts
 * and what stands alone are packed into a group, and the groups into the picture, by potpack. The same picture always gives the same places.
 */
export function layOut(picture: Picture): PlacedPicture {
  const several = picture.groups.length > 1;
  const groups = picture.groups.map((name) => {
    const tables = picture.tables.filter(({ group }) => group === name);
    const names = new Set(tables.map((table) => table.name));
    const inside = picture.references.filter(({ from, to }) => names.has(from) && names.has(to));
    return several ? framed(name, groupOf(tables, inside)) : groupOf(tables, inside);
  });
  const whole = packed(groups, GROUP_SPACE);
  const { width, height, tables, edges } = shifted(whole, EDGE, EDGE);
  const boxes = new Map(tables.map((placed) => [placed.table.name, placed]));
  const within = new Set(edges.map(({ reference }) => reference));
  const across = picture.references.filter((reference) => !within.has(reference));
  return {
    picture,
    width: width + 2 * EDGE,
    height: height + 2 * EDGE,
    groups: shifted(whole, EDGE, EDGE).groups,
    tables,
    edges: [...across.map((reference) => direct(reference, boxes)), ...edges],
  };
}

type Block = Pick<PlacedPicture, "width" | "height" | "groups" | "tables" | "edges">;

const EDGE = 24;
const GROUP_SPACE = 64;
const SPACE = 40;
const PADDING = 16;
const HEAD = 24;

/** What refers to each other, part by part, and what stands alone. */
function groupOf(tables: readonly PictureTable[], references: readonly Reference[]): Block {
  const parts = partsOf(tables, references).map((part) => {
    const [only] = part;
    const names = new Set(part.map(({ name }) => name));
    const inside = references.filter(({ from }) => names.has(from));
    return only && inside.length === 0 ? single(only) : layered(part, inside);
  });
  return packed(parts, SPACE);
}

/** Tables that are connected by references, however far. */
function partsOf(
  tables: readonly PictureTable[],
  references: readonly Reference[],
): readonly (readonly PictureTable[])[] {
  const leaders = new Map<string, string>();
  const leaderOf = (name: string): string => {
    const next = leaders.get(name);
    return next === undefined ? name : leaderOf(next);
  };
  for (const { from, to } of references) {
    const [one, other] = [leaderOf(from), leaderOf(to)];
    if (one !== other) leaders.set(one, other);
  }
  return [...Map.groupBy(tables, ({ name }) => leaderOf(name)).values()];
}

const single = (table: PictureTable): Block => {
  const size = sizeOf(table);
  return { ...size, groups: [], tables: [{ table, x: 0, y: 0, ...size }], edges: [] };
};

/** Side by side, in a shape that is as square as can be. */
function packed(blocks: readonly Block[], space: number): Block {
  const boxes = blocks.map((block) => ({ block, w: block.width + space, h: block.height + space, x: 0, y: 0 }));
  const { w, h } = potpack(boxes);
  const placed = boxes.map(({ block, x, y }) => shifted(block, x, y));
  return {
    width: Math.max(0, w - space),
    height: Math.max(0, h - space),
    groups: placed.flatMap(({ groups }) => groups),
    tables: placed.flatMap(({ tables }) => tables),
    edges: placed.flatMap(({ edges }) => edges),
  };
}

function framed(name: string, block: Block): Block {
  const width = Math.max(block.width + 2 * PADDING, 160);
  const height = block.height + 2 * PADDING + HEAD;
  return { ...shifted(block, PADDING, PADDING + HEAD), width, height, groups: [{ name, x: 0, y: 0, width, height }] };
}

/** What dagre writes into nodes and edges. */
interface Placed {
  readonly x: number;
  readonly y: number;
  readonly points?: readonly Point[];
}

function layered(tables: readonly PictureTable[], references: readonly Reference[]): Block {
  const layers = new dagre.graphlib.Graph({ multigraph: true });
  layers.setGraph({ rankdir: "LR", nodesep: 28, ranksep: 80, edgesep: 14 });
  for (const table of tables) layers.setNode(table.name, sizeOf(table));
  const lengths = lengthsOf(references);
  for (const [i, { from, to }] of references.entries())
    layers.setEdge(to, from, { minlen: lengths.get(from) ?? 1 }, String(i));
  dagre.layout(layers);
  const placed = tables.map((table): PlacedTable => {
    const { x, y } = layers.node(table.name) as unknown as Placed;
    const { width, height } = sizeOf(table);
    return { table, x: x - width / 2, y: y - height / 2, width, height };
  });
  const boxes = new Map(placed.map((each) => [each.table.name, each]));
  const edges = references.map((reference, i): PlacedEdge => {
    const { points = [] } = layers.edge(reference.to, reference.from, String(i)) as unknown as Placed;
    return { reference, points: toRows(reference, points, boxes) };
  });
  return fitted({ width: 0, height: 0, groups: [], tables: placed, edges });
}

/** Tables in one layer, before another is begun. */
const LAYER = 6;

/** Many tables that point at one and at which none points would make one high layer: they are spread over several. */
function lengthsOf(references: readonly Reference[]): ReadonlyMap<string, number> {
  const targets = new Set(references.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const leaves = Map.groupBy(
    references.filter(({ from }) => !targets.has(from)),
    ({ to }) => to,
  );
  const lengths = new Map<string, number>();
  for (const pointing of leaves.values()) {
    const columns = Math.ceil(pointing.length / LAYER);
    for (const [i, { from }] of pointing.entries())
      lengths.set(from, Math.max(lengths.get(from) ?? 1, 1 + (i % columns)));
  }
  return lengths;
}

/** Lines end at the rows of the fields that they are about, on the side on which dagre let them end. */
function toRows(reference: Reference, points: readonly Point[], boxes: Boxes): readonly Point[] {
  const [source, target] = [boxes.get(reference.to), boxes.get(reference.from)];
  const [first, last] = [points[1], points.at(-2)];
  if (!source || !target || !first || !last) return points;
  if (source === target) return around(source, reference.fields[0]);
  return [
    besides(source, first.x, keyOf(source)),
    ...points.slice(1, -1),
    besides(target, last.x, reference.fields[0]),
  ];
}

/** How far a line from a table to itself goes out. */
const LOOP = 26;

function around(box: PlacedTable, field: string | undefined): readonly Point[] {
  const x = box.x + box.width;
  const [start, end] = [box.y + rowMiddle(box.table, keyOf(box)), box.y + rowMiddle(box.table, field)];
  return [
    { x, y: start },
    { x: x + LOOP, y: start },
    { x: x + LOOP, y: end },
    { x, y: end },
  ];
}

type Boxes = ReadonlyMap<string, PlacedTable>;

/** From group to group, behind everything that stands between. */
function direct(reference: Reference, boxes: Boxes): PlacedEdge {
  const [source, target] = [boxes.get(reference.to), boxes.get(reference.from)];
  if (!source || !target) return { reference, points: [] };
  const middle = (box: PlacedTable): number => box.x + box.width / 2;
  // The nearer sides face each other; of tables above each other the left ones.
  const above = source.x < target.x + target.width && target.x < source.x + source.width;
  const start = besides(source, above ? source.x : middle(target), keyOf(source));
  const end = besides(target, above ? target.x : middle(source), reference.fields[0]);
  return { reference, points: [start, end] };
}

const keyOf = ({ table }: PlacedTable): string | undefined =>
  table.rows.find(({ marks }) => marks.includes("PK"))?.name;

const besides = (box: PlacedTable, towards: number, field: string | undefined): Point => ({
  x: towards < box.x + box.width / 2 ? box.x : box.x + box.width,
  y: box.y + rowMiddle(box.table, field),
});

/** Moved so that nothing is left of or above the corner. */
function fitted(block: Block): Block {
  const points = [
    ...block.edges.flatMap((edge) => edge.points),
    ...block.tables.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  ];
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [xs.reduce((a, b) => Math.min(a, b), 0), ys.reduce((a, b) => Math.min(a, b), 0)];
  const width = xs.reduce((a, b) => Math.max(a, b), 0) - left;
  return { ...shifted(block, -left, -top), width, height: ys.reduce((a, b) => Math.max(a, b), 0) - top };
}

function shifted(block: Block, dx: number, dy: number): Block {
  const move = <T extends Point>(at: T): T => ({ ...at, x: at.x + dx, y: at.y + dy });
  return {
    ...block,
    groups: block.groups.map(move),
    tables: block.tables.map(move),
    edges: block.edges.map((edge) => ({ ...edge, points: edge.points.map(move) })),
  };
}
