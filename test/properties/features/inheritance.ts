import { childrenOf, withInherited } from "../../../src/core/schema/heritage.ts";
import type { Table } from "../../../src/core/schema/model.ts";
import { pick } from "../outline.ts";
import { chosenTable, type Feature } from "./feature.ts";

/** A table that has the fields of another one. */
export const inheritance: Feature = {
  name: "inheritance",
  dialects: ["postgresql"],
  most: 2,
  add(schema, extra, { claim, placed }) {
    const parent = chosenTable(schema, extra);
    const name = placed(["heirs", "Heirs too", "heir"], extra.name);
    if (!parent || parent.partitionBy || parent.partitionOf || childrenOf(schema, parent.name).length > 1)
      return schema;
    if (!claim(name)) return schema;
    const own = { name: pick(["own", "mine"], extra.field), type: "integer", nullable: true };
    const changed = parent.fields.find((f) => f.type === "text" && f.default === undefined && !f.generated);
    const bare: Table = {
      name,
      fields: [
        ...(extra.how % 3 === 1 ? [own] : []),
        ...(extra.how % 5 === 2 && changed ? [{ ...plain(changed), default: "1", inherited: true as const }] : []),
      ],
      indexes: [],
      foreignKeys: [],
      inherits: [parent.name],
      ...(extra.more % 4 === 1 && { comment: "it's an heir" }),
    };
    return { ...schema, tables: [...schema.tables, withInherited(schema, bare)] };
  },
};

const plain = ({ comment: _, ...field }: Table["fields"][number]) => field;
