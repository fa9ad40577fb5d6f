import { createView } from "../../core/ddl/ansi.ts";
import { execute, type Renderers, type Row } from "../../core/ddl/dialect.ts";
import { type Quote, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { Index, ManagedObject, View } from "../../core/schema/model.ts";
import { withoutEnd } from "../../core/schema/sql-text.ts";
import { keptOfView } from "./kept.ts";

/** The views that rows of the catalog tell of, materialized ones with their indexes. */
export function viewsOf(rows: Readonly<Record<string, readonly Row[]>>, indexOf: (row: Row) => Index): readonly View[] {
  const indexes = Map.groupBy(rows["viewIndexes"] ?? [], (row) => String(row["table"]));
  return (rows["views"] ?? []).map((row): View => {
    const name = String(row["name"]);
    const options = listOf(row["options"]).map((text) => [
      text.slice(0, text.indexOf("=")),
      text.slice(text.indexOf("=") + 1),
    ]);
    const own = (indexes.get(name) ?? []).filter((index) => !index["invalid"]).map(indexOf);
    return {
      name,
      query: indented(withoutEnd(queryOf(row))),
      ...(row["materialized"] === true && { materialized: true }),
      ...(options.length > 0 && { options: Object.fromEntries(options) as Readonly<Record<string, string>> }),
      ...commentOf(row),
      ...columnCommentsOf(row),
      ...(own.length > 0 && { indexes: own }),
    };
  });
}

/** Types, aggregates and the like, functions, procedures, rules, triggers and policies, but for what is godwit's own and what an extension brought. */
export const objectsOf = (rows: Readonly<Record<string, readonly Row[]>>): readonly ManagedObject[] => [
  ...(rows["objects"] ?? []).map(otherOf),
  ...(rows["routines"] ?? []).map(routineOf),
  ...(rows["rules"] ?? []).map((row) => ofTable("rule", row, withoutEnd(String(row["definition"])))),
  ...(rows["triggers"] ?? [])
    .filter((row) => !row["auto_update"] && !row["extension"])
    .map((row) => ofTable("trigger", row, String(row["definition"]))),
  ...(rows["policies"] ?? []).map((row) => ofTable("policy", row, policyOf(row))),
  ...(rows["grants"] ?? []).map(otherOf),
];

export const viewRenderers = (
  quote: Quote,
): Pick<Renderers, "createView" | "replaceView" | "dropView" | "commentView"> => {
  const create = (view: View, how = ""): string =>
    createView(quote, view, words(how, view.materialized && "MATERIALIZED"), optionsOf(view));
  const comment = (view: View): string =>
    `COMMENT ON ${kindOf(view)} ${quote(view.name)} IS ${literalOf(view.comment)}`;
  const comments = (before: View | undefined, view: View): readonly string[] => [
    ...(before?.comment === view.comment ? [] : [comment(view)]),
    ...changedComments(before?.columnComments, view.columnComments).map(
      ([column, text]) => `COMMENT ON COLUMN ${quote(view.name)}.${quote(column)} IS ${literalOf(text)}`,
    ),
  ];
  return {
    createView: ({ view, again }) => [
      ...[create(view), ...comments(undefined, view)].map(execute),
      ...(again ? keptOfView(quote, view).after : []),
    ],
    replaceView: ({ before, after }) => [create(after, "OR REPLACE"), ...comments(before, after)].map(execute),
    dropView: ({ view, again }) => [
      ...(again ? keptOfView(quote, view).before : []),
      execute(`DROP ${kindOf(view)} ${quote(view.name)}`),
    ],
    commentView: ({ before, view }) => comments(before, view).map(execute),
  };
};

const literalOf = (comment: string | undefined): string => (comment === undefined ? "NULL" : stringLiteral(comment));

/** Columns that are described in another way now, with how; `undefined`: no longer. */
const changedComments = (
  before: View["columnComments"] = {},
  after: View["columnComments"] = {},
): readonly (readonly [string, string | undefined])[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((column) => before[column] !== after[column])
    .map((column) => [column, after[column]]);

const kindOf = ({ materialized }: View): string => (materialized ? "MATERIALIZED VIEW" : "VIEW");

const optionsOf = ({ options = {} }: View): string => {
  const list = Object.entries(options).map(([key, value]) => `${key} = ${value}`);
  return list.length > 0 ? `WITH (${list.join(", ")})` : "";
};

/** The server indents what follows SELECT by its own rules; the first line has a blank of its own. */
/**
 * With few parentheses, unless a condition stands in its own among others of its kind, as BETWEEN does: read again without parentheses, it would be one
 * with the others, which the server keeps apart.
 */
const queryOf = (row: Row): string => {
  const grouped = String(row["grouped_query"]);
  return /\b(AND|OR) \(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\) \1 /.test(grouped) ? grouped : String(row["query"]);
};

const indented = (query: string): string => query.replace(/^ +/, "").replace(/\n {3}(?= *\S)/g, "\n  ");

function routineOf(row: Row): ManagedObject {
  // Where a connection begins, names need no namespace.
  const schema = String(row["schema"] ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const head = new RegExp(`^CREATE OR REPLACE (FUNCTION|PROCEDURE) ${schema === "" ? "" : `${schema}\\.`}`);
  return {
    kind: String(row["kind"]),
    name: `${row["name"]}(${row["arguments"]})`,
    definition: withoutEnd(String(row["definition"]).replace(head, "CREATE $1 ")),
    ...commentOf(row),
  };
}

const otherOf = (row: Row): ManagedObject => ({
  kind: String(row["kind"]),
  name: String(row["name"]),
  ...(typeof row["table"] === "string" && { table: row["table"] }),
  definition: String(row["definition"]),
  ...commentOf(row),
});

const ofTable = (kind: string, row: Row, definition: string): ManagedObject => ({
  kind,
  name: String(row["name"]),
  table: String(row["table"]),
  definition,
  ...commentOf(row),
});

const commentOf = (row: Row): { readonly comment?: string } =>
  typeof row["comment"] === "string" ? { comment: row["comment"] } : {};

function columnCommentsOf(row: Row): Pick<View, "columnComments"> {
  const found = row["column_comments"];
  return typeof found === "string" ? { columnComments: JSON.parse(found) as Readonly<Record<string, string>> } : {};
}

/** There is no function of the server that tells it. */
const policyOf = (row: Row): string =>
  words(
    `CREATE POLICY ${row["quoted"]} ON ${row["on"]}`,
    !row["permissive"] && "AS RESTRICTIVE",
    row["command"] !== "*" && `FOR ${commands[String(row["command"])]}`,
    row["roles"] !== "PUBLIC" && `TO ${row["roles"]}`,
    typeof row["using"] === "string" && `USING (${row["using"]})`,
    typeof row["check"] === "string" && `WITH CHECK (${row["check"]})`,
  );

/** `polcmd` of pg_policy. */
const commands: Readonly<Record<string, string>> = { r: "SELECT", a: "INSERT", w: "UPDATE", d: "DELETE" };

const listOf = (value: unknown): readonly string[] =>
  typeof value === "string" ? ((JSON.parse(value) as readonly string[] | null) ?? []) : [];
