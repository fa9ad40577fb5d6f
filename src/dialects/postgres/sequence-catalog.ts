import type { Row } from "../../core/ddl/dialect.ts";
import type { OwnSequence, SequenceNumber, SequenceOptions, SequenceType } from "../../core/schema/model.ts";
import { objectName } from "../../core/schema/names.ts";

/** Members of a JSON object: what the sequence `q` of pg_sequence, `c` of pg_class, is told. */
export const sequenceOptions = `'start', q.seqstart::text, 'increment', q.seqincrement::text, 'min', q.seqmin::text, 'max', q.seqmax::text,
    'cache', q.seqcache::text, 'cycle', q.seqcycle, 'type', pg_catalog.format_type(q.seqtypid, NULL), 'comment', pg_catalog.obj_description(c.oid, 'pg_class')`;

/**
 * Whether the sequence `c`, which belongs to the column `a` by the dependency `i`, numbers it as SERIAL and IDENTITY do: its default `d` is the
 * next number of that sequence and nothing else.
 */
export const isOwnSequence = `(i.deptype = 'i' OR i.deptype = 'a' AND pg_catalog.pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\\(''([^'']|'''')*''::regclass\\)$'
        AND EXISTS (SELECT FROM pg_catalog.pg_depend u WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = d.oid
          AND u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = c.oid))`;

interface Found extends FoundSequence {
  readonly name: string;
  /** The table of the column, without its namespace. */
  readonly table: string;
}

/** What a sequence is told, as a row has it. */
export interface FoundSequence {
  readonly type: SequenceType;
  readonly comment: string | null;
  readonly [option: string]: unknown;
}

/** What is unusual about the sequence of a column; `undefined` where nothing is, or there is none. */
export function ownSequenceOf(row: Row): OwnSequence | undefined {
  if (typeof row["sequence"] !== "string") return undefined;
  const found = JSON.parse(row["sequence"]) as Found;
  const sequence: OwnSequence = {
    ...(found.name !== objectName(found.table, [String(row["name"])], "seq") && { name: found.name }),
    ...(found.type !== row["type"] && { type: found.type }),
    ...toldOf(found),
    ...(found.comment !== null && { comment: found.comment }),
  };
  return Object.keys(sequence).length > 0 ? sequence : undefined;
}

/** What PostgreSQL would give a sequence by itself is left out. */
export function toldOf(found: FoundSequence): SequenceOptions {
  const down = String(found["increment"]).startsWith("-");
  const [least, greatest] = limits[found.type];
  const usual: Readonly<Record<string, unknown>> = {
    increment: "1",
    min: down ? least : "1",
    max: down ? "-1" : greatest,
    start: down ? found["max"] : found["min"],
    cache: "1",
  };
  const told = ["start", "increment", "min", "max", "cache"].filter((key) => found[key] !== usual[key]);
  return {
    ...Object.fromEntries(told.map((key) => [key, wholeNumber(String(found[key]))])),
    ...(found["cycle"] === true && { cycle: true }),
  };
}

const limits: Readonly<Record<SequenceType, readonly [string, string]>> = {
  smallint: ["-32768", "32767"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};

const wholeNumber = (text: string): SequenceNumber => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
