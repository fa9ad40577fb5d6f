import * as v from "valibot";
import { alterColumns } from "../ddl/alter.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows, catalog, catalogRows } from "./example-schema.ts";
import { described, perDialect } from "./params.ts";

export default defineOperation({
  kind: "setTypeMappings",
  summary:
    "Sets how field types are mapped, for all dialects and in place of the mappings before. Columns whose type changes are altered.",
  params: v.strictObject({
    typeMappings: described(
      perDialect,
      "Dialect → field type → native type, which may use {{.Length}}, {{.Precision}} and {{.Scale}}.",
    ),
  }),
  risk: "blocking",
  title: () => "set type mappings",
  table: () => undefined,
  apply: (schema, p) => ({ ...schema, typeMappings: p.typeMappings }),
  lower: (_, { before, after, dialect }) =>
    alterColumns(
      { before, after, dialect },
      after.tables.map((t) => t.name),
    ),
  invert: (_, before) => [{ kind: "setTypeMappings", typeMappings: before.typeMappings }],
  examples: [
    {
      title: "a type with a length",
      before: blog,
      rows: blogRows,
      params: {
        typeMappings: {
          postgresql: { text: "VARCHAR(500)", varchar: "VARCHAR({{.Length}})" },
          sqlite: { text: "CLOB" },
        },
      },
    },
    {
      title: "the type of a key that other fields borrow",
      before: catalog,
      rows: catalogRows,
      params: { typeMappings: { postgresql: { varchar: "TEXT" }, sqlite: { varchar: "CLOB" } } },
    },
  ],
});
