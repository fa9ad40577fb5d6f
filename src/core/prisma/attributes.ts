import { nearest } from "../nearest.ts";
import type { Attribute, Expression } from "./parse.ts";
import { fault } from "./tokens.ts";

export const attributeOf = (attributes: readonly Attribute[], name: string): Attribute | undefined =>
  attributes.find((attribute) => attribute.name === name);

/** The argument of that name, or the one at `position` among those without a name. */
export const argumentOf = (attribute: Attribute | undefined, name: string, position?: number): Expression | undefined =>
  attribute?.args.find((arg) => arg.name === name)?.value ??
  (position === undefined ? undefined : attribute?.args.filter((arg) => arg.name === undefined)[position]?.value);

export const textOf = (value: Expression | undefined): string | undefined =>
  value?.kind === "text" ? value.value : undefined;

export const wordOf = (value: Expression | undefined): string | undefined =>
  value?.kind === "word" ? value.value : undefined;

/** A list, or what stands for a list of one. */
export const itemsOf = (value: Expression | undefined): readonly Expression[] =>
  value === undefined ? [] : value.kind === "list" ? value.items : [value];

/** `@db.VarChar(20)`, the type in the words of the database. */
export const nativeAttribute = (attributes: readonly Attribute[]): Attribute | undefined =>
  attributes.find(({ name }) => name.includes("."));

/** Throws ToolError `schema` with the place of an attribute that Prisma does not have. */
export function checkAttributes(attributes: readonly Attribute[], mark: "@" | "@@"): void {
  const known = mark === "@" ? ofFields : ofModels;
  for (const { name, at } of attributes) {
    if (known.includes(name) || (mark === "@" && name.includes("."))) continue;
    const near = nearest(name, known);
    const hint = near ? `did you mean "${mark}${near}"?` : `there are ${known.map((k) => mark + k).join(", ")}`;
    throw fault(at, `"${mark}${name}" is no attribute; ${hint}`);
  }
}

const ofFields = ["id", "unique", "default", "updatedAt", "relation", "map", "ignore"];
const ofModels = ["id", "unique", "index", "fulltext", "map", "schema", "ignore"];
