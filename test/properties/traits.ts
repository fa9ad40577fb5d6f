import type { TypeParameters } from "../../src/core/schema/types.ts";
import type { Family, Traits, TypeChoice } from "./outline.ts";

const choice = (type: string, family: Family, key: boolean, parameters: Partial<TypeParameters> = {}): TypeChoice => ({
  type: { type, ...parameters },
  family,
  key,
});

const plainTypes: readonly TypeChoice[] = [
  choice("integer", "number", true),
  choice("text", "text", true),
  choice("varchar", "text", true, { length: 10 }),
  choice("varchar", "text", true, { length: 40 }),
  choice("bigint", "number", true),
  choice("smallint", "number", true),
  choice("decimal", "number", true, { precision: 10, scale: 2 }),
  choice("decimal", "number", true, { precision: 12 }),
  choice("boolean", "boolean", false),
  choice("timestamp", "time", false),
  choice("timestamptz", "time", false),
  choice("date", "other", false),
  choice("time", "other", false),
  choice("double", "number", false),
  choice("float", "number", false),
  choice("char", "text", true, { length: 4 }),
  choice("uuid", "other", true),
  choice("json", "json", false),
  choice("jsonb", "json", false),
  choice("bytes", "bytes", false),
];

const keyTypes: readonly TypeParameters[] = [
  { type: "integer" },
  { type: "serial" },
  { type: "bigint" },
  { type: "varchar", length: 9 },
  { type: "varchar", length: 20 },
  { type: "text" },
  { type: "bigserial" },
];

const strictTypes = ["integer", "text", "bytes", "float", "ANY", "serial"];

export const sqliteTraits: Traits = {
  dialect: "sqlite",
  types: [
    ...plainTypes,
    choice("ANY", "other", false),
    choice("untyped", "other", false),
    choice("NVARCHAR(30)", "text", true),
    choice("DATETIME", "other", false),
    choice("text[]", "json", false),
  ],
  keyTypes,
  collations: ["NOCASE", "RTRIM"],
  comments: true,
  enums: true,
  namespaces: [],
  stored: [false, true],
  actions: 5,
  options: (n, fields, key) => ({
    ...(n % 3 === 1 &&
      fields.every(({ type, length }) => length === undefined && strictTypes.includes(type)) && { strict: "true" }),
    ...(n % 4 === 2 && key === "other" && { without_rowid: "true" }),
    ...(n % 5 === 4 && { named_keys: "true" }),
    ...(n % 7 === 6 && key === "other" && { not_null_key: n % 2 === 0 ? "false" : "true" }),
  }),
  expressions: true,
  rich: false,
  views: true,
  triggers: true,
  checks: true,
};

export const postgresTraits: Traits = {
  dialect: "postgresql",
  types: [
    ...plainTypes,
    choice("timestamptz", "time", false, { precision: 3 }),
    choice("inet", "other", true),
    choice("interval", "other", false),
    choice("int4range", "other", false),
    choice("text[]", "other", false),
    choice("integer[]", "other", false),
    choice("tsvector", "other", false),
    choice("bit varying(8)", "other", false),
  ],
  keyTypes,
  collations: ["C", "POSIX"],
  comments: true,
  enums: true,
  namespaces: ["ns", "Odd one"],
  stored: [true],
  actions: 5,
  options: (n) => ({
    ...(n % 4 === 2 && { with: n % 8 === 2 ? "fillfactor=70" : "autovacuum_enabled=false, fillfactor=80" }),
  }),
  expressions: true,
  rich: true,
  views: true,
  triggers: false,
  checks: true,
};

/** What it has nothing like is left to its conformance tests; names of constraints belong to its own tests. */
export const mariadbTraits: Traits = {
  dialect: "mariadb",
  types: plainTypes.filter(({ type: { type } }) => !["json", "jsonb", "bytes", "text", "char"].includes(type)),
  keyTypes: keyTypes.filter(({ type }) => type !== "text"),
  collations: [],
  comments: true,
  enums: false,
  namespaces: [],
  stored: [],
  actions: 3,
  options: () => ({}),
  expressions: false,
  rich: false,
  views: false,
  triggers: false,
  checks: false,
};
