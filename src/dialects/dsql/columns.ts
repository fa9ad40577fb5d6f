import { columnDefinition } from "../../core/ddl/ansi.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import type { Column, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import type { Identity } from "../../core/schema/model.ts";
import { canonicalType } from "../postgres/dialect.ts";

/**
 * Columns are numbered by identities of BIGINT, and how many numbers a session takes at once has to be said:
 * https://docs.aws.amazon.com/aurora-dsql/latest/userguide/create-table-syntax-support.html. With one at a time the numbers are those that a
 * serial gives anywhere.
 */
export function numbered(column: Column): Column {
  const { autoIncrement, sequence, identity: said, default: value, ...rest } = column;
  if (!autoIncrement && !said) return column;
  const { type: _, comment: __, ...options } = sequence ?? {};
  const { type: ___, comment: ____, ...given } = said ?? {};
  const identity: Identity = { ...options, ...given };
  return {
    ...rest,
    type: numberedType(),
    nullable: false,
    identity: { ...identity, cache: identity.cache ?? 1 },
    ...(!autoIncrement && value !== undefined && { default: value }),
  };
}

/** Numbers there are of BIGINT, and what refers to them has to be. */
export const numberedType = (): string => "BIGINT";

/** A column inside CREATE TABLE. Throws ToolError `unsupported` for one that Aurora DSQL cannot have. */
export const columnIn =
  (quote: Quote) =>
  (column: Column, table: string): string => {
    refuseColumn(column, table);
    return columnDefinition(quote, numbered(column));
  };

/** Throws ToolError `unsupported` for a column that Aurora DSQL cannot have. */
export function refuseColumn(column: Column, table: string): void {
  const { name, type, generated, collation, identity, sequence } = column;
  const no = (why: string) => cannot(`have the column "${name}" of table "${table}"`, why, { table, column: name });
  if (/\[\]$/.test(type)) throw no("it has no columns of lists; use jsonb");
  if (collation !== undefined) throw no("everything there is sorted by the collation C; leave the collation out");
  if (generated && !generated.stored) throw no("what is computed there is stored; say stored: true");
  const cache = (identity ?? sequence)?.cache;
  if (cache !== undefined && Number(cache) !== 1 && Number(cache) < 65_536)
    throw no(`a cache of numbers there is 1, or 65536 and more; it is ${cache}`);
  if (unknownTypes.test(canonicalType(type)))
    throw no(
      `it has no type ${type}; https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-postgresql-compatibility-supported-data-types.html lists those it has`,
    );
}

const unknownTypes =
  /^(?:money|xml|inet|cidr|macaddr8?|point|line|lseg|box|path|polygon|circle|tsvector|tsquery|\w+range|bit|varbit|pg_lsn|hstore|citext|vector)\b/;

/** The form in which tables are compared: numbers come from identities, and the catalog has no unusual names of keys and sequences to tell. */
export const withIdentities = (table: TableImage): TableImage => ({
  ...table,
  columns: table.columns.map((column) => {
    const { identity, ...rest } = numbered(column);
    if (!identity) return column;
    const { name: _, ...told } = identity;
    return { ...rest, identity: told };
  }),
});

/** ToolError `unsupported` in the words of all refusals of this dialect. */
export const cannot = (what: string, why: string, data: Readonly<Record<string, unknown>> = {}): ToolError =>
  new ToolError("unsupported", `Aurora DSQL cannot ${what}: ${why}`, { dialect: "auroradsql", ...data });
