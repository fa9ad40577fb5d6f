import type { UnsupportedObject } from "../ddl/dialect.ts";
import { nearest } from "../nearest.ts";
import type { Extension } from "../schema/model.ts";
import { argumentOf, attributeOf, checkAttributes, textOf } from "./attributes.ts";
import type { Attribute, Block, Member, TypeName } from "./parse.ts";
import { fault, type Place, positionOf } from "./tokens.ts";

/** What the files of a Prisma schema say together. */
export interface PrismaDocument {
  /** As the datasource names it. */
  readonly provider?: { readonly name: string; readonly at: Place };
  /** Relations are Prisma's business, so that the database has no foreign keys. */
  readonly withoutKeys: boolean;
  /** The extensions that the datasource lists. */
  readonly extensions: readonly Extension[];
  readonly models: readonly PrismaModel[];
  readonly enums: readonly PrismaEnum[];
  /** What has no place in a schema. */
  readonly left: readonly UnsupportedObject[];
}

export interface PrismaModel {
  readonly name: string;
  readonly table: string;
  readonly namespace?: string;
  readonly at: Place;
  readonly fields: readonly PrismaField[];
  /** Those of the model, `@@index` and the like. */
  readonly attributes: readonly Attribute[];
}

export interface PrismaField {
  readonly name: string;
  readonly column: string;
  readonly at: Place;
  readonly type: TypeName;
  readonly attributes: readonly Attribute[];
}

export interface PrismaEnum {
  readonly name: string;
  readonly type: string;
  readonly namespace?: string;
  /** In Prisma's words → in the database's. */
  readonly values: ReadonlyMap<string, string>;
}

/**
 * The blocks of all files as one document. Throws ToolError `schema` with the place of a name that is given twice, an attribute or a type that
 * is unknown.
 */
export function documentOf(blocks: readonly Block[]): PrismaDocument {
  refuseTwice(blocks);
  const source = blocks.find(({ keyword }) => keyword === "datasource");
  const provider = source?.members.find(({ name }) => name === "provider");
  const known = blocks.filter(({ keyword }) => keyword === "model" || keyword === "view" || keyword === "enum");
  const names = new Set(known.map(({ name }) => name));
  return {
    ...(provider?.value?.kind === "text" && { provider: { name: provider.value.value, at: provider.value.at } }),
    withoutKeys: ["relationMode", "referentialIntegrity"].some((key) => assigned(source, key) === "prisma"),
    extensions: extensionsOf(source),
    models: blocks.filter(({ keyword }) => keyword === "model").map((block) => modelOf(block, names)),
    enums: blocks.filter(({ keyword }) => keyword === "enum").map(enumOf),
    left: blocks.flatMap(withoutPlace),
  };
}

/** What the database calls it, where that is not what Prisma does. */
export const mappedName = (attributes: readonly Attribute[], name: string): string =>
  textOf(argumentOf(attributeOf(attributes, "map"), "name", 0)) ?? name;

/** The name of a table or a type in the schema of the database that it is in. */
export const placedName = (name: string, namespace: string | undefined): string =>
  namespace === undefined ? name : `${namespace}.${name}`;

/** `schema.prisma:12` */
export const shownPlace = (at: Place): string => {
  const { file, line } = positionOf(at);
  return `${file}:${line}`;
};

const scalars = ["String", "Boolean", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes"];

export const isScalar = (name: string): boolean => scalars.includes(name);

function refuseTwice(blocks: readonly Block[]): void {
  const seen = new Map<string, Block>();
  for (const block of blocks) {
    const kind = ["datasource", "generator"].includes(block.keyword) ? block.keyword : "type";
    const key = block.keyword === "datasource" ? kind : `${kind} ${block.name}`;
    const first = seen.get(key);
    if (first)
      throw fault(block.at, `${block.keyword} "${block.name}" is declared twice, first in ${shownPlace(first.at)}`);
    seen.set(key, block);
  }
}

/** The schema of the database that a block is in, where it is not the one in which connections begin. */
function namespaceOf(attributes: readonly Attribute[]): { readonly namespace?: string } {
  const named = textOf(argumentOf(attributeOf(attributes, "schema"), "map", 0));
  return named === undefined || named === "public" ? {} : { namespace: named };
}

function withoutPlace({ keyword, name, at }: Block): readonly UnsupportedObject[] {
  const of = (reason: string) => [{ kind: keyword, object: name, reason, ...positionOf(at) }];
  if (keyword === "view") return of("Prisma does not know its query; declare it among the views");
  return keyword === "type" ? of("composite types are for MongoDB only") : [];
}

const assigned = (block: Block | undefined, key: string): string | undefined =>
  textOf(block?.members.find(({ name }) => name === key)?.value);

/** `citext`, `postgis(version: "3.4", schema: "gis", map: "postgis")` */
function extensionsOf(source: Block | undefined): readonly Extension[] {
  const list = source?.members.find(({ name }) => name === "extensions")?.value;
  if (list?.kind !== "list") return [];
  return list.items.flatMap((item) => {
    if (item.kind === "word") return { name: item.value };
    if (item.kind !== "call") return [];
    const told = (key: string) => textOf(item.args.find(({ name }) => name === key)?.value);
    const [version, namespace] = [told("version"), told("schema")];
    return { name: told("map") ?? item.name, ...(version && { version }), ...(namespace && { namespace }) };
  });
}

const blockAttributes = (block: Block): readonly Attribute[] =>
  block.members.flatMap((member) => (member.name === undefined ? member.attributes : []));

function modelOf(block: Block, names: ReadonlySet<string>): PrismaModel {
  const attributes = blockAttributes(block);
  checkAttributes(attributes, "@@");
  return {
    name: block.name,
    table: mappedName(attributes, block.name),
    ...namespaceOf(attributes),
    at: block.at,
    fields: block.members.flatMap((member) => fieldOf(member, names) ?? []),
    attributes,
  };
}

function fieldOf(member: Member, names: ReadonlySet<string>): PrismaField | undefined {
  const { name, at, type, attributes } = member;
  if (name === undefined || !type) return undefined;
  checkAttributes(attributes, "@");
  if (type.native === undefined && !isScalar(type.name) && !names.has(type.name)) {
    const near = nearest(type.name, [...scalars, ...names]);
    const hint = near
      ? `did you mean "${near}"?`
      : "it is neither a type of Prisma nor a model or an enum of these files";
    throw fault(type.at, `field "${name}" has the type "${type.name}"; ${hint}`);
  }
  return { name, at, type, attributes, column: mappedName(attributes, name) };
}

const enumOf = (block: Block): PrismaEnum => ({
  name: block.name,
  type: mappedName(blockAttributes(block), block.name),
  ...namespaceOf(blockAttributes(block)),
  values: new Map(
    block.members.flatMap(({ name, attributes }) =>
      name === undefined ? [] : [[name, mappedName(attributes, name)] as const],
    ),
  ),
});
