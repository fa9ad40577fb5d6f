import { nearest } from "../nearest.ts";
import { actionSpellings, parseAction } from "./actions.ts";
import type { DeclaredField, DeclaredKeyOptions, DeclaredReference } from "./declared.ts";
import type { DefaultValue, ReferentialAction } from "./model.ts";
import {
  at,
  child,
  complain,
  describe,
  hasAny,
  isMapping,
  list,
  missing,
  type Part,
  readComment,
  readCount,
  readFlag,
  readName,
  readNames,
  readText,
} from "./part.ts";
import { databasesKeys, readDatabases } from "./read-databases.ts";
import { readDeferrable, readSql } from "./read-index.ts";
import { readPerDatabase } from "./read-per-database.ts";
import { readIdentity, readOwnSequence } from "./read-sequence.ts";
import { isKnownType, nativeTypePattern } from "./types.ts";

export const fieldKeys = [
  "name",
  "type",
  "primary_key",
  "nullable",
  "default",
  "length",
  "precision",
  "scale",
  "auto_create",
  "auto_update",
  "foreign_key",
  "many_to_many",
  "unique",
  "index",
  "check",
  "generated",
  "identity",
  "sequence",
  "collation",
  "options",
  "comment",
  "inherited",
  "renamed_from",
  ...databasesKeys,
] as const;

/** One item of a table's `fields`; `undefined` when it lacks what a field cannot do without. */
export function readField(item: Part, table: string): DeclaredField | undefined {
  const called = (item.value as { readonly name?: unknown } | null)?.name;
  const part = {
    ...item,
    title: typeof called === "string" ? `field "${table}.${called}"` : `field of table "${table}"`,
  };
  if (!isMapping(part, fieldKeys)) return undefined;
  const name = readName(child(part, "name"));
  const type = readType(part);
  const field = {
    ...(hasAny(part, parameterKeys) && readTypeParameters(part)),
    ...readProperties(part),
    ...(hasAny(part, relationKeys) && readRelations(part)),
    ...readDatabases(part),
  };
  if (name === undefined && !child(part, "name")) complain(part, `"name" is missing`);
  return name === undefined ? undefined : { name, ...type, ...field, at: at(part) };
}

/** What a `foreign_key` or `foreign_keys` entry may say beside what it ties. */
export const keyOptionKeys = [
  "on_delete",
  "on_update",
  "on_delete_fields",
  "deferrable",
  "not_valid",
  "match_full",
  "comment",
  ...databasesKeys,
] as const;

export function readKeyOptions(part: Part): DeclaredKeyOptions {
  const onDelete = readAction(child(part, "on_delete"));
  const onUpdate = readAction(child(part, "on_update"));
  const onDeleteFields = readNames(child(part, "on_delete_fields"));
  const deferrable = readDeferrable(child(part, "deferrable"));
  const comment = readComment(child(part, "comment"));
  return {
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    ...(onDeleteFields && { onDeleteFields }),
    ...(deferrable && { deferrable }),
    ...(readFlag(child(part, "not_valid")) && { notValid: true }),
    ...(readFlag(child(part, "match_full")) && { matchFull: true }),
    ...(comment !== undefined && { comment }),
    ...readDatabases(part),
  };
}

/** The type as written; empty when it is unreadable, which has been reported then. */
export function readType(part: Part): Pick<DeclaredField, "type" | "native" | "spelling"> {
  const type = child(part, "type");
  const wrong = (at: Part, message: string) => {
    complain(at, message);
    return { type: "" };
  };
  if (!type) return wrong(part, `"type" is missing`);
  if (typeof type.value === "string")
    return type.value === "" ? wrong(type, `"type" must not be empty`) : spelled(type.value);
  if (!isMapping(type, ["native"])) return { type: "" };
  const native = readText(child(type, "native"));
  if (native === undefined) return wrong(type, `"native" is missing`);
  if (isKnownType(native.toLowerCase()) && !otherThanKnown.has(native))
    return wrong(type, `"${native}" is a field type; write type: ${native.toLowerCase()}`);
  if (!nativeTypePattern.test(native)) return wrong(type, `"${native}" does not have the form of a type name`);
  return { type: native, native: true };
}

function spelled(type: string): { readonly type: string; readonly spelling?: string } {
  const lower = type.toLowerCase();
  return { type: lower, ...(lower !== type && { spelling: type }) };
}

/**
 * Spelled like this, these are not what the field types of that name stand for: the first two in ClickHouse, where case counts, the third in
 * PostgreSQL, where `json` is JSONB, and it and the others in SQLite, which keeps types as they are written.
 */
const otherThanKnown = new Set(["Date", "Time", "JSON", "JSONB", "UUID", "FLOAT", "VARCHAR", "CHAR", "SERIAL"]);

export function readTypeParameters(part: Part): Pick<DeclaredField, "length" | "precision" | "scale"> {
  const length = readCount(child(part, "length"), { least: 1 });
  const precision = readCount(child(part, "precision"), { least: 0 });
  const scale = readCount(child(part, "scale"), { least: 0 });
  return {
    ...(length !== undefined && { length }),
    ...(precision !== undefined && { precision }),
    ...(scale !== undefined && { scale }),
  };
}

const parameterKeys: ReadonlySet<string> = new Set(["length", "precision", "scale"]);
const relationKeys: ReadonlySet<string> = new Set(["foreign_key", "many_to_many"]);
const timeKeys: ReadonlySet<string> = new Set(["auto_create", "auto_update"]);
const furtherKeys: ReadonlySet<string> = new Set([
  "unique",
  "index",
  "check",
  "generated",
  "identity",
  "sequence",
  "collation",
  "options",
  "comment",
  "inherited",
]);

