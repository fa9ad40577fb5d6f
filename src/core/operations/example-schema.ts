import { emptySchema, type ForeignKey, type Schema } from "../schema/model.ts";
import { tableFromParams } from "./field.ts";
import type { TableParams } from "./params.ts";

/** Rows to plant: table → rows, in an order that foreign keys allow. */
export type ExampleRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** The schema of some tables, for the examples of operations; made when somebody looks, because every start loads the examples. */
export function schemaOf(...params: readonly TableParams[]): Schema {
  let tables: Schema["tables"] | undefined;
  return {
    ...emptySchema,
    get tables() {
      tables ??= params.map(tableFromParams);
      return tables;
    },
  };
}

/** An example's schema with other tables, as lazily. */
export const withTables = (schema: Schema, change: (tables: Schema["tables"]) => Schema["tables"]): Schema => ({
  ...emptySchema,
  get tables() {
    return change(schema.tables);
  },
});

/** Users with an auto-incrementing key and an `updated_at`, and posts that belong to them. */
export const blog: Schema = schemaOf(
  {
    name: "users",
    fields: [
      { name: "id", type: "serial", primaryKey: true },
      { name: "email", type: "varchar", length: 255 },
      { name: "bio", type: "text", nullable: true },
      { name: "updated_at", type: "timestamp", autoCreate: true, autoUpdate: true },
    ],
    indexes: [{ name: "idx_users_email", fields: ["email"], unique: true }],
  },
  {
    name: "posts",
    fields: [
      { name: "id", type: "uuid", primaryKey: true },
      { name: "user_id", type: "foreign_key", foreignKey: { table: "users", onDelete: "CASCADE" } },
      { name: "title", type: "varchar", length: 200 },
      { name: "status", type: "varchar", length: 20, default: "draft" },
      { name: "views", type: "integer", nullable: true },
    ],
    indexes: [
      { name: "idx_posts_title", fields: ["title"] },
      { name: "idx_posts_live", fields: ["user_id", "title"], unique: true, where: "status = 'live'" },
    ],
  },
);

export const blogRows: ExampleRows = {
  users: [
    { id: 1, email: "ann@example.com", bio: "it's me", updated_at: "2024-02-29 12:34:56" },
    { id: 2, email: "o'brien@example.com", bio: null, updated_at: "2024-03-01 00:00:00" },
  ],
  posts: [
    { id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", user_id: 1, title: "First", status: "live", views: 7 },
    { id: "3f2504e0-4f89-41d3-9a0c-0305e82c3302", user_id: 1, title: "Second", status: "draft", views: null },
    { id: "3f2504e0-4f89-41d3-9a0c-0305e82c3303", user_id: 2, title: "Third", status: "live", views: 0 },
  ],
};

/** Checks, unique constraints and comments; a foreign key and a check that rows which were there before need not satisfy. */
export const clinic: Schema = schemaOf(
  {
    name: "patients",
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name: "name", type: "varchar", length: 80 },
      { name: "sex", type: "char", length: 1, nullable: true },
    ],
    constraints: [{ name: "known_sex", check: "sex IN ('f', 'm')", notValid: true }],
    comment: "Everybody who was ever here",
  },
  {
    name: "visits",
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      {
        name: "patient_id",
        type: "foreign_key",
        foreignKey: { table: "patients", name: "visit_patient", notValid: true },
      },
      { name: "day", type: "date" },
      { name: "fee", type: "integer", nullable: true },
    ],
    indexes: [{ name: "visits_by_day", fields: [{ field: "day", order: "desc" }, "patient_id"] }],
    constraints: [
      { name: "paid_or_free", check: "fee IS NULL OR fee > 0" },
      { name: "one_visit", unique: ["patient_id", "day"] },
    ],
  },
);

export const clinicRows: ExampleRows = {
  patients: [
    { id: 1, name: "Ann", sex: "f" },
    { id: 2, name: "Bob", sex: null },
  ],
  visits: [
    { id: 1, patient_id: 1, day: "2024-02-29", fee: 20 },
    { id: 2, patient_id: 2, day: "2024-02-29", fee: null },
  ],
};

