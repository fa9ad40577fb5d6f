import { objectName } from "../../core/schema/names.ts";
import type { TableType } from "./choose-tables.ts";
import { columnName, type Draft, type Entry, type Property, words } from "./draft.ts";
import { columnsNamed, columnsOf, columnType, holderOf, keyParts, propertiesOf } from "./field-type.ts";
import { literalOf } from "./literals.ts";
import { noteStrayTags, noteStrayTypeTags } from "./stray-tags.ts";
import { hasTag, type Tag, tagOf } from "./tags.ts";
import { actionsOf, fieldEntry, leaveOut, ordered, placeKeys } from "./write-field.ts";
import { writeList } from "./write-list.ts";

/** A table that is being written. */
interface Target {
  readonly table: TableType;
  readonly draft: Draft;
  readonly fields: Entry[];
  readonly indexes: Entry[];
  readonly constraints: Entry[];
  readonly foreignKeys: Entry[];
}

/** A table as an entry of the document. */
export function writeTable(table: TableType, draft: Draft): Entry {
  const target: Target = { table, draft, fields: [], indexes: [], constraints: [], foreignKeys: [] };
  const { doc, at } = table.of;
  for (const property of propertiesOf(table, draft)) writeProperty(property, target);
  const key = writeKey(target);
  noteStrayTypeTags(table.of, draft);
  for (const tag of doc.tags) writeTypeTag(tag, target);
  const comment = tagOf(doc, "comment")?.text ?? doc.description;
  const entry: Entry = {
    name: table.name,
    fields: target.fields,
    ...key,
    ...(comment !== undefined && { comment }),
    ...(target.indexes.length > 0 && { indexes: target.indexes }),
    ...(target.foreignKeys.length > 0 && { foreign_keys: target.foreignKeys }),
    ...(target.constraints.length > 0 && { constraints: target.constraints }),
  };
  draft.places.set(entry, { at, keys: placeKeys(doc.tags) });
  return entry;
}

function writeProperty(property: Property, target: Target): void {
  if (property.kind === "list") {
    noteStrayTags(property, target.draft);
    const field = writeList(property, target.table, target.draft);
    if (field) target.fields.push(field);
    return;
  }
  const whole = withReference(property, target);
  // What a reference leaves to the property that holds its key is looked at there.
  if (whole.kind === "column" || !holderOf(whole, target.table, target.draft)) noteStrayTags(whole, target.draft);
  if (whole.kind === "column") writeColumn(whole, target);
  else writeReference(whole, target);
}

/** `authorId` with all that is said of the `author` beside it, whose column it is. */
function withReference(property: Property, { table, draft }: Target): Property {
  const reference = propertiesOf(table, draft).find((other) => holderOf(other, table, draft) === property);
  if (!reference?.target) return property;
  const { member, typed } = property;
  return {
    ...property,
    kind: "reference",
    target: reference.target,
    holdsKey: true,
    member: {
      ...member,
      doc: { ...reference.member.doc, ...member.doc, tags: [...reference.member.doc.tags, ...member.doc.tags] },
    },
    typed: { ...typed, tags: [...reference.typed.tags, ...typed.tags] },
  };
}

function writeColumn(property: Property, target: Target): void {
  const { table, draft } = target;
  const column = columnName(property.member);
  const type = columnType(property.typed, { draft, table, column });
  if ("reason" in type) {
    leaveOut(property, { draft, table, kind: "property", reason: type.reason });
    return;
  }
  const [only, second] = table.key;
  const { value, ...member } = property.member;
  // A class says 0 where it has no number yet.
  const unnumbered = value === undefined || literalOf(value) === 0;
  const isKey = only === member.name && second === undefined && type.derived && !hasTag(property.typed, "default");
  const serial = isKey && unnumbered ? serials[String(type.entry["type"])] : undefined;
  if (serial === undefined) writeField(property, target, type.entry);
  else writeField({ ...property, member }, target, { ...type.entry, type: serial });
}

/** A number that is the key is given by the database. */
const serials: Readonly<Record<string, string>> = { integer: "serial", bigint: "bigserial" };

/** A field for a property, and what its tags make at the table. */
function writeField(property: Property, target: Target, type: Entry, column = columnName(property.member)): void {
  const { foreign_key, ...rest } = type;
  const field = fieldEntry(column, rest, { property, ...target });
  const entry = ordered({ ...field, ...(foreign_key !== undefined && { foreign_key }) });
  target.draft.places.set(entry, target.draft.places.get(field) ?? { at: property.member.at });
  target.fields.push(entry);
  for (const tag of property.typed.tags) {
    const [name, second] = words(tag.text);
    if (name === undefined || (tag.name !== "unique" && tag.name !== "index")) continue;
    if (second !== undefined) surplusWords(tag, target.draft);
    else addList(tag, { name, columns: [column] }, target);
  }
}

function surplusWords(tag: Tag, { problems }: Draft): void {
  const message = `@${tag.name} of a property takes a name at most, found "${tag.text}"; what it is for stands before the tags`;
  problems.push({ message, position: tag.at });
}

