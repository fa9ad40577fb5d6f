import type { Introspection, LiveSchema, Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { Column, ForeignKeyImage, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { enumNamePattern } from "../../core/schema/enums.ts";
import { indexField } from "../../core/schema/index-fields.ts";
import type { Constraint, IndexElement, OwnSequence, ReferentialAction } from "../../core/schema/model.ts";
import { nativeTypePattern } from "../../core/schema/types.ts";
import { queriesIn } from "./catalog.ts";
import { withColumnNames } from "./column-numbers.ts";
import { columnOptionsOf } from "./column-options.ts";
import { inventory } from "./inventory.ts";
import { listsOf, oddDomains } from "./list-catalog.ts";
import { objectsOf, viewsOf } from "./managed.ts";
import { notKeptObjects, withoutNotKept } from "./not-kept.ts";
import { oddNotNull } from "./not-null.ts";
import { replicaIdentityOf } from "./replica-identity.ts";
import { byTable, type Rows } from "./rows-by-table.ts";
import { misleading, namespaceQueries, namespacesOf, scoped, unread } from "./scope.ts";
import { columnKey, ownSequenceOf, sequenceOf, sequencesOfColumns, withOwners } from "./sequence-catalog.ts";
import { oddPartNames, strayTables, treeOf, withParents } from "./tree-rows.ts";
import { unsaidObjects } from "./unsaid.ts";
import { asWritten } from "./written.ts";

/** Reads the current schema (the first that exists of the search path), and others that are named, from the system catalogs. */
export const introspection: Introspection = {
  get queries() {
    return queriesIn([]);
  },
  queriesIn,
  inventory,
  namespaces: scoped(namespaceQueries.namespaces, []),
  read,
};

/** The tables, each by itself. */
function tablesOf(rows: Rows): readonly TableImage[] {
  const numbering: Numbering = {
    autoUpdated: new Set(
      (rows["triggers"] ?? [])
        .filter((row) => row["auto_update"])
        .map((row) => columnKey(row["table"], firstArgument(row["arguments"]))),
    ),
    sequences: sequencesOfColumns(rows["sequences"] ?? []),
  };
  const columns = byTable(rows["columns"]);
  const constraints = byTable(rows["constraints"]);
  const indexes = byTable(rows["indexes"]);
  const properties = new Map((rows["tables"] ?? []).map((row) => [String(row["table"]), propertiesOf(row)]));
  return [...columns].map(([name, list]): TableImage => {
    const own = constraints.get(name) ?? [];
    const built = indexes.get(name) ?? [];
    const primary = own.find((row) => row["kind"] === "p");
    const further = own.flatMap((row) => constraintOf(row, built) ?? []);
    return {
      name,
      // A table without columns has one row of nulls.
      columns: list.filter((row) => row["name"] !== null).map((row) => columnOf(row, numbering)),
      ...(primary && { primaryKey: listOf(primary["columns"]), primaryKeyName: String(primary["name"]) }),
      ...(primary?.["deferrable"] === true && { primaryKeyDeferrable: primary["deferred"] ? "deferred" : "immediate" }),
      ...(primary && listOf(primary["included"]).length > 0 && { primaryKeyInclude: listOf(primary["included"]) }),
      ...(typeof primary?.["comment"] === "string" && { primaryKeyComment: primary["comment"] }),
      indexes: built.filter((row) => row["kind"] === null && !row["invalid"]).map(indexOf),
      foreignKeys: own.filter((row) => row["kind"] === "f" && !row["elsewhere"]).map(foreignKeyOf),
      ...(further.length > 0 && { constraints: further }),
      ...properties.get(name),
    };
  });
}

function read(found: Rows): LiveSchema {
  const named = withColumnNames(found);
  const kept = withoutNotKept(named["constraints"] ?? [], found["notKept"] ?? []);
  const rows: Rows = {
    ...named,
    constraints: kept,
    sequences: withOwners(found["sequences"] ?? [], found["columns"] ?? []),
  };
  const tables = withParents(tablesOf(rows), rows["columns"] ?? []);
  const [views, objects] = [viewsOf(rows, indexOf), objectsOf(rows)];
  const enums = (rows["enums"] ?? []).filter(isPlain).map((row) => ({
    name: String(row["name"]),
    values: listOf(row["values"]),
    ...(typeof row["comment"] === "string" && { comment: row["comment"] }),
  }));
  const namespaces = namespacesOf(rows["namespaces"] ?? []);
  return {
    ...(namespaces.length > 0 && { namespaces }),
    tables,
    ...listsOf(rows),
    ...(views.length > 0 && { views }),
    ...(objects.length > 0 && { objects }),
    ...(enums.length > 0 && { enums }),
    unsupported: [
      ...unsupportedObjects(rows),
      ...unsaidObjects(rows["unsaid"] ?? []),
      ...unread(rows["namespaces"] ?? []),
      ...misleading(rows["misleading"] ?? []),
      ...oddPartNames(rows["partNames"] ?? []),
      ...oddNotNull(rows["notNull"] ?? []),
      ...notKeptObjects(rows["notKept"] ?? []),
      ...strayTables(rows["tables"] ?? []),
      ...unsaidObjects(rows["unread"] ?? []),
      ...(rows["enums"] ?? [])
        .filter((row) => !isPlain(row))
        .map((row) => ({ kind: "enum", object: String(row["name"]), reason: "its name is no plain word" })),
      ...oddDomains(rows),
    ],
  };
}

/** What few tables have beside their columns. */
function propertiesOf(row: Row): Partial<TableImage> {
  const parameters = listOf(row["parameters"]);
  const options = {
    ...(row["unlogged"] === true && { unlogged: "true" }),
    ...(parameters.length > 0 && { with: parameters.join(", ") }),
    ...(typeof row["tablespace"] === "string" && { tablespace: row["tablespace"] }),
    ...(typeof row["clustered_by"] === "string" && { cluster_on: row["clustered_by"] }),
    ...replicaIdentityOf(row),
  };
  return {
    ...(typeof row["comment"] === "string" && { comment: row["comment"] }),
    ...(row["secured"] === true && { rowSecurity: row["forced"] ? "forced" : "enabled" }),
    ...(Object.keys(options).length > 0 && { options }),
    ...treeOf(row),
  };
}

/** Only what stands before a name in a namespace may have a dot behind it. */
const isPlain = ({ name, named }: Row): boolean =>
  enumNamePattern.test(String(name)) && (Boolean(named) || !String(name).includes("."));

/** What gives columns their values, from other queries than theirs. */
interface Numbering {
  readonly autoUpdated: ReadonlySet<string>;
  readonly sequences: ReadonlyMap<string, Row>;
}

function columnOf(row: Row, numbering: Numbering): Column {
  const { name, type, default: sql } = row;
  const written = typeof sql === "string" ? sql : undefined;
  const updated = numbering.autoUpdated.size > 0 && numbering.autoUpdated.has(columnKey(row["table"], name));
  const plain = { name: String(name), type: String(type), nullable: Boolean(row["nullable"]) };
  if (!updated && !written?.startsWith("nextval(") && further.every((property) => row[property] === null))
    return written === undefined ? plain : { ...plain, default: written };
  const numbered = sequenceOf(numbering.sequences, row);
  const serial = numbered !== undefined && row["identity"] === null;
  const generated = row["generated"] !== null;
  return {
    ...plain,
    ...(written !== undefined && !serial && !generated && { default: written }),
    ...(updated && { autoUpdate: true }),
    ...furtherOf(row, { written, serial, sequence: numbered && ownSequenceOf(numbered, row) }),
  };
}

/** What few columns have. */
const further = ["identity", "generated", "domain", "collation", "options", "comment"] as const;

interface Numbered {
  readonly written: string | undefined;
  readonly serial: boolean;
  readonly sequence: OwnSequence | undefined;
}

const furtherOf = (row: Row, { written = "", serial, sequence }: Numbered): Partial<Column> => ({
  ...(typeof row["domain"] === "string" && { domain: row["domain"] }),
  ...(serial && { autoIncrement: true }),
  ...(serial && sequence && { sequence }),
  ...(row["generated"] !== null && {
    generated: { as: asWritten(written), ...(row["generated"] === "s" && { stored: true }) },
  }),
  ...(row["identity"] !== null && { identity: { ...(row["identity"] === "a" && { always: true }), ...sequence } }),
  ...(typeof row["collation"] === "string" && { collation: row["collation"] }),
  ...columnOptionsOf(row["options"]),
  ...(typeof row["comment"] === "string" && { comment: row["comment"] }),
});

function indexOf(row: Row): IndexImage {
  const included = listOf(row["included"]);
  const options = listOf(row["options"]);
  return {
    name: String(row["name"]),
    fields: elementsOf(row).map(indexField),
    ...(row["unique"] === true && { unique: true }),
    ...(row["method"] !== "btree" && { method: String(row["method"]) }),
    ...(typeof row["predicate"] === "string" && { where: asWritten(row["predicate"]) }),
    ...(included.length > 0 && { include: included }),
    ...(row["nulls_equal"] === true && { nullsNotDistinct: true }),
    ...(options.length > 0 && { with: Object.fromEntries(options.map(splitOption)) }),
    ...(typeof row["comment"] === "string" && { comment: row["comment"] }),
  };
}

interface Element {
  readonly field: string | null;
  readonly expression: string | null;
  /** Bit 1: descending; bit 2: nulls first (indoption of pg_index). */
  readonly option: number;
  readonly class: string | null;
  readonly collation: string | null;
}

const elementsOf = (row: Row): readonly IndexElement[] =>
  (jsonOf<readonly Element[]>(row["elements"]) ?? []).map((e) => {
    const [descending, first] = [(e.option & 1) !== 0, (e.option & 2) !== 0];
    return {
      ...(e.field === null ? { expression: asWritten(e.expression ?? "") } : { field: e.field }),
      ...(descending && { order: "desc" }),
      ...(first !== descending && { nulls: first ? "first" : "last" }),
      ...(e.collation !== null && { collation: e.collation }),
      ...(e.class !== null && { operatorClass: e.class }),
    };
  });

/** `fillfactor=70` */
const splitOption = (text: string): readonly [string, string] => {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
};

/** A check, a unique or an exclusion constraint; the latter two have an index of their name. */
function constraintOf(row: Row, indexes: readonly Row[]): Constraint | undefined {
  const name = String(row["name"]);
  const comment = typeof row["comment"] === "string" ? { comment: row["comment"] } : {};
  const deferrable = row["deferrable"] ? ({ deferrable: row["deferred"] ? "deferred" : "immediate" } as const) : {};
  if (row["kind"] === "c")
    return {
      name,
      check: asWritten(String(row["expression"])),
      ...(row["no_inherit"] === true && { noInherit: true }),
      ...(row["unvalidated"] === true && { notValid: true }),
      ...comment,
    };
  const index = indexes.find((i) => i["name"] === name);
  if (!index) return undefined;
  const { include, nullsNotDistinct, method, where } = indexOf(index);
  if (row["kind"] === "u")
    return {
      name,
      unique: listOf(row["columns"]).slice(0, elementsOf(index).length),
      ...(include && { include }),
      ...(nullsNotDistinct && { nullsNotDistinct }),
      ...deferrable,
      ...comment,
    };
  if (row["kind"] !== "x") return undefined;
  const operators = listOf(row["operators"]);
  return {
    name,
    exclude: elementsOf(index).map((element, i) => ({ ...element, with: operators[i] ?? "" })),
    ...(method && { method }),
    ...(where !== undefined && { where }),
    ...deferrable,
    ...comment,
  };
}

function foreignKeyOf(row: Row): ForeignKeyImage {
  const set = listOf(row["on_delete_columns"]);
  return {
    name: String(row["name"]),
    columns: listOf(row["columns"]),
    table: String(row["referenced_table"]),
    referencedColumns: listOf(row["referenced_columns"]),
    onDelete: actions[String(row["on_delete"])] ?? "NO ACTION",
    onUpdate: actions[String(row["on_update"])] ?? "NO ACTION",
    ...(set.length > 0 && { onDeleteColumns: set }),
    ...(row["deferrable"] === true && { deferrable: row["deferred"] ? "deferred" : "immediate" }),
    ...(row["unvalidated"] === true && { notValid: true }),
    ...(row["match_full"] === true && { matchFull: true }),
    ...(typeof row["comment"] === "string" && { comment: row["comment"] }),
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

function unsupportedObjects(rows: Rows): readonly UnsupportedObject[] {
  return [
    ...unsupportedColumns(rows["columns"] ?? []),
    ...(rows["constraints"] ?? [])
      .filter((row) => row["kind"] === "f" && row["elsewhere"])
      .flatMap((row) =>
        because("foreign key", row, ["it refers to a table of another schema, or to one that godwit does not manage"]),
      ),
    ...(rows["indexes"] ?? [])
      .filter((row) => row["invalid"])
      .flatMap((row) => because("index", row, ["it is invalid: building it concurrently failed"])),
    ...(rows["tables"] ?? [])
      .filter((row) => row["forced"] && !row["secured"])
      .map((row) => ({
        kind: "row security",
        object: String(row["table"]),
        table: String(row["table"]),
        reason: "it is forced, but not enabled",
      })),
  ];
}

function unsupportedColumns(rows: readonly Row[]): readonly UnsupportedObject[] {
  const isOdd = new Map<unknown, boolean>();
  for (const { type } of rows) if (!isOdd.has(type)) isOdd.set(type, isOddType(String(type)));
  return rows.flatMap((row) => {
    const table = String(row["table"]);
    if (row["name"] === null) return [{ kind: "table", object: table, table, reason: "it has no columns" }];
    if (!isOdd.get(row["type"])) return [];
    return because("column type", row, [`the name of its type, ${row["type"]}, needs quotes`]);
  });
}

const isOddType = (type: string): boolean =>
  !nativeTypePattern.test(type.replace(/"([A-Za-z_]\w*)"(?=\.|\[|$)/g, "$1"));

const because = (kind: string, row: Row, reasons: readonly string[]): readonly UnsupportedObject[] =>
  reasons.length === 0
    ? []
    : [{ kind, object: String(row["name"]), table: String(row["table"]), reason: reasons.join("; ") }];

/** A list as JSON text, or as it is. */
const listOf = (value: unknown): readonly string[] => jsonOf<readonly string[]>(value) ?? [];

const jsonOf = <T>(value: unknown): T | undefined =>
  typeof value === "string"
    ? ((JSON.parse(value) ?? undefined) as T | undefined)
    : ((value ?? undefined) as T | undefined);

/** Trigger arguments are stored as bytes, each ending in a zero byte. */
function firstArgument(hex: unknown): string {
  const encoded = String(hex).split(/^((?:(?!00)..)*)/)[1] ?? "";
  return decodeURIComponent(encoded.replace(/../g, "%$&"));
}
