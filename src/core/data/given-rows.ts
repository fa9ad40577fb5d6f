import type { Dialect } from "../ddl/dialect.ts";
import { tableImage } from "../ddl/image.ts";
import type { TableImage } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { Operation } from "../operations/index.ts";
import type { RowValue } from "../operations/params.ts";
import type { Schema } from "../schema/model.ts";
import { findTable, getField, getTable, resolveType } from "../schema/resolve.ts";
import { orderedRows } from "./circles.ts";
import { type GivenValue, givenValue } from "./given-value.ts";
import { keysAmong } from "./keys.ts";
import { type DataRow, identityOf, valueIn } from "./order.ts";

/** A row of a file. */
export interface GivenRow {
  /** Where it stands, for messages: `line 3`. */
  readonly place: string;
  readonly values: Readonly<Record<string, GivenValue>>;
}

/** A file of rows for one table. */
export interface GivenRows {
  /** Its path as people should see it. */
  readonly file: string;
  /** The table that it is named after; a number before it only says when its rows come: `1_roles`. */
  readonly stem: string;
  readonly rows: readonly GivenRow[];
}

/**
 * The operations that bring the rows of a file: `upsertData` by the primary key, else by a unique index, whichever the file has the columns of; a second one where
 * rows refer to each other in a circle. Throws
 * ToolError `migration`, with the place in the file, for a table, a column or a value that does not fit, and when two rows are the same one.
 */
export function upsertsOfFile(given: GivenRows, schema: Schema, dialect: Dialect): readonly Operation[] {
  const { file } = given;
  const name = tableOf(given, schema);
  const { image, data } = readRows(given, { name, schema, dialect });
  const keys = keysOf(given, image, data);
  refuseTwice(given, keys, data);
  const about = { kind: "upsertData" as const, table: name, keys: [...keys] };
  const ordered = placed(file, () => orderedRows({ table: image, keys }, data));
  const first: Operation = { ...about, rows: [...ordered.rows] };
  if (ordered.again.length === 0) return [first];
  return [first, { ...about, rows: [...ordered.again], completes: [...ordered.columns] }];
}

/** The rows of a file as the table has them. Throws ToolError `migration`, with the place in the file, for a column or a value that does not fit. */
export function readRows(
  { file, rows }: GivenRows,
  { name, schema, dialect }: { readonly name: string; readonly schema: Schema; readonly dialect: Dialect },
): { readonly image: TableImage; readonly data: readonly DataRow[] } {
  const image = tableImage(schema, name, dialect);
  return { image, data: rows.map((row) => readRow(row, { file, schema, image, dialect })) };
}

/** Runs `work`, and says in what it throws which file it is about. */
export function placed<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw wrong(`${file}: ${error.message}`, { ...error.data, file });
  }
}

/** The table that a file of rows is of, by its name without the extension; `undefined` where there is none. */
export const tableOfStem = (stem: string, schema: Schema): string | undefined =>
  [stem, withoutNumber(stem)].find((each) => findTable(schema, each));

/** A number before the name of a table only says when its rows come. */
export const withoutNumber = (stem: string): string => stem.replace(/^\d+_/, "");

function tableOf({ file, stem }: GivenRows, schema: Schema): string {
  const name = tableOfStem(stem, schema);
  if (name !== undefined) return name;
  const plain = withoutNumber(stem);
  const near = nearest(
    plain,
    schema.tables.map((table) => table.name),
  );
  const hint = near ? `did you mean "${near}"?` : "a file of rows is named after its table";
  throw wrong(`${file}: there is no table "${plain}"; ${hint}`, { file, table: plain });
}

interface Reading {
  readonly file: string;
  readonly schema: Schema;
  readonly image: TableImage;
  readonly dialect: Dialect;
}

function readRow({ place, values }: GivenRow, reading: Reading): DataRow {
  return Object.fromEntries(
    Object.entries(values).map(([column, given]) => [column, readValue(column, given, place, reading)]),
  );
}

function readValue(
  column: string,
  given: GivenValue,
  place: string,
  { file, schema, image, dialect }: Reading,
): RowValue {
  const at = `${file}, ${place}`;
  const known = image.columns.find(({ name }) => name === column);
  if (!known) throw unknownColumn(at, column, image);
  if (known.generated) throw wrong(`${at}: the database computes "${column}" itself; leave it out`, { file, column });
  const { type } = resolveType(schema, getField(getTable(schema, image.name), column));
  try {
    return givenValue(given, type, dialect);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw wrong(`${at}, "${column}": ${error.message}`, { file, column });
  }
}

function unknownColumn(at: string, column: string, { name, columns }: TableImage): ToolError {
  const names = columns.map((each) => each.name);
  const near = nearest(column, names);
  const hint = near ? `did you mean "${near}"?` : `it has ${names.map((n) => `"${n}"`).join(", ")}`;
  return wrong(`${at}: table "${name}" has no "${column}"; ${hint}`, { table: name, column });
}

function keysOf({ file }: GivenRows, image: TableImage, data: readonly DataRow[]): readonly string[] {
  const found = keysThatAllHave(image, data);
  if (found) return found;
  const why = `${file}: a row of table "${image.name}" ${whyNoKeys(image)}`;
  throw wrong(`${why}; say with upsertData and keys, in TypeScript, which is which`, { file, table: image.name });
}

/** The primary key, else a unique index, whichever all of the rows have the columns of. */
export const keysThatAllHave = (image: TableImage, data: readonly DataRow[]): readonly string[] | undefined =>
  keysAmong(image).find((keys) => data.every((row) => keys.every((key) => valueIn(row, key) !== null)));

/** Why `keysThatAllHave` finds nothing, as what is said of a row. */
export function whyNoKeys(image: TableImage): string {
  const names = (keysAmong(image)[0] ?? []).map((name) => `"${name}"`).join(", ");
  return names === ""
    ? "has neither a primary key nor a unique index"
    : `is known by ${names}, which some rows do not have`;
}

/** Throws ToolError `migration` where two rows of a file are the same one. */
export function refuseTwice({ file, rows }: GivenRows, keys: readonly string[], data: readonly DataRow[]): void {
  const seen = new Map<string, number>();
  for (const [i, row] of data.entries()) {
    const identity = identityOf(row, keys);
    const first = seen.get(identity);
    if (first !== undefined) {
      const names = keys.map((key) => `"${key}"`).join(", ");
      throw wrong(`${file}: ${rows[first]?.place} and ${rows[i]?.place} are equal in ${names}`, { file, keys });
    }
    seen.set(identity, i);
  }
}

const wrong = (message: string, data: Readonly<Record<string, unknown>>): ToolError =>
  new ToolError("migration", message, data);
