import { editDistance } from "../../core/nearest.ts";
import { snakeCase } from "../../core/schema/snake-case.ts";
import { renameInSql } from "../../core/schema/sql-names.ts";
import { fieldTypes, isKnownType, isLengthType, isTimeType } from "../../core/schema/types.ts";
import type { TableType } from "./choose-tables.ts";
import {
  columnName,
  type Draft,
  type Entry,
  enumNamed,
  type Property,
  readTag,
  tableNamed,
  tableOf,
  words,
} from "./draft.ts";
import type { Member, Shape, Typed } from "./shape.ts";
import { type Tag, tagOf } from "./tags.ts";
import { typedMember } from "./typed-member.ts";

/** What a column of a property is: keys of its field. */
export interface ColumnType {
  /** `type` with its parameters, and `check` where the type needs one. */
  readonly entry: Entry;
  /** Whether its type is that of its property, not one that a tag says. */
  readonly derived: boolean;
}

/** The type of a column; the reason where there is none. A reference to another table has the type of its key. */
export function columnType(
  typed: Typed,
  { draft, table, column }: { readonly draft: Draft; readonly table: TableType; readonly column: string },
): ColumnType | { readonly reason: string } {
  const told = tagOf(typed, "type");
  if (told) return { entry: { ...writtenType(told, draft), ...parameters(typed.tags, draft) }, derived: false };
  const { shape } = typed;
  const given = parameters(typed.tags, draft);
  switch (shape.kind) {
    case "none":
      return { reason: shape.reason };
    case "json":
      return { entry: { type: "json" }, derived: true };
    case "array":
      return { entry: { type: isText(shape.of) ? "text[]" : "json" }, derived: true };
    case "table":
    case "key":
      return keyType(shape, draft);
    case "values":
      return { entry: valuesType(shape, { draft, table, column }), derived: true };
    case "scalar": {
      const { kind: _, ...entry } = shape;
      // A number with digits after the point.
      const type = entry.type === "integer" && given["precision"] !== undefined ? "decimal" : entry.type;
      return { entry: { ...entry, type, ...given }, derived: Object.keys(given).length === 0 };
    }
  }
}

const isText = (shape: Shape): boolean =>
  (shape.kind === "scalar" && shape.type === "varchar") ||
  (shape.kind === "values" && shape.values.every((value) => typeof value === "string"));

/** The type that the key of a table has, for what refers to it without a constraint. */
function keyType({ of }: Extract<Shape, { kind: "table" | "key" }>, draft: Draft): ReturnType<typeof columnType> {
  const target = tableOf(draft, of);
  const [part, ...others] = target ? keyParts(target, draft) : [];
  return part && others.length === 0
    ? { entry: part.entry, derived: false }
    : { reason: `the key of "${of.name}" has several fields` };
}

/** The columns of a table's key with their types; of one that has none, those of the field that it is given. */
export function keyParts(
  table: TableType,
  draft: Draft,
  depth = 0,
): readonly { readonly column: string; readonly entry: Entry }[] {
  if (table.key.length === 0 || depth > 20) return [{ column: "id", entry: { type: "integer" } }];
  const found = table.key.flatMap((name) => {
    const property = propertiesOf(table, draft).find(({ member }) => member.name === name);
    if (!property) return [];
    const columns = columnsOf(property, table, draft, depth + 1);
    if (property.kind === "reference" && property.target && !property.fields) {
      const parts = keyParts(property.target, draft, depth + 1);
      return columns.map((column, i) => ({ column, entry: parts[i]?.entry ?? { type: "integer" } }));
    }
    const [column = ""] = columns;
    const type = columnType(property.typed, { draft, table, column });
    return "entry" in type ? [{ column, entry: type.entry }] : [];
  });
  return found.length > 0 ? found : [{ column: "id", entry: { type: "integer" } }];
}

/** The columns that a property becomes; none for a list. */
export function columnsOf(property: Property, table: TableType, draft: Draft, depth = 0): readonly string[] {
  const { member, kind, target, holdsKey } = property;
  if (kind === "list") return [];
  if (kind === "column" || holdsKey || !target) return [columnName(member)];
  const holder = holderOf(property, table, draft, depth);
  if (holder) return [columnName(holder.member)];
  const base = columnName(member);
  const parts = keyParts(target, draft, depth);
  if (parts.length > 1) return parts.map(({ column }) => `${base}_${column}`);
  return [tagOf(member.doc, "column") || base.endsWith("_id") ? base : `${base}_id`];
}

/** The columns that words of a tag mean, by the names of the properties or by their own. */
export const columnsNamed = (text: string, table: TableType, draft: Draft): readonly string[] =>
  words(text).flatMap((word) => {
    const property = propertiesOf(table, draft).find(({ member }) => member.name === word);
    return property ? columnsOf(property, table, draft) : [word];
  });

