import type { Dialect } from "../ddl/dialect.ts";
import type { TableImage } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import type { RowValue } from "../operations/params.ts";
import type { Schema } from "../schema/model.ts";
import { type KeyedTable, openedRow, orderedRows } from "./circles.ts";
import { type GivenRows, keysThatAllHave, placed, readRows, refuseTwice, whyNoKeys } from "./given-rows.ts";
import { rowKeysOf } from "./keys.ts";
import { type DataRow, identityOf, valueIn } from "./order.ts";
import { type PlacedTable, placedTables } from "./table-order.ts";

/** A file of rows, and the table that they are of. */
export interface GivenFile extends GivenRows {
  readonly table: string;
}

/** A table whose rows files have. */
export interface GivenTable extends KeyedTable {
  /** In the order in which they can be inserted; what refers to a later one is NULL. */
  readonly rows: readonly DataRow[];
  /** Rows that have something NULL there, as they are, and what: they come after the rows of all tables. */
  readonly again: readonly { readonly rows: readonly DataRow[]; readonly columns: readonly string[] }[];
  /** All rows have to go in with one transaction. */
  readonly waits: boolean;
}

export interface GivenReading {
  readonly schema: Schema;
  readonly dialect: Dialect;
  /** The columns that are to tell the rows of a table apart; absent: the primary key, else a unique index, whichever all rows have. */
  keysOf(table: string): readonly string[] | undefined;
}

/**
 * The rows of files, table by table, referenced tables first. Files of one table go together; a row that is in two of them is one, of which each may say what the
 * other leaves out or NULL. Throws ToolError `migration`, with the place in the file, for a column or a value that does not fit and for rows that
 * contradict each other, `usage` for columns that a table does not have or that are not given, `unsupported` for circles that nothing opens.
 */
export function tablesOfFiles(files: readonly GivenFile[], reading: GivenReading): readonly GivenTable[] {
  const names = [...new Set(files.map(({ table }) => table))];
  const read = names.map((name) =>
    keyedRows(
      name,
      files.filter(({ table }) => table === name),
      reading,
    ),
  );
  return placedTables(read, reading.dialect).map((table) => {
    const own = read.find((each) => each.table.name === table.table.name);
    return givenTable(table, own?.files ?? "", own?.data ?? []);
  });
}

interface KeyedRows extends KeyedTable {
  /** For messages. */
  readonly files: string;
  readonly data: readonly DataRow[];
}

function keyedRows(name: string, files: readonly GivenFile[], { schema, dialect, keysOf }: GivenReading): KeyedRows {
  const read = files.map((given) => {
    const { image, data } = readRows(given, { name, schema, dialect });
    return { given, image, data: data.map(plainRow) };
  });
  const [{ image }] = read as [(typeof read)[number]];
  const list = files.map(({ file }) => file).join(", ");
  const all = read.flatMap(({ data }) => data);
  const asked = keysOf(name);
  const keys = asked ? rowKeysOf(image, asked) : keysThatAllHave(image, all);
  if (!keys) throw noKeys(list, image);
  for (const { given, data } of read) {
    refuseNull(given, { table: image, keys }, data);
    refuseTwice(given, keys, data);
  }
  const rows = read.flatMap(({ given, data }) =>
    data.map((row, i) => ({ at: `${given.file}, ${given.rows[i]?.place}`, row })),
  );
  return { table: withoutUnnamed(image, all), keys, files: list, data: joined(rows, keys) };
}

/** Whole numbers of CSV as JSON has them, so that they are the same, unless that would not be exact. */
const plainRow = (row: DataRow): DataRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));

const plainValue = (value: RowValue): RowValue =>
  typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;

/** A foreign key of which the rows name no column says nothing about their order. */
function withoutUnnamed(table: TableImage, data: readonly DataRow[]): TableImage {
  const named = new Set(data.flatMap((row) => Object.keys(row)));
  return { ...table, foreignKeys: table.foreignKeys.filter(({ columns }) => columns.some((name) => named.has(name))) };
}

function refuseNull({ file, rows }: GivenRows, { table, keys }: KeyedTable, data: readonly DataRow[]): void {
  const required = table.columns.filter((column) => !column.nullable).map(({ name }) => name);
  for (const [i, row] of data.entries()) {
    const at = `${file}, ${rows[i]?.place}`;
    const open = keys.find((key) => valueIn(row, key) === null);
    if (open !== undefined)
      throw wrong(
        `${at}: there is no value for "${open}", which tells rows apart; name other columns with --conflict-key`,
        {
          file,
          column: open,
        },
      );
    const empty = required.find((name) => row[name] === null);
    if (empty !== undefined)
      throw wrong(`${at}: "${empty}" of table "${table.name}" may not be NULL; in CSV, an empty text is ""`, {
        file,
        column: empty,
      });
  }
}

interface PlacedRow {
  readonly at: string;
  readonly row: DataRow;
}

function joined(rows: readonly PlacedRow[], keys: readonly string[]): readonly DataRow[] {
  const known = new Map<string, PlacedRow>();
  for (const each of rows) {
    const identity = identityOf(each.row, keys);
    const first = known.get(identity);
    known.set(identity, first ? { at: first.at, row: together(first, each, keys) } : each);
  }
  return [...known.values()].map(({ row }) => row);
}

function together(first: PlacedRow, second: PlacedRow, keys: readonly string[]): DataRow {
  const said = Object.entries(second.row).filter(([, value]) => value !== null);
  const names = said.map(([name]) => name).filter((name) => valueIn(first.row, name) !== null);
  const other = names.find((name) => identityOf(first.row, [name]) !== identityOf(second.row, [name]));
  if (other === undefined) return { ...second.row, ...first.row, ...Object.fromEntries(said) };
  const list = keys.map((key) => `"${key}"`).join(", ");
  throw wrong(`${first.at} and ${second.at} are equal in ${list}, but not in "${other}"; keep one of them`, { keys });
}

function givenTable({ table, keys, open, waits }: PlacedTable, files: string, data: readonly DataRow[]): GivenTable {
  const { rows, again, columns } = placed(files, () => orderedRows({ table, keys }, data));
  const saysOf = (row: DataRow): readonly string[] => open.filter((name) => valueIn(row, name) !== null);
  const late = data.filter((row) => saysOf(row).length > 0);
  return {
    table,
    keys,
    waits,
    rows: rows.map((row) => openedRow(row, saysOf(row))),
    again: [
      ...(again.length > 0 ? [{ rows: again, columns }] : []),
      ...(late.length > 0 ? [{ rows: late, columns: open }] : []),
    ],
  };
}

function noKeys(files: string, image: TableImage): ToolError {
  const what = `${files}: a row of table "${image.name}" ${whyNoKeys(image)}`;
  const flag = `--conflict-key '${image.name}:COLUMN,COLUMN'`;
  return new ToolError("usage", `${what}; say which columns identify a row: ${flag}`, { table: image.name });
}

const wrong = (message: string, data: Readonly<Record<string, unknown>>): ToolError =>
  new ToolError("migration", message, data);
