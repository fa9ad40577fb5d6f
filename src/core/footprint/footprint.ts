import type { OperationData } from "../operations/define.ts";
import { apply, definitionOf, type Operation, tableOf } from "../operations/index.ts";
import { canonicalJson } from "../schema/canonical.ts";
import { viewsOf } from "../schema/managed.ts";
import type { ForeignKey, Schema, Table } from "../schema/model.ts";
import { findTable, isNumbered, referencedFields } from "../schema/resolve.ts";
import { type Element, elementsBeside, elementsOfTable, entryOf, optionsOf, typeInTheEnd } from "./elements.ts";
import { everything, type Footprint, footprintFrom, type Mark, unionOf } from "./mark.ts";
import { ancestorsOf, familyOf, rowsFootprint, rowsOf } from "./rows.ts";
import { mentionedInText } from "./texts.ts";
import { asFields, namesInText, wordsIn } from "./words.ts";

/**
 * What an operation reads and writes, on the schema before it. Writes are what the schema says otherwise afterwards, and what the definition says that no
 * schema shows (`beyond`); reads are all that the changed things mention, before and after. Where it is not sure, it is more rather than
 * less: two footprints that do not meet commute. Throws ToolError `state` when the operation does not fit.
 */
export function footprintOf(operation: Operation, before: Schema): Footprint {
  const after = apply(before, operation);
  const changed = changedElements(before, after);
  const change: Change = { before, after, changed, fills: "fill" in operation && operation.fill !== undefined };
  const written = changed.flatMap((element) => writesOf(element, change));
  const read = changed.flatMap((element) => readsOf(element, change));
  return unionOf([
    footprintFrom(
      [...read, ...readByParameters(operation)],
      [...written, ...changed.flatMap((e) => partIndexes(e, change))],
    ),
    beyondSchema(operation, before),
  ]);
}

interface Change {
  readonly before: Schema;
  readonly after: Schema;
  readonly changed: readonly ChangedElement[];
  /** Whether rows that are there get something that no schema shows. */
  readonly fills: boolean;
}

interface ChangedElement {
  readonly mark: Mark;
  readonly before?: Element;
  readonly after?: Element;
}

function changedElements(before: Schema, after: Schema): readonly ChangedElement[] {
  if (before === after) return [];
  const found = new Map<string, ChangedElement>();
  const note = (element: Element, side: "before" | "after"): void => {
    const key = canonicalJson([element.mark.object, element.mark.table ?? null, element.mark.name]);
    found.set(key, { mark: element.mark, ...found.get(key), [side]: element });
  };
  for (const element of elementsThatMayDiffer(before, after)) note(element, "before");
  for (const element of elementsThatMayDiffer(after, before)) note(element, "after");
  return [...found.values()].filter(
    ({ before: old, after: now }) => !old || !now || canonicalJson(old.data) !== canonicalJson(now.data),
  );
}

/** Edits share what they leave alone, so that large schemas need not be taken apart. */
function elementsThatMayDiffer(schema: Schema, other: Schema): readonly Element[] {
  const shared = new Set(other.tables);
  const sameTypes = (["enums", "domains", "defaults", "typeMappings"] as const).every(
    (key) => schema[key] === other[key],
  );
  const tables = schema.tables.filter(
    (table) => !shared.has(table) || !sameTypes || table.fields.some(({ references }) => references !== undefined),
  );
  return [...tables.flatMap((table) => elementsOfTable(schema, table)), ...elementsBeside(schema)];
}

function writesOf(element: ChangedElement, change: Change): readonly Mark[] {
  const { mark, before, after } = element;
  const { changed } = change;
  const names = [before, after].flatMap((element) => element?.alsoCalled ?? []);
  // Of a table that is all new or gone, only what its parts are called counts: whoever names a part needs the table.
  const isPart = changed.some(
    (other) => other.mark.object === "table" && other.mark.name === mark.table && !(other.before && other.after),
  );
  const { quiet: _, ...loud } = mark;
  const held = isPart ? [] : [isQuiet(element, change) ? { ...loud, quiet: true as const } : loud];
  return [...held, ...names.map((name) => ({ object: mark.object, name }))];
}

