import type { Introspection, LiveSchema, Row } from "../../core/ddl/dialect.ts";
import type { Column, ForeignKeyImage, TableImage } from "../../core/ddl/statement.ts";
import type { Constraint, Identity, View } from "../../core/schema/model.ts";
import { queriesIn } from "./catalog.ts";

type Rows = Readonly<Record<string, readonly Row[]>>;

/** The current schema and those that are named. */
export const introspection: Introspection = {
  get queries() {
    return queriesIn([]);
  },
  queriesIn,
  namespaces: queriesIn([])["namespaces"] ?? "",
  read,
};

function read(rows: Rows): LiveSchema {
  const columns = Map.groupBy(rows["columns"] ?? [], (row) => String(row["table"]));
  const constraints = Map.groupBy(rows["constraints"] ?? [], (row) => String(row["table"]));
  const materialized = new Set(
    (rows["materialized"] ?? []).map((row) => `${row["here"] ? "" : `${row["namespace"]}.`}${row["name"]}`),
  );
  const views = (rows["views"] ?? []).map((row) => viewOf(row, materialized));
  const named = (rows["namespaces"] ?? []).filter((row) => row["named"]);
  return {
    ...(named.length > 0 && { namespaces: named.map((row) => ({ name: String(row["name"]) })) }),
    tables: (rows["tables"] ?? []).map((row) =>
      tableOf(row, columns.get(String(row["table"])) ?? [], constraints.get(String(row["table"])) ?? []),
    ),
    ...(views.length > 0 && { views }),
    unsupported: (rows["namespaces"] ?? [])
      .filter((row) => !row["named"])
      .map((row) => ({
        kind: "namespace",
        object: String(row["name"]),
        reason: "it was not asked for, and nothing in it was looked at",
      })),
  };
}

function tableOf(row: Row, columns: readonly Row[], constraints: readonly Row[]): TableImage {
  const name = String(row["table"]);
  const primary = constraints.find(({ kind }) => kind === "p");
  const unique = constraints.filter(({ kind }) => kind === "u").map(uniqueOf);
  const options = optionsOf(row, columns);
  return {
    name,
    columns: columns.map(columnOf),
    ...(primary && { primaryKey: namesIn(String(primary["definition"])) }),
    indexes: [],
    foreignKeys: constraints.filter(({ kind }) => kind === "f").map(foreignKeyOf),
    ...(unique.length > 0 && { constraints: unique }),
    ...commentOf(row),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

function columnOf(row: Row): Column {
  const written = typeof row["default"] === "string" ? row["default"] : undefined;
  const identity = written === undefined ? undefined : identityIn(written);
  return {
    name: String(row["name"]),
    type: String(row["type"]),
    nullable: !row["required"],
    ...(written !== undefined && !identity && { default: written }),
    ...(identity && (identity.plain ? { autoIncrement: true } : { identity: identity.told })),
    ...commentOf(row),
  };
}

/** `"identity"(105874, 0, '1,1'::text)`, or `default_identity(…)` where a row may bring its number: what a column that numbers itself has as a default. */
function identityIn(text: string): { readonly plain: boolean; readonly told: Identity } | undefined {
  const [, byDefault, seed, step] = /^"?(default_)?identity"?\(.*'(-?\d+),\s*(-?\d+)'/.exec(text) ?? [];
  if (seed === undefined || step === undefined) return undefined;
  const told = {
    ...(byDefault === undefined && { always: true }),
    ...(seed !== "1" && { start: Number(seed) }),
    ...(step !== "1" && { increment: Number(step) }),
  };
  return { plain: Object.keys(told).length === 0, told };
}

/** PG_CLASS_INFO tells of AUTO by numbers from 9 on; a sort key of several columns counts them, downwards where it is interleaved. */
function optionsOf(table: Row, columns: readonly Row[]): Readonly<Record<string, string>> {
  const style = styles[Number(table["diststyle"])];
  const distkey = columns.find((row) => row["distkey"] === true);
  const sorted = columns
    .filter((row) => Number(row["sortkey"] ?? 0) !== 0)
    .toSorted((a, b) => Math.abs(Number(a["sortkey"])) - Math.abs(Number(b["sortkey"])));
  const interleaved = sorted.some((row) => Number(row["sortkey"]) < 0);
  return {
    ...(style && { diststyle: style }),
    ...(style === "key" && distkey && { distkey: String(distkey["name"]) }),
    ...(sorted.length > 0 && { sortkey: sorted.map((row) => String(row["name"])).join(", ") }),
    ...(interleaved && { sortstyle: "interleaved" }),
  };
}

const styles: Readonly<Record<number, string>> = { 0: "even", 1: "key", 8: "all" };

const uniqueOf = (row: Row): Constraint => ({
  name: String(row["name"]),
  unique: namesIn(String(row["definition"])),
  ...commentOf(row),
});

/** `FOREIGN KEY (shop_id) REFERENCES shops(id)` */
function foreignKeyOf(row: Row): ForeignKeyImage {
  const [own = "", referenced = ""] = String(row["definition"]).split(" REFERENCES ");
  const table = referenced.slice(0, referenced.indexOf("("));
  return {
    name: String(row["name"]),
    columns: namesIn(own),
    table: table
      .split(/\.(?=(?:[^"]*"[^"]*")*[^"]*$)/)
      .map(bare)
      .join("."),
    referencedColumns: namesIn(referenced),
    onDelete: "NO ACTION",
    onUpdate: "NO ACTION",
    ...commentOf(row),
  };
}

/** The names between the first parentheses, as QUOTE_IDENT writes them. */
function namesIn(definition: string): readonly string[] {
  const inner = /\(((?:[^"()]|"(?:[^"]|"")*")*)\)/.exec(definition)?.[1] ?? "";
  return (inner.match(/"(?:[^"]|"")*"|[^,\s"]+/g) ?? []).map(bare);
}

const bare = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.trim());

/** One without schema binding, and a materialized one, come with the words that made them. */
function viewOf(row: Row, materialized: ReadonlySet<string>): View {
  const name = String(row["name"]);
  const text = String(row["query"]).trim().replace(/;\s*$/, "");
  const query = /^create\b/i.test(text) ? text.replace(/^create[\s\S]*?\sas\s+/i, "") : text;
  return { name, query, ...(materialized.has(name) && { materialized: true }), ...commentOf(row) };
}

const commentOf = (row: Row): { readonly comment?: string } =>
  typeof row["comment"] === "string" ? { comment: row["comment"] } : {};
