import { ToolError } from "../errors.ts";
import type { Field, ForeignKey, Table } from "../schema/model.ts";
import { foreignKeyName } from "../schema/names.ts";
import type { FieldParams, IndexParams, PlainFieldParams } from "./params.ts";

/** A field of the model from an author's parameters; absent `nullable` means NOT NULL in migrations. */
export function fieldFromParams(p: FieldParams | PlainFieldParams): Field {
  const { nullable, ...rest } = p;
  const { primaryKey: _, foreignKey, ...plain } = rest as FieldParams;
  if (p.type === "foreign_key" && !foreignKey) {
    throw new ToolError("state", `field "${p.name}" is a foreign_key and does not say which table it points at; add foreignKey: { table: … }`, { field: p.name });
  }
  return { ...withoutFalse(plain), nullable: nullable ?? false, ...(foreignKey && p.type === "foreign_key" && { references: foreignKey.table }) };
}

/** The constraint that a field's `foreignKey` asks for, if it does. */
export function foreignKeyFromParams(table: string, p: FieldParams): ForeignKey | undefined {
  if (!p.foreignKey) return undefined;
  const { name, table: target, onDelete, onUpdate } = p.foreignKey;
  return {
    name: name ?? foreignKeyName(table, [p.name]),
    fields: [p.name],
    references: { table: target },
    onDelete: onDelete ?? "RESTRICT",
    onUpdate: onUpdate ?? "NO ACTION",
  };
}

export function tableFromParams(p: {
  readonly name: string;
  readonly fields: readonly FieldParams[];
  readonly primaryKey?: readonly string[];
  readonly indexes?: readonly IndexParams[];
}): Table {
  const flagged = p.fields.filter((f) => f.primaryKey).map((f) => f.name);
  const primaryKey = p.primaryKey ?? flagged;
  return {
    name: p.name,
    fields: p.fields.map(fieldFromParams),
    ...(primaryKey.length > 0 && { primaryKey }),
    indexes: (p.indexes ?? []).map((index) => withoutFalse(index)),
    foreignKeys: p.fields.flatMap((f) => foreignKeyFromParams(p.name, f) ?? []),
  };
}

/** `unique: false` and an absent `unique` are the same thing; the model knows only the second. */
export function withoutFalse<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([key, v]) => v !== undefined && (v !== false || key === "default"))) as T;
}
