import { type Command, execute, type Row, type UnsupportedObject } from "../../core/ddl/dialect.ts";
import { localName } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import type { NamedNotNull } from "../../core/ddl/tree-statements.ts";
import { objectName } from "../../core/schema/names.ts";
import { doBlock, regclass } from "./procedure.ts";

// Since version 18, NOT NULL is a constraint with a name, and pg_constraint has one of kind "n" for each. Earlier servers have none of a
// table, so that nothing here finds anything in them.

/** The name that the server gives. */
export const notNullName = (table: string, column: string): string =>
  objectName(localName(table), [column], "not_null");

/** Those with the usual name get the one that is usual for the new name of the table, which is called `now` at the moment. */
export function notNullAfterTable(quote: Quote, s: StatementOf<"renameTable">, now: string): readonly Command[] {
  const { from, to, notNull = [] } = s;
  const pairs = notNull.map((column) => [notNullName(from, column), notNullName(to, column)]);
  return renamed(quote, now, asTold(pairs));
}

/** The same for a column. */
export const notNullAfterColumn = (
  quote: Quote,
  { table, from, to }: Pick<StatementOf<"renameColumn">, "table" | "from" | "to">,
): readonly Command[] => renamed(quote, table, asTold([[notNullName(table, from), notNullName(table, to)]]));

/** A table that is about to have its columns from others calls them as those do: it could not be told so later. */
export const notNullAsAbove = (quote: Quote, s: Inheriting, parents: readonly string[]): readonly Command[] =>
  fromAbove(quote, s, { parents, former: "w.name", name: "above.conname" });

/** What it has from tables that are no longer above it gets the names that are usual for its own. */
export const notNullOfOwn = (quote: Quote, s: Inheriting, parents: readonly string[]): readonly Command[] =>
  fromAbove(quote, s, { parents, former: "above.conname", name: "w.name" });

interface Inheriting extends NamedNotNull {
  readonly table: string;
}

/** Old and new names, and where they come from. */
interface Renames {
  readonly former: string;
  readonly name: string;
  readonly from: readonly string[];
}

function asTold(pairs: readonly (readonly string[])[]): Renames | undefined {
  const changed = pairs.filter(([former, name]) => former !== name);
  return changed.length === 0
    ? undefined
    : { former: "w.former", name: "w.name", from: [`(VALUES ${tuples(changed)}) w (former, name)`] };
}

function fromAbove(
  quote: Quote,
  { table, notNull = [] }: Inheriting,
  { parents, former, name }: { readonly parents: readonly string[]; readonly former: string; readonly name: string },
): readonly Command[] {
  return parents.flatMap((parent) =>
    renamed(
      quote,
      table,
      notNull.length === 0
        ? undefined
        : {
            former,
            name,
            from: [
              `(VALUES ${tuples(notNull.map((column) => [column, notNullName(table, column)]))}) w ("column", name)`,
              `JOIN pg_catalog.pg_attribute a ON a.attrelid = ${regclass(quote, parent)} AND a.attname = w."column"`,
              "JOIN pg_catalog.pg_constraint above ON above.conrelid = a.attrelid AND above.contype = 'n' AND above.conkey = ARRAY[a.attnum]",
            ],
          },
    ),
  );
}

const tuples = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `(${row.map(stringLiteral).join(", ")})`).join(", ");

/** A table below may call it something else, for which the server renames none; or something is in the way. */
function renamed(quote: Quote, table: string, renames: Renames | undefined): readonly Command[] {
  if (!renames) return [];
  const { former, name, from } = renames;
  const body = [
    "DECLARE",
    "  found RECORD;",
    "BEGIN",
    "  FOR found IN",
    `    SELECT k.conname AS former, ${name} AS name`,
    ...from.map((line, i) => `    ${i === 0 ? "FROM " : ""}${line}`),
    `    JOIN pg_catalog.pg_constraint k ON k.conname = ${former} AND k.conname <> ${name} AND k.contype = 'n'`,
    `    WHERE k.conrelid = ${regclass(quote, table)} AND k.coninhcount = 0`,
    "  LOOP",
    "    BEGIN",
    `      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', ${regclass(quote, table)}, found.former, found.name);`,
    "    EXCEPTION WHEN undefined_object OR duplicate_object THEN",
    "      NULL;",
    "    END;",
    "  END LOOP;",
    "END",
  ];
  return [execute(doBlock(body))];
}

/** Those of the tables `t` that a schema may not tell of. */
export const notNullQuery = (withTables: string): string => `${withTables}
SELECT t.relname AS "table", c.relname AS own, a.attname AS "column", k.conname AS name, k.connoinherit AS no_inherit, NOT k.convalidated AS unvalidated,
  k.coninhcount > 0 AS inherited, e.description IS NOT NULL AS described, y.name AS above
FROM t
JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype = 'n'
JOIN pg_catalog.pg_class c ON c.oid = t.oid
JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum]
LEFT JOIN pg_catalog.pg_description e ON e.classoid = 'pg_catalog.pg_constraint'::regclass AND e.objoid = k.oid AND e.objsubid = 0
LEFT JOIN LATERAL (SELECT p.conname AS name FROM pg_catalog.pg_inherits h
  JOIN pg_catalog.pg_attribute b ON b.attrelid = h.inhparent AND b.attname = a.attname
  JOIN pg_catalog.pg_constraint p ON p.conrelid = h.inhparent AND p.contype = 'n' AND p.conkey = ARRAY[b.attnum]
  WHERE k.coninhcount > 0 AND h.inhrelid = k.conrelid ORDER BY p.conname <> k.conname, h.inhseqno LIMIT 1) y ON TRUE
WHERE k.connoinherit OR NOT k.convalidated OR e.description IS NOT NULL
  OR CASE WHEN k.coninhcount > 0 THEN y.name IS DISTINCT FROM k.conname ELSE k.conname <> c.relname || '_' || a.attname || '_not_null' END
ORDER BY t.relname COLLATE "C", k.conname COLLATE "C"`;

/** What a schema does not tell of them. Names, of which there may be many, once for a table. */
export function oddNotNull(rows: readonly Row[]): readonly UnsupportedObject[] {
  const named = Map.groupBy(rows.filter(hasOddName), (row) => String(row["table"]));
  return [
    ...rows.flatMap((row) =>
      peculiarities.flatMap(([key, reason]) =>
        row[key] === true
          ? [{ kind: "not null", object: String(row["name"]), table: String(row["table"]), reason }]
          : [],
      ),
    ),
    ...[...named].map(([table, of]) => ({
      kind: "not null",
      object: table,
      table,
      reason: `a schema does not keep the names ${of.map((row) => `"${row["name"]}"`).join(", ")}, under which columns are NOT NULL`,
    })),
  ];
}

const peculiarities = [
  ["no_inherit", "that it is not inherited is not part of a schema"],
  ["unvalidated", "it is not validated, which is not part of a schema: rows may hold NULL"],
  ["described", "what describes that a column is NOT NULL is not part of a schema"],
] as const;

/** With digits behind it, the usual one was taken. */
function hasOddName(row: Row): boolean {
  if (row["inherited"] === true) return row["name"] !== row["above"];
  const usual = objectName(String(row["own"]), [String(row["column"])], "not_null");
  return String(row["name"]).replace(/\d+$/, "") !== usual;
}