function readProperties(part: Part): Partial<DeclaredField> {
  const primaryKey = readFlag(child(part, "primary_key"));
  const nullable = readFlag(child(part, "nullable"));
  const value = readDefault(child(part, "default"));
  const times = hasAny(part, timeKeys) && readTimes(part);
  const renamedFrom = readName(child(part, "renamed_from"));
  return {
    ...(primaryKey !== undefined && { primaryKey }),
    ...(nullable !== undefined && { nullable }),
    ...(value !== undefined && { default: value }),
    ...times,
    ...(hasAny(part, furtherKeys) && { ...readShorthands(part), ...readFurther(part) }),
    ...(renamedFrom !== undefined && { renamedFrom }),
  };
}

function readTimes(part: Part): Partial<DeclaredField> {
  const autoCreate = readFlag(child(part, "auto_create"));
  const autoUpdate = readFlag(child(part, "auto_update"));
  return { ...(autoCreate && { autoCreate }), ...(autoUpdate && { autoUpdate }) };
}

/** What stands at the field and is a constraint or an index of the table. */
function readShorthands(part: Part): Partial<DeclaredField> {
  const check = readSql(child(part, "check"));
  return {
    ...(readFlag(child(part, "unique")) && { unique: true }),
    ...(readFlag(child(part, "index")) && { index: true }),
    ...(check !== undefined && { check }),
  };
}

function readFurther(part: Part): Partial<DeclaredField> {
  const generated = readGenerated(child(part, "generated"));
  const identity = readIdentity(child(part, "identity"));
  const sequence = readOwnSequence(child(part, "sequence"));
  const collation = readName(child(part, "collation"));
  const options = readPerDatabase(child(part, "options", `options of ${part.title}`), "option");
  const comment = readComment(child(part, "comment"));
  return {
    ...(generated && { generated }),
    ...(identity && { identity }),
    ...(sequence && Object.keys(sequence).length > 0 && { sequence }),
    ...(collation !== undefined && { collation }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(comment !== undefined && { comment }),
    ...(readFlag(child(part, "inherited")) && { inherited: true }),
  };
}

export const generatedKeys = ["as", "stored"] as const;

/** An expression, or `{ as, stored }`. */
function readGenerated(part: Part | undefined): DeclaredField["generated"] {
  if (!part) return undefined;
  const plain = typeof part.value === "string";
  if (!plain && !isMapping(part, generatedKeys)) return undefined;
  const as = readSql(plain ? part : child(part, "as"));
  if (as === undefined) return plain ? undefined : missing(part, "as");
  return { as, ...(!plain && readFlag(child(part, "stored")) && { stored: true }) };
}

export function readDefault(part: Part | undefined): DefaultValue | undefined {
  if (!part) return undefined;
  const { value } = part;
  if (typeof value === "string") return readText(part);
  if (typeof value === "boolean") return value;
  if (typeof value === "number")
    return Number.isFinite(value) ? value : void complain(part, `"default" must be a finite number`);
  if (Array.isArray(value))
    return void complain(
      part,
      `"default" must be a text, a number or a boolean, found a list; for a JSON value write it as a text`,
    );
  if (!isMapping(part, ["sql", "value"])) return undefined;
  const keys = Object.keys(value as object);
  if (keys.length !== 1) return void complain(part, `"default" must have either "sql" or "value"`);
  const text = readText(child(part, keys[0] ?? ""));
  if (text === undefined) return void complain(part, `"${keys[0]}" is empty`);
  return keys[0] === "sql" ? { sql: text } : { value: text };
}

function readRelations(part: Part): Partial<DeclaredField> {
  const foreignKey = readReference(child(part, "foreign_key"));
  const manyToMany = readManyToMany(child(part, "many_to_many"));
  return { ...(foreignKey && { foreignKey }), ...(manyToMany && { manyToMany }) };
}

export const referenceKeys = ["table", "name", ...keyOptionKeys] as const;

function readReference(part: Part | undefined): DeclaredReference | undefined {
  if (!part || !isMapping(part, referenceKeys)) return undefined;
  const actions = readKeyOptions(part);
  const name = readName(child(part, "name"));
  const table = readName(child(part, "table"));
  if (!child(part, "table")) complain(part, `"table" of "foreign_key" is missing`);
  return table === undefined ? undefined : { table, ...(name !== undefined && { name }), ...actions };
}

export const manyToManyKeys = ["table", "through"] as const;

function readManyToMany(part: Part | undefined): DeclaredField["manyToMany"] {
  if (!part || !isMapping(part, manyToManyKeys)) return undefined;
  const table = readName(child(part, "table"));
  const through = readName(child(part, "through"));
  if (!child(part, "table")) complain(part, `"table" of "many_to_many" is missing`);
  return table === undefined ? undefined : { table, ...(through !== undefined && { through }) };
}

function readAction(part: Part | undefined): ReferentialAction | undefined {
  const text = readText(part);
  if (!part || !text) return undefined;
  const action = parseAction(text);
  if (!action) {
    const near = nearest(text, actionSpellings);
    complain(
      part,
      `"${part.path.at(-1)}" is ${describe(text)}; ${near ? `did you mean "${near}"?` : `use ${list(actionSpellings)}`}`,
    );
  }
  return action;
}
