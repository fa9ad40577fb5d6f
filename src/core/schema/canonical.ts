import { ToolError } from "../errors.ts";
import type { Field, ForeignKey, ManagedObject, Schema, Table } from "./model.ts";
import { referencedFields, resolveType, typeOf } from "./resolve.ts";

/**
 * A value as JSON with sorted keys and no white space, so that equal values have equal texts: what checksums are made
 * over. Absent and `undefined` members are the same; `bigint` and bytes are written as `{"$bigint":"…"}` and
 * `{"$bytes":"…hex"}`. Throws ToolError `params` for what is not plain data.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "bigint") return `{"$bigint":"${value}"}`;
  if (value instanceof Uint8Array) return `{"$bytes":"${hex(value)}"}`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isRecord(value)) {
    throw new ToolError(
      "params",
      `not plain data: ${typeof value === "object" ? Object.prototype.toString.call(value) : String(value)}`,
    );
  }
  let members = "";
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** What `canonicalJson` wrote, with bigints and bytes restored. Throws SyntaxError when the text is not JSON. */
export function parseCanonical(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    if (!isRecord(value)) return value;
    const [key, ...more] = Object.keys(value);
    const tagged = key === undefined || more.length > 0 ? undefined : value[key];
    if (key === "$bigint" && typeof tagged === "string") return BigInt(tagged);
    if (key === "$bytes" && typeof tagged === "string") return bytesOf(tagged);
    return value;
  });
}

/**
 * A schema in the form in which two are the same exactly when they describe the same database: everything without an order
 * of its own sorted by name, borrowed types resolved, keys spelled out, the fields of a primary key NOT NULL.
 */
export function canonicalSchema(schema: Schema): Schema {
  return {
    ...(schema.namespaces?.length && { namespaces: [...schema.namespaces].sort(byName) }),
    tables: schema.tables.map((table) => canonicalTable(schema, table)).sort(byName),
    ...(schema.enums?.length && { enums: [...schema.enums].sort(byName) }),
    ...(schema.extensions?.length && { extensions: [...schema.extensions].sort(byName) }),
    ...(schema.domains?.length && { domains: [...schema.domains].sort(byName) }),
    ...(schema.sequences?.length && { sequences: [...schema.sequences].sort(byName) }),
    defaults: schema.defaults,
    typeMappings: schema.typeMappings,
    ...(schema.views?.length && { views: [...schema.views].sort(byName) }),
    ...(schema.objects?.length && { objects: [...schema.objects].sort(byId) }),
  };
}

function canonicalTable(schema: Schema, table: Table): Table {
  return {
    name: table.name,
    fields: table.fields.map((field) => canonicalField(schema, table, field)).sort(byName),
    ...(table.primaryKey && { primaryKey: table.primaryKey }),
    ...(table.primaryKeyName !== undefined && { primaryKeyName: table.primaryKeyName }),
    ...(table.primaryKeyComment !== undefined && { primaryKeyComment: table.primaryKeyComment }),
    ...(table.primaryKeyDeferrable && { primaryKeyDeferrable: table.primaryKeyDeferrable }),
    ...(table.primaryKeyInclude && { primaryKeyInclude: table.primaryKeyInclude }),
    indexes: [...table.indexes].sort(byName),
    foreignKeys: table.foreignKeys.map((key) => canonicalKey(schema, key)).sort(byName),
    ...(table.constraints?.length && { constraints: [...table.constraints].sort(byName) }),
    ...(table.comment !== undefined && { comment: table.comment }),
    ...(table.options && Object.keys(table.options).length > 0 && { options: table.options }),
    ...(table.rowSecurity && { rowSecurity: table.rowSecurity }),
    ...(table.partitionBy && { partitionBy: table.partitionBy }),
    ...(table.partitionOf && { partitionOf: table.partitionOf }),
    ...(table.inherits && { inherits: table.inherits }),
  };
}

function canonicalField(schema: Schema, table: Table, field: Field): Field {
  const { length: _l, precision: _p, scale: _s, references: _r, inherited: _i, ...rest } = field;
  const type = field.type === "foreign_key" ? resolveType(schema, field) : typeOf(field);
  return { ...rest, ...type, nullable: field.nullable && !table.primaryKey?.includes(field.name) };
}

/** In which order fields become NULL is nothing. */
const canonicalKey = (schema: Schema, key: ForeignKey): ForeignKey => ({
  ...key,
  ...(key.onDeleteFields && { onDeleteFields: key.onDeleteFields.toSorted(compare) }),
  references: { table: key.references.table, fields: referencedFields(schema, key.references) },
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

const byId = (a: ManagedObject, b: ManagedObject): number => compare(idText(a), idText(b));

const idText = ({ kind, table, name }: ManagedObject): string => canonicalJson([kind, table ?? "", name]);

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => compare(a.name, b.name);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
