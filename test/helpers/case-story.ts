import { expect } from "bun:test";
import { diff } from "../../src/core/diff/index.ts";
import { withMethods } from "../../src/core/diff/type-changes.ts";
import type { Schema } from "../../src/core/schema/model.ts";
import type { Database } from "../../src/runtime/database.ts";
import { makeSchema, plant, quotedTable, storyOf } from "../conformance/story.ts";
import type { Case, CaseRows } from "./cases.ts";

/**
 * A case on a real, empty database: there, and back, and there again. Each time the database must have exactly what the
 * schema says, and the planted rows must be what the case says. Where rows block the way back, it ends when it is there.
 */
export async function tellCase(database: Database, each: Case): Promise<void> {
  const { before, after, renames, answers, typeChanges } = each;
  const operations = withMethods(diff(before, after, { renames, answers }).operations, before, typeChanges);
  const story = storyOf(database);
  if (before.tables.length > 0 || Object.keys({ ...before.defaults, ...before.typeMappings }).length > 0) {
    await story.up("0001_before", makeSchema(before));
    await story.agrees(before);
  }
  await plant(database, before, each.rows);
  await story.up("0002_after", operations);
  await story.agrees(after);
  await expectRows(database, after, each.survive);
  if (each.oneWay !== undefined && Object.keys(each.rows).length > 0) return;
  await story.down();
  await story.agrees(before);
  await expectRows(database, before, each.back);
  await story.up("0002_after", operations);
  await story.agrees(after);
}

/** The named columns of the tables hold these values, and there are no other rows. */
async function expectRows({ driver, dialect }: Database, schema: Schema, expected: CaseRows): Promise<void> {
  for (const [table, rows] of Object.entries(expected)) {
    const columns = Object.keys(rows[0] ?? {});
    const list = columns.map((column) => dialect.quote(column)).join(", ");
    const found = await driver.query(`SELECT ${list} FROM ${quotedTable(dialect, schema, table)}`);
    const text = (row: Readonly<Record<string, unknown>>): string =>
      columns.map((column) => plain(row[column])).join(" | ");
    expect({ table, rows: found.map(text).sort() }).toEqual({ table, rows: rows.map(text).sort() });
  }
}

/** Databases disagree about what a boolean is. */
const plain = (value: unknown): string => String(value === true ? 1 : value === false ? 0 : value);