function addList(
  tag: Tag,
  { name, columns }: { readonly name?: string; readonly columns: readonly string[] },
  target: Target,
): void {
  const entry: Entry =
    tag.name === "unique"
      ? { ...(name !== undefined && { name }), unique: [...columns] }
      : { name: name ?? objectName(target.table.name, columns, "idx"), fields: [...columns] };
  target.draft.places.set(entry, { at: tag.at });
  (tag.name === "unique" ? target.constraints : target.indexes).push(entry);
}

/** A property that holds a row of another table, or its key. */
function writeReference(property: Property, target: Target): void {
  const { table, draft } = target;
  const { target: other, typed, fields } = property;
  if (!other || holderOf(property, table, draft)) return;
  const columns = columnsOf(property, table, draft);
  if (!draft.wanted(other.name))
    leaveOut(property, {
      draft,
      table,
      kind: "foreign key",
      reason: `it refers to table "${other.name}", which is left out`,
      object: columns.join(", "),
    });
  const actions = actionsOf(typed.tags, draft);
  const [column = ""] = columns;
  const told = tagOf(typed, "type") ? columnType(typed, { draft, table, column }) : undefined;
  const own = told && "entry" in told ? told.entry : undefined;
  if (columns.length === 1 && !fields && draft.wanted(other.name)) {
    writeField(
      property,
      target,
      { ...(own ?? { type: "foreign_key" }), foreign_key: { table: other.name, ...actions } },
      column,
    );
    return;
  }
  writeParts(property, columns, { target, own });
  if (!draft.wanted(other.name)) return;
  const entry: Entry = {
    fields: [...columns],
    references: { table: other.name, ...(fields && { fields: [...fields] }) },
    ...actions,
  };
  draft.places.set(entry, { at: property.member.at });
  target.foreignKeys.push(entry);
}

/** A field for each part of the key of another table, where the table has none of that name. */
function writeParts(
  property: Property,
  columns: readonly string[],
  { target, own }: { readonly target: Target; readonly own: Entry | undefined },
): void {
  const { draft, table } = target;
  const { target: other, fields } = property;
  if (!other) return;
  const parts = fields
    ? fields.map((column) => ({ column, entry: typeOfColumn(column, other, draft) }))
    : keyParts(other, draft);
  const there = propertiesOf(table, draft)
    .filter((one) => one.kind === "column")
    .map(({ member }) => columnName(member));
  const isMissing = (column: string) => property.holdsKey || !there.includes(column);
  const one = columns.length === 1 ? property : withoutLists(property);
  for (const [i, column] of columns.entries())
    if (isMissing(column)) writeField(one, target, own ?? parts[i]?.entry ?? { type: "integer" }, column);
  if (one === property) return;
  for (const tag of property.typed.tags.filter(isList)) {
    const [name] = words(tag.text);
    addList(tag, { ...(name !== undefined && { name }), columns }, target);
  }
}

/** What several fields have together stands at the table. */
const withoutLists = (property: Property): Property => ({
  ...property,
  typed: { ...property.typed, tags: property.typed.tags.filter((tag) => !isList(tag)) },
});

const isList = ({ name }: Tag): boolean => name === "unique" || name === "index";

function typeOfColumn(column: string, table: TableType, draft: Draft): Entry {
  const property = propertiesOf(table, draft).find((one) => columnsOf(one, table, draft).includes(column));
  const type = property && columnType(property.typed, { draft, table, column });
  return type && "entry" in type ? type.entry : { type: "text" };
}

/** Flags the fields of the key; a table without one is given it. What is to be said at the table, where the flags do not say it. */
function writeKey({ table, draft, fields }: Target): Entry {
  const key = table.key.flatMap((name) => {
    const property = propertiesOf(table, draft).find(({ member }) => member.name === name);
    // What cannot be a column cannot be the key; it is listed already.
    const isThere = (column: string) => fields.some((field) => field["name"] === column);
    return property ? columnsOf(property, table, draft).filter(isThere) : [name];
  });
  if (key.length === 0) {
    fields.unshift({ name: "id", type: "serial", primary_key: true });
    const { name, at } = table.of;
    draft.warnings.push({
      message: `type "${name}" has no key, so table "${table.name}" is given "id"; mark one with @primaryKey`,
      position: at,
    });
    return {};
  }
  for (const [i, field] of fields.entries()) {
    if (!key.includes(String(field["name"]))) continue;
    const { nullable: _, ...rest } = field;
    const entry = ordered({ ...rest, primary_key: true });
    draft.places.set(entry, draft.places.get(field) ?? { at: table.of.at });
    fields[i] = entry;
  }
  const flagged = fields.flatMap(({ name, primary_key }) => (primary_key ? [String(name)] : []));
  return key.join("\0") === flagged.join("\0") ? {} : { primary_key: key };
}

/** `@unique a b` and `@index a b` of a type. */
function writeTypeTag(tag: Tag, target: Target): void {
  if (tag.name !== "unique" && tag.name !== "index" && tag.name !== "check") return;
  if (tag.name === "check") {
    const entry: Entry = { check: tag.text };
    target.draft.places.set(entry, { at: tag.at });
    target.constraints.push(entry);
    return;
  }
  const columns = columnsNamed(tag.text, target.table, target.draft);
  if (columns.length > 0) addList(tag, { columns }, target);
  else
    target.draft.problems.push({
      message: `@${tag.name} of a type names the properties that it is for`,
      position: tag.at,
    });
}
