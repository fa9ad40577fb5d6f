import { ToolError } from "../../errors.ts";
import type { Schema } from "../../schema/model.ts";
import { findTable, resolveType } from "../../schema/resolve.ts";
import { integerBase, isKnownType } from "../../schema/types.ts";
import type { GoValue } from "./go-values.ts";
import { flagIn, type Members, membersOf, numberIn, textIn, textOrNothing, textsIn } from "./members.ts";

/** What is known where an operation stands. */
export interface FieldContext {
  readonly schema: Schema;
  /** Of each table that any migration creates: its fields. */
  readonly created: ReadonlyMap<string, readonly GoValue[]>;
}

/** Parameters of a field as `addField` takes them. Absent: it makes no column. */
export type FieldData = Readonly<Record<string, unknown>>;

const members = [
  "Name",
  "Type",
  "PrimaryKey",
  "Nullable",
  "Default",
  "Length",
  "Precision",
  "Scale",
  "AutoCreate",
  "AutoUpdate",
  "ForeignKey",
  "ManyToMany",
];

/**
 * A field. What is not said of it is false, NOT NULL therefore. One that refers to another table gets the type of that table's key, because the key itself is an
 * operation of its own. A `many_to_many` makes no column.
 */
export function fieldData(value: GoValue, context: FieldContext): FieldData | undefined {
  const of = membersOf(value, members);
  const type = textOrNothing(of, "Type").toLowerCase();
  if (type === "many_to_many") return undefined;
  return {
    name: textIn(of, "Name"),
    ...(type === "foreign_key" ? referredType(of, context) : plainType(of, type)),
    ...(flagIn(of, "PrimaryKey") && { primaryKey: true }),
    ...(flagIn(of, "Nullable") && { nullable: true }),
    ...(textOrNothing(of, "Default") !== "" && { default: textIn(of, "Default") }),
    ...(flagIn(of, "AutoCreate") && { autoCreate: true }),
    ...(flagIn(of, "AutoUpdate") && { autoUpdate: true }),
  };
}

/** An index. Absent: makemigrations itself only thinks that there is one. */
export function indexData(value: GoValue): FieldData | undefined {
  const of = membersOf(value, ["Name", "Fields", "Unique", "Method", "Where", "FromFK"]);
  if (flagIn(of, "FromFK")) return undefined;
  return {
    name: textIn(of, "Name"),
    fields: textsIn(of, "Fields"),
    ...(flagIn(of, "Unique") && { unique: true }),
    ...(textOrNothing(of, "Method") !== "" && { method: textIn(of, "Method").toLowerCase() }),
    ...(textOrNothing(of, "Where") !== "" && { where: textIn(of, "Where") }),
  };
}

/** Sizes count where the type has them, as they did in Go. */
function plainType(of: Members, type: string): FieldData {
  if (!isKnownType(type)) throw new ToolError("migration", `"${type}" is no type of a field`, { line: of.line });
  const [length, precision, scale] = ["Length", "Precision", "Scale"].map((name) => numberIn(of, name));
  return {
    type,
    ...(type === "varchar" && length && { length }),
    ...(type === "decimal" && precision && { precision }),
    ...(type === "decimal" && scale && { scale }),
  };
}

function referredType(of: Members, context: FieldContext, path: readonly string[] = []): FieldData {
  const key = of.of.get("ForeignKey");
  if (!key) throw new ToolError("migration", "a foreign_key does not say which table it refers to", { line: of.line });
  const table = textIn(membersOf(key, ["Table", "OnDelete", "OnUpdate"]), "Table");
  if (findTable(context.schema, table)) {
    const field = { name: textIn(of, "Name"), type: "foreign_key", nullable: false, references: table } as const;
    return { ...resolveType(context.schema, field) };
  }
  return createdType(of, table, { context, path: [...path, table] });
}

interface Chain {
  readonly context: FieldContext;
  readonly path: readonly string[];
}

/** The type of the key of a table that is not there yet. */
function createdType({ line }: Members, table: string, { context, path }: Chain): FieldData {
  const fields = (context.created.get(table) ?? []).map((field) => membersOf(field, members));
  const [key, ...more] = fields.filter((field) => flagIn(field, "PrimaryKey"));
  if (!key || more.length > 0 || path.indexOf(table) < path.length - 1)
    throw new ToolError("migration", `a foreign_key refers to "${table}", which has no key of one field`, { line });
  const type = textIn(key, "Type").toLowerCase();
  if (type === "foreign_key") return referredType(key, context, path);
  const plain = plainType(key, type);
  return isKnownType(type) ? { ...plain, type: integerBase(type) } : plain;
}
