import { databaseName, databaseNames, nearestDatabase } from "./databases.ts";
import type { ForDatabases } from "./model.ts";
import { child, complain, items, list, type Part, readName } from "./part.ts";

/** The keys under which something says which databases it is for. */
export const databasesKeys = ["only", "except"] as const;

/** `only: [postgresql]`, `except: clickhouse`; names are proper ones afterwards, in their alphabetical order. */
export function readDatabases(part: Part): ForDatabases {
  const only = readNamesOf(child(part, "only"));
  const except = readNamesOf(child(part, "except"));
  const both = only?.find((name) => except?.includes(name));
  if (both !== undefined)
    complain(part, `"${both}" stands under "only" and under "except"; leave it out of one of them`);
  return { ...(only && { only }), ...(except && { except }) };
}

function readNamesOf(part: Part | undefined): readonly string[] | undefined {
  if (!part) return undefined;
  const written = Array.isArray(part.value) ? items(part) : [part];
  if (written.length === 0) complain(part, `"${part.path.at(-1)}" must name at least one database`);
  const names = written.flatMap((item) => nameOf(item) ?? []);
  return names.length > 0 ? [...new Set(names)].toSorted() : undefined;
}

function nameOf(part: Part): string | undefined {
  const spelling = readName(part);
  if (spelling === undefined) return undefined;
  const name = databaseName(spelling);
  if (name !== undefined) return name;
  const near = nearestDatabase(spelling);
  return void complain(
    part,
    `unknown database "${spelling}"; ${near ? `did you mean "${near}"?` : `use ${list(databaseNames)}`}`,
  );
}
