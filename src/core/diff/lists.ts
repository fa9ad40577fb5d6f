import { paramsOf } from "../operations/list-params.ts";
import { findListed, type Listed, type ListKey, listed } from "../schema/beside-tables.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { Domain, Schema, Sequence } from "../schema/model.ts";
import { findField, findTable } from "../schema/resolve.ts";
import { ownerOf } from "../schema/sequences.ts";
import { mentions } from "../schema/sql-text.ts";
import type { Draft } from "./draft.ts";
import { detachSequences } from "./own-sequences.ts";
import { isSwapped } from "./swapped-types.ts";

/** Makes and changes extensions. */
export function createExtensions(draft: Draft, to: Schema): void {
  for (const wanted of listed(to, "extensions")) {
    const old = findListed(draft.state, "extensions", wanted.name);
    if (!old) draft.add({ kind: "createExtension", ...paramsOf<"extensions">(wanted) });
    else if (!isSame(old, wanted)) draft.add({ kind: "alterExtension", ...paramsOf<"extensions">(wanted) });
  }
}

/** Makes and changes domains, each after those that it is made out of, and makes the sequences that are new. */
export function createTypes(draft: Draft, to: Schema): void {
  for (const wanted of inOrder(listed(to, "domains"))) {
    const old = findListed(draft.state, "domains", wanted.name);
    if (isSwapped(draft.state, to, wanted.name)) continue;
    if (!old) draft.add({ kind: "createDomain", ...paramsOf<"domains">(wanted) });
    else if (!isSame(old, wanted)) draft.add({ kind: "alterDomain", ...paramsOf<"domains">(wanted) });
  }
  detachSequences(draft, to);
  for (const wanted of listed(to, "sequences"))
    if (!findListed(draft.state, "sequences", wanted.name))
      draft.add({ kind: "createSequence", ...paramsOf<"sequences">(owned(draft.state, to, wanted)) });
}

/** Changes sequences, and takes those from their fields that stay when these go. */
export function alterSequences(draft: Draft, to: Schema): void {
  for (const old of listed(draft.state, "sequences")) {
    const wanted = owned(draft.state, to, findListed(to, "sequences", old.name) ?? old);
    if (!isSame(old, wanted)) draft.add({ kind: "alterSequence", ...paramsOf<"sequences">(wanted) });
  }
}

/** Gives sequences to fields that are there now. */
export function ownSequences(draft: Draft, to: Schema): void {
  for (const wanted of listed(to, "sequences")) {
    const old = findListed(draft.state, "sequences", wanted.name);
    if (old && !isSame(old, wanted)) draft.add({ kind: "alterSequence", ...paramsOf<"sequences">(wanted) });
  }
}

/** Takes the sequences from a table that belong to it or to its fields: they would go with it. */
export function freeSequences(draft: Draft, table: string): void {
  for (const sequence of listed(draft.state, "sequences")) {
    const { ownedBy: _, ...free } = sequence;
    if (ownerOf(sequence)?.table === table) draft.add({ kind: "alterSequence", ...paramsOf<"sequences">(free) });
  }
}

/** Drops what is gone, each before what it is made out of. */
export function dropLists(draft: Draft, to: Schema): void {
  for (const { name } of gone(draft, to, "sequences")) draft.add({ kind: "dropSequence", name });
  for (const { name } of inOrder(gone(draft, to, "domains")).toReversed()) draft.add({ kind: "dropDomain", name });
}

export function dropExtensions(draft: Draft, to: Schema): void {
  for (const { name } of gone(draft, to, "extensions")) draft.add({ kind: "dropExtension", name });
}

const gone = <K extends ListKey>(draft: Draft, to: Schema, key: K): readonly Listed[K][] =>
  listed(draft.state, key).filter(({ name }) => !findListed(to, key, name));

const isSame = (a: object, b: object): boolean => canonicalJson(a) === canonicalJson(b);

/** The sequence without its owner while that is not there, or is to go. */
function owned(state: Schema, to: Schema, sequence: Sequence): Sequence {
  const owner = ownerOf(sequence);
  if (!owner) return sequence;
  const isIn = (schema: Schema): boolean => {
    const table = findTable(schema, owner.table);
    return table !== undefined && findField(table, owner.field) !== undefined;
  };
  if (isIn(state) && isIn(to)) return sequence;
  const { ownedBy: _, ...free } = sequence;
  return free;
}

function inOrder(domains: readonly Domain[]): readonly Domain[] {
  const order = new Set<Domain>();
  const open = new Set<Domain>();
  const visit = (domain: Domain): void => {
    if (open.has(domain)) return;
    open.add(domain);
    for (const other of domains) if (other !== domain && mentions(domain.type, other.name)) visit(other);
    order.add(domain);
  };
  domains.forEach(visit);
  return [...order];
}
