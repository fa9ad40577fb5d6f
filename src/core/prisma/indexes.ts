import type { IndexImage } from "../ddl/statement.ts";
import { indexField } from "../schema/index-fields.ts";
import type { IndexElement } from "../schema/model.ts";
import { headOf, utf8Length } from "../schema/names.ts";
import { argumentOf, attributeOf, itemsOf, textOf, wordOf } from "./attributes.ts";
import { fieldNamed, keyFields } from "./columns.ts";
import type { Context } from "./context.ts";
import type { PrismaField, PrismaModel } from "./document.ts";
import type { Attribute, Expression } from "./parse.ts";
import { predicate } from "./predicate.ts";
import { fault } from "./tokens.ts";

/** The indexes of a model, its unique ones first. What is unique is a unique index, never a constraint. */
export function indexesOf(model: PrismaModel, context: Context): readonly IndexImage[] {
  const single = model.fields.flatMap((field) => {
    const attribute = attributeOf(field.attributes, "unique");
    return attribute ? uniqueOf(model, { field, attribute }, context) : [];
  });
  const listed = model.attributes.filter((attribute) => attribute.name in suffixes);
  return [...single, ...listed.map((attribute) => indexOf(model, attribute, context))];
}

/** Prisma's name for a key or an index: cut to what the database takes, before its suffix. */
export function prismaName(parts: readonly string[], suffix: string, { target }: Pick<Context, "target">): string {
  const name = parts.join("_");
  const room = target.maxName - suffix.length;
  return (utf8Length(name) > room ? headOf(name, room) : name) + suffix;
}

/** The name of the primary key, where the database names it. */
export function keyNameOf(model: PrismaModel, context: Context): string | undefined {
  if (!context.target.namesKeys) return undefined;
  const [first] = keyFields(model);
  const attribute = attributeOf(model.attributes, "id") ?? attributeOf(first?.attributes ?? [], "id");
  return textOf(argumentOf(attribute, "map")) ?? prismaName([model.table], "_pkey", context);
}

function uniqueOf(
  model: PrismaModel,
  { field, attribute }: { readonly field: PrismaField; readonly attribute: Attribute },
  context: Context,
): IndexImage {
  const element = { field: field.column, ...orderOf(argumentOf(attribute, "sort")) };
  const name = textOf(argumentOf(attribute, "map")) ?? prismaName([model.table, field.column], "_key", context);
  return { name, fields: [indexField(element)], unique: true };
}

const suffixes: Readonly<Record<string, string>> = { unique: "_key", index: "_idx", fulltext: "_idx" };

function indexOf(model: PrismaModel, attribute: Attribute, context: Context): IndexImage {
  const suffix = suffixes[attribute.name] ?? "";
  const method = methodOf(attribute);
  const items = itemsOf(argumentOf(attribute, "fields", 0));
  if (items.length === 0) throw fault(attribute.at, `"@@${attribute.name}" names no fields`);
  const elements = items.map((item) => elementOf(model, item, method));
  // What is called `name` in an index is its name in the database; of what is unique, it is one for Prisma's client.
  const named =
    argumentOf(attribute, "map") ?? (attribute.name === "unique" ? undefined : argumentOf(attribute, "name"));
  const where = argumentOf(attribute, "where");
  const columns = elements.map(({ field }) => field ?? "");
  return {
    name: textOf(named) ?? prismaName([model.table, ...columns], suffix, context),
    fields: elements.map(indexField),
    ...(attribute.name === "unique" && { unique: true }),
    ...(method !== undefined && { method }),
    ...(where && { where: predicate(model, where) }),
  };
}

function methodOf(attribute: Attribute): string | undefined {
  if (attribute.name === "fulltext") return "fulltext";
  const type = wordOf(argumentOf(attribute, "type"))?.toLowerCase();
  return type === "btree" ? undefined : type;
}

/** `name`, `name(sort: Desc, ops: JsonbPathOps)`, `name(length: 20)` */
function elementOf(model: PrismaModel, item: Expression, method: string | undefined): IndexElement {
  if (item.kind !== "word" && item.kind !== "call") throw fault(item.at, "an index names fields of its model");
  const field = fieldNamed(model, item.kind === "call" ? item.name : item.value, item.at);
  const args = item.kind === "call" ? item : undefined;
  const given = (name: string) => args?.args.find((arg) => arg.name === name)?.value;
  const operatorClass = operatorsOf(given("ops"), method);
  const length = given("length");
  return {
    field: field.column,
    ...orderOf(given("sort")),
    ...(operatorClass !== undefined && { operatorClass }),
    ...(length?.kind === "number" && { prefix: Number(length.value) }),
  };
}

const orderOf = (sort: Expression | undefined): Pick<IndexElement, "order"> =>
  wordOf(sort) === "Desc" ? { order: "desc" } : {};

/** `JsonbPathOps` is `jsonb_path_ops`; those that go without saying are left out, as the database does. */
function operatorsOf(ops: Expression | undefined, method = "btree"): string | undefined {
  if (ops === undefined) return undefined;
  if (ops.kind === "call" && ops.name === "raw") return textOf(ops.args[0]?.value);
  const name = wordOf(ops)
    ?.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .toLowerCase()
    .replace("min_max", "minmax")
    .replace(/^(time|timestamp)_tz/, "$1tz");
  return name === undefined || usual[method]?.test(name) ? undefined : name;
}

const usual: Readonly<Record<string, RegExp>> = {
  gin: /^(?:jsonb|array)_ops$/,
  spgist: /^(?:inet|text)_ops$/,
  brin: /_minmax_ops$/,
};

/** Primary keys that cover the beginnings of values only, as MySQL has them. They have no place in a schema; such indexes have one. */
export const prefixKeysOf = (model: PrismaModel): readonly Attribute[] =>
  model.attributes.filter((attribute) => attribute.name === "id" && coversPrefix(attribute));

const coversPrefix = (attribute: Attribute): boolean =>
  itemsOf(argumentOf(attribute, "fields", 0)).some(
    (item) => item.kind === "call" && item.args.some(({ name }) => name === "length"),
  );
