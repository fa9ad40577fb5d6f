import type { TSEntityName, TSType } from "@babel/types";
import { snakeCase } from "../../core/schema/snake-case.ts";
import { nameText } from "./literals.ts";
import { membersOf } from "./members.ts";
import { lookUp, type Module, type TypeDeclaration, type TypeNode } from "./modules.ts";
import { readType } from "./read-type.ts";
import type { Left, Member, Scope, Shape, Types } from "./shape.ts";
import { hasTag, tagOf } from "./tags.ts";
import { typedMember } from "./typed-member.ts";

/** A type that becomes a table. */
export interface TableType {
  readonly name: string;
  readonly of: TypeDeclaration;
  /** Its properties, but those that are ignored. */
  readonly members: readonly Member[];
  /** Names of the properties that are its key, in order; empty: it has none. */
  readonly key: readonly string[];
}

export interface Choice {
  readonly tables: readonly TableType[];
  /** Types that are no tables, and what of those that are is not read. */
  readonly left: readonly (Left & { readonly table?: string })[];
  /** What the types mean, now that the tables are known. */
  readonly types: Types;
}

/**
 * The types that are tables: those marked with `@godwit` where any is, else all objects with a name. A type that others are built from and
 * that no property refers to is only what they have in common.
 */
export function chooseTables(modules: readonly Module[], problems: Types["problems"]): Choice {
  const all = modules.flatMap((module) => [...module.types.values()]);
  const marked = all.filter(({ doc }) => hasTag(doc, "godwit"));
  const asked = (marked.length > 0 ? marked : all).filter(({ doc }) => !hasTag(doc, "ignore"));
  const shared = { modules, problems, budget: { left: 100_000 }, read: new Map() };
  const first = typesWith(shared, new Set(asked.filter((type) => hasForm(type, modules))));
  const left: Left[] = [];
  const candidates = asked.flatMap((type) => candidate(type, first, left) ?? []);
  const referred = new Set(candidates.flatMap(({ of }) => referredBy(of, first)));
  const bases = basesOf(candidates, modules);
  const tables = candidates.filter(({ of }) => isMarked(of) || referred.has(of) || !bases.has(of));
  const types = typesWith(shared, new Set(tables.map(({ of }) => of)));
  const chosen = new Set(tables);
  for (const { of } of candidates.filter((one) => !chosen.has(one)))
    left.push({
      ...leftType(of),
      reason: "other types are built from it, and none refers to it; if it is a table, too, say @table",
    });
  const own = tables.flatMap(({ of, name }) =>
    (membersOf(of, types)?.left ?? []).map((one) => ({ ...one, table: name })),
  );
  return { tables, left: [...left, ...nameless(modules), ...own], types };
}

const isMarked = ({ doc }: TypeDeclaration): boolean => hasTag(doc, "table") || hasTag(doc, "godwit");

const leftType = (type: TypeDeclaration): Omit<Left, "reason"> => ({ kind: "type", object: type.name, at: type.at });

function typesWith(shared: Omit<Types, "isTable" | "keyOf">, tables: ReadonlySet<TypeDeclaration>): Types {
  const types: Types = {
    ...shared,
    isTable: (type) => tables.has(type),
    keyOf: (type) => keyOf(type, membersOf(type, types)?.members ?? []),
  };
  return types;
}

/** Whether it is written as tables are, whatever is inside. */
function hasForm(type: TypeDeclaration, modules: readonly Module[]): boolean {
  return type.nodes.every((node) => {
    if (node.type === "TSEnumDeclaration" || node.typeParameters?.type === "TSTypeParameterDeclaration") return false;
    if (node.type === "ClassDeclaration") return !node.abstract;
    if (node.type === "TSInterfaceDeclaration" || isMarked(type)) return true;
    const { typeAnnotation: written } = node;
    if (written.type !== "TSTypeReference" || !written.typeParameters) return isRecordType(written);
    // A generic type, filled in.
    const generic = lookUp(nameText(written.typeName), type.module, modules);
    return generic !== undefined;
  });
}

/** Aliases of an object that is written out, alone or together with others. */
const isRecordType = (type: TSType): boolean =>
  type.type === "TSTypeLiteral" ||
  (type.type === "TSParenthesizedType" && isRecordType(type.typeAnnotation)) ||
  (type.type === "TSIntersectionType" &&
    type.types.every((part) => part.type === "TSTypeReference" || isRecordType(part)));

/** The table that a type would be; `undefined` for a type of something else. What looks like a table and is none is listed. */
function candidate(type: TypeDeclaration, types: Types, left: Left[]): TableType | undefined {
  const [node] = type.nodes;
  if (!node) return undefined;
  if (!types.isTable(type)) {
    const why = whyNone(type, node, types);
    if (why !== undefined) left.push({ ...leftType(type), reason: why });
    return undefined;
  }
  const members = membersOf(type, types)?.members.filter(({ doc }) => !hasTag(doc, "ignore"));
  const name = tagOf(type.doc, "table")?.text || snakeCase(type.name);
  const holds = (member: Member) => hasTag(member.doc, "type") || typedMember(member, types).shape.kind !== "none";
  if (members?.some(holds) && name !== "") return { name, of: type, members, key: keyOf(type, members) };
  // What is no object, such as a text with a brand, is the type of columns.
  if (!members && !isMarked(type)) return undefined;
  left.push({
    ...leftType(type),
    reason: members ? "it has no properties that a row could hold" : "it is no object type",
  });
  return undefined;
}

