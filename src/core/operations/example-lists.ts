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

/** A table with a key of a serial type. */
export const numbered: Schema = {
  ...emptySchema,
  tables: [
    {
      name: "tickets",
      fields: [
        { name: "id", type: "bigserial", nullable: false },
        { name: "title", type: "text", nullable: true },
      ],
      primaryKey: ["id"],
      indexes: [],
      foreignKeys: [],
    },
  ],
};

/** A table with a field of a serial type that is no key, whose sequence is told how to count. */
export const seated: Schema = {
  ...emptySchema,
  tables: [
    {
      name: "seats",
      fields: [
        { name: "row", type: "integer", nullable: false },
        {
          name: "place",
          type: "serial",
          nullable: false,
          sequence: { name: "odd", increment: 2, comment: "odd ones" },
        },
      ],
      primaryKey: ["row"],
      indexes: [],
      foreignKeys: [],
    },
  ],
};

export const numberedRows: ExampleRows = {
  tickets: [
    { id: 1, title: "one" },
    { id: 2, title: "two" },
  ],
};

/** A sequence with the name that the one behind a serial field would have. */
export const unattached: Schema = {
  ...emptySchema,
  sequences: [{ name: "notes_place_seq", start: 3 }],
  tables: [
    { name: "notes", fields: [{ name: "place", type: "integer", nullable: false }], indexes: [], foreignKeys: [] },
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
