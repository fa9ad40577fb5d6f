import type { Row } from "../../core/ddl/dialect.ts";
import type { OwnSequence, SequenceNumber, SequenceOptions, SequenceType } from "../../core/schema/model.ts";
import { objectName } from "../../core/schema/names.ts";
import { toldOptions } from "../../core/schema/sequence-options.ts";

/** Columns of a query: what the sequence `q` of pg_sequence, `c` of pg_class, is told. */
export const sequenceOptions = `q.seqstart::text AS start, q.seqincrement::text AS increment, q.seqmin::text AS min, q.seqmax::text AS max, q.seqcache::text AS cache,
  q.seqcycle AS cycle, pg_catalog.format_type(q.seqtypid, NULL) AS type,
  (SELECT e.description FROM pg_catalog.pg_description e WHERE e.classoid = 'pg_catalog.pg_class'::regclass AND e.objoid = c.oid AND e.objsubid = 0) AS comment`;

/**
 * Columns of a query: how a sequence numbers the column `a` of the relation `r`, to which it belongs by the dependency `i`. What it is called in a default,
 * where it may be one; the default is written out only where the query for columns does not do that.
 */
export const numbering = `i.deptype = 'i' AS identity,
    CASE WHEN i.deptype = 'a' AND a.atttypid IN (20, 21, 23) AND a.attgenerated = '' THEN i.objid::pg_catalog.regclass::text END AS drives,
    CASE WHEN r.relkind NOT IN ('r', 'p') THEN (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
      WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END AS written`;

/**
 * The rows of sequences, which say of each whether it is a column's own: it numbers it as SERIAL and IDENTITY do, so that the default is the next number of
 * that sequence and nothing else.
 */
export function withOwners(sequences: readonly Row[], columns: readonly Row[]): readonly Row[] {
  const defaults = new Map<string, string>();
  for (const { table, name, default: written } of columns)
    if (typeof written === "string" && written.startsWith("nextval(")) defaults.set(columnKey(table, name), written);
  return sequences.map((row) => {
    const written = defaults.get(columnKey(row["table"], row["column"])) ?? row["written"];
    return {
      ...row,
      own: row["identity"] === true || (row["drives"] !== null && written === nextNumber(row["drives"])),
    };
  });
}

/** The default of a column that a sequence numbers. A name in it is written by regclass as it is anywhere, in single quotes. */
const nextNumber = (sequence: unknown): string => `nextval('${String(sequence).replaceAll("'", "''")}'::regclass)`;

/** Whether it is a sequence of the schema, and not of a column or of godwit. */
export const isByItself = ({ own, bare_name }: Row): boolean => !own && !String(bare_name).startsWith("godwit_");

/** What a sequence is told, as a row has it. */
export interface FoundSequence extends Row {
  readonly type: SequenceType;
  readonly comment: string | null;
  readonly [option: string]: unknown;
}

/** The rows of sequences that number columns, by the column. */
export const sequencesOfColumns = (rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.filter(({ own }) => own).map((row) => [columnKey(row["table"], row["column"]), row]));

/** That of a column, of which `row` is the row; `undefined` where none numbers it. */
export const sequenceOf = (sequences: ReadonlyMap<string, Row>, row: Row): Row | undefined =>
  sequences.get(columnKey(row["table"], row["name"]));

/** A column among those of all tables. */
export const columnKey = (table: unknown, column: unknown): string => `${table}\0${column}`;

/** What is unusual about the sequence of a column; `undefined` where nothing is. */
export function ownSequenceOf(found: Row, column: Row): OwnSequence | undefined {
  const { type, comment } = found as FoundSequence;
  const usual = objectName(String(found["bare_table"]), [String(column["name"])], "seq");
  const sequence: OwnSequence = {
    ...(found["bare_name"] !== usual && { name: String(found["bare_name"]) }),
    ...(type !== column["type"] && { type }),
    ...toldOf(found as FoundSequence),
    ...(comment !== null && { comment }),
  };
  return Object.keys(sequence).length > 0 ? sequence : undefined;
}

/** What PostgreSQL would give a sequence by itself is left out. */
export function toldOf(found: FoundSequence): SequenceOptions {
  const numbers = (["start", "increment", "min", "max", "cache"] as const).map((key) => [
    key,
    wholeNumber(String(found[key])),
  ]);
  return {
    ...toldOptions(Object.fromEntries(numbers) as SequenceOptions, found.type),
    ...(found["cycle"] === true && { cycle: true }),
  };
}

const wholeNumber = (text: string): SequenceNumber => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
