import type { Declaration, DeclaredEnum, DeclaredForeignKey, DeclaredInclude, DeclaredTable } from "./declared.ts";
import { enumNamePattern } from "./enums.ts";
import { rowSecurities } from "./model.ts";
import {
  at,
  child,
  children,
  complain,
  describe,
  isMapping,
  items,
  type Locate,
  missing,
  type Part,
  readComment,
  readName,
  readNames,
  readText,
} from "./part.ts";
import type { Problem } from "./problem.ts";
import { readLists } from "./read-beside-tables.ts";
import { databasesKeys, readDatabases } from "./read-databases.ts";
import { keyOptionKeys, readField, readKeyOptions } from "./read-field.ts";
import { readGrants } from "./read-grants.ts";
import { readConstraint, readDeferrable, readIndex, readWord } from "./read-index.ts";
import { readObject, readView } from "./read-managed.ts";
import { readNamespaces } from "./read-namespaces.ts";
import { readPerDatabase } from "./read-per-database.ts";
import { readTree } from "./read-tree.ts";

/**
 * Reads the plain value of one schema file. It never throws: everything that is wrong in the file is in `problems`, and the
 * declaration holds the rest. What needs the other files (types, references) is not looked at here.
 */
export function readDocument(document: unknown, { file, locate }: Source): ReadFile {
  const problems: Problem[] = [];
  const part: Part = {
    value: document,
    title: "the schema",
    path: [],
    locate,
    report: (problem) => problems.push(problem),
  };
  const empty: Declaration = {
    file,
    includes: [],
    defaults: {},
    typeMappings: {},
    namespaces: [],
    ...noLists,
    enums: [],
    tables: [],
    views: [],
    objects: [],
    hasTables: false,
  };
  if (document === undefined || document === null) complain(part, `the file is empty; declare "tables"`);
  else if (isMapping(part, topKeys)) return { declaration: { ...empty, ...readTop(part) }, problems };
  return { declaration: empty, problems };
}

/** Where a document comes from. */
export interface Source {
  readonly file: string;
  readonly locate: Locate;
}

/** What a file says, and what is wrong with it. */
export interface ReadFile {
  readonly declaration: Declaration;
  readonly problems: readonly Problem[];
}

export const topKeys = [
  "tables",
  "namespaces",
  "extensions",
  "enums",
  "domains",
  "sequences",
  "views",
  "objects",
  "include",
  "defaults",
  "type_mappings",
  "database",
] as const;
const noLists = { extensions: [], domains: [], sequences: [] };
export const enumKeys = ["name", "values", "comment", ...databasesKeys] as const;
export const includeKeys = ["path", "package", "module"] as const;
export const targetKeys = ["table", "fields"] as const;
export const labelKeys = ["name", "version", "migration_version", "type", "description"] as const;

function readTop(part: Part): Omit<Declaration, "file"> {
  const database = child(part, "database", "database");
  if (database && isMapping(database, labelKeys)) for (const key of labelKeys) readText(child(database, key));
  const value = part.value as Record<string, unknown>;
  if (topKeys.every((key) => key === "database" || value[key] === undefined))
    complain(part, `nothing is declared; add "tables"`);
  const include = child(part, "include", "include");
  const tables = child(part, "tables");
  const namespaces = child(part, "namespaces", "namespaces");
  const enums = child(part, "enums", "enums");
  const views = child(part, "views", "views");
  const objects = child(part, "objects", "objects");
  return {
    includes: include ? items(include).flatMap((item) => readInclude(item) ?? []) : [],
    defaults: readPerDatabase(child(part, "defaults", "defaults"), "default"),
    typeMappings: readPerDatabase(child(part, "type_mappings", "type_mappings"), "type"),
    namespaces: namespaces ? readNamespaces(namespaces) : [],
    enums: enums ? items(enums, "enum").flatMap((item) => readEnum(item) ?? []) : [],
    ...readLists(part),
    tables: tables ? readTables(tables) : [],
    views: views ? items(views, "view").flatMap((item) => readView(item) ?? []) : [],
    objects: [
      ...(objects ? items(objects, "object").flatMap((item) => readObject(item) ?? []) : []),
      ...[tables, views].flatMap(children).flatMap(readGrants),
    ],
    hasTables: "tables" in value,
  };
}

function readEnum(item: Part): DeclaredEnum | undefined {
  const part = named(item, "enum");
  if (!isMapping(part, enumKeys)) return undefined;
  const name = readName(child(part, "name"));
  if (name === undefined) return missing(part, "name");
  if (!enumNamePattern.test(name)) return void complain(part, `"${name}" is no plain name`);
  const list = child(part, "values");
  if (!list) return missing(part, "values");
  const values = items(list).flatMap((value) => readText(value) ?? []);
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) complain(list, `names the value "${twice}" twice`);
  if (values.length === 0) complain(list, "needs at least one value");
  const comment = readComment(child(part, "comment"));
  return { name, values, ...(comment !== undefined && { comment }), ...readDatabases(part), at: at(part) };
}

function readInclude(part: Part): DeclaredInclude | undefined {
  if (typeof part.value === "string")
    return part.value === "" ? void complain(part, "the path is empty") : { path: part.value, at: at(part) };
  if (!isMapping(part, includeKeys)) return undefined;
  const path = readName(child(part, "path"));
  const module = child(part, "module");
  if (module) {
    complain(
      module,
      `${describe(module.value)} is a Go module, which cannot be resolved here; copy the file into the project and give its relative path, or publish it in an npm package and name that with "package"`,
    );
    return undefined;
  }
  if (path === undefined) return void complain(part, `"path" is missing`);
  const name = readName(child(part, "package"));
  return { path, ...(name !== undefined && { package: name }), at: at(part) };
}

