import type { Introspection, LiveSchema, Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { Column, ForeignKeyImage, TableImage } from "../../core/ddl/statement.ts";
import {
  type Constraint,
  type ReferentialAction,
  referentialActions,
  type Sequence,
  type SequenceNumber,
  sequenceTypes,
} from "../../core/schema/model.ts";
import { toldOptions } from "../../core/schema/sequence-options.ts";
import { nativeTypePattern } from "../../core/schema/types.ts";
import { autoUpdateColumns } from "./auto-update.ts";
import { allNamespaces, queriesIn } from "./catalog.ts";
import { convertedTo, readableExpression } from "./expression.ts";
import { optionsIn } from "./options.ts";
import { groupsOf, indexOf } from "./read-indexes.ts";
import { objectsOf, unreadableObjects, viewsOf } from "./read-managed.ts";
import { commentOf, is, text } from "./row.ts";
import { isText } from "./types.ts";

/** Reads the schema in which a connection begins, and others that are asked for, from the `sys` views. */
export const introspection: Introspection = {
  queries: queriesIn([]),
  queriesIn,
  namespaces: allNamespaces,
  read,
};

type Rows = Readonly<Record<string, readonly Row[]>>;

interface LiveTable {
  readonly row: Row;
  readonly columns: readonly Row[];
  readonly indexes: readonly (readonly [Row, ...Row[]])[];
  readonly foreignKeys: readonly (readonly [Row, ...Row[]])[];
  readonly checks: readonly Row[];
}

function read(rows: Rows): LiveSchema {
  const columns = Map.groupBy(rows["columns"] ?? [], tableOf);
  const indexes = Map.groupBy(groupsOf(rows["indexes"] ?? []), ([first]) => tableOf(first));
  const keys = Map.groupBy(groupsOf(rows["foreignKeys"] ?? []), ([first]) => tableOf(first));
  const checks = Map.groupBy(rows["checks"] ?? [], tableOf);
  const live = (rows["tables"] ?? []).map((row): LiveTable => {
    const name = tableOf(row);
    return {
      row,
      columns: columns.get(name) ?? [],
      indexes: indexes.get(name) ?? [],
      foreignKeys: keys.get(name) ?? [],
      checks: checks.get(name) ?? [],
    };
  });
  const kept = autoUpdateColumns(rows["modules"] ?? []);
  const namespaces = (rows["namespaces"] ?? []).map((row) => ({ name: text(row, "name"), ...commentOf(row) }));
  return {
    ...(namespaces.length > 0 && { namespaces }),
    tables: live.map((table) => imageOf(table, kept)),
    sequences: (rows["sequences"] ?? []).map(sequenceOf),
    views: viewsOf(rows),
    objects: objectsOf(rows),
    unsupported: [...live.flatMap(unsupportedIn), ...unreadableObjects(rows), ...(rows["others"] ?? []).map(otherOf)],
  };
}

function imageOf({ row, columns, indexes, foreignKeys, checks }: LiveTable, kept: ReadonlySet<string>): TableImage {
  const name = tableOf(row);
  const primary = indexes.find(([first]) => is(first, "primary"));
  const options = optionsIn(text(row, "compression")) ?? {};
  const read = columns.map((column) => columnOf(column, kept.has(`${name}\0${text(column, "name")}`)));
  return {
    name,
    columns: read,
    ...(primary && { primaryKey: primary.map((part) => text(part, "column")) }),
    ...(primary && typeof primary[0]["comment"] === "string" && { primaryKeyComment: primary[0]["comment"] }),
    indexes: indexes
      .filter(([first]) => !is(first, "primary"))
      .flatMap((index) => {
        const found = indexOf(index, read);
        return typeof found === "string" ? [] : [found];
      }),
    foreignKeys: foreignKeys.filter(([first]) => !is(first, "disabled")).map(foreignKeyOf),
    ...(checks.length > 0 && { constraints: checks.filter((check) => !is(check, "disabled")).map(checkOf) }),
    ...commentOf(row),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

function columnOf(row: Row, autoUpdate: boolean): Column {
  const type = typeOf(row);
  const computed = text(row, "computed");
  const collation = text(row, "collation");
  return {
    name: text(row, "name"),
    type,
    nullable: is(row, "nullable"),
    ...(text(row, "default") !== "" && { default: readableExpression(text(row, "default")) }),
    ...(autoUpdate && { autoUpdate: true }),
    ...numberingOf(row),
    ...(computed !== "" && {
      generated: {
        as: convertedTo(computed, type) ?? readableExpression(computed),
        ...(is(row, "stored") && { stored: true }),
      },
    }),
    ...(isText(type) && collation !== "" && collation !== row["usual_collation"] && { collation }),
    ...commentOf(row),
  };
}

/** How the catalog tells sizes: in bytes, -1 for those without an end. */
function typeOf(row: Row): string {
  const name = text(row, "type");
  const size = Number(row["size"]);
  if (/^n(?:var)?char$/.test(name)) return `${name}(${size < 0 ? "max" : size / 2})`;
  if (/^(?:var)?(?:char|binary)$/.test(name)) return `${name}(${size < 0 ? "max" : size})`;
  if (name === "decimal" || name === "numeric") return `${name}(${row["precision"]},${row["scale"]})`;
  return /^(?:time|datetime2|datetimeoffset)$/.test(name) ? `${name}(${row["scale"]})` : name;
}

/** One that begins with 1 and goes on by 1 is what a serial is. */
function numberingOf(row: Row): Pick<Column, "autoIncrement" | "identity"> {
  const [seed, increment] = [text(row, "seed"), text(row, "increment")];
  if (seed === "") return {};
  return seed === "1" && increment === "1"
    ? { autoIncrement: true }
    : { identity: { start: wholeNumber(seed), increment: wholeNumber(increment) } };
}

function foreignKeyOf(parts: readonly [Row, ...Row[]]): ForeignKeyImage {
  const [first] = parts;
  return {
    name: text(first, "name"),
    columns: parts.map((part) => text(part, "column")),
    table: text(first, "target"),
    referencedColumns: parts.map((part) => text(part, "target_column")),
    onDelete: actionOf(first["on_delete"]),
    onUpdate: actionOf(first["on_update"]),
    ...(is(first, "unchecked") && { notValid: true }),
    ...commentOf(first),
  };
}

const actionOf = (value: unknown): ReferentialAction =>
  referentialActions.find((action) => action.replace(" ", "_") === value) ?? "NO ACTION";

const checkOf = (row: Row): Constraint => ({
  name: text(row, "name"),
  check: readableExpression(text(row, "clause")),
  ...(is(row, "unchecked") && { notValid: true }),
  ...commentOf(row),
});

function sequenceOf(row: Row): Sequence {
  const name = text(row, "type") === "int" ? "integer" : text(row, "type");
  const type = sequenceTypes.find((each) => each === name);
  const told = {
    start: wholeNumber(text(row, "start")),
    increment: wholeNumber(text(row, "increment")),
    min: wholeNumber(text(row, "least")),
    max: wholeNumber(text(row, "greatest")),
  };
  const cache = is(row, "cached") && row["cache"] !== null ? { cache: Number(row["cache"]) } : {};
  return {
    name: text(row, "name"),
    ...toldOptions(told, type ?? "bigint"),
    ...cache,
    ...(is(row, "cycle") && { cycle: true }),
    ...(type && type !== "bigint" && { type }),
    ...commentOf(row),
  };
}

const wholeNumber = (digits: string): SequenceNumber =>
  Number.isSafeInteger(Number(digits)) ? Number(digits) : digits;

function unsupportedIn({ row, columns, indexes, foreignKeys, checks }: LiveTable): readonly UnsupportedObject[] {
  const table = tableOf(row);
  const found = (kind: string, object: string, reason: string): UnsupportedObject => ({ kind, object, table, reason });
  const off = "it is disabled, so that nothing is held to it";
  return [
    ...tableFaults(row).map(([kind, why]) => found(kind, table, why)),
    ...columns.flatMap((column) => columnFaults(column).map((why) => found("column", text(column, "name"), why))),
    ...indexes.flatMap((index) => {
      const fault = is(index[0], "primary")
        ? undefined
        : indexOf(
            index,
            columns.map((c) => columnOf(c, false)),
          );
      return typeof fault === "string" ? [found("index", text(index[0], "name"), fault)] : [];
    }),
    ...foreignKeys
      .filter(([first]) => is(first, "disabled"))
      .map(([first]) => found("foreign key", text(first, "name"), off)),
    ...checks.filter((check) => is(check, "disabled")).map((check) => found("check", text(check, "name"), off)),
  ];
}

const tableFaults = (row: Row): readonly (readonly [string, string])[] => [
  ...(["", "NON_TEMPORAL_TABLE"].includes(text(row, "temporal"))
    ? []
    : [["temporal table", `it is a ${text(row, "temporal").toLowerCase().replaceAll("_", " ")}`] as const]),
  ...(is(row, "in_memory") ? [["memory-optimized table", "how it is kept is not part of a schema"] as const] : []),
  ...(Number(row["partitions"] ?? 1) > 1
    ? [["partitioned table", "how a table is partitioned is not part of a schema"] as const]
    : []),
];

const columnFaults = (row: Row): readonly string[] => [
  ...(nativeTypePattern.test(typeOf(row)) ? [] : [`its type is ${typeOf(row)}`]),
  ...(is(row, "own_type") ? [`its type ${text(row, "type")} is an alias type`] : []),
  ...(is(row, "sparse") ? ["it is sparse"] : []),
  ...(is(row, "row_guid") ? ["it is the ROWGUIDCOL of its table"] : []),
  ...(["", "NOT_APPLICABLE"].includes(text(row, "period"))
    ? []
    : [`it is ${text(row, "period").toLowerCase().replaceAll("_", " ")}`]),
];

const otherOf = (row: Row): UnsupportedObject => ({
  kind: text(row, "kind"),
  object: text(row, "object"),
  reason: `a ${text(row, "kind")} is not part of a schema`,
});

const tableOf = (row: Row): string => text(row, "table");