/** Why somebody could miss it among the tables. */
function whyNone(type: TypeDeclaration, node: TypeNode, types: Types): string | undefined {
  if (isMarked(type)) return "a type with parameters, a class that is abstract and an enum are no tables";
  if (node.type !== "TSTypeAliasDeclaration" || node.typeAnnotation.type !== "TSTypeReference") return undefined;
  if (parts.has(nameText(node.typeAnnotation.typeName)))
    return "it is a part of another type; if it is a table of its own, say @table";
  if (node.typeParameters?.type === "TSTypeParameterDeclaration" || hasTag(type.doc, "type")) return undefined;
  // It may be an object that no file declares, as what is inferred from a validator.
  const scope: Scope = { module: type.module, parameters: new Map(), depth: 0 };
  const { shape } = readType(node.typeAnnotation, scope, types);
  return shape.kind === "none" ? shape.reason.replace(/; .*/, "") : undefined;
}

const parts = new Set(["Pick", "Omit", "Partial", "Required", "Readonly", "Insertable", "Selectable", "Updateable"]);

/** The properties that are marked, or that the tag of the type names, else `id`. */
function keyOf(type: TypeDeclaration, members: readonly Member[]): readonly string[] {
  const named =
    tagOf(type.doc, "primaryKey")
      ?.text.split(/[\s,]+/)
      .filter((name) => name !== "") ?? [];
  if (named.length > 0)
    return named.map(
      (name) => members.find((member) => member.name === name || snakeCase(member.name) === name)?.name ?? name,
    );
  const marked = members.filter(({ doc }) => hasTag(doc, "primaryKey")).map(({ name }) => name);
  if (marked.length > 0) return marked;
  return members
    .filter(({ name }) => snakeCase(name) === "id")
    .map(({ name }) => name)
    .slice(0, 1);
}

/** The types of which a property holds rows. */
function referredBy(type: TypeDeclaration, types: Types): readonly TypeDeclaration[] {
  const of = (shape: Shape): readonly TypeDeclaration[] => {
    if (shape.kind === "array") return of(shape.of);
    return shape.kind === "table" || shape.kind === "key" ? [shape.of] : [];
  };
  return (membersOf(type, types)?.members ?? []).flatMap((member) => {
    const isNone = hasTag(member.doc, "type") || hasTag(member.doc, "ignore");
    return isNone ? [] : of(typedMember(member, types).shape);
  });
}

/** The types that others extend, or are intersections with; those of which others take a part, where they have no key. */
function basesOf(tables: readonly TableType[], modules: readonly Module[]): ReadonlySet<TypeDeclaration> {
  const keyless = new Set(tables.flatMap(({ of, key }) => (key.length === 0 ? of : [])));
  const found = tables.flatMap(({ of }) =>
    of.nodes.flatMap(namesBelow).flatMap(({ name, part }) => {
      const base = lookUp(name.split(".").at(-1) ?? "", of.module, modules);
      return base && base !== of && (!part || keyless.has(base)) ? base : [];
    }),
  );
  return new Set(found);
}

interface Below {
  readonly name: string;
  /** Whether only a part of it is taken: `Omit<Base, …>`. */
  readonly part: boolean;
}

function namesBelow(node: TypeNode): readonly Below[] {
  if (node.type === "TSInterfaceDeclaration")
    return (node.extends ?? []).flatMap(({ expression, typeParameters }) =>
      below(nameText(expression as TSEntityName), (typeParameters?.params ?? []) as readonly TSType[]),
    );
  if (node.type === "ClassDeclaration")
    return node.superClass?.type === "Identifier" ? below(node.superClass.name, []) : [];
  return node.type === "TSTypeAliasDeclaration" ? namesIn(node.typeAnnotation) : [];
}

/** The names of which an object type is made. */
function namesIn(type: TSType): readonly Below[] {
  if (type.type === "TSParenthesizedType") return namesIn(type.typeAnnotation);
  if (type.type === "TSIntersectionType") return type.types.flatMap(namesIn);
  return type.type === "TSTypeReference" ? below(nameText(type.typeName), type.typeParameters?.params ?? []) : [];
}

const below = (name: string, given: readonly TSType[]): readonly Below[] => [
  { name, part: false },
  ...(parts.has(name) ? given.flatMap(namesIn).map((one) => ({ ...one, part: true })) : []),
];

const nameless = (modules: readonly Module[]): readonly Left[] =>
  modules.flatMap((module) =>
    module.nameless.map((at) => ({ kind: "type", object: "default", reason: "it has no name to call a table by", at })),
  );
