import { ToolError } from "../errors.ts";
import { canonicalJson } from "./canonical.ts";
import { attributeChanges } from "./composite-types.ts";
import type { ManagedObject, Schema, View } from "./model.ts";
import { canonicalSql, sqlTokens, withoutEnd } from "./sql-text.ts";

export const viewsOf = (schema: Schema): readonly View[] => schema.views ?? [];

export const objectsOf = (schema: Schema): readonly ManagedObject[] => schema.objects ?? [];

/** The schema with other views; an empty list means none. */
export function withViews(schema: Schema, views: readonly View[]): Schema {
  const { views: _, ...rest } = schema;
  return views.length > 0 ? { ...rest, views } : rest;
}

/** The schema with other managed objects; an empty list means none. */
export function withObjects(schema: Schema, objects: readonly ManagedObject[]): Schema {
  const { objects: _, ...rest } = schema;
  return objects.length > 0 ? { ...rest, objects } : rest;
}

export const findView = (schema: Schema, name: string): View | undefined =>
  viewsOf(schema).find((view) => view.name === name);

/** Throws ToolError `state` when there is no such view. */
export function getView(schema: Schema, name: string): View {
  const view = findView(schema, name);
  if (view) return view;
  throw new ToolError("state", `there is no view "${name}" at this point`, { view: name });
}

/** What makes a managed object that one and no other: names of triggers, policies and rules are local to their table. */
export type ObjectId = Pick<ManagedObject, "kind" | "name" | "table">;

export const idOf = ({ kind, name, table }: ObjectId): { kind: string; name: string; table?: string } => ({
  kind,
  name,
  ...(table !== undefined && { table }),
});

export const sameObjectId = (a: ObjectId, b: ObjectId): boolean =>
  a.kind === b.kind && a.table === b.table && canonicalSql(a.name) === canonicalSql(b.name);

/** `function "area(numeric)"`, `trigger "noted" of "posts"`. */
export const objectTitle = ({ kind, name, table }: ObjectId): string =>
  `${kind.replaceAll("_", " ")} "${name}"${table === undefined ? "" : ` of "${table}"`}`;

export const findObject = (schema: Schema, id: ObjectId): ManagedObject | undefined =>
  objectsOf(schema).find((object) => sameObjectId(object, id));

/** Throws ToolError `state` when there is no such object. */
export function getObject(schema: Schema, id: ObjectId): ManagedObject {
  const object = findObject(schema, id);
  if (object) return object;
  throw new ToolError("state", `there is no ${objectTitle(id)} at this point`, { kind: id.kind, name: id.name });
}

/** Whether two views are the same to the differ: white space and comments in their queries do not count. */
export const sameView = (a: View, b: View): boolean => viewText(a) === viewText(b);

/** Whether two views have the same rows: all but their comments and indexes is the same. */
export const sameRows = (a: View, b: View): boolean => viewText(rowsOf(a)) === viewText(rowsOf(b));

/** Whether two managed objects are the same to the differ. */
export const sameObject = (a: ManagedObject, b: ManagedObject): boolean => objectText(a) === objectText(b);

/** Whether two managed objects are the same but for what describes them. */
export const sameButComment = (a: ManagedObject, b: ManagedObject): boolean =>
  sameObject(uncommented(a), uncommented(b));

const uncommented = ({ comment: _, ...object }: ManagedObject): ManagedObject => object;

/**
 * Whether a view can take the place of another that others may be built on: it shows what that showed, from the same tables, and perhaps
 * more behind it.
 */
export function canReplaceView(before: View, after: View): boolean {
  if (sameRows(before, after)) return true;
  if (before.materialized || after.materialized) return false;
  if (canonicalJson(before.columns ?? []) !== canonicalJson(after.columns ?? [])) return false;
  const [old, next] = [shapeOf(before.query), shapeOf(after.query)];
  return Boolean(old && next) && old?.from === next?.from && `${next?.shown} ,`.startsWith(`${old?.shown} ,`);
}

