import { qualifiedName } from "../../../src/core/schema/namespaces.ts";
import { pick } from "../outline.ts";
import { chosenTable, type Feature, isPlain, isTied, kindOf, withField } from "./feature.ts";
import { sequenceOptions } from "./numbering.ts";

/** What counts by itself, for a field, or beside one. */
export const sequences: Feature = {
  name: "sequences",
  dialects: ["postgresql"],
  most: 2,
  add(schema, extra, { claim, placed, quoted, traits: { namespaces } }) {
    const namespaceOf = (called: string) => qualifiedName(called, namespaces)?.namespace;
    const name = placed(["numbers", "s", "odd numbers"], extra.name);
    if (!claim(name)) return schema;
    const table = chosenTable(schema, extra);
    const able = (table?.fields ?? []).filter((f) => isPlain(f) && kindOf(schema, f) === "number");
    const field = able.length > 0 ? pick(able, extra.field) : undefined;
    const [owned, used] = [extra.how % 3 === 1, extra.how % 4 === 3];
    const sequence = {
      name,
      ...pick(sequenceOptions, extra.more),
      ...(extra.more % 4 === 3 && { type: "integer" as const }),
      ...(owned &&
        table &&
        field &&
        namespaceOf(table.name) === namespaceOf(name) && { ownedBy: `${table.name}.${field.name}` }),
      ...(extra.more % 5 === 4 && { comment: "it's counting" }),
    };
    const declared = { ...schema, sequences: [...(schema.sequences ?? []), sequence] };
    if (!used || !table || !field || isTied(schema, table, field)) return declared;
    const numbering = { sql: `nextval('${quoted(name)}'::regclass)` };
    return withField(declared, table, { ...field, default: numbering });
  },
};
