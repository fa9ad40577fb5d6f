import type { Column, TableImage } from "../../core/ddl/statement.ts";
import { elementOf, indexField } from "../../core/schema/index-fields.ts";
import type { Constraint, IndexElement } from "../../core/schema/model.ts";
import { canonicalType } from "./types.ts";

/**
 * The table without casts of columns to the type that they are of. The server writes them where an expression uses a column of a domain, because
 * operators take the type that the domain is made out of, and keeps them when the column is of that type later.
 */
export function withoutOwnCasts(table: TableImage): TableImage {
  if (!hasCasts(table)) return table;
  const casts = table.columns.map(castsOf);
  const plain = (sql: string): string => casts.reduce((text, without) => without(text), sql);
  const element = <E extends IndexElement>(e: E): E =>
    e.expression === undefined ? e : { ...e, expression: plain(e.expression) };
  const where = <T extends { readonly where?: string }>(thing: T): T =>
    thing.where === undefined ? thing : { ...thing, where: plain(thing.where) };
  const constraint = (c: Constraint): Constraint => {
    if ("check" in c) return { ...c, check: plain(c.check) };
    return "exclude" in c ? where({ ...c, exclude: c.exclude.map(element) }) : c;
  };
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.generated ? { ...column, generated: { ...column.generated, as: plain(column.generated.as) } } : column,
    ),
    indexes: table.indexes.map((index) =>
      where({ ...index, fields: index.fields.map((field) => indexField(element(elementOf(field)))) }),
    ),
    ...(table.constraints && { constraints: table.constraints.map(constraint) }),
  };
}

const hasCasts = ({ columns, indexes, constraints }: TableImage): boolean =>
  JSON.stringify([columns.map(({ generated }) => generated), indexes, constraints]).includes("::");

/** `(price)::numeric(10,2)`, and `price::numeric(10,2)` where the server writes for people: without length and the like, it is the same cast. */
function castsOf({ name, type, domain = type }: Column): (sql: string) => string {
  const written = /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll(`"`, `""`)}"`;
  const column = written.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const cast = new RegExp(`(?:\\(${column}\\)|(?<![\\w".])${column})\\s*::\\s*${typeName}(?![\\w(\\[])`, "gi");
  const own = bare(domain);
  return (sql) =>
    sql.includes("::") ? sql.replace(cast, (found, to: string) => (bare(to) === own ? written : found)) : sql;
}

const typeName =
  "((?:character varying|bit varying|double precision|time(?:stamp)? with(?:out)? time zone|[a-z_]\\w*)(?:\\([\\d, ]+\\))?)";

const bare = (type: string): string => canonicalType(type).replace(/\([^)]*\)/, "");