/**
 * Whether an object can take the place of another without its users being made anew: a function that takes and gives the same, a composite type
 * whose attributes stay in their order, a text search configuration of the same parser, a virtual table that keeps its rows itself. One of
 * the rows of another table goes before that changes and reads them anew when it comes back. Nothing can be built on an event.
 */
export function canReplaceObject(before: ManagedObject, after: ManagedObject): boolean {
  if (isRoutine(before)) return signatureOf(before.definition) === signatureOf(after.definition);
  if (before.kind === "event") return true;
  if (before.kind === "virtual_table") return ![before, after].some((o) => /\bcontent\s*=/i.test(o.definition));
  if (before.kind === "composite_type") return attributeChanges(before.definition, after.definition) !== undefined;
  return (
    before.kind === "text_search_configuration" &&
    firstStatement(before.definition) === firstStatement(after.definition)
  );
}

function firstStatement(definition: string): string {
  const tokens = sqlTokens(withoutEnd(definition));
  const end = tokens.indexOf(";");
  return tokens.slice(0, end < 0 ? undefined : end).join(" ");
}

/** What is called, and whose body is looked into only then. */
export const isRoutine = ({ kind }: Pick<ManagedObject, "kind">): boolean =>
  kind === "function" || kind === "procedure";

/** The name by which others mention it: a function's without its arguments. */
export const plainObjectName = ({ name }: Pick<ManagedObject, "name">): string =>
  name.replace(/\s*\([\s\S]*$/, "").replace(/^"((?:[^"]|"")+)"$/, (_, inner: string) => inner.replaceAll('""', '"'));

const rowsOf = ({ comment: _, columnComments: __, indexes: ___, ...view }: View): View => view;

const viewText = ({ query, dependsOn: _, ...view }: View): string =>
  canonicalJson({ ...view, query: canonicalSql(query), materialized: Boolean(view.materialized) });

const objectText = ({ definition, drop, name, dependsOn: _, ...object }: ManagedObject): string =>
  canonicalJson({
    ...object,
    name: canonicalSql(name),
    definition: canonicalSql(definition),
    drop: drop && canonicalSql(drop),
  });

/** What a plain query shows and where it takes it from; `undefined` where that takes more than a look. */
function shapeOf(query: string): { readonly shown: string; readonly from: string } | undefined {
  const tokens = sqlTokens(query);
  if (tokens[0] !== "select" || tokens.includes("*") || tokens.includes("union")) return undefined;
  const outside = outermost(tokens);
  const from = outside("from");
  if (from < 0) return undefined;
  const ends = ["where", "group", "having", "window", "order", "limit", "offset", "fetch"]
    .map(outside)
    .filter((i) => i > 0);
  return {
    shown: tokens.slice(1, from).join(" "),
    from: tokens.slice(from, ends.length > 0 ? Math.min(...ends) : undefined).join(" "),
  };
}

/** Finds a word outside of all parentheses. */
function outermost(tokens: readonly string[]): (word: string) => number {
  let depth = 0;
  const places = new Map<string, number>();
  for (const [i, token] of tokens.entries()) {
    if (token === ")") depth--;
    if (depth === 0 && !places.has(token)) places.set(token, i);
    if (token === "(") depth++;
  }
  return (word) => places.get(word) ?? -1;
}

/** Everything up to how it is computed; what it gives is part of it. */
function signatureOf(definition: string): string {
  const tokens = sqlTokens(definition).filter(
    (token, i, all) => !(token === "or" || (token === "replace" && all[i - 1] === "or")),
  );
  const at = outermost(tokens);
  const ends = [
    "as",
    "language",
    "begin",
    "return",
    "immutable",
    "stable",
    "volatile",
    "strict",
    "security",
    "parallel",
    "cost",
    "set",
    "window",
    "leakproof",
    "called",
    "rows",
    "support",
    "not",
    "transform",
    ...ofMysql,
  ]
    .map(at)
    .filter((i) => i > 0);
  return tokens.slice(0, ends.length > 0 ? Math.min(...ends) : undefined).join(" ");
}

/** What stands behind the signature of a routine of MySQL, its body among it. */
const ofMysql = "deterministic contains no reads modifies sql comment select insert update delete call if".split(" ");
