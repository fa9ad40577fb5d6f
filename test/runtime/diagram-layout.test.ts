import { expect, test } from "bun:test";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Picture, pictureOf } from "../../src/core/diagram/picture.ts";
import type { Box } from "../../src/core/diagram/placed.ts";
import { svgText } from "../../src/core/diagram/svg.ts";
import { layOut } from "../../src/runtime/diagram-layout.ts";
import { loadSchema, parseSchema } from "../../src/runtime/schema-files.ts";
import { hundredTables } from "../helpers/hundred-tables.ts";

const folder = mkdtempSync(join(tmpdir(), "godwit-layout-"));
for (const [name, text] of hundredTables()) writeFileSync(join(folder, name), text);
const { schema, origins } = await loadSchema([folder]);
const hundred = pictureOf(schema, { groups: origins });

const odd = pictureOf(
  parseSchema(`
tables:
  - {name: alone, fields: [{name: id, type: serial, primary_key: true}]}
  - name: tree
    fields:
      - {name: id, type: serial, primary_key: true}
      - {name: parent_id, type: foreign_key, foreign_key: {table: tree}}
  - name: one
    fields:
      - {name: id, type: serial, primary_key: true}
      - {name: other_id, type: foreign_key, foreign_key: {table: other}}
  - name: other
    fields:
      - {name: id, type: serial, primary_key: true}
      - {name: one_id, type: foreign_key, foreign_key: {table: one}}
      - {name: again_id, type: foreign_key, foreign_key: {table: one}}
`).schema,
);

const pictures: Readonly<Record<string, Picture>> = {
  "a hundred tables in five modules": hundred,
  "a hundred tables in one": pictureOf(schema),
  "the keys of a hundred tables": pictureOf(schema, { groups: origins, keysOnly: true }),
  "circles, a tree and what stands alone": odd,
  nothing: { groups: [], tables: [], references: [] },
};

const apart = (one: Box, other: Box): boolean =>
  one.x + one.width <= other.x ||
  other.x + other.width <= one.x ||
  one.y + one.height <= other.y ||
  other.y + other.height <= one.y;

for (const [name, picture] of Object.entries(pictures)) {
  const placed = layOut(picture);

  test(`${name}: every table has a place of its own inside the picture`, () => {
    expect(placed.tables.map(({ table }) => table.name).toSorted()).toEqual(
      picture.tables.map((t) => t.name).toSorted(),
    );
    for (const [i, table] of placed.tables.entries()) {
      expect(Math.min(table.x, table.y)).toBeGreaterThanOrEqual(0);
      expect(table.x + table.width).toBeLessThanOrEqual(placed.width);
      expect(table.y + table.height).toBeLessThanOrEqual(placed.height);
      for (const other of placed.tables.slice(i + 1)) expect(apart(table, other)).toBe(true);
    }
  });

  test(`${name}: groups hold their tables and no others`, () => {
    for (const group of placed.groups) {
      for (const box of placed.tables) expect(apart(group, box)).toBe(box.table.group !== group.name);
    }
  });

  test(`${name}: every reference is a line from side to side`, () => {
    expect(placed.edges).toHaveLength(picture.references.length);
    for (const { reference, points } of placed.edges) {
      const ends = [points[0], points.at(-1)];
      for (const [i, table] of [reference.to, reference.from].entries()) {
        const box = placed.tables.find((each) => each.table.name === table);
        const x = ends[i]?.x ?? Number.NaN;
        expect([box?.x, (box?.x ?? 0) + (box?.width ?? 0)]).toContain(x);
        expect(ends[i]?.y).toBeGreaterThan(box?.y ?? 0);
        expect(ends[i]?.y).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));
      }
    }
  });

  test(`${name}: drawn twice it is the same`, () => {
    expect(svgText(layOut(picture), { title: "x" })).toBe(svgText(placed, { title: "x" }));
  });
}
