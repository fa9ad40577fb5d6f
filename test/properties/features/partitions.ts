import { constraintsOf } from "../../../src/core/schema/constraints.ts";
import { childrenOf, isInTree, withInherited } from "../../../src/core/schema/heritage.ts";
import type { Field, PartitionKey, Schema, Table } from "../../../src/core/schema/model.ts";
import { treeComplaints } from "../../../src/core/schema/tree.ts";
import { type ExtraOutline, pick } from "../outline.ts";
import { type Around, chosenTable, type Feature, kindOf, withTable } from "./feature.ts";

/** A table whose rows are kept in others. */
export const partitions: Feature = {
  name: "partitions",
  dialects: ["postgresql"],
  most: 1,
  add(schema, extra, around) {
    const table = chosenTable(schema, extra);
    const field = table && keyField(schema, table, extra);
    if (!table || !field || isInTree(table) || childrenOf(schema, table.name).length > 0) return schema;
    const method = pick(["range", "list", "hash"] as const, extra.how);
    const whole = partitioned(table, { method, by: [field.name] });
    if (treeComplaints(schema, whole).length > 0) return schema;
    const held = withTable(schema, whole);
    return valuesOf(method, kindOf(schema, field), extra).reduce(
      (now, values, i) => withPart(now, whole, { values, i, extra }, around),
      held,
    );
  },
};

/** Of the primary key, where there is one. */
function keyField(schema: Schema, table: Table, { field }: ExtraOutline): Field | undefined {
  const able = table.fields.filter(
    (f) =>
      !f.generated &&
      ["number", "text", "date"].includes(kindOf(schema, f) ?? "") &&
      (table.primaryKey === undefined || table.primaryKey.includes(f.name)),
  );
  return able.length === 0 || constraintsOf(table).some((c) => "exclude" in c) ? undefined : pick(able, field);
}

/** Without what partitioned tables cannot have. */
function partitioned({ options: _, ...table }: Table, partitionBy: PartitionKey): Table {
  return {
    ...table,
    partitionBy,
    foreignKeys: table.foreignKeys.map(({ notValid: __, ...key }) => key),
    ...(table.constraints && {
      constraints: table.constraints.map((c) => {
        if (!("check" in c)) return c;
        const { noInherit: __, ...constraint } = c;
        return constraint;
      }),
    }),
  };
}

/** Together for all values. Rows have 1 and 2, or days that begin with them. */
function valuesOf(
  method: PartitionKey["method"],
  kind: ReturnType<typeof kindOf>,
  { more }: ExtraOutline,
): readonly string[] {
  const value = kind === "number" ? "2" : kind === "date" ? "'2026-01-02'" : "'2'";
  if (method === "hash") return ["WITH (modulus 2, remainder 0)", "WITH (modulus 2, remainder 1)"];
  const rest = more % 3 === 1 ? ["DEFAULT"] : [];
  if (method === "list") return [`IN (${value})`, "DEFAULT"];
  return rest.length > 0
    ? [`FROM (MINVALUE) TO (${value})`, ...rest]
    : [`FROM (MINVALUE) TO (${value})`, `FROM (${value}) TO (MAXVALUE)`, "DEFAULT"];
}

interface PartOutline {
  readonly values: string;
  readonly i: number;
  readonly extra: ExtraOutline;
}

function withPart(schema: Schema, whole: Table, { values, i, extra }: PartOutline, { claim }: Around): Schema {
  const name = `${whole.name}_part_${i}`;
  if (!claim(name)) return schema;
  const bare: Table = { name, fields: [], indexes: [], foreignKeys: [], partitionOf: { table: whole.name, values } };
  const part = withInherited(schema, bare);
  const index = `part ${extra.name} ${i}`;
  const own = i === 0 && extra.more % 4 === 2 && claim(index);
  return {
    ...schema,
    tables: [
      ...schema.tables,
      {
        ...part,
        ...(own && { indexes: [{ name: index, fields: [part.fields[0]?.name ?? ""] }] }),
        ...(i === 1 && extra.more % 5 === 3 && { comment: "it's a part" }),
        ...(i === 0 && extra.more % 5 === 4 && { options: { postgresql: { with: "fillfactor=70" } } }),
      },
    ],
  };
}