function readTables(part: Part): readonly DeclaredTable[] {
  const tables = items({ ...part, title: "tables" }, "table").flatMap((item) => readTable(item) ?? []);
  reportTwice(
    tables,
    (table, first) => `table "${table.name}" is declared twice in this file; the first time in line ${first.at().line}`,
    part,
  );
  return tables;
}

export const tableKeys = [
  "name",
  "fields",
  "primary_key",
  "indexes",
  "foreign_keys",
  "constraints",
  "options",
  "comment",
  "row_security",
  "grants",
  "partition_by",
  "partition_of",
  "inherits",
  "renamed_from",
  ...databasesKeys,
] as const;

function readTable(item: Part): DeclaredTable | undefined {
  if (!isMapping(named(item, "table"), tableKeys)) return undefined;
  const name = readName(child(item, "name"));
  if (name === undefined) return missing(item, "name");
  const part = { ...item, title: `table "${name}"` };
  const primaryKey = readPrimaryKey(child(part, "primary_key"));
  const renamedFrom = readName(child(part, "renamed_from"));
  const declared = child(part, "fields");
  const fields = declared ? items(declared, "field").flatMap((field) => readField(field, name) ?? []) : [];
  reportTwice(fields, (field) => `field "${name}.${field.name}" is declared twice`, part);
  const indexes = (
    child(part, "indexes") ? items(child(part, "indexes") ?? part, `index of table "${name}"`) : []
  ).flatMap((index) => readIndex(index, name) ?? []);
  reportTwice(indexes, (index) => `index "${index.name}" of table "${name}" is declared twice`, part);
  const keys = child(part, "foreign_keys");
  const options = readPerDatabase(child(part, "options", `options of table "${name}"`), "option");
  const constraints = child(part, "constraints");
  const comment = readComment(child(part, "comment"));
  const rowSecurity = readWord(child(part, "row_security"), rowSecurities);
  return {
    name,
    fields,
    ...primaryKey,
    indexes,
    foreignKeys: keys ? items(keys, `foreign key of table "${name}"`).flatMap((key) => readForeignKey(key) ?? []) : [],
    ...(Object.keys(options).length > 0 && { options }),
    constraints: constraints
      ? items(constraints, `constraint of table "${name}"`).flatMap((item) => readConstraint(item, name) ?? [])
      : [],
    ...(comment !== undefined && { comment }),
    ...(rowSecurity && { rowSecurity }),
    ...readTree(part),
    ...readDatabases(part),
    ...(renamedFrom !== undefined && { renamedFrom }),
    at: at(part),
  };
}

/** The fields of the key, or with its name: `{ name: pk_users, fields: [id] }`. */
function readPrimaryKey(
  part: Part | undefined,
): Pick<
  DeclaredTable,
  "primaryKey" | "primaryKeyName" | "primaryKeyComment" | "primaryKeyDeferrable" | "primaryKeyInclude"
> {
  const isNamed = part && typeof part.value === "object" && part.value !== null && !Array.isArray(part.value);
  if (isNamed && !isMapping(part, primaryKeyKeys)) return {};
  const primaryKey = readNames(isNamed ? child(part, "fields") : part);
  const primaryKeyName = isNamed ? readName(child(part, "name")) : undefined;
  const primaryKeyDeferrable = isNamed ? readDeferrable(child(part, "deferrable")) : undefined;
  const primaryKeyInclude = isNamed ? readNames(child(part, "include")) : undefined;
  const primaryKeyComment = isNamed ? readComment(child(part, "comment")) : undefined;
  return {
    ...(primaryKey && { primaryKey }),
    ...(primaryKeyName !== undefined && { primaryKeyName }),
    ...(primaryKeyComment !== undefined && { primaryKeyComment }),
    ...(primaryKeyDeferrable && { primaryKeyDeferrable }),
    ...(primaryKeyInclude && { primaryKeyInclude }),
  };
}

export const primaryKeyKeys = ["name", "fields", "include", "deferrable", "comment"] as const;

function readForeignKey(part: Part): DeclaredForeignKey | undefined {
  if (!isMapping(part, ["name", "fields", "references", ...keyOptionKeys])) return undefined;
  const name = readName(child(part, "name"));
  const fields = readNames(child(part, "fields"));
  const actions = readKeyOptions(part);
  const target = child(part, "references");
  if (!target) return missing(part, "references");
  if (!child(part, "fields")) return missing(part, "fields");
  const references = readTarget(target);
  return fields && references && { ...(name !== undefined && { name }), fields, references, ...actions, at: at(part) };
}

function readTarget(part: Part): DeclaredForeignKey["references"] | undefined {
  if (typeof part.value === "string" && part.value !== "") return { table: part.value };
  if (!isMapping(part, targetKeys)) return undefined;
  const table = readName(child(part, "table"));
  if (table === undefined) return missing(part, "table");
  const fields = readNames(child(part, "fields"));
  return { table, ...(fields && { fields }) };
}

/** The same part, called by its name where it has one. */
function named(part: Part, kind: string): Part {
  const name = (part.value as { readonly name?: unknown } | null)?.name;
  return typeof name === "string" && name !== "" ? { ...part, title: `${kind} "${name}"` } : part;
}

function reportTwice<T extends { readonly name: string; readonly at: Declaration["tables"][number]["at"] }>(
  things: readonly T[],
  message: (thing: T, first: T) => string,
  part: Part,
): void {
  const seen = new Map<string, T>();
  for (const thing of things) {
    const first = seen.get(thing.name);
    if (first) part.report({ message: message(thing, first), position: thing.at("name") });
    else seen.set(thing.name, thing);
  }
}
