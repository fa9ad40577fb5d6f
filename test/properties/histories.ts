import * as fc from "fast-check";
import { applyAll, type Operation, parseOperation } from "../../src/core/operations/index.ts";
import type { Migration } from "../../src/core/plan/migration.ts";
import { emptySchema, type Schema, type Table } from "../../src/core/schema/model.ts";
import { checksumOf } from "../../src/runtime/checksum.ts";
import { edit, outline } from "./arbitrary.ts";
import { type Built, schemaOf } from "./build.ts";
import { changeBetween } from "./change.ts";
import { type Edit, edited } from "./edits.ts";
import type { Outline, Traits } from "./outline.ts";
import { pick } from "./outline.ts";
import { literalOf } from "./rows.ts";

/** How a project came about: what it began with, and for each later migration what was done. */
export interface HistoryCase {
  readonly outline: Outline;
  readonly later: readonly Step[];
  /** Ends of the range, and how many migrations a database has applied that is in the middle; all modulo what there is. */
  readonly from: number;
  readonly length: number;
  readonly applied: number;
}

interface Step {
  readonly edits: readonly Edit[];
  /** What changes rows in it; most often nothing. */
  readonly data: number;
  /** Of which table. */
  readonly of: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  data: fc.nat({ max: 9 }),
  of: fc.nat({ max: 3 }),
});

/** Histories of up to 40 migrations; most are shorter, because those take a while. */
export const historyCases = (traits: Traits): fc.Arbitrary<HistoryCase> =>
  fc.record({
    outline: outline(traits),
    later: fc.oneof(
      { weight: 10, arbitrary: fc.array(step, { minLength: 1, maxLength: 6, size: "max" }) },
      { weight: 1, arbitrary: fc.array(step, { minLength: 1, maxLength: 39, size: "max" }) },
    ),
    from: fc.nat({ max: 39 }),
    length: fc.nat({ max: 39 }),
    applied: fc.nat({ max: 39 }),
  });

const nothing: Built = { schema: emptySchema, tables: new Map(), fields: new Map() };

/** The migrations of a case, each behind the other. Throws what `diff` refuses. `rows`: with what changes rows. */
export function historyOf(
  { outline: first, later }: HistoryCase,
  traits: Traits,
  { rows }: { readonly rows: boolean },
): readonly Migration[] {
  let current = first;
  let before = nothing;
  let state = emptySchema;
  const migrations: Migration[] = [];
  for (const [i, { edits, data, of }] of [{ edits: [], data: 0, of: 0 }, ...later].entries()) {
    current = edits.reduce((now, each, n) => edited(now, each, i * 10 + n), current);
    const after = schemaOf(current, traits);
    // What a rename leaves a key called is not what the outline would call it.
    const { operations } = changeBetween({ ...before, schema: state }, after, traits);
    state = applyAll(state, operations);
    const changes = rows ? rowChanges(state, data, { of, row: i % 9, traits }) : [];
    migrations.push(migrationOf(i, [...operations, ...changes]));
    before = after;
  }
  return migrations;
}

const nameOf = (i: number): string => `${String(i + 1).padStart(4, "0")}_m`;

const migrationOf = (i: number, operations: readonly Operation[]): Migration => ({
  name: nameOf(i),
  dependencies: i === 0 ? [] : [nameOf(i - 1)],
  operations,
  replaces: [],
  transaction: true,
  checksum: checksumOf(operations, true),
  file: `${nameOf(i)}.ts`,
});

interface About {
  readonly of: number;
  readonly row: number;
  readonly traits: Traits;
}

/** SQL that says what it is about and SQL that does not, rows of a table, and what may be left out. */
function rowChanges(state: Schema, data: number, about: About): readonly Operation[] {
  const alone = state.tables.filter((table) => mayHaveRows(state, table));
  const table = alone.length > 0 ? pick(alone, about.of) : undefined;
  if (data === 5) return [parseOperation({ kind: "runSQL", forward: "SELECT 1", backward: "" })];
  if (data === 6)
    return [parseOperation({ kind: "runSQL", forward: "SELECT no_such_column", backward: "", elidable: true })];
  if (!table || data < 7) return [];
  const insert = { kind: "runSQL", forward: insertOf(state, table, about), backward: "" };
  if (data === 7) return [parseOperation(insert)];
  if (data === 8) return [parseOperation({ ...insert, touches: [table.name] })];
  const row = Object.fromEntries((table.primaryKey ?? []).map((name) => [name, about.row + 1]));
  const others = table.fields.filter(({ name }) => !table.primaryKey?.includes(name));
  const whole = others.every((field) => field.nullable || field.default !== undefined || field.generated);
  const numbered = table.fields.every(
    (field) => !table.primaryKey?.includes(field.name) || /^(?:big|small)?int/.test(field.type),
  );
  if (!table.primaryKey || !whole || !numbered) return [];
  return [parseOperation({ kind: "upsertData", table: table.name, keys: table.primaryKey, rows: [row] })];
}

/** Whose rows need no others. */
const mayHaveRows = (state: Schema, table: Table): boolean =>
  table.foreignKeys.length === 0 &&
  !table.partitionBy &&
  !table.partitionOf &&
  !table.inherits &&
  !table.fields.some((field) => field.identity?.always) &&
  !state.tables.some((other) => other.partitionOf?.table === table.name || other.inherits?.includes(table.name));

function insertOf(state: Schema, table: Table, { row, traits }: About): string {
  const fields = table.fields.filter((field) => !field.generated);
  const mark = traits.dialect === "mariadb" ? "`" : '"';
  const quoted = (name: string): string => `${mark}${name.replaceAll(mark, mark + mark)}${mark}`;
  const place = state.namespaces?.find(({ name }) => table.name.startsWith(`${name}.`))?.name;
  const name =
    place === undefined ? quoted(table.name) : `${quoted(place)}.${quoted(table.name.slice(place.length + 1))}`;
  const values = fields.map((field) => literalOf(state, field, row, traits));
  return `INSERT INTO ${name} (${fields.map((field) => quoted(field.name)).join(", ")}) VALUES (${values.join(", ")})`;
}