/** Whether rows that are put in before are the same as those that are put in after. */
function isQuiet({ mark, before, after }: ChangedElement, { after: schema, fills }: Change): boolean {
  if (mark.object !== "field") return (before ?? after)?.mark.quiet === true && (after ?? before)?.mark.quiet === true;
  const field = after && !before && after.table?.fields.find(({ name }) => name === mark.name);
  if (!field || fills || isNumbered(field) || field.autoCreate || field.autoUpdate || field.generated) return false;
  if (schema.domains?.some(({ name }) => name === field.type)) return false;
  return field.default === undefined
    ? field.nullable
    : typeof field.default !== "object" && typeof field.default !== "string";
}

/** What an index, a key or a constraint does to the other tables of a tree: databases make theirs of it, or take them for it. */
function partIndexes({ mark, before, after }: ChangedElement, change: Change): readonly Mark[] {
  if (mark.table === undefined || ownAlone.has(mark.object)) return [];
  const table = (before ?? after)?.table;
  if (!table || !findTable(change.before, table.name)) return [];
  return familyOf(change.before, table.name)
    .filter((name) => name !== table.name)
    .map((name) => ({ object: "table", name, whole: true }));
}

/** Parts that a table does not share with those of its tree, or that say by themselves that they do. */
const ownAlone = new Set(["field", "settings", "row security"]);

function readsOf({ mark, before, after }: ChangedElement, change: Change): readonly Mark[] {
  const sides = [
    ...(before ? [{ element: before, schema: change.before }] : []),
    ...(after ? [{ element: after, schema: change.after }] : []),
  ];
  const place = mark.table ?? mark.name;
  return [
    ...(mark.table === undefined ? [] : [{ object: "table", name: mark.table }, optionsOf(mark.table)]),
    ...namespaceOf(place),
    ...sides.flatMap(({ element, schema }) => mentionedBy(element, schema)),
    ...(mark.object === "foreign key" && findTable(change.before, place)
      ? sides.flatMap(({ element }) => [rowsOf((element.data as ForeignKey).references.table)])
      : []),
    ...(mark.object === "field" && before ? underViews(change.before, place) : []),
  ];
}

/** `audit.events` is in `audit`, if that is a namespace. */
const namespaceOf = (name: string): readonly Mark[] => {
  const at = name.indexOf(".");
  return at < 1 ? [] : [{ object: "namespace", name: name.slice(0, at) }];
};

function mentionedBy({ mark, data, table }: Element, schema: Schema): readonly Mark[] {
  if (!table) return mentionedOutside(mark, data, schema);
  const { fields, names } = wordsIn(data);
  const named = names.map((name) => ({ object: "name", name }));
  const places = [table.name, ...ancestorsOf(schema, table.name)];
  const parents =
    mark.object === "table"
      ? ancestorsOf(schema, table.name).map((name): Mark => ({ object: "table", name, whole: true }))
      : [];
  const own = [...fields, ...names, ...(mark.object === "field" ? [mark.name] : [])];
  const found: readonly Mark[] = [
    ...places.flatMap((name) => own.map((field) => ({ object: "field", name: field, table: name }))),
    ...places.slice(1).map((name) => ({ object: "table", name })),
    ...parents,
    ...named,
    ...asFields(names),
    ...pointedAt(mark, { data, table }, schema),
    ...meantBy(mark, table, schema),
  ];
  return found.filter((each) => !(each.table === mark.table && each.name === mark.name && each.object === mark.object));
}

