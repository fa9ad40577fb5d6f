import { withConstraints } from "./constraints.ts";
import { elementOf, indexField } from "./index-fields.ts";
import type { Constraint, DefaultValue, Domain, Field, Index, IndexElement, Schema, Table } from "./model.ts";

/** The schema with all SQL in tables and domains changed: defaults, computed fields, checks, expressions and predicates. */
export const mapSql = (schema: Schema, change: (sql: string) => string): Schema => ({
  ...schema,
  tables: schema.tables.map((table) => mapTable(table, change)),
  ...(schema.domains && { domains: schema.domains.map((domain) => mapDomain(domain, change)) }),
});

type Change = (sql: string) => string;

const mapTable = (table: Table, change: Change): Table => ({
  ...withConstraints(
    table,
    (table.constraints ?? []).map((constraint) => mapConstraint(constraint, change)),
  ),
  fields: table.fields.map((field) => mapField(field, change)),
  indexes: table.indexes.map((index) => mapIndex(index, change)),
  ...(table.partitionBy && {
    partitionBy: {
      ...table.partitionBy,
      by: table.partitionBy.by.map((e) => indexField(mapElement(elementOf(e), change))),
    },
  }),
});

const mapField = (field: Field, change: Change): Field => ({
  ...field,
  ...(field.default !== undefined && { default: mapDefault(field.default, change) }),
  ...(field.generated && { generated: { ...field.generated, as: change(field.generated.as) } }),
});

const mapDomain = (domain: Domain, change: Change): Domain => ({
  ...domain,
  ...(domain.default !== undefined && { default: mapDefault(domain.default, change) }),
  ...(domain.checks && { checks: domain.checks.map((c) => ({ ...c, check: change(c.check) })) }),
});

/** A text that has nothing of SQL in it may be a text. */
const mapDefault = (value: DefaultValue, change: Change): DefaultValue => {
  if (typeof value === "string") return /::|\(/.test(value) ? change(value) : value;
  return typeof value === "object" && "sql" in value ? { sql: change(value.sql) } : value;
};

const mapIndex = (index: Index, change: Change): Index => ({
  ...index,
  fields: index.fields.map((field) => indexField(mapElement(elementOf(field), change))),
  ...(index.where !== undefined && { where: change(index.where) }),
});

const mapElement = <E extends IndexElement>(element: E, change: Change): E =>
  element.expression === undefined ? element : { ...element, expression: change(element.expression) };

function mapConstraint(constraint: Constraint, change: Change): Constraint {
  if ("check" in constraint) return { ...constraint, check: change(constraint.check) };
  if ("unique" in constraint) return constraint;
  return {
    ...constraint,
    exclude: constraint.exclude.map((element) => mapElement(element, change)),
    ...(constraint.where !== undefined && { where: change(constraint.where) }),
  };
}