/** A table whose fields are of enums. */
export const tickets: Schema = {
  ...emptySchema,
  enums: [
    { name: "ticket_state", values: ["open", "it's done"] },
    { name: "Unused", values: ["a"] },
  ],
  tables: [
    {
      name: "tickets",
      fields: [
        { name: "id", type: "integer", nullable: false },
        { name: "state", type: "ticket_state", nullable: false, default: "open" },
        { name: "was", type: "ticket_state", nullable: true },
      ],
      primaryKey: ["id"],
      indexes: [{ name: "by_state", fields: ["state"] }],
      foreignKeys: [],
    },
  ],
};

export const ticketsRows: ExampleRows = {
  tickets: [
    { id: 1, state: "open", was: null },
    { id: 2, state: "it's done", was: "open" },
  ],
};

/** A tree: a table that refers to itself, over a text key, and a second table over the same key. */
export const catalog: Schema = schemaOf(
  {
    name: "categories",
    fields: [
      { name: "code", type: "varchar", length: 8, primaryKey: true },
      { name: "parent", type: "foreign_key", nullable: true, foreignKey: { table: "categories", onDelete: "CASCADE" } },
      { name: "label", type: "text", default: "unnamed" },
    ],
  },
  {
    name: "products",
    fields: [
      { name: "sku", type: "char", length: 4, primaryKey: true },
      { name: "category", type: "foreign_key", foreignKey: { table: "categories" } },
      { name: "price", type: "decimal", precision: 10, scale: 2, nullable: true },
    ],
  },
);

export const catalogRows: ExampleRows = {
  categories: [
    { code: "root", parent: null, label: "All" },
    { code: "tools", parent: "root", label: "Tools" },
  ],
  products: [
    { sku: "H001", category: "tools", price: "12.50" },
    { sku: "N001", category: "tools", price: null },
  ],
};

const shipmentOrder: ForeignKey = {
  name: "fk_shipments_line",
  fields: ["order_no", "line_no"],
  references: { table: "order_lines" },
  onDelete: "CASCADE",
  onUpdate: "NO ACTION",
};

/** Order lines under a composite key, and shipments without a constraint yet. */
export const orders: Schema = schemaOf(
  {
    name: "order_lines",
    fields: [
      { name: "order_no", type: "integer" },
      { name: "line_no", type: "smallint" },
      { name: "article", type: "varchar", length: 30 },
    ],
    primaryKey: ["order_no", "line_no"],
    indexes: [{ name: "uq_order_lines_article", fields: ["order_no", "article"], unique: true }],
  },
  {
    name: "shipments",
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name: "order_no", type: "integer" },
      { name: "line_no", type: "smallint" },
    ],
  },
);

/** `orders`, with shipments held to their line by a composite foreign key. */
export const linkedOrders: Schema = withTables(orders, (tables) =>
  tables.map((t) => (t.name === "shipments" ? { ...t, foreignKeys: [shipmentOrder] } : t)),
);

export const orderRows: ExampleRows = {
  order_lines: [
    { order_no: 1, line_no: 1, article: "Bolt" },
    { order_no: 1, line_no: 2, article: "Nut" },
  ],
  shipments: [{ id: 1, order_no: 1, line_no: 2 }],
};

/** Two tables that refer to each other. */
export const company: Schema = schemaOf(
  {
    name: "departments",
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name: "head_id", type: "integer", nullable: true, foreignKey: { table: "employees", onDelete: "SET NULL" } },
    ],
  },
  {
    name: "employees",
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name: "department_id", type: "foreign_key", foreignKey: { table: "departments" } },
    ],
  },
);

export const companyRows: ExampleRows = {
  departments: [{ id: 1, head_id: null }],
  employees: [{ id: 10, department_id: 1 }],
};

/** Names that need quoting everywhere. */
export const odd: Schema = schemaOf({
  name: "o'brien",
  fields: [
    { name: "select", type: "integer", primaryKey: true },
    { name: 'a"b', type: "varchar", length: 40, default: "x; drop table y" },
    { name: "😀", type: "text", nullable: true },
  ],
  indexes: [{ name: "x; drop table y", fields: ['a"b'], where: '"a""b" IS NOT NULL' }],
});

export const oddRows: ExampleRows = {
  "o'brien": [
    { select: 1, 'a"b': "it's", "😀": "a\\b" },
    { select: 2, 'a"b': 'say "hi"', "😀": null },
  ],
};
