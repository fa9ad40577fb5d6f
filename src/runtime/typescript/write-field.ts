import type { Position } from "../../core/errors.ts";
import { parseAction } from "../../core/schema/actions.ts";
import type { DefaultValue } from "../../core/schema/model.ts";
import { snakeCase } from "../../core/schema/snake-case.ts";
import type { Plain } from "../../core/schema/write.ts";
import type { TableType } from "./choose-tables.ts";
import { type Draft, type Entry, type Property, words } from "./draft.ts";
import { hasTag, type Tag, type TagName, tagOf } from "./tags.ts";
import { defaultOfValue } from "./value.ts";

/** Takes note of a property, or of a part of it, that has no place in the schema. */
export function leaveOut(
  { member }: Pick<Property, "member">,
  {
    draft,
    table,
    kind,
    reason,
    object,
  }: {
    readonly draft: Draft;
    readonly table: TableType;
    readonly kind: string;
    readonly reason: string;
    readonly object?: string;
  },
): void {
  draft.left.push({ kind, object: object ?? member.name, table: table.name, reason, at: member.at });
}

/** A field of a property, with all that its tags say but lists of the table. */
export function fieldEntry(
  column: string,
  type: Entry,
  { property, table, draft }: { readonly property: Property; readonly table: TableType; readonly draft: Draft },
): Entry {
  const { member, typed } = property;
  const { tags } = typed;
  const value = defaultOf(property, type, { table, draft });
  const check = tagOf(typed, "check")?.text ?? type["check"];
  const comment = tagOf(typed, "comment")?.text ?? member.doc.description;
  const entry = ordered({
    ...type,
    name: column,
    ...(!typed.nullable && { nullable: false }),
    ...(value !== undefined && { default: value }),
    ...(standsAlone(tags, "unique") && { unique: true }),
    ...(standsAlone(tags, "index") && !hasTag(typed, "unique") && { index: true }),
    ...(check !== undefined && { check }),
    ...(hasTag(typed, "autoCreate") && { auto_create: true }),
    ...(hasTag(typed, "autoUpdate") && { auto_update: true }),
    ...(comment !== undefined && { comment }),
  });
  draft.places.set(entry, { at: member.at, keys: placeKeys(tags) });
  return entry;
}

/** Whether a tag stands there without a name of its own for what it makes. */
const standsAlone = (tags: readonly Tag[], name: TagName): boolean => tagOf({ tags }, name)?.text === "";

/** The keys of a field in the order in which they are written. */
export function ordered(entry: Entry): Entry {
  const known = fieldKeys.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]] as const]));
  return Object.fromEntries(known) as Entry;
}

const fieldKeys = [
  "name",
  "type",
  "length",
  "precision",
  "scale",
  "primary_key",
  "nullable",
  "default",
  "unique",
  "index",
  "check",
  "auto_create",
  "auto_update",
  "comment",
  "foreign_key",
  "many_to_many",
];

/** Where the keys of an entry come from that a tag says. */
export const placeKeys = (tags: readonly Tag[]): Readonly<Record<string, Position>> =>
  Object.fromEntries(
    tags.flatMap(({ name, at }) => [
      [snakeCase(name), at] as const,
      ...(also[name] ?? []).map((key) => [key, at] as const),
    ]),
  );

const also: Partial<Readonly<Record<TagName, readonly string[]>>> = {
  references: ["foreign_key"],
  onDelete: ["foreign_key"],
  onUpdate: ["foreign_key"],
  precision: ["scale"],
};

function defaultOf(
  property: Property,
  type: Entry,
  { table, draft }: { readonly table: TableType; readonly draft: Draft },
): Plain | undefined {
  const { member, typed } = property;
  const tag = tagOf(typed, "default");
  if (tag) return plainDefault(writtenDefault(tag.text));
  if (!member.value || member.value.type === "NullLiteral") return undefined;
  if (member.value.type === "Identifier" && member.value.name === "undefined") return undefined;
  const value = defaultOfValue(member.value, member.scope, draft.types);
  const isList = type["type"] === "text[]" && value === "array";
  if (value !== undefined && !isList) return plainDefault(value);
  const what = isList ? "each database writes an empty list in its own way" : "it is no plain value";
  leaveOut(property, { draft, table, kind: "initial value", reason: `${what}; say it with @default` });
  return undefined;
}

/** As in YAML: a number, true, false, the name of a default or SQL; in double quotes a text and nothing else. */
function writtenDefault(text: string): DefaultValue {
  const plain = text.replace(/^`(.*)`$/, "$1");
  const quoted = /^"(.*)"$/.exec(plain)?.[1];
  if (quoted !== undefined) return { value: quoted };
  if (plain === "true" || plain === "false") return plain === "true";
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?$/.test(plain) ? Number(plain) : plain;
}

const plainDefault = (value: DefaultValue): Plain => (typeof value === "object" ? { ...value } : value);

/** What a foreign key does when the row goes that it points at. */
export function actionsOf(tags: readonly Tag[], { problems }: Draft): Entry {
  const entries = (["onDelete", "onUpdate"] as const).flatMap((name) => {
    const tag = tagOf({ tags }, name);
    const [first = "", second] = tag ? words(tag.text) : [];
    if (!tag) return [];
    const action = parseAction(second === undefined ? first : `${first} ${second}`) ?? parseAction(first);
    if (action) return [[snakeCase(name), action.replace(" ", "_")] as const];
    problems.push({
      message: `@${name} takes CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION, found "${tag.text}"`,
      position: tag.at,
    });
    return [];
  });
  return Object.fromEntries(entries.filter(([name, action]) => name !== "on_delete" || action !== "RESTRICT"));
}
