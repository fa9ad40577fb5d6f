import type { Introspection, LiveSchema, Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
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
  const views = (rows["views"] ?? []).map(viewOf);
  const named = (rows["namespaces"] ?? []).filter((row) => row["named"]);
  return {
    ...(named.length > 0 && { namespaces: named.map((row) => ({ name: String(row["name"]) })) }),
    tables: (rows["tables"] ?? []).map((row) =>
      tableOf(row, columns.get(String(row["table"])) ?? [], constraints.get(String(row["table"])) ?? []),
    ),
    ...(views.length > 0 && { views }),
    unsupported: leftAlone(rows),
  };
}

function leftAlone(rows: Rows): readonly UnsupportedObject[] {
  const computed = (rows["columns"] ?? []).filter(
    (row) => typeof row["computed"] === "string" && row["computed"] !== "",
  );
  return [
    ...computed.map((row) => ({
      kind: "column that is set using a query",
      object: String(row["name"]),
      table: String(row["table"]),
      reason: "SET USING is not part of a schema; the column is read as a plain one",
    })),
    ...(rows["sequences"] ?? []).map((row) => ({
      kind: "sequence",
      object: String(row["name"]),
      reason: "a sequence of Vertica is not part of a schema",
    })),
    ...(rows["namespaces"] ?? [])
      .filter((row) => !row["named"])
      .map((row) => ({
        kind: "namespace",
        object: String(row["name"]),
        reason: "it was not asked for, and nothing in it was looked at",
      })),
  ];
}

function tableOf(row: Row, columns: readonly Row[], rows: readonly Row[]): TableImage {
  const groups = [...Map.groupBy(rows, ({ name }) => String(name)).values()];
  const ofKind = (kind: string) => groups.filter(([first]) => first?.["kind"] === kind);
  const [primary] = ofKind("p");
  const name = primary?.[0]?.["name"];
  const constraints = [...ofKind("u").map(uniqueOf), ...ofKind("c").map(checkOf)];
  return {
    name: String(row["table"]),
    columns: columns.map(columnOf),
    ...(primary && { primaryKey: primary.map(({ column }) => String(column)) }),
    ...(name !== undefined && !/^C_PRIMARY(?:_\d+)?$/i.test(String(name)) && { primaryKeyName: String(name) }),
    indexes: [],
    foreignKeys: ofKind("f").map(foreignKeyOf),
    ...(constraints.length > 0 && { constraints }),
    ...commentOf(row),
  };
}

function columnOf(row: Row): Column {
  const written = typeof row["default"] === "string" && row["default"] !== "" ? row["default"] : undefined;
  const identity = row["numbered"] === true ? identityOf(row) : undefined;
  return {
    name: String(row["name"]),
    type: String(row["type"]),
    nullable: row["nullable"] === true,
    ...(written !== undefined && !identity && { default: written }),
    ...(identity && (Object.keys(identity).length === 0 ? { autoIncrement: true } : { identity })),
    ...commentOf(row),
  };
}

/** A node keeps 250,000 numbers where nothing is said; the first number is the least one of a sequence that counts upwards. */
function identityOf(row: Row): Identity {
  const [step, first, cache] = [row["step"], row["first"], row["cache"]].map(Number);
  return {
    ...(step !== undefined && step > 0 && first !== undefined && first !== 1 && { start: first }),
    ...(step !== undefined && Number.isFinite(step) && step !== 1 && { increment: step }),
    ...(cache !== undefined && Number.isFinite(cache) && cache !== 250_000 && { cache }),
  };
}

const columnsIn = (rows: readonly Row[]): readonly string[] => rows.map(({ column }) => String(column));

const uniqueOf = (rows: readonly Row[]): Constraint => ({
  name: String(rows[0]?.["name"]),
  unique: columnsIn(rows),
  ...commentOf(rows[0] ?? {}),
});

const checkOf = (rows: readonly Row[]): Constraint => ({
  name: String(rows[0]?.["name"]),
  check: String(rows[0]?.["predicate"] ?? "")
    .trim()
    .replace(/^check\s*\((.*)\)$/is, "$1"),
  ...commentOf(rows[0] ?? {}),
});

const foreignKeyOf = (rows: readonly Row[]): ForeignKeyImage => ({
  name: String(rows[0]?.["name"]),
  columns: columnsIn(rows),
  table: String(rows[0]?.["references"]),
  referencedColumns: rows.map(({ referenced }) => String(referenced)),
  onDelete: "NO ACTION",
  onUpdate: "NO ACTION",
  ...commentOf(rows[0] ?? {}),
});

const viewOf = (row: Row): View => ({
  name: String(row["name"]),
  query: String(row["query"]).trim().replace(/;\s*$/, ""),
  ...commentOf(row),
});

const commentOf = (row: Row): { readonly comment?: string } =>
  typeof row["comment"] === "string" && row["comment"] !== "" ? { comment: row["comment"] } : {};
