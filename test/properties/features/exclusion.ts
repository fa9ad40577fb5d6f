import { pick } from "../outline.ts";
import { chosenTable, type Feature, kindOf, withTable } from "./feature.ts";

/** Rows that may not agree by an operator. */
export const exclusion: Feature = {
  name: "exclusion",
  dialects: ["postgresql"],
  most: 2,
  add(schema, extra, { claim }) {
    const table = chosenTable(schema, extra);
    const able = (table?.fields ?? []).filter((f) => !f.generated && kindOf(schema, f) !== undefined);
    const name = pick(["apart", "no overlap"], extra.name);
    if (!table || able.length === 0) return schema;
    const field = pick(able, extra.field);
    const isRange = kindOf(schema, field) === "range";
    if (!claim(name)) return schema;
    const constraint = {
      name,
      exclude: [
        isRange
          ? { field: field.name, with: "&&" }
          : { field: field.name, ...(extra.how % 3 === 1 && { order: "desc" as const }), with: "=" },
      ],
      method: isRange ? "gist" : "btree",
      ...(extra.how % 4 === 3 && { where: `${quote(field.name)} IS NOT NULL` }),
      ...(extra.more % 4 === 1 && { deferrable: "deferred" as const }),
      ...(extra.more % 4 === 2 && { comment: "it's apart" }),
    };
    return withTable(schema, { ...table, constraints: [...(table.constraints ?? []), constraint] });
  },
};

const quote = (name: string): string => `"${name}"`;
