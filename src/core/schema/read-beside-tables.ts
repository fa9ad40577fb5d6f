import type { DeclaredDomain, DeclaredExtension, DeclaredLists, DeclaredSequence } from "./declared.ts";
import { enumNamePattern } from "./enums.ts";
import { type DomainCheck, sequenceTypes } from "./model.ts";
import { at, child, complain, isMapping, items, missing, type Part, readComment, readFlag, readName } from "./part.ts";
import { databasesKeys, readDatabases } from "./read-databases.ts";
import { readDefault, readType, readTypeParameters } from "./read-field.ts";
import { readSql, readWord } from "./read-index.ts";
import { readSequenceOptions, sequenceOptionKeys } from "./read-sequence.ts";

export const extensionKeys = ["name", "version", "namespace", ...databasesKeys] as const;
export const sequenceKeys = ["name", "type", ...sequenceOptionKeys, "owned_by", "comment", ...databasesKeys] as const;
export const domainCheckKeys = ["name", "check", "not_valid"] as const;
export const domainKeys = [
  "name",
  "type",
  "length",
  "precision",
  "scale",
  "nullable",
  "default",
  "collation",
  "check",
  "checks",
  "comment",
  ...databasesKeys,
] as const;

/** What a file lists beside tables. */
export const readLists = (part: Part): DeclaredLists => ({
  extensions: each(child(part, "extensions", "extensions"), "extension", readExtension),
  domains: each(child(part, "domains", "domains"), "domain", readDomain),
  sequences: each(child(part, "sequences", "sequences"), "sequence", readSequence),
});

function each<T extends { readonly name: string }>(
  list: Part | undefined,
  word: string,
  read: (part: Part) => T | undefined,
): readonly T[] {
  const found: T[] = [];
  for (const item of list ? items(list, word) : []) {
    const called = (item.value as { readonly name?: unknown } | null)?.name;
    const thing = read(typeof called === "string" ? { ...item, title: `${word} "${called}"` } : item);
    if (!thing) continue;
    if (found.some(({ name }) => name === thing.name)) complain(item, `${word} "${thing.name}" is declared twice`);
    else found.push(thing);
  }
  return found;
}

/** A name, or a mapping that says more. */
function readExtension(part: Part): DeclaredExtension | undefined {
  const plain = typeof part.value === "string";
  if (!plain && !isMapping(part, extensionKeys)) return undefined;
  const name = readName(plain ? part : child(part, "name"));
  const version = plain ? undefined : readName(child(part, "version"));
  const namespace = plain ? undefined : readName(child(part, "namespace"));
  if (name === undefined) return plain ? undefined : missing(part, "name");
  return {
    name,
    ...(version !== undefined && { version }),
    ...(namespace !== undefined && { namespace }),
    ...(plain ? {} : readDatabases(part)),
    at: at(part),
  };
}

function readSequence(part: Part): DeclaredSequence | undefined {
  if (!isMapping(part, sequenceKeys)) return undefined;
  const name = readName(child(part, "name"));
  const type = readWord(child(part, "type"), sequenceTypes);
  const owner = child(part, "owned_by");
  const ownedBy = readName(owner);
  const comment = readComment(child(part, "comment"));
  if (owner && ownedBy !== undefined && !/.\../.test(ownedBy))
    complain(owner, `"owned_by" is a field with its table: users.id`);
  if (name === undefined) return missing(part, "name");
  return {
    name,
    ...(type && type !== "bigint" && { type }),
    ...readSequenceOptions(part),
    ...(ownedBy !== undefined && { ownedBy }),
    ...(comment !== undefined && { comment }),
    ...readDatabases(part),
    at: at(part),
  };
}

function readDomain(part: Part): DeclaredDomain | undefined {
  if (!isMapping(part, domainKeys)) return undefined;
  const name = readName(child(part, "name"));
  const { spelling, native, ...type } = readType(part);
  const value = readDefault(child(part, "default"));
  const collation = readName(child(part, "collation"));
  const comment = readComment(child(part, "comment"));
  if (name === undefined) return missing(part, "name");
  if (!enumNamePattern.test(name)) return void complain(part, `"${name}" is no plain name`);
  const checks = readChecks(part, name);
  return {
    name,
    ...type,
    ...(native && { native }),
    ...(spelling !== undefined && { spelling }),
    ...readTypeParameters(part),
    ...(readFlag(child(part, "nullable")) === false && { notNull: true }),
    ...(value !== undefined && { default: value }),
    ...(collation !== undefined && { collation }),
    ...(checks.length > 0 && { checks }),
    ...(comment !== undefined && { comment }),
    ...readDatabases(part),
    at: at(part),
  };
}

/** The one under `check` has the name that PostgreSQL gives. */
function readChecks(part: Part, domain: string): readonly DomainCheck[] {
  const list = child(part, "checks");
  const only = readSql(child(part, "check"));
  const usual = `${domain.slice(domain.indexOf(".") + 1)}_check`;
  return [
    ...(only === undefined ? [] : [{ name: usual, check: only }]),
    ...(list ? items(list, `check of domain "${domain}"`) : []).flatMap((item): readonly DomainCheck[] => {
      if (!isMapping(item, domainCheckKeys)) return [];
      const name = readName(child(item, "name"));
      const check = readSql(child(item, "check"));
      if (check === undefined) return missing(item, "check") ?? [];
      return [{ name: name ?? usual, check, ...(readFlag(child(item, "not_valid")) && { notValid: true }) }];
    }),
  ];
}
