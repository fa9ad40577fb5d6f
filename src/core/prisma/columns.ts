import type { Column } from "../ddl/statement.ts";
import { storedEnum } from "../ddl/stored-type.ts";
import { nearest } from "../nearest.ts";
import { argumentOf, attributeOf, nativeAttribute } from "./attributes.ts";
import type { Context } from "./context.ts";
import { defaultSql } from "./defaults.ts";
import { isScalar, type PrismaDocument, type PrismaField, type PrismaModel } from "./document.ts";
import type { Attribute } from "./parse.ts";
import type { Target } from "./targets.ts";
import { fault } from "./tokens.ts";

/** The columns of a model: its fields but for those that only lead to other models. */
export const columnsOf = (model: PrismaModel, context: Context): readonly Column[] =>
  model.fields.flatMap((field) => (isColumn(field, context) ? columnOf(model, field, context) : []));

export const isColumn = ({ type }: PrismaField, { document }: Context): boolean =>
  type.native !== undefined || isScalar(type.name) || document.enums.some(({ name }) => name === type.name);

/** The fields of the primary key; of `@@id` in its order. */
export function keyFields(model: PrismaModel): readonly PrismaField[] {
  const listed = argumentOf(attributeOf(model.attributes, "id"), "fields", 0);
  if (listed === undefined) return model.fields.filter(({ attributes }) => attributeOf(attributes, "id"));
  if (listed.kind !== "list") throw fault(listed.at, `"@@id" names its fields in a list: @@id([a, b])`);
  return listed.items.map((item) =>
    fieldNamed(model, item.kind === "call" ? item.name : "value" in item ? item.value : "", item.at),
  );
}

/** Throws ToolError `schema` when the model has no such field. */
export function fieldNamed(model: PrismaModel, name: string, at: Attribute["at"]): PrismaField {
  const field = model.fields.find((f) => f.name === name);
  if (field) return field;
  const near = nearest(
    name,
    model.fields.map((f) => f.name),
  );
  throw fault(at, `model "${model.name}" has no field "${name}"${near ? `; did you mean "${near}"?` : ""}`);
}

/** The type of a column in SQL, such as `VARCHAR(20)`, `TEXT[]` or the name of an enum. */
export function nativeType(field: PrismaField, { document, target }: Context): string {
  const { type, attributes } = field;
  if (type.many === "list" && !target.lists)
    throw fault(type.at, `field "${field.name}" is a list, which is for PostgreSQL only`);
  return `${scalarType(field, { document, target }, nativeAttribute(attributes))}${type.many === "list" ? "[]" : ""}`;
}

function columnOf(model: PrismaModel, field: PrismaField, context: Context): Column {
  const key = keyFields(model);
  const inKey = key.includes(field);
  const type = nativeType(field, context);
  const value = argumentOf(attributeOf(field.attributes, "default"), "value", 0);
  const counted = value?.kind === "call" && value.name === "autoincrement";
  // Prisma makes every single key of INTEGER on SQLite number itself, asked for or not.
  const numbered = context.target.dialect === "sqlite" ? inKey && key.length === 1 && type === "INTEGER" : counted;
  const sql = value === undefined || counted ? undefined : defaultSql(value, { field, type, context });
  return {
    name: field.column,
    type,
    // A list may be missing in the database, which Prisma reads as an empty one.
    nullable: !inKey && field.type.many !== "one",
    ...(sql !== undefined && { default: sql }),
    ...(numbered && { autoIncrement: true }),
  };
}

function scalarType(field: PrismaField, { document, target }: Context, native: Attribute | undefined): string {
  if (field.type.native !== undefined) return field.type.native;
  const named = document.enums.find(({ name }) => name === field.type.name);
  if (named) return enumType(named, target);
  if (!native) return target.scalars[field.type.name] ?? field.type.name;
  const name = native.name.slice(native.name.indexOf(".") + 1);
  const sql = Object.hasOwn(target.natives, name) ? target.natives[name] : undefined;
  if (sql === undefined) {
    const near = nearest(name, Object.keys(target.natives));
    const hint = near ? `; did you mean "@db.${near}"?` : "";
    throw fault(native.at, `"@${native.name}" is no type of ${target.dialect}${hint}`);
  }
  const numbers = native.args.map(({ value }) => {
    if (value.kind !== "number") throw fault(value.at, `"@${native.name}" takes numbers`);
    return value.value;
  });
  return withNumbers(sql, numbers.join(","));
}

/** `BIGINT UNSIGNED` takes none, so they always stand at the end. */
const withNumbers = (sql: string, numbers: string): string => (numbers === "" ? sql : `${sql}(${numbers})`);

const enumType = (named: PrismaDocument["enums"][number], { enums }: Target): string => {
  if (enums === "text") return "TEXT";
  if (enums === "types") return storedEnum(named.type, named.namespace);
  const values = [...named.values.values()].map((value) => `'${value.replaceAll("'", "''")}'`);
  return `enum(${values.join(",")})`;
};
