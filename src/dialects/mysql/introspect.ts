import type { Introspection, LiveSchema, Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { Column, ForeignKeyImage, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { indexField } from "../../core/schema/index-fields.ts";
import {
  type Constraint,
  type Generated,
  type IndexElement,
  type ReferentialAction,
  referentialActions,
} from "../../core/schema/model.ts";
import { nativeTypePattern } from "../../core/schema/types.ts";
import { queries } from "./catalog.ts";
import { indexKind, prefixLength } from "./keys.ts";
import { optionsIn, tableOptions, usualCollation } from "./options.ts";
import { objectsOf, unreadable, viewsOf } from "./read-managed.ts";
import { readableQuery } from "./readable-query.ts";
import { isLong } from "./types.ts";
import { further, withWholeTexts } from "./whole-text.ts";

/** Reads the current database from `information_schema`. */
export const introspect: Introspection = { queries, further, read: (rows) => read(withWholeTexts(rows)) };

type Rows = Readonly<Record<string, readonly Row[]>>;

/** An index or a foreign key: the rows of its columns. */
type Group = readonly [Row, ...Row[]];

function read(rows: Rows): LiveSchema {
  const columns = Map.groupBy(rows["columns"] ?? [], tableOf);
  const indexes = Map.groupBy(groupsOf(rows["indexes"] ?? []), ([first]) => tableOf(first));
  const keys = Map.groupBy(groupsOf(rows["foreignKeys"] ?? []), ([first]) => tableOf(first));
  const checks = Map.groupBy(checksOf(rows), tableOf);
  const live = (rows["tables"] ?? []).map((row): LiveTable => {
    const name = tableOf(row);
    const own = checks.get(name) ?? [];
    const json = new Set(own.flatMap(jsonColumn));
    const all = (columns.get(name) ?? []).map((column) => (json.has(text(column, "name")) ? asJson(column) : column));
    const foreignKeys = keys.get(name) ?? [];
    const others = (indexes.get(name) ?? []).filter((index) => !isOfKey(index, foreignKeys));
    return { row, columns: all, indexes: others, foreignKeys, checks: own.filter((c) => jsonColumn(c).length === 0) };
  });
  const [views, objects] = [viewsOf(rows), objectsOf(rows)];
  return {
    tables: live.map(imageOf),
    ...(views.length > 0 && { views }),
    ...(objects.length > 0 && { objects }),
    unsupported: [...live.flatMap(unsupportedIn), ...unreadable(rows), ...(rows["others"] ?? []).map(otherOf)],
  };
}

/** With the table of each. */
function checksOf(rows: Rows): readonly Row[] {
  const tables = new Map((rows["checkedTables"] ?? []).map((row) => [row["name"], row]));
  return (rows["checks"] ?? []).map((row) => ({ ...tables.get(row["name"]), ...row }));
}

interface LiveTable {
  readonly row: Row;
  readonly columns: readonly Row[];
  readonly indexes: readonly Group[];
  readonly foreignKeys: readonly Group[];
  readonly checks: readonly Row[];
}

/** MariaDB's JSON is a LONGTEXT with a check. */
const jsonColumn = (check: Row): readonly string[] => {
  if (check["escaped"]) return [];
  const name = /^\(?json_valid\(`((?:[^`]|``)+)`\)\)?$/i.exec(text(check, "clause"))?.[1];
  return name === undefined ? [] : [name.replaceAll("``", "`")];
};

const asJson = (column: Row): Row =>
  column["type"] === "longtext" ? { ...column, type: "json", collation: null } : column;

/** Of the indexes with the name of a foreign key and its columns, nobody has to know: they come and go with it. */
const isOfKey = (index: Group, keys: readonly Group[]): boolean =>
  keys.some(
    (key) =>
      text(key[0], "name") === text(index[0], "name") &&
      key.map((row) => row["column"]).join("\0") === index.map((row) => row["column"]).join("\0"),
  );

function imageOf({ row, columns, indexes, foreignKeys, checks }: LiveTable): TableImage {
  const primary = indexes.find(isPrimary);
  const options = tableOptionsOf(row);
  const enforced = checks.filter((check) => !check["unenforced"]);
  return {
    name: tableOf(row),
    columns: columns.map((column) => columnOf(column, row)),
    ...(primary && { primaryKey: primary.map((part) => text(part, "column")) }),
    indexes: indexes
      .filter((index) => !isPrimary(index) && indexFaults(index).length === 0)
      .map((index) => indexOf(index, columns)),
    foreignKeys: foreignKeys.filter(([first]) => !first["elsewhere"]).map(foreignKeyOf),
    ...(enforced.length > 0 && { constraints: enforced.map(checkOf) }),
    ...commentOf(row),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

const checkOf = (row: Row): Constraint => ({
  name: text(row, "name"),
  check: readableQuery(row["escaped"] ? unescaped(text(row, "clause")) : text(row, "clause")),
});

const isPrimary = ([first]: Group): boolean => first["name"] === "PRIMARY";
const isGenerated = (column: Row): boolean =>
  /\b(?:VIRTUAL|STORED|PERSISTENT) GENERATED\b/i.test(text(column, "extra"));

function columnOf(row: Row, table: Row): Column {
  const extra = text(row, "extra").toLowerCase();
  const numbered = extra.includes("auto_increment");
  const written = row["default"];
  const generated = isGenerated(row);
  const hasDefault = typeof written === "string" && !numbered && !generated && !isImplicit(row);
  return {
    name: text(row, "name"),
    type: text(row, "type"),
    nullable: Boolean(row["nullable"]),
    ...(hasDefault && { default: row["escaped"] ? unescaped(written) : written }),
    ...(numbered && { autoIncrement: true }),
    ...(extra.includes("on update current_timestamp") && { autoUpdate: true }),
    ...(generated && { generated: generatedBy(row) }),
    ...(collationOf(row, table) !== undefined && { collation: String(row["collation"]) }),
    ...commentOf(row),
  };
}

/** The collation of a column, where it is not that of its table. */
const collationOf = (row: Row, table: Row): unknown =>
  row["collation"] === null || row["collation"] === table["collation"] ? undefined : row["collation"];

const commentOf = (row: Row): { readonly comment?: string } =>
  text(row, "comment") === "" ? {} : { comment: text(row, "comment") };

/** What the table is told beyond what godwit tells any table. */
function tableOptionsOf(row: Row): Readonly<Record<string, string>> {
  const collate = text(row, "collation");
  return Object.fromEntries([
    ...(row["engine"] === "InnoDB" ? [] : [["engine", text(row, "engine")] as const]),
    ...(collate === usualCollation || collate === "" ? [] : [["collate", collate] as const]),
    ...optionsIn(text(row, "options")).filter(([key, value]) => isKnown(key) && !goesWithoutSaying(key, value)),
  ]);
}

/** The catalog says of every table of Aria that it survives a crash. */
const goesWithoutSaying = (option: string, value: string): boolean => option === "transactional" && value === "1";

const isKnown = (option: string): boolean => tableOptions.some((known) => known === option);

const generatedBy = (row: Row): Generated => ({
  as: readableQuery(row["expressions_escaped"] ? unescaped(text(row, "generation")) : text(row, "generation")),
  ...(/\b(?:STORED|PERSISTENT)\b/i.test(text(row, "extra")) && { stored: true }),
});

/** MySQL has expressions in its catalog as in a string literal, and the bytes of what is not ASCII as characters of Latin-1. */
function unescaped(sql: string): string {
  const text = sql.replace(/\\([\s\S])/g, "$1");
  if (/[^\0-\xff]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replace(/[%\x80-\xff]/g, (c) => `%${c.charCodeAt(0).toString(16)}`));
  } catch {
    return text;
  }
}

/** What MariaDB gives a NOT NULL column that has no default but sets itself at every update. */
const isImplicit = (row: Row): boolean =>
  /^'0000-00-00 00:00:00(?:\.0+)?'$/.test(text(row, "default")) && /on update/i.test(text(row, "extra"));

function indexOf(parts: Group, columns: readonly Row[]): IndexImage {
  const method = indexKind(text(parts[0], "method"))?.toLowerCase();
  return {
    name: text(parts[0], "name"),
    fields: parts.map((part) => indexField(elementOf(part, columns))),
    ...(Boolean(parts[0]["unique"]) && { unique: true }),
    ...(method !== undefined && { method }),
    ...(Boolean(parts[0]["hidden"]) && { with: { hidden: "true" } }),
    ...commentOf(parts[0]),
  };
}

const elementOf = (part: Row, columns: readonly Row[]): IndexElement => ({
  ...(part["column"] === null ? { expression: unescaped(text(part, "expression")) } : { field: text(part, "column") }),
  ...prefixOf(part, columns),
  ...(Boolean(part["descending"]) && { order: "desc" }),
});

function foreignKeyOf(parts: Group): ForeignKeyImage {
  const [first] = parts;
  return {
    name: text(first, "name"),
    columns: parts.map((part) => text(part, "column")),
    table: text(first, "target"),
    referencedColumns: parts.map((part) => text(part, "target_column")),
    onDelete: actionOf(first["on_delete"]),
    onUpdate: actionOf(first["on_update"]),
  };
}

const actionOf = (value: unknown): ReferentialAction => referentialActions.find((a) => a === value) ?? "NO ACTION";

/** How much of its values an index holds, where that is not what godwit itself has an index hold of a long value. */
function prefixOf(part: Row, columns: readonly Row[]): { readonly prefix?: number } {
  if (part["prefix"] === null || indexKind(text(part, "method")) !== undefined) return {};
  const type = text(columns.find((column) => column["name"] === part["column"]) ?? {}, "type");
  const prefix = Number(part["prefix"]);
  return isLong(type) && prefix === prefixLength ? {} : { prefix };
}

/** What makes an index more than the model holds. */
const indexFaults = (parts: Group): readonly string[] =>
  parts.some((part) => part["column"] === null && part["expression"] === null) ? ["it covers an expression"] : [];

function unsupportedIn({ row, columns, indexes, foreignKeys, checks }: LiveTable): readonly UnsupportedObject[] {
  const table = tableOf(row);
  const found = (kind: string, object: string, reason: string): UnsupportedObject => ({ kind, object, table, reason });
  return [
    ...optionsIn(text(row, "options"))
      .filter(([key]) => !isKnown(key))
      .map(([key, value]) => found("table option", key, `it is ${value}, and godwit does not know it`)),
    ...(text(row, "options").includes("partitioned")
      ? [found("partitioned table", table, "how a table is partitioned is not part of a schema")]
      : []),
    ...(row["kind"] === "SYSTEM VERSIONED" ? [found("system versioning", table, "it is not part of a schema")] : []),
    ...columns.flatMap((column) => columnFaults(column).map(([kind, why]) => found(kind, text(column, "name"), why))),
    ...indexes.flatMap((index) => indexFaults(index).map((why) => found("index", text(index[0], "name"), why))),
    ...checks
      .filter((check) => check["unenforced"])
      .map((check) => found("check", text(check, "name"), "it is not enforced, which is not part of a schema")),
    ...foreignKeys.flatMap(([first]) =>
      first["elsewhere"] ? [found("foreign key", text(first, "name"), "it refers to a table of another database")] : [],
    ),
  ];
}

function columnFaults(column: Row): readonly (readonly [string, string])[] {
  const type = text(column, "type");
  const strange = text(column, "extra").replace(knownExtras, "").trim();
  return [
    ...(nativeTypePattern.test(type) || /^enum\(/.test(type) ? [] : [["column type", `its type is ${type}`] as const]),
    ...(strange === "" ? [] : [["column", `it is ${strange}`] as const]),
  ];
}

/** What EXTRA says of a column that is read. */
const knownExtras =
  /\b(?:auto_increment|DEFAULT_GENERATED|on update current_timestamp(?:\(\d*\))?|(?:VIRTUAL|STORED|PERSISTENT) GENERATED)|,/gi;

const otherOf = (row: Row): UnsupportedObject => ({
  kind: text(row, "kind"),
  object: text(row, "object"),
  reason: `a ${text(row, "kind")} is not part of a schema`,
});

/** Rows of one table and name, which follow each other. */
function groupsOf(rows: readonly Row[]): readonly Group[] {
  const groups: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && last[0]["table"] === row["table"] && last[0]["name"] === row["name"]) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

const tableOf = (row: Row): string => text(row, "table");
const text = (row: Row, column: string): string => String(row[column] ?? "");
