import type { Draft, Property } from "./draft.ts";
import type { TypeDeclaration } from "./modules.ts";
import { hasTag, type Tag, type TagName } from "./tags.ts";

/** Takes note of tags of a property that say nothing there. */
export function noteStrayTags({ member, typed, kind }: Property, { warnings }: Draft): void {
  const sized = kind === "column" && (typed.shape.kind === "scalar" || hasTag(typed, "type"));
  const stray = [...ofOthers[kind], ...(sized ? [] : parameters)];
  note(member.doc.tags, stray, { what: `property "${member.name}", which is ${spoken[kind]}`, warnings });
}

/** The same for those in front of a type that is a table. */
export const noteStrayTypeTags = ({ doc, name }: TypeDeclaration, { warnings }: Draft): void =>
  note(doc.tags, ofProperties, { what: `type "${name}", but for one of its properties`, warnings });

function note(
  tags: readonly Tag[],
  stray: readonly TagName[],
  { what, warnings }: { readonly what: string; readonly warnings: Draft["warnings"] },
): void {
  for (const { name, at } of tags)
    if (stray.includes(name)) warnings.push({ message: `@${name} means nothing for ${what}`, position: at });
}

const spoken = { column: "a plain field", reference: "a foreign key", list: "a list" } as const;
const parameters: readonly TagName[] = ["length", "precision"];
const relations: readonly TagName[] = ["manyToMany", "through"];
const values: readonly TagName[] = ["default", "check", "autoCreate", "autoUpdate"];
const keys: readonly TagName[] = ["column", "primaryKey", "unique", "index"];
const actions: readonly TagName[] = ["onDelete", "onUpdate"];

/** What belongs to properties of another kind. */
const ofOthers: Readonly<Record<Property["kind"], readonly TagName[]>> = {
  column: [...relations, ...actions],
  reference: relations,
  list: [...values, ...keys, ...actions],
};

const ofProperties: readonly TagName[] = [
  ...parameters,
  ...relations,
  ...actions,
  "column",
  "type",
  "default",
  "autoCreate",
  "autoUpdate",
  "references",
];
