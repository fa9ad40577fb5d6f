import type { DeclaredObject, DeclaredView } from "./declared.ts";
import {
  at,
  child,
  complain,
  isAnyMapping,
  isMapping,
  items,
  missing,
  type Part,
  readComment,
  readFlag,
  readName,
  readNames,
  readText,
} from "./part.ts";
import { databasesKeys, readDatabases } from "./read-databases.ts";
import { readIndex, readParameters, readSql } from "./read-index.ts";
import { withoutEnd } from "./sql-text.ts";

export const viewKeys = [
  "name",
  "query",
  "columns",
  "materialized",
  "options",
  "comment",
  "column_comments",
  "indexes",
  "grants",
  "depends_on",
  ...databasesKeys,
] as const;

/** One of the `views`. */
export function readView(item: Part): DeclaredView | undefined {
  const called = readable(item, "name");
  const part = called === undefined ? item : { ...item, title: `view "${called}"` };
  if (!isMapping(part, viewKeys)) return undefined;
  const name = readName(child(part, "name"));
  const query = readSql(child(part, "query"));
  const columns = readNames(child(part, "columns"));
  const materialized = readFlag(child(part, "materialized"));
  const options = readParameters(child(part, "options"));
  const comment = readComment(child(part, "comment"));
  const dependsOn = readNames(child(part, "depends_on"));
  const columnComments = readColumnComments(child(part, "column_comments"));
  const listed = child(part, "indexes");
  const indexes = listed && name !== undefined ? items(listed).flatMap((index) => readIndex(index, name) ?? []) : [];
  if (listed && !materialized) complain(listed, "only a materialized view has indexes");
  if (name === undefined) return missing(part, "name");
  if (query === undefined) return missing(part, "query");
  return {
    name,
    query: withoutEnd(query),
    ...(columns && { columns }),
    ...(materialized && { materialized }),
    ...(options && { options }),
    ...(comment !== undefined && { comment }),
    ...(columnComments && { columnComments }),
    ...(indexes.length > 0 && { indexes: indexes.map(({ at: _, ...index }) => index) }),
    ...(dependsOn && { dependsOn }),
    ...readDatabases(part),
    at: at(part),
  };
}

/** Column → what describes it. */
function readColumnComments(part: Part | undefined): DeclaredView["columnComments"] {
  if (!part || !isAnyMapping(part)) return undefined;
  const entries = Object.keys(part.value as object).flatMap((column) => {
    const text = readComment(child(part, column));
    return text === undefined ? [] : [[column, text] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

export const objectKeys = [
  "kind",
  "name",
  "table",
  "definition",
  "drop",
  "comment",
  "depends_on",
  ...databasesKeys,
] as const;

/** One of the `objects`. */
export function readObject(item: Part): DeclaredObject | undefined {
  const called = readable(item, "name");
  const part = called === undefined ? item : { ...item, title: `${readable(item, "kind") ?? "object"} "${called}"` };
  if (!isMapping(part, objectKeys)) return undefined;
  const written = readText(child(part, "kind"));
  const kind = written?.toLowerCase().replaceAll(" ", "_");
  const name = readName(child(part, "name"));
  const table = readName(child(part, "table"));
  const definition = readSql(child(part, "definition"));
  const drop = readSql(child(part, "drop"));
  const comment = readComment(child(part, "comment"));
  const dependsOn = readNames(child(part, "depends_on"));
  if (kind === undefined) return missing(part, "kind");
  if (!/^[a-z]+(?:_[a-z]+)*$/.test(kind))
    return void complain(
      child(part, "kind") ?? part,
      `"${written}" is not a kind of object; use function, procedure, trigger, policy, rule, virtual_table …`,
    );
  if (name === undefined) return missing(part, "name");
  if (definition === undefined) return missing(part, "definition");
  if (ofTables.includes(kind) && table === undefined)
    return void complain(part, `"table" is missing: a ${kind} is part of a table or a view`);
  return {
    kind,
    name,
    ...(table !== undefined && { table }),
    definition: withoutEnd(definition),
    ...(drop !== undefined && { drop }),
    ...(comment !== undefined && { comment }),
    ...(dependsOn && { dependsOn }),
    ...readDatabases(part),
    at: at(part),
  };
}

/** Kinds whose names are local to a table. */
const ofTables: readonly string[] = ["trigger", "policy", "rule"];

function readable(part: Part, key: string): string | undefined {
  const value = (part.value as Readonly<Record<string, unknown>> | null)?.[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}
