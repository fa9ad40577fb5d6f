import { findListed, listed } from "../schema/beside-tables.ts";
import { enumsOf, usersOf } from "../schema/enums.ts";
import type { Schema } from "../schema/model.ts";
import { findTable } from "../schema/resolve.ts";
import { numberedBy } from "../schema/sequences.ts";
import type { Draft } from "./draft.ts";
import { dropUsersOf } from "./enums.ts";
import { dropTableNow } from "./tables.ts";

/** Tables and types share one name space. Where a new type has the name of a table that goes, that goes first. */
export function clearForTypes(draft: Draft, to: Schema): void {
  const enums = enumsOf(to).filter(({ name }) => !enumsOf(draft.state).some((e) => e.name === name));
  const domains = listed(to, "domains").filter(({ name }) => !findListed(draft.state, "domains", name));
  const sequences = listed(to, "sequences").filter(({ name }) => !findListed(draft.state, "sequences", name));
  for (const { name } of [...enums, ...domains, ...sequences])
    if (findTable(draft.state, name) && !findTable(to, name)) dropTableNow(draft, name);
}

/** Drops types and sequences that are gone and used no longer, and whose names a new table is to have. */
export function clearForTables(draft: Draft, to: Schema): void {
  const isWanted = (name: string): boolean => findTable(to, name) !== undefined && !findTable(draft.state, name);
  for (const { name } of enumsOf(draft.state)) {
    if (!isWanted(name)) continue;
    dropUsersOf(draft, name, to);
    if (usersOf(draft.state, name).length === 0) draft.add({ kind: "dropEnum", name });
  }
  for (const { name } of listed(draft.state, "domains"))
    if (isWanted(name) && usersOf(draft.state, name).length === 0) draft.add({ kind: "dropDomain", name });
  for (const { name } of listed(draft.state, "sequences"))
    if (isWanted(name) && numberedBy(draft.state, name).length === 0) draft.add({ kind: "dropSequence", name });
}
