import { domainOf, elementType, enumOf } from "./enums.ts";
import type { Schema, Table } from "./model.ts";
import { namespacesOf } from "./namespaces.ts";
import { findField, findTable } from "./resolve.ts";
import { ownerOf } from "./sequences.ts";

/** Something that a database is to have, and that needs what is left out there. */
export interface Gap {
  /** `field "state" of table "tickets" is of the enum "mood"`. */
  readonly what: string;
  readonly table?: string;
  readonly field?: string;
}

/**
 * What cannot be on a database because a type, a namespace or a field that it needs is for others. `here` is `whole` without what is for others. Types that the
 * project maps are not missed where it maps them, be it for one of `names`; without `names`, for any database. Tables that `old` has just so are passed over.
 */
export function gapsOn(
  whole: Schema,
  here: Schema,
  { names = Object.keys(whole.typeMappings), old }: { readonly names?: readonly string[]; readonly old?: Schema } = {},
): readonly Gap[] {
  const types = new Map<string, string>();
  for (const { name } of whole.enums ?? []) if (!enumOf(here, name)) types.set(name, "enum");
  for (const { name } of whole.domains ?? []) if (!domainOf(here, name)) types.set(name, "domain");
  const missing = (type: string): string | undefined => {
    const word = types.get(elementType(type));
    const isMapped = names.some((name) => Object.hasOwn(whole.typeMappings[name] ?? {}, type));
    return word === undefined || isMapped ? undefined : `${word} "${elementType(type)}"`;
  };
  return [...(types.size > 0 ? typeGaps(here, missing, old) : []), ...listGaps(whole, here)];
}

function typeGaps(
  here: Schema,
  missing: (type: string) => string | undefined,
  old: Schema | undefined,
): readonly Gap[] {
  const known = new Set<Table>(old?.tables);
  const fields = here.tables
    .filter((table) => !known.has(table))
    .flatMap(({ name: table, fields }) =>
      fields.flatMap(({ name: field, type }): readonly Gap[] => {
        const gone = missing(type);
        return gone === undefined
          ? []
          : [{ what: `field "${field}" of table "${table}" is of the ${gone}`, table, field }];
      }),
    );
  const domains = (here.domains ?? []).flatMap(({ name, type }): readonly Gap[] => {
    const gone = missing(type);
    return gone === undefined ? [] : [{ what: `domain "${name}" is of the ${gone}` }];
  });
  return [...fields, ...domains];
}

/** What only the whole schema has is missed; what it lacks itself is another mistake. */
function listGaps(whole: Schema, here: Schema): readonly Gap[] {
  const places = (schema: Schema): ReadonlySet<string> => new Set(namespacesOf(schema).map(({ name }) => name));
  const [all, left] = [places(whole), places(here)];
  const extensions = (here.extensions ?? []).flatMap(({ name, namespace }): readonly Gap[] =>
    namespace !== undefined && all.has(namespace) && !left.has(namespace)
      ? [{ what: `extension "${name}" is in the namespace "${namespace}"` }]
      : [],
  );
  const sequences = (here.sequences ?? []).flatMap((sequence): readonly Gap[] => {
    const owner = ownerOf(sequence);
    return owner && hasField(whole, owner) && !hasField(here, owner)
      ? [{ what: `sequence "${sequence.name}" belongs to the field "${sequence.ownedBy}"` }]
      : [];
  });
  return [...extensions, ...sequences];
}

function hasField(schema: Schema, { table: name, field }: { readonly table: string; readonly field: string }): boolean {
  const table = findTable(schema, name);
  return table !== undefined && findField(table, field) !== undefined;
}
