import type { Introspection, LiveSchema, Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { Column, ForeignKeyImage, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import type { ReferentialAction } from "../../core/schema/model.ts";
import { nativeTypePattern } from "../../core/schema/types.ts";
import { queries } from "./catalog.ts";

/** Reads the current schema (the first that exists of the search path) from the system catalogs. */
export const introspection: Introspection = { queries, read };

type Rows = Readonly<Record<string, readonly Row[]>>;

function read(rows: Rows): LiveSchema {
  const autoUpdated = (rows["triggers"] ?? []).filter((row) => row["auto_update"]);
  const columns = byTable(rows["columns"] ?? []);
  const constraints = byTable(rows["constraints"] ?? []);
  const indexes = byTable(rows["indexes"] ?? []);
  const tables = [...columns].map(([name, list]): TableImage => {
    const primary = constraints.get(name)?.find((row) => row["kind"] === "p");
    return {
      name,
      // A table without columns has one row of nulls.
      columns: list.filter((row) => row["name"] !== null && !row["generated"]).map((row) => columnOf(row, autoUpdated)),
      ...(primary && { primaryKey: listOf(primary["columns"]) }),
      indexes: (indexes.get(name) ?? []).filter((row) => reasonsOf(indexReasons, row).length === 0).map(indexOf),
      foreignKeys: (constraints.get(name) ?? [])
        .filter((row) => row["kind"] === "f" && !row["elsewhere"])
        .map(foreignKeyOf),
    };
  });
  return { tables, unsupported: unsupportedObjects(rows) };
}

function columnOf(row: Row, autoUpdated: readonly Row[]): Column {
  const name = String(row["name"]);
  const numbered = Boolean(row["identity"] || row["serial"]);
  const updated = autoUpdated.some((t) => t["table"] === row["table"] && firstArgument(t["arguments"]) === name);
  return {
    name,
    type: String(row["type"]),
    nullable: Boolean(row["nullable"]),
    ...(typeof row["default"] === "string" && !numbered && { default: row["default"] }),
    ...(numbered && { autoIncrement: true }),
    ...(updated && { autoUpdate: true }),
  };
}

function indexOf(row: Row): IndexImage {
  return {
    name: String(row["name"]),
    fields: listOf(row["columns"]),
    ...(row["unique"] === true && { unique: true }),
    ...(row["method"] !== "btree" && { method: String(row["method"]) }),
    ...(typeof row["predicate"] === "string" && { where: row["predicate"] }),
  };
}

function foreignKeyOf(row: Row): ForeignKeyImage {
  return {
    name: String(row["name"]),
    columns: listOf(row["columns"]),
    table: String(row["referenced_table"]),
    referencedColumns: listOf(row["referenced_columns"]),
    onDelete: actions[String(row["on_delete"])] ?? "NO ACTION",
    onUpdate: actions[String(row["on_update"])] ?? "NO ACTION",
  };
}

/** `confdeltype` and `confupdtype` of pg_constraint. */
const actions: Readonly<Record<string, ReferentialAction>> = {
  a: "NO ACTION",
  r: "RESTRICT",
  c: "CASCADE",
  n: "SET NULL",
  d: "SET DEFAULT",
};

/** A property that the model cannot hold: key of the row → why. */
type Reasons = Readonly<Record<string, string>>;

/** An index with one of these is left alone as a whole. */
const indexReasons: Reasons = {
  expression: "it covers an expression",
  included: "it has INCLUDE columns",
  sorted: "it has a sort order of its own",
  operator_class: "it uses an operator class that is not the default",
  collated: "it has a collation of its own",
  nulls_equal: "it treats nulls as equal",
  deferrable: "its unique constraint is deferrable",
  options: "it has storage parameters",
  invalid: "it is invalid: building it concurrently failed",
};

/** What a foreign key has beyond what the model holds; the key itself is in the model. */
const foreignKeyReasons: Reasons = {
  elsewhere: "it refers to a table of another schema, or to one that godwit does not manage",
  deferrable: "it is deferrable",
  match_full: "it is MATCH FULL",
  unvalidated: "it is not validated: existing rows may violate it",
};

const reasonsOf = (reasons: Reasons, row: Row): readonly string[] =>
  Object.keys(reasons).flatMap((key) => (row[key] ? [reasons[key] ?? ""] : []));

function unsupportedObjects(rows: Rows): readonly UnsupportedObject[] {
  return [
    ...(rows["columns"] ?? []).flatMap(unsupportedColumn),
    ...(rows["constraints"] ?? []).flatMap(unsupportedConstraint),
    ...(rows["indexes"] ?? []).flatMap((row) => because("index", row, reasonsOf(indexReasons, row))),
    ...(rows["triggers"] ?? [])
      .filter((row) => !row["auto_update"])
      .flatMap((row) => because("trigger", row, ["triggers are not part of a schema"])),
    ...(rows["others"] ?? []).map((row) => ({
      kind: String(row["kind"]),
      object: String(row["object"]),
      reason: otherReason(String(row["kind"])),
    })),
  ];
}

function unsupportedColumn(row: Row): readonly UnsupportedObject[] {
  if (row["name"] === null)
    return [{ kind: "table", object: String(row["table"]), table: String(row["table"]), reason: "it has no columns" }];
  if (row["generated"]) return because("generated column", row, ["its values are computed"]);
  const odd = !nativeTypePattern.test(String(row["type"]));
  return [
    ...(odd ? because("column type", row, [`the name of its type, ${row["type"]}, needs quotes`]) : []),
    ...(row["collation"] ? because("collation", row, [`it has the collation "${row["collation"]}"`]) : []),
  ];
}

function unsupportedConstraint(row: Row): readonly UnsupportedObject[] {
  if (row["kind"] === "c") return because("check", row, [String(row["definition"])]);
  if (row["kind"] === "x") return because("exclusion constraint", row, [String(row["definition"])]);
  return because(row["kind"] === "p" ? "primary key" : "foreign key", row, reasonsOf(foreignKeyReasons, row));
}

const because = (kind: string, row: Row, reasons: readonly string[]): readonly UnsupportedObject[] =>
  reasons.length === 0
    ? []
    : [{ kind, object: String(row["name"]), table: String(row["table"]), reason: reasons.join("; ") }];

const otherReason = (kind: string): string =>
  kind === "inheritance"
    ? "the table inherits from another; only its columns are compared"
    : kind === "partitioned table"
      ? "how a table is partitioned is not part of a schema; only its columns, keys and indexes are compared"
      : `a ${kind} is not part of a schema`;

function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const tables = new Map<string, Row[]>();
  for (const row of rows) {
    const list = tables.get(String(row["table"]));
    if (list) list.push(row);
    else tables.set(String(row["table"]), [row]);
  }
  return tables;
}

/** A list as JSON text. */
const listOf = (value: unknown): readonly string[] =>
  typeof value === "string" ? (JSON.parse(value) as readonly string[]) : [];

/** Trigger arguments are stored as bytes, each ending in a zero byte. */
function firstArgument(hex: unknown): string {
  const encoded = String(hex).split(/^((?:(?!00)..)*)/)[1] ?? "";
  return decodeURIComponent(encoded.replace(/../g, "%$&"));
}
