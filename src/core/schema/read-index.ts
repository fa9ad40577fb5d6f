import type { DeclaredConstraint, DeclaredIndex } from "./declared.ts";
import { deferrables, type IndexElement, type IndexField } from "./model.ts";
import {
  at,
  child,
  complain,
  describe,
  isAnyMapping,
  isMapping,
  items,
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

export const indexKeys = [
  "name",
  "fields",
  "unique",
  "method",
  "where",
  "include",
  "nulls_not_distinct",
  "with",
  "comment",
  "foreign_key",
  "from_fk",
  ...databasesKeys,
] as const;

/** One of a table's `indexes`. `foreign_key` and `from_fk` are annotations of the predecessor and mean nothing here. */
export function readIndex(item: Part, table: string): DeclaredIndex | undefined {
  const called = nameOf(item);
  const part = called === undefined ? item : { ...item, title: `index "${called}" of table "${table}"` };
  if (!isMapping(part, indexKeys)) return undefined;
  const name = readName(child(part, "name"));
  if (name === undefined) return missing(part, "name");
  const fields = readIndexFields(child(part, "fields"));
  const unique = readFlag(child(part, "unique"));
  const comment = readComment(child(part, "comment"));
  const parameters = readParameters(child(part, "with"));
  if (!child(part, "fields")) return missing(part, "fields");
  if (fields.length === 0) return undefined;
  return {
    name,
    fields,
    ...(unique && { unique }),
    ...readCovering(part),
    ...(parameters && { with: parameters }),
    ...(comment !== undefined && { comment }),
    ...readDatabases(part),
    at: at(part),
  };
}

export const constraintKeys = [
  "name",
  "check",
  "unique",
  "exclude",
  "no_inherit",
  "not_valid",
  "include",
  "nulls_not_distinct",
  "deferrable",
  "method",
  "where",
  "comment",
  ...databasesKeys,
] as const;

/** One of a table's `constraints`: `check`, `unique` or `exclude` says which kind it is. */
export function readConstraint(item: Part, table: string): DeclaredConstraint | undefined {
  const called = nameOf(item);
  const part = called === undefined ? item : { ...item, title: `constraint "${called}" of table "${table}"` };
  if (!isMapping(part, constraintKeys)) return undefined;
  const given = kinds.filter((kind) => child(part, kind));
  const [kind] = given;
  if (kind === undefined || given.length > 1)
    return void complain(part, `expected one of ${list(kinds)}${given.length > 1 ? `, found ${given.length}` : ""}`);
  const name = readName(child(part, "name"));
  const content = readContent(part, kind);
  const comment = readComment(child(part, "comment"));
  return (
    content && {
      ...content,
      ...(name !== undefined && { name }),
      ...(comment !== undefined && { comment }),
      ...readDatabases(part),
      at: at(part),
    }
  );
}

const kinds = ["check", "unique", "exclude"] as const;

/** What is meant by no key of another kind. */
const keysOf: Readonly<Record<(typeof kinds)[number], readonly string[]>> = {
  check: ["name", "check", "no_inherit", "not_valid", "comment", ...databasesKeys],
  unique: ["name", "unique", "include", "nulls_not_distinct", "deferrable", "comment", ...databasesKeys],
  exclude: ["name", "exclude", "method", "where", "deferrable", "comment", ...databasesKeys],
};

type Content<C = DeclaredConstraint> = C extends DeclaredConstraint ? Omit<C, "at" | "name"> : never;

function readContent(part: Part, kind: (typeof kinds)[number]): Content | undefined {
  for (const key of constraintKeys)
    if (child(part, key) && !keysOf[kind].includes(key)) complain(part, `"${key}" means nothing with "${kind}"`);
  const deferrable = readDeferrable(child(part, "deferrable"));
  if (kind === "check") {
    const check = readSql(child(part, "check"));
    const [noInherit, notValid] = [readFlag(child(part, "no_inherit")), readFlag(child(part, "not_valid"))];
    return check === undefined ? undefined : { check, ...(noInherit && { noInherit }), ...(notValid && { notValid }) };
  }
  const { include, nullsNotDistinct, method, where } = readCovering(part);
  if (kind === "unique") {
    const unique = readNames(child(part, "unique"));
    return (
      unique && {
        unique,
        ...(include && { include }),
        ...(nullsNotDistinct && { nullsNotDistinct }),
        ...(deferrable && { deferrable }),
      }
    );
  }
  const listed = items(child(part, "exclude") ?? part);
  if (listed.length === 0 && child(part, "exclude")) complain(part, `"exclude" needs at least one element`);
  const exclude = listed.flatMap((element) => readExclusion(element) ?? []);
  return exclude.length === 0
    ? undefined
    : { exclude, ...(method && { method }), ...(where && { where }), ...(deferrable && { deferrable }) };
}

function readExclusion(part: Part): (IndexElement & { readonly with: string }) | undefined {
  if (!isMapping(part, [...elementKeys, "with"])) return undefined;
  const operator = readText(child(part, "with"));
  const element = readElement(part);
  if (operator === undefined) return missing(part, "with");
  if (!/^[-+*/<>=~!@#%^&|`?]+$/.test(operator)) return void complain(part, `"${operator}" is not an operator`);
  return element && { ...element, with: operator };
}

/** DEFERRABLE: `immediate` (also `true`) or `deferred`. */
export function readDeferrable(part: Part | undefined): (typeof deferrables)[number] | undefined {
  if (!part || part.value === false) return undefined;
  const found = part.value === true ? "immediate" : deferrables.find((word) => word === part.value);
  if (!found) complain(part, `"deferrable" must be ${list(deferrables)}, found ${describe(part.value)}`);
  return found;
}

/** A text that is SQL. */
export function readSql(part: Part | undefined): string | undefined {
  const text = readText(part)?.trim();
  if (part && text === "") complain(part, "an SQL expression must not be empty");
  return text || undefined;
}

/** What an index says beside its fields, and some constraints too. */
function readCovering(part: Part) {
  const method = readText(child(part, "method")) || undefined;
  const where = readText(child(part, "where")) || undefined;
  const include = readNames(child(part, "include"));
  const nullsNotDistinct = readFlag(child(part, "nulls_not_distinct"));
  if (method !== undefined && !/^[A-Za-z_]\w*$/.test(method)) complain(part, `"${method}" is not an index method`);
  return {
    ...(method && { method }),
    ...(where && { where }),
    ...(include && { include }),
    ...(nullsNotDistinct && { nullsNotDistinct }),
  };
}

export const elementKeys = ["field", "expression", "order", "nulls", "collation", "operator_class", "prefix"] as const;

function readIndexFields(part: Part | undefined): readonly IndexField[] {
  if (!part) return [];
  const plain = Array.isArray(part.value) && part.value.every((value) => typeof value !== "object" || value === null);
  if (plain) return readNames(part) ?? [];
  return items(part).flatMap((item) => {
    if (typeof item.value !== "object") return readName(item) ?? [];
    return isMapping(item, elementKeys) ? (shortest(readElement(item)) ?? []) : [];
  });
}

const shortest = (element: IndexElement | undefined): IndexField | undefined =>
  element?.field !== undefined && Object.keys(element).length === 1 ? element.field : element;

function readElement(part: Part): IndexElement | undefined {
  const field = readName(child(part, "field"));
  const expression = readSql(child(part, "expression"));
  if ((field === undefined) === (expression === undefined))
    return void complain(part, `needs either "field" or "expression"`);
  const order = readWord(child(part, "order"), ["asc", "desc"] as const);
  const nulls = readWord(child(part, "nulls"), ["first", "last"] as const);
  const collation = readName(child(part, "collation"));
  const operatorClass = readName(child(part, "operator_class"));
  const prefix = readCount(child(part, "prefix"), { least: 1 });
  if (prefix !== undefined && field === undefined) complain(part, `"prefix" means nothing with "expression"`);
  // What goes without saying is left out, so that equal indexes are equal.
  const usual = order === "desc" ? "first" : "last";
  return {
    ...(field !== undefined ? { field } : { expression: expression ?? "" }),
    ...(order === "desc" && { order }),
    ...(nulls && nulls !== usual && { nulls }),
    ...(collation !== undefined && { collation }),
    ...(operatorClass !== undefined && { operatorClass }),
    ...(prefix !== undefined && { prefix }),
  };
}

/** One of some words, in any case. */
export function readWord<const W extends string>(part: Part | undefined, words: readonly W[]): W | undefined {
  if (!part) return undefined;
  const text = String(part.value).toLowerCase();
  const found = words.find((word) => word === text);
  if (!found) complain(part, `"${part.path.at(-1)}" must be ${list(words)}, found ${describe(part.value)}`);
  return found;
}

/** `{ fillfactor: 70 }`. */
export function readParameters(part: Part | undefined): Readonly<Record<string, string>> | undefined {
  if (!part || !isAnyMapping(part)) return undefined;
  const entries = Object.keys(part.value as object).flatMap((key) => {
    const text = readText(child(part, key));
    if (!/^[A-Za-z_][\w.]*$/.test(key)) complain(part, `"${key}" is not the name of a storage parameter`);
    return text === undefined ? [] : [[key, text] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function nameOf(part: Part): string | undefined {
  const name = (part.value as { readonly name?: unknown } | null)?.name;
  return typeof name === "string" && name !== "" ? name : undefined;
}
