import type { Introspection, LiveSchema, Row } from "../../core/ddl/dialect.ts";
import { ownComment } from "../../core/ddl/own-columns.ts";
import { type Defined, readDefinition } from "./definition.ts";
import { quote } from "./quote.ts";

const own = `(table_name LIKE 'godwit\\\\_%' OR IFNULL(table_comment, '') = '${ownComment}')`;

/** The names of tables, in one text: names have no commas there. */
const inventory = `SELECT ARRAY_JOIN(ARRAY_AGG(table_name), ',') AS \`tables\` FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND NOT ${own}`;

const queries = {
  others: `SELECT LOWER(table_type) AS \`kind\`, table_name AS \`object\` FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type <> 'BASE TABLE' AND NOT ${own} ORDER BY 1, 2`,
};

/**
 * Reads the current database. Much of a table, its indexes among it, is told by SHOW CREATE TABLE only, so that there is a query for each: what
 * `information_schema` has of them is at https://docs.starrocks.io/docs/sql-reference/information_schema/.
 */
export const introspect: Introspection = {
  queries,
  inventory,
  queriesIn: (_namespaces, found) => ({
    ...queries,
    ...Object.fromEntries(namesIn(found).map((name) => [`table ${name}`, `SHOW CREATE TABLE ${quote(name)}`])),
  }),
  read,
};

const namesIn = (found: Row | undefined): readonly string[] =>
  String(found?.["tables"] ?? "")
    .split(",")
    .filter((name) => name !== "")
    .toSorted();

function read(rows: Readonly<Record<string, readonly Row[]>>): LiveSchema {
  const all = Object.entries(rows).flatMap(([query, [row]]) => {
    const name = /^table (.*)$/.exec(query)?.[1];
    return name === undefined ? [] : [{ name, defined: readDefinition(name, String(row?.["Create Table"] ?? "")) }];
  });
  const known = all.flatMap(({ defined }): readonly Defined[] => (defined ? [defined] : []));
  return {
    tables: known.map(({ table }) => table),
    unsupported: [
      ...known.flatMap(({ unsupported }) => unsupported),
      ...all.filter(({ defined }) => !defined).map(({ name }) => other("table that is not StarRocks' own", name)),
      ...(rows["others"] ?? []).map((row) => other(String(row["kind"]), String(row["object"]))),
    ],
  };
}

const other = (kind: string, object: string) => ({ kind, object, reason: `a ${kind} is not part of a schema` });
