import type { DialectName } from "./matrix.ts";

/** The things of one of two worlds in a database that have nothing to do with each other. */
export type World = 1 | 2;

/** What makes a world, with something in it for every kind of operation that the database has. */
export const worldOf = (n: World, dialect: DialectName): readonly object[] => [
  ...(dialect === "postgresql" ? onPostgres(n) : []),
  { kind: "createEnum", name: `mood_${n}`, values: ["ok", "sad"] },
  { kind: "createEnum", name: `idle_${n}`, values: ["a"] },
  {
    kind: "createTable",
    name: `users_${n}`,
    fields: [
      { name: "id", type: "serial", primaryKey: true },
      { name: "email", type: "text" },
      { name: "note", type: "text", nullable: true },
      { name: "score", type: "integer", nullable: true, default: 0 },
      { name: "mood", type: `mood_${n}`, nullable: true },
    ],
    indexes: [{ name: `users_${n}_email`, fields: ["email"], unique: true }],
    constraints: [{ name: `users_${n}_score`, check: "score >= 0" }],
  },
  {
    kind: "createTable",
    name: `orders_${n}`,
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      {
        name: "user_id",
        type: "foreign_key",
        nullable: true,
        foreignKey: { table: `users_${n}`, name: `orders_${n}_user`, onDelete: "CASCADE" },
      },
      { name: "user_no", type: "integer", nullable: true },
      { name: "total", type: "integer", default: 0 },
    ],
    indexes: [{ name: `orders_${n}_total`, fields: ["total"] }],
  },
  ...["copies", "moved", "loose"].map((name) => ({
    kind: "createTable",
    name: `${name}_${n}`,
    fields: [
      { name: "id", type: "integer", primaryKey: true },
      { name: "email", type: "text", nullable: true },
    ],
  })),
  { kind: "createTable", name: `spare_${n}`, fields: [{ name: "id", type: "integer", primaryKey: true }] },
  { kind: "createView", name: `mails_${n}`, query: `SELECT email FROM users_${n}` },
  { kind: "createView", name: `totals_${n}`, query: `SELECT total FROM orders_${n}` },
  { kind: "createObject", object: triggerOf(n, dialect) },
  {
    kind: "upsertData",
    table: `users_${n}`,
    keys: ["id"],
    rows: [
      { id: 1, email: "ann", note: "x", score: 3, mood: "ok" },
      { id: 2, email: "bob", note: null, score: null, mood: null },
    ],
  },
  { kind: "upsertData", table: `orders_${n}`, keys: ["id"], rows: [{ id: 1, user_id: 1, user_no: 2, total: 5 }] },
];

/** A function on PostgreSQL, a trigger on SQLite, which has no functions. */
export const triggerOf = (n: World, dialect: DialectName, amount = 1): object =>
  dialect === "postgresql"
    ? {
        kind: "function",
        name: `step_${n}(integer)`,
        definition: `CREATE FUNCTION step_${n}(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n + ${amount} $$`,
      }
    : {
        kind: "trigger",
        name: `noted_${n}`,
        table: `spare_${n}`,
        definition: `CREATE TRIGGER noted_${n} AFTER DELETE ON spare_${n} BEGIN UPDATE copies_${n} SET id = id + ${amount}; END`,
      };

const onPostgres = (n: World): readonly object[] => [
  { kind: "createNamespace", name: `space_${n}` },
  { kind: "createNamespace", name: `empty_${n}` },
  {
    kind: "createDomain",
    name: `price_${n}`,
    type: "integer",
    checks: [{ name: `price_${n}_check`, check: "VALUE >= 0" }],
  },
  { kind: "createDomain", name: `unused_${n}`, type: "text" },
  { kind: "createSequence", name: `counter_${n}` },
  { kind: "createSequence", name: `places_${n}_place_seq` },
  {
    kind: "createTable",
    name: `places_${n}`,
    fields: [
      { name: "place", type: "integer" },
      { name: "cost", type: `price_${n}`, nullable: true },
    ],
  },
  { kind: "createTable", name: `seats_${n}`, fields: [{ name: "id", type: "serial", primaryKey: true }] },
  { kind: "createTable", name: `space_${n}.events`, fields: [{ name: "id", type: "integer", primaryKey: true }] },
  { kind: "createExtension", name: n === 1 ? "citext" : "pg_trgm", namespace: `space_${n}` },
  ...["readings", "old"].map((name) => ({
    kind: "createTable",
    name: `${name}_${n}`,
    fields: [
      { name: "at", type: "date" },
      { name: "value", type: "integer", nullable: true },
    ],
    primaryKey: ["at"],
    ...(name === "readings" && { partitionBy: { method: "range", by: ["at"] } }),
  })),
  {
    kind: "createTable",
    name: `readings_${n}_a`,
    fields: [],
    partitionOf: { table: `readings_${n}`, values: "FROM ('2024-01-01') TO ('2025-01-01')" },
  },
  { kind: "createTable", name: `animals_${n}`, fields: [{ name: "id", type: "integer" }] },
  {
    kind: "createTable",
    name: `dogs_${n}`,
    fields: [{ name: "breed", type: "text", nullable: true }],
    inherits: [`animals_${n}`],
  },
  { kind: "createTable", name: `cats_${n}`, fields: [{ name: "id", type: "integer" }] },
  {
    kind: "addConstraint",
    table: `places_${n}`,
    constraint: { name: `places_${n}_small`, check: "place < 1000", notValid: true },
  },
];
