import { expect } from "bun:test";
import { diff } from "../../src/core/diff/index.ts";
import { ToolError } from "../../src/core/errors.ts";
import { applyAll } from "../../src/core/operations/index.ts";
import { descendantsOf } from "../../src/core/schema/heritage.ts";
import type { Database } from "../../src/runtime/database.ts";
import { parseSchema, writeYaml } from "../../src/runtime/schema-files.ts";
import { makeSchema, storyOf } from "../conformance/story.ts";
import { formOf, undo } from "../helpers/same-schema.ts";
import type { Built } from "./build.ts";
import type { Change } from "./change.ts";
import type { Traits } from "./outline.ts";
import { type Contents, contentsOf, plantRows } from "./rows.ts";

/** What is generated leads there, leaves nothing to do, and leads back; and YAML says all of it. */
export function holdsPurely({ from, to, operations }: Change, { yaml = true } = {}): void {
  const reached = applyAll(from.schema, operations);
  expect(formOf(reached)).toBe(formOf(to.schema));
  expect(diff(reached, to.schema, { answers: { noRenames: true } }).operations).toEqual([]);
  expect(formOf(undo(from.schema, operations))).toBe(formOf(from.schema));
  if (yaml) expect(formOf(parseSchema(writeYaml(to.schema)).schema)).toBe(formOf(to.schema));
}

/** There and back on an empty database, which has the last word about the order of operations and about what is kept. */
export async function holdsIn(
  database: Database,
  { from, to, operations }: Change,
  rows: number,
  traits: Traits,
): Promise<"one-way" | "both ways"> {
  const story = storyOf(database);
  const first = makeSchema(from.schema);
  if (first.length > 0) await story.up("0001_from", first);
  await story.agrees(from.schema);
  await plantRows(database, from.schema, rows, traits);
  if (operations.length === 0) return "both ways";
  const before = rows > 0 ? await contentsOf(database, from.schema) : undefined;
  await story.up("0002_to", operations);
  await story.agrees(to.schema);
  const after = before && (await contentsOf(database, to.schema));
  if (before && after) expect(lost({ from, to }, before, after)).toEqual([]);
  try {
    await story.down();
  } catch (error) {
    // Of a field that comes back nobody knows what rows had.
    if (
      rows > 0 &&
      error instanceof ToolError &&
      /rows without a value|contains null values|which rows of ".*" they named/.test(error.message)
    )
      return "one-way";
    throw error;
  }
  await story.agrees(from.schema);
  if (after) expect(lost({ from: to, to: from }, after, await contentsOf(database, from.schema))).toEqual([]);
  return "both ways";
}

type Contained = ReadonlyMap<string, Contents>;

/** The fields that are the same, of the same type, and no longer hold what they held. NULL may have become something. */
function lost({ from, to }: Pick<Change, "from" | "to">, before: Contained, after: Contained): readonly object[] {
  return [...from.fields].flatMap(([id, old]) => {
    const now = to.fields.get(id);
    const sameTable = now && tableId(from, old.table) === tableId(to, now.table);
    if (!now || !sameTable || movesByItself(from, old) || movesByItself(to, now)) return [];
    if (partsOf(from, old.table).some((part) => !partsOf(to, now.table).includes(part))) return [];
    const [was, is] = [contentsAt(before, old), contentsAt(after, now)];
    const kept = was.values.filter((value) => value !== "null");
    const left = [...is.values];
    const gone = kept.filter((value) => {
      const at = left.indexOf(value);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    const differs = was.type === is.type ? gone.length > 0 : false;
    return differs || was.values.length !== is.values.length ? [{ ...old, was: was.values, now, is: is.values }] : [];
  });
}

const tableId = ({ tables }: Built, name: string): string | undefined =>
  [...tables].find(([, known]) => known === name)?.[0];

/** The partitions of a table, with which rows go. */
const partsOf = ({ schema }: Built, table: string): readonly string[] =>
  descendantsOf(schema, table).filter((name) => schema.tables.some((t) => t.name === name && t.partitionOf));

/** Values that the database makes are its own affair. */
function movesByItself({ schema }: Built, at: { readonly table: string; readonly field: string }): boolean {
  const table = schema.tables.find(({ name }) => name === at.table);
  const field = table?.fields.find(({ name }) => name === at.field);
  return Boolean(field?.generated || field?.autoUpdate);
}

function contentsAt(all: Contained, { table, field }: { readonly table: string; readonly field: string }): Contents {
  const found = all.get(JSON.stringify([table, field]));
  if (!found) throw new Error(`nothing was read of "${table}"."${field}"`);
  return found;
}

/** Rows that a new key or constraint does not let in. */
export const isAboutRows = (error: unknown): boolean =>
  error instanceof ToolError &&
  /UNIQUE constraint failed|is duplicated|duplicate key|points? at|violates (?:unique|foreign key)|FOREIGN KEY constraint failed|Duplicate entry|CHECK constraint failed|violates check|\[22\w+\]|datatype mismatch|cannot store|no partition of relation|conflicting key value|contains null values|does not allow null values|partition constraint|is violated by some row/.test(
    error.message,
  );
