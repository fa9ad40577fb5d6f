import { addTable } from "../schema/edit.ts";
import { emptySchema, type Schema } from "../schema/model.ts";
import type { ExampleRows } from "./example-schema.ts";
import { tableFromParams } from "./field.ts";
import type { TableParams } from "./params.ts";

/** The schema of tables that have fields of one another; made when somebody looks, as `schemaOf` does. */
function treeOf(...params: readonly TableParams[]): Schema {
  let tables: Schema["tables"] | undefined;
  return {
    ...emptySchema,
    get tables() {
      tables ??= params.map(tableFromParams).reduce(addTable, emptySchema).tables;
      return tables;
    },
  };
}

const fields: TableParams["fields"] = [
  { name: "at", type: "date" },
  { name: "sensor", type: "integer" },
  { name: "value", type: "double", nullable: true, default: 0 },
];

/** A table by months with two partitions, one of them partitioned itself, and a table that could be a third. */
export const readings: Schema = treeOf(
  {
    name: "readings",
    fields,
    primaryKey: ["at", "sensor"],
    indexes: [{ name: "readings_by_sensor", fields: ["sensor"] }],
    constraints: [{ name: "real_sensor", check: "sensor > 0" }],
    partitionBy: { method: "range", by: ["at"] },
  },
  {
    name: "readings_2024",
    fields: [],
    partitionOf: { table: "readings", values: "FROM ('2024-01-01') TO ('2025-01-01')" },
    partitionBy: { method: "hash", by: ["sensor"] },
  },
  {
    name: "readings_2024_0",
    fields: [],
    partitionOf: { table: "readings_2024", values: "WITH (MODULUS 1, REMAINDER 0)" },
  },
  {
    name: "readings_rest",
    fields: [{ name: "value", type: "double", nullable: true, default: 1 }],
    indexes: [{ name: "rest_by_day", fields: ["at"] }],
    partitionOf: { table: "readings", values: "FROM ('2025-01-01') TO (MAXVALUE)" },
  },
  {
    name: "readings_old",
    fields,
    primaryKey: ["at", "sensor"],
    indexes: [{ name: "old_by_sensor", fields: ["sensor"] }],
    constraints: [{ name: "real_sensor", check: "sensor > 0" }],
  },
);

export const readingsRows: ExampleRows = {
  readings: [
    { at: "2024-02-03", sensor: 1, value: 20.5 },
    { at: "2025-02-03", sensor: 2, value: null },
  ],
  readings_old: [{ at: "2020-02-03", sensor: 1, value: 7 }],
};

/** A table, one that inherits from it, and one that could. */
export const animals: Schema = treeOf(
  {
    name: "animals",
    fields: [
      { name: "id", type: "integer" },
      { name: "name", type: "text", nullable: true },
    ],
    constraints: [{ name: "positive", check: "id > 0" }],
  },
  { name: "dogs", fields: [{ name: "breed", type: "text", nullable: true }], inherits: ["animals"] },
  {
    name: "cats",
    fields: [
      { name: "id", type: "integer" },
      { name: "name", type: "text", nullable: true },
      { name: "lives", type: "integer", default: 9 },
    ],
    constraints: [{ name: "positive", check: "id > 0" }],
  },
);

export const animalsRows: ExampleRows = {
  animals: [{ id: 1, name: "Any" }],
  dogs: [{ id: 2, name: "Rex", breed: "mutt" }],
  cats: [{ id: 3, name: "Tom", lives: 7 }],
};