/** Its default may be a name for one, and its type one that is mapped. */
function meantBy({ object, name }: Mark, table: Table, schema: Schema): readonly Mark[] {
  const field = object === "field" && table.fields.find((each) => each.name === name);
  if (!field) return [];
  const { default: value } = field;
  const types = new Set([field.type, typeInTheEnd(schema, field).type]);
  return [
    ...[...types].map((type) => entryOf("type mapping", type)),
    ...(typeof value === "string" ? [entryOf("named default", value)] : []),
  ];
}

/** Enums and the like; all others are texts that may mention anything. */
const plainLists = new Set([
  "enum",
  "domain",
  "sequence",
  "extension",
  "namespace",
  "named default",
  "named defaults",
  "type mapping",
  "type mappings",
]);

function mentionedOutside(mark: Mark, data: unknown, schema: Schema): readonly Mark[] {
  if (!plainLists.has(mark.object)) return mentionedInText(mark, data, schema);
  const { names } = wordsIn(data);
  return [...asFields(names), ...names.map((name) => ({ object: "table", name }))];
}

/** What a foreign key, or a field with the type of a key, needs of the table that it points at. */
function pointedAt(
  mark: Mark,
  { data, table }: { readonly data: unknown; readonly table: Table },
  schema: Schema,
): readonly Mark[] {
  const { references } = data as { readonly references?: string | ForeignKey["references"] };
  if (references === undefined || (mark.object !== "field" && mark.object !== "foreign key")) return [];
  const to = typeof references === "string" ? { table: references } : references;
  const target = to.table === table.name ? table : findTable(schema, to.table);
  if (!target) return [];
  const fields = referencedFields(schema, to);
  const keys = elementsOfTable(schema, target).filter(
    ({ mark: { object }, data: thing }) => object === "primary key" || isUniqueThing(thing),
  );
  return [
    { object: "table", name: target.name },
    ...fields.map((name) => ({ object: "field", name, table: target.name })),
    ...(mark.object === "foreign key" ? keys.map((key) => key.mark) : []),
  ];
}

const isUniqueThing = (thing: unknown): boolean =>
  typeof thing === "object" && thing !== null && "unique" in thing && Boolean(thing.unique);

/** A view that says `*` is made again when a column under it changes, and then shows what the table has by that time. */
const underViews = (schema: Schema, table: string): readonly Mark[] =>
  viewsOf(schema).some(({ query }) => query.includes("*") && namesInText(query).includes(table.toLowerCase()))
    ? [{ object: "table", name: table, whole: "fields" }]
    : [];

/** SQL in parameters that the schema does not keep: what fills a field, what converts it. */
function readByParameters(operation: Operation): readonly Mark[] {
  const table = tableOf(operation);
  const { names } = wordsIn(operation);
  return [
    ...(table === undefined
      ? []
      : [{ object: "table", name: table }, ...names.map((name) => ({ object: "field", name, table }))]),
    ...("using" in operation || "fill" in operation
      ? names
          .map((name): Mark => ({ object: "table", name, whole: true }))
          .filter(({ name }) => name !== table?.toLowerCase())
      : []),
  ];
}

function beyondSchema(operation: Operation, before: Schema): Footprint {
  const beyond = definitionOf(operation).beyond?.(operation as OperationData);
  if (beyond === undefined) return { reads: [], writes: [] };
  if (beyond === "everything") return { reads: [], writes: [everything] };
  if ("rows" in beyond) return rowsFootprint(before, beyond);
  const writes = beyond.named.map((name) => declaredMark(name, before));
  const reads = writes.flatMap(({ table }) => (table === undefined ? [] : [{ object: "table", name: table }]));
  return { reads, writes };
}

/** `users` is the table, or whatever is called so; `users.email` its field. */
function declaredMark(text: string, schema: Schema): Mark {
  const at = text.lastIndexOf(".");
  const table = at < 1 ? undefined : findTable(schema, text.slice(0, at));
  if (!table || findTable(schema, text)) return { object: "table", name: text, whole: true };
  return { object: "field", name: text.slice(at + 1), table: table.name };
}
