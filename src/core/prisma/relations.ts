import type { ForeignKeyImage, TableImage } from "../ddl/statement.ts";
import { nearest } from "../nearest.ts";
import type { ReferentialAction } from "../schema/model.ts";
import { argumentOf, attributeOf, itemsOf, textOf, wordOf } from "./attributes.ts";
import { fieldNamed, keyFields, nativeType } from "./columns.ts";
import type { Context } from "./context.ts";
import { type PrismaField, type PrismaModel, placedName } from "./document.ts";
import { prismaName } from "./indexes.ts";
import type { Expression } from "./parse.ts";
import { fault } from "./tokens.ts";

/** The foreign keys of a model; none where relations are Prisma's business. A model that is not imported has no table to refer to. */
export const foreignKeysOf = (model: PrismaModel, context: Context): readonly ForeignKeyImage[] =>
  model.fields.flatMap((field) => {
    const target = modelNamed(field.type.name, context);
    return target && referring(field) ? keyOf({ model, field, target }, context) : [];
  });

/** The relations of a model to what is not imported. */
export const danglingOf = (model: PrismaModel, context: Context): readonly PrismaField[] =>
  model.fields.filter((field) => referring(field) && !modelNamed(field.type.name, context));

/** The tables that Prisma makes for relations of many to many, each once. Throws ToolError `schema` for one that has no way back. */
export function junctionsOf(context: Context): readonly TableImage[] {
  const found = new Map<string, TableImage>();
  for (const model of context.document.models) {
    for (const field of model.fields) {
      const target = modelNamed(field.type.name, context);
      if (!target || field.type.many !== "list") continue;
      if (!isManyToMany({ model, field, target })) continue;
      const table = junctionOf({ model, field, target }, context);
      found.set(table.name, found.get(table.name) ?? table);
    }
  }
  return [...found.values()];
}

interface Relation {
  readonly model: PrismaModel;
  readonly field: PrismaField;
  readonly target: PrismaModel;
}

const modelNamed = (name: string, { document }: Context): PrismaModel | undefined =>
  document.models.find((model) => model.name === name);

const relationOf = (field: PrismaField) => attributeOf(field.attributes, "relation");

const referring = (field: PrismaField): Expression | undefined => argumentOf(relationOf(field), "fields");

const relationName = (field: PrismaField): string | undefined => textOf(argumentOf(relationOf(field), "name", 0));

function keyOf(relation: Relation, context: Context): ForeignKeyImage {
  const { model, field, target } = relation;
  const attribute = relationOf(field);
  const own = named(model, argumentOf(attribute, "fields"));
  const listed = argumentOf(attribute, "references");
  const references = listed ? named(target, listed) : keyFields(target);
  if (own.length === 0 || own.length !== references.length)
    throw fault(field.at, `relation "${field.name}" ties ${own.length} fields to ${references.length}`);
  // https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/referential-actions#referential-action-defaults
  const required = own.some(({ type }) => type.many === "one");
  const columns = own.map(({ column }) => column);
  return {
    name: textOf(argumentOf(attribute, "map")) ?? prismaName([model.table, ...columns], "_fkey", context),
    columns,
    table: placedName(target.table, target.namespace),
    referencedColumns: references.map(({ column }) => column),
    onDelete: actionOf(argumentOf(attribute, "onDelete")) ?? (required ? "RESTRICT" : "SET NULL"),
    onUpdate: actionOf(argumentOf(attribute, "onUpdate")) ?? "CASCADE",
  };
}

const named = (model: PrismaModel, list: Expression | undefined): readonly PrismaField[] =>
  itemsOf(list).map((item) => fieldNamed(model, wordOf(item) ?? "", item.at));

const actions: Readonly<Record<string, ReferentialAction>> = {
  Cascade: "CASCADE",
  Restrict: "RESTRICT",
  NoAction: "NO ACTION",
  SetNull: "SET NULL",
  SetDefault: "SET DEFAULT",
};

function actionOf(value: Expression | undefined): ReferentialAction | undefined {
  if (value === undefined) return undefined;
  const name = wordOf(value) ?? "";
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action !== undefined) return action;
  const near = nearest(name, Object.keys(actions));
  throw fault(
    value.at,
    `"${name}" is no action; ${near ? `did you mean "${near}"?` : `use ${Object.keys(actions).join(", ")}`}`,
  );
}

/** Both ends are lists. Where the other end holds the key, the relation is of one to many, and the key says all of it. */
function isManyToMany({ model, field, target }: Relation): boolean {
  const isSelf = model.name === target.name;
  const back = target.fields.filter(
    (other) =>
      other.type.name === model.name && relationName(other) === relationName(field) && !(isSelf && other === field),
  );
  if (back.length === 0) {
    const hint = `add a field of type "${model.name}" to model "${target.name}"`;
    throw fault(field.at, `relation "${field.name}" of model "${model.name}" has no way back; ${hint}`);
  }
  return back.some((other) => other.type.many === "list");
}

function junctionOf({ model, field, target }: Relation, context: Context): TableImage {
  const [a, b] = [model, target].toSorted((one, other) =>
    one.name < other.name ? -1 : one.name > other.name ? 1 : 0,
  ) as [PrismaModel, PrismaModel];
  const name = `_${relationName(field) ?? `${a.name}To${b.name}`}`;
  const ends = [["A", a, onlyKey(a, field)] as const, ["B", b, onlyKey(b, field)] as const];
  const key = prismaName([name], "_AB_pkey", context);
  const index = (suffix: string, fields: readonly string[]) => ({ name: prismaName([name], suffix, context), fields });
  return {
    name: placedName(name, a.namespace),
    columns: ends.map(([column, , key]) => ({ name: column, type: nativeType(key, context), nullable: false })),
    ...(context.target.junctionKey && { primaryKey: ["A", "B"], primaryKeyName: key }),
    indexes: [
      ...(context.target.junctionKey ? [] : [{ ...index("_AB_unique", ["A", "B"]), unique: true }]),
      index("_B_index", ["B"]),
    ],
    foreignKeys: context.document.withoutKeys
      ? []
      : ends.map(([column, end, key]) => ({
          name: prismaName([name, column], "_fkey", context),
          columns: [column],
          table: placedName(end.table, end.namespace),
          referencedColumns: [key.column],
          onDelete: "CASCADE",
          onUpdate: "CASCADE",
        })),
  };
}

function onlyKey(model: PrismaModel, field: PrismaField): PrismaField {
  const [key, ...rest] = keyFields(model);
  if (key && rest.length === 0) return key;
  throw fault(
    field.at,
    `relation "${field.name}" needs a table between two others, and model "${model.name}" has no key of one field`,
  );
}
