import { emptySchema, type Schema } from "../schema/model.ts";
import type { ExampleRows } from "./example-schema.ts";

/** A table numbered by a sequence of the schema, and a sequence that nobody uses. */
export const counted: Schema = {
  ...emptySchema,
  sequences: [
    { name: "counter", start: 5, ownedBy: "invoices.id" },
    { name: "free", increment: -1 },
  ],
  tables: [
    {
      name: "invoices",
      fields: [
        { name: "id", type: "bigint", nullable: false, default: { sql: "nextval('counter')" } },
        { name: "title", type: "text", nullable: true },
      ],
      primaryKey: ["id"],
      indexes: [],
      foreignKeys: [],
    },
  ],
};

export const countedRows: ExampleRows = { invoices: [{ id: 1, title: "one" }] };

/** A table with fields of domains, and a domain that nobody uses. */
export const priced: Schema = {
  ...emptySchema,
  domains: [
    { name: "price", type: "decimal", precision: 10, scale: 2, checks: [{ name: "price_check", check: "VALUE >= 0" }] },
    { name: "Unused", type: "text" },
  ],
  tables: [
    {
      name: "articles",
      fields: [
        { name: "id", type: "integer", nullable: false },
        { name: "price", type: "price", nullable: false, default: 1 },
        { name: "discounts", type: "price[]", nullable: true },
      ],
      primaryKey: ["id"],
      indexes: [{ name: "by_price", fields: ["price"] }],
      foreignKeys: [],
    },
  ],
};

export const pricedRows: ExampleRows = { articles: [{ id: 1, price: 2 }] };