/** The property beside a reference that holds its key: `authorId` beside `author`. */
export function holderOf(reference: Property, table: TableType, draft: Draft, depth = 0): Property | undefined {
  if (reference.kind !== "reference" || reference.holdsKey || !reference.target) return undefined;
  const base = snakeCase(reference.member.name);
  const [part, second] = keyParts(reference.target, draft, depth);
  if (second) return undefined;
  const names = [`${base}_id`, `${base}_${part?.column}`];
  return propertiesOf(table, draft).find(
    ({ member, kind, holdsKey }) => (kind === "column" || holdsKey) && names.includes(snakeCase(member.name)),
  );
}

/** What the properties of a table become. */
export function propertiesOf(table: TableType, draft: Draft): readonly Property[] {
  const known = draft.properties.get(table);
  if (known) return known;
  const properties = table.members.map((member) => propertyOf(member, draft));
  draft.properties.set(table, properties);
  return properties;
}

function propertyOf(member: Member, draft: Draft): Property {
  const typed = typedMember(member, draft.types);
  const references = tagOf(member.doc, "references");
  if (references) {
    const [name = "", ...fields] = references.text.split(/[.\s,()]+/).filter((word) => word !== "");
    const target = tableNamed(name, references, draft);
    const of = target ? columnsNamed(fields.join(" "), target, draft) : [];
    const own = target?.key.length === 1 && of.length === 1 && keyParts(target, draft)[0]?.column === of[0];
    return target
      ? { member, typed, kind: "reference", target, holdsKey: true, ...(of.length > 0 && !own && { fields: of }) }
      : { member, typed, kind: "column" };
  }
  if (tagOf(typed, "type")) return { member, typed, kind: "column" };
  const { shape } = typed;
  const element = shape.kind === "array" ? shape.of : shape;
  const target = element.kind === "table" || element.kind === "key" ? tableOf(draft, element.of) : undefined;
  if (!target || (shape.kind === "array" && element.kind === "key")) return { member, typed, kind: "column" };
  return {
    member,
    typed,
    kind: shape.kind === "array" ? "list" : "reference",
    target,
    ...(shape.kind === "key" && { holdsKey: true }),
  };
}

/** `@type decimal(10, 2)`; in double quotes, or where nothing is near, it is a type of the database itself. */
function writtenType(tag: Tag, draft: Draft): Entry {
  const text = tag.text.replace(/^\{\s*|\s*\}$/g, "");
  const quoted = /^"(.+)"$/.exec(text)?.[1];
  if (quoted !== undefined) return { type: { native: quoted } };
  const [, word = "", first, second] = /^([\w ]+?(?:\[\])?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?$/.exec(text) ?? [];
  const type = word.toLowerCase();
  if (isKnownType(type) && type !== "foreign_key") {
    const [length, scale] = [Number(first), Number(second)];
    if (first === undefined) return isLengthType(type) ? { type, length: type === "char" ? 1 : 255 } : { type };
    if (isLengthType(type) && second === undefined) return { type, length };
    if (type === "decimal") return { type, precision: length, ...(second !== undefined && { scale }) };
    if (isTimeType(type) && second === undefined) return { type, precision: length };
    return wrong(tag, `type "${type}" has no such parameters`, draft);
  }
  // A slip of one key; "citext" is no misspelt "text".
  const near = fieldTypes.find((known) => editDistance(known, type) === 1);
  if (text === "") return wrong(tag, `@type needs a type, such as @type decimal`, draft);
  if (near && first === undefined)
    return wrong(
      tag,
      `unknown type "${text}"; did you mean "${near}"? A type of the database itself is written @type "${text}"`,
      draft,
    );
  return { type: { native: text } };
}

function wrong(tag: Tag, message: string, { problems }: Draft): Entry {
  problems.push({ message, position: tag.at });
  return { type: "text" };
}

/** What `@length` and `@precision` say. */
function parameters(tags: readonly Tag[], draft: Draft): Entry {
  const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : undefined);
  const length = readTag(tags, "length", number, { draft, expected: "a number of characters" });
  const precision = readTag(
    tags,
    "precision",
    (text) => {
      const [, digits, scale] = /^(\d+)(?:[\s,]+(\d+))?$/.exec(text) ?? [];
      return digits === undefined
        ? undefined
        : { precision: Number(digits), ...(scale !== undefined && { scale: Number(scale) }) };
    },
    { draft, expected: "one or two numbers: digits in all and after the point" },
  );
  return { ...(length !== undefined && { length }), ...precision };
}

/** Texts are an enum or have a check, numbers have a check. */
function valuesType(
  { values, name }: Extract<Shape, { kind: "values" }>,
  { draft, table, column }: { readonly draft: Draft; readonly table: TableType; readonly column: string },
): Entry {
  const texts = values.filter((value) => typeof value === "string");
  if (draft.values === "enums" && texts.length === values.length) {
    const names = [...(name === undefined ? [] : [snakeCase(name)]), `${table.name}_${column}`];
    return { type: enumNamed(draft, texts, names) };
  }
  const listed = values.map((value) =>
    typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value),
  );
  const check = renameInSql(`x IN (${listed.join(", ")})`, "x", column);
  if (texts.length > 0) return { type: "varchar", length: Math.max(255, ...texts.map((text) => text.length)), check };
  return { type: values.every((value) => Number.isInteger(value)) ? "integer" : "double", check };
}
