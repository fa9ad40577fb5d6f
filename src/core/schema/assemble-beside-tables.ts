import { assembleField } from "./assemble-field.ts";
import type { ListKey } from "./beside-tables.ts";
import type { DeclaredDomain, DeclaredSequence } from "./declared.ts";
import type { Merged } from "./merge.ts";
import type { Domain, Schema } from "./model.ts";
import type { Notes } from "./problem.ts";
import { findField, findTable } from "./resolve.ts";
import { ownerOf } from "./sequences.ts";

/** What the files list beside tables, as the model has it. */
export const assembleLists = (merged: Merged, notes: Notes): Pick<Schema, ListKey> => ({
  ...(merged.extensions.length > 0 && { extensions: merged.extensions.map(({ at: _, ...extension }) => extension) }),
  ...(merged.domains.length > 0 && { domains: merged.domains.map((domain) => domainOf(domain, merged, notes)) }),
  ...(merged.sequences.length > 0 && { sequences: merged.sequences.map(({ at: _, ...sequence }) => sequence) }),
});

/** Reports the sequences whose fields are not there, and types that share a name. */
export function checkLists(schema: Schema, { domains, sequences, enums }: Merged, notes: Notes): void {
  for (const sequence of sequences) checkOwner(schema, sequence, notes);
  for (const domain of domains)
    if (enums.some(({ name }) => name === domain.name))
      notes.problems.push({
        message: `domain "${domain.name}" and enum "${domain.name}" cannot both exist`,
        position: domain.at("name"),
      });
}

/** Its type and its default are those of a field. */
function domainOf(domain: DeclaredDomain, merged: Merged, notes: Notes): Domain {
  const { at, checks, notNull, comment, ...declared } = domain;
  const around = { merged, notes, isKey: false, title: `domain "${domain.name}"` };
  const { field } = assembleField({ ...declared, at }, "", around);
  const { nullable: _, ...plain } = field ?? { nullable: true, name: domain.name, type: "text" };
  return {
    ...plain,
    ...(notNull && { notNull }),
    ...(checks && { checks }),
    ...(comment !== undefined && { comment }),
  };
}

function checkOwner(schema: Schema, sequence: DeclaredSequence, notes: Notes): void {
  const owner = ownerOf(sequence);
  const table = owner && findTable(schema, owner.table);
  if (!owner || (table && findField(table, owner.field))) return;
  const what = table ? `table "${owner.table}" has no field "${owner.field}"` : `there is no table "${owner.table}"`;
  const message = `sequence "${sequence.name}" is to belong to "${sequence.ownedBy}", but ${what}`;
  notes.problems.push({ message, position: sequence.at("owned_by") });
}
