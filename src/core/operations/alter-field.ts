import * as v from "valibot";
import { alterColumns } from "../ddl/alter.ts";
import { enumCheckChange } from "../ddl/enums.ts";
import { ToolError } from "../errors.ts";
import { type FieldPath, linkedFields } from "../schema/dependents.ts";
import { withField, withTable } from "../schema/edit.ts";
import { losesDatabases } from "../schema/for-databases.ts";
import { changedBelow } from "../schema/heritage.ts";
import { elementOf, elementUses } from "../schema/index-fields.ts";
import type { Field, Schema } from "../schema/model.ts";
import { narrows } from "../schema/narrowing.ts";
import { passOnChanges } from "../schema/pass-on.ts";
import { equalTypes, getField, getTable, resolveType, typeOf } from "../schema/resolve.ts";
import { integerBase, type TypeParameters } from "../schema/types.ts";
import { defineOperation, type OperationData } from "./define.ts";
import { readings, readingsRows } from "./example-partitions.ts";
import {
  blog,
  blogRows,
  catalog,
  catalogRows,
  company,
  companyRows,
  linkedOrders,
  odd,
  oddRows,
  orderRows,
  schemaOf,
} from "./example-schema.ts";
import { fieldFromParams, plainParamsFromField } from "./field.ts";
import { described, flagsOf, ignoreErrors, plainFieldParams, schemaOnly, tableName } from "./params.ts";

const expression = v.pipe(v.string(), v.nonEmpty("an SQL expression must not be empty"));

export default defineOperation({
  kind: "alterField",
  summary:
    "Gives a field another type, nullability or default. Fields that foreign keys tie to it change their type with it.",
  params: v.strictObject({
    table: tableName,
    field: described(plainFieldParams, "The whole new definition; what is not said is not kept."),
    fill: v.exactOptional(
      described(expression, "SQL expression for rows in which the field is NULL, when it may be so no longer."),
    ),
    using: v.exactOptional(
      described(expression, "SQL expression over the old values that gives the new ones. Absent: a cast."),
    ),
    method: v.exactOptional(
      described(
        v.picklist(["new_column"]),
        "A new column is added, filled and put in the place of the old one, with what stood on that (PostgreSQL, MySQL, MariaDB). `using` may then look into other tables. Absent: the column changes in place.",
      ),
    ),
    schemaOnly,
    ignoreErrors,
  }),
  risk: (p, before) => {
    const old = getField(getTable(before, p.table), p.field.name);
    if (losesDatabases(old, p.field)) return "lossy";
    const filled = p.fill !== undefined || p.field.default !== undefined || p.field.autoCreate;
    const closes = old.nullable && !p.field.nullable && !filled;
    if (closes || narrows(resolveType(before, old), p.field)) return "lossy";
    return equalTypes(resolveType(before, old), p.field) && old.nullable === (p.field.nullable ?? false)
      ? "safe"
      : "blocking";
  },
  title: (p) => `alter field "${p.field.name}" of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const old = getField(getTable(schema, p.table), p.field.name);
    const changed = passOnChanges(
      schema,
      withTable(schema, p.table, (t) => withField(t, old.name, () => newField(schema, old, fieldFromParams(p.field)))),
      p.table,
    );
    const start = { table: p.table, field: old.name };
    if (equalTypes(baseType(resolveType(schema, old)), baseType(p.field))) return changed;
    refuseIfPartitionKey(schema, start);
    return retypeLinked(changed, start, p.field);
  },
  lower: (p, { before, after, dialect }) => {
    const linked = linkedFields(after, { table: p.table, field: p.field.name }).map((f) => f.table);
    const checked = { table: p.table, field: p.field.name };
    const conversion = { table: p.table, field: p.field.name, fill: p.fill, using: p.using, method: p.method };
    return [
      ...enumCheckChange("dropConstraint", { ...checked, schema: before, unless: after }, dialect),
      ...alterColumns({ before, after, dialect }, [...new Set([p.table, ...linked])], conversion),
      ...enumCheckChange("addConstraint", { ...checked, schema: after, unless: before }, dialect),
    ];
  },
  invert,
  examples: [
    {
      title: "a longer varchar",
      before: blog,
      rows: blogRows,
      params: { table: "posts", field: { name: "title", type: "varchar", length: 400 } },
    },
    {
      title: "text in place of varchar",
      before: blog,
      rows: blogRows,
      params: { table: "posts", field: { name: "title", type: "text" } },
    },
    {
      title: "NOT NULL, existing rows filled in",
      before: blog,
      rows: blogRows,
      params: { table: "posts", field: { name: "views", type: "integer", default: 0 }, fill: "0" },
    },
    {
      title: "type, nullability and default at once",
      before: blog,
      rows: blogRows,
      params: { table: "posts", field: { name: "views", type: "bigint", default: 1 }, fill: "-1" },
    },
    {
      title: "nullable, without default",
      before: blog,
      rows: blogRows,
      params: { table: "posts", field: { name: "status", type: "varchar", length: 20, nullable: true } },
    },
    {
      title: "a conversion of its own",
      before: schemaOf({
        name: "sizes",
        fields: [
          { name: "id", type: "integer", primaryKey: true },
          { name: "size", type: "text" },
        ],
      }),
      rows: {
        sizes: [
          { id: 1, size: "10 cm" },
          { id: 2, size: "7 cm" },
        ],
      },
      params: {
        table: "sizes",
        field: { name: "size", type: "integer" },
        using: "CAST(replace(size, ' cm', '') AS INTEGER)",
      },
    },
    {
      title: "a cast from text to integer",
      before: schemaOf({
        name: "sizes",
        fields: [
          { name: "id", type: "integer", primaryKey: true },
          { name: "size", type: "varchar", length: 10 },
        ],
      }),
      rows: {
        sizes: [
          { id: 1, size: "10" },
          { id: 2, size: "-7" },
        ],
      },
      params: { table: "sizes", field: { name: "size", type: "integer" } },
    },
    {
      title: "a key that another table refers to",
      before: blog,
      rows: blogRows,
      params: { table: "users", field: { name: "id", type: "bigint" } },
    },
    {
      title: "a key that is numbered no longer",
      before: blog,
      rows: blogRows,
      params: { table: "users", field: { name: "id", type: "integer" } },
    },
    {
      title: "a key that its own and another table refer to",
      before: catalog,
      rows: catalogRows,
      params: { table: "categories", field: { name: "code", type: "varchar", length: 40 } },
    },
    {
      title: "a key in a cycle",
      before: company,
      rows: companyRows,
      params: { table: "employees", field: { name: "id", type: "bigint" } },
    },
    {
      title: "part of a composite key",
      before: linkedOrders,
      rows: orderRows,
      params: { table: "order_lines", field: { name: "line_no", type: "integer" } },
    },
    {
      title: "a field that refers to another table, nullable",
      before: blog,
      rows: blogRows,
      params: { table: "posts", field: { name: "user_id", type: "integer", nullable: true } },
    },
    {
      title: "a time that the database updates no longer",
      before: blog,
      rows: blogRows,
      params: { table: "users", field: { name: "updated_at", type: "timestamp", nullable: true } },
    },
    {
      title: "a time that the database updates from now on",
      before: schemaOf({
        name: "notes",
        fields: [
          { name: "id", type: "integer", primaryKey: true },
          { name: "at", type: "timestamp", nullable: true },
        ],
      }),
      rows: { notes: [{ id: 1, at: null }] },
      params: { table: "notes", field: { name: "at", type: "timestamp", nullable: true, autoUpdate: true } },
    },
    {
      title: "an odd name and default",
      before: odd,
      rows: oddRows,
      params: { table: "o'brien", field: { name: 'a"b', type: "text", default: "o'brien \"'; --" } },
    },
    {
      title: "a field that a partition has in another way",
      before: readings,
      rows: readingsRows,
      params: { table: "readings", field: { name: "value", type: "text", nullable: true, default: "2" } },
    },
    {
      title: "a new column in its place",
      before: blog,
      rows: blogRows,
      params: { table: "posts", field: { name: "title", type: "varchar", length: 400 }, method: "new_column" },
    },
    {
      title: "a new column in the place of a key that another table refers to",
      before: catalog,
      rows: catalogRows,
      params: { table: "categories", field: { name: "code", type: "varchar", length: 40 }, method: "new_column" },
    },
    {
      title: "a new column in the place of a part of a composite key",
      before: linkedOrders,
      rows: orderRows,
      params: { table: "order_lines", field: { name: "line_no", type: "integer" }, method: "new_column" },
    },
    {
      title: "a new column, NOT NULL and filled",
      before: blog,
      rows: blogRows,
      params: {
        table: "posts",
        field: { name: "views", type: "bigint", default: 1 },
        fill: "-1",
        method: "new_column",
      },
    },
    {
      title: "no change at all",
      before: blog,
      rows: blogRows,
      params: { table: "users", field: { name: "bio", type: "text", nullable: true } },
    },
  ],
});

/** A field that borrows its type goes on doing so while the new definition says the same type. */
function newField(schema: Schema, old: Field, field: Field): Field {
  if (old.inherited) return newField(schema, withoutMark(old), { ...field, inherited: true });
  if (old.type !== "foreign_key" || !old.references || !equalTypes(resolveType(schema, old), field)) return field;
  const { length: _l, precision: _p, scale: _s, ...rest } = field;
  return { ...rest, type: "foreign_key", references: old.references };
}

const withoutMark = ({ inherited: _, ...field }: Field): Field => field;

/** PostgreSQL does not change the type of what decides which partition a row is in. */
function refuseIfPartitionKey(schema: Schema, { table, field }: FieldPath): void {
  if (!getTable(schema, table).partitionBy?.by.some((element) => elementUses(elementOf(element), field))) return;
  const what = `field "${field}" is part of the partition key of table "${table}", so its type cannot change`;
  throw new ToolError("state", `${what}; make a new table and move the rows there`, { table, field });
}

/** Databases compare the two sides of a foreign key, so those that have a type of their own get the new one as well. */
function retypeLinked(schema: Schema, start: FieldPath, type: TypeParameters): Schema {
  return linkedFields(schema, start).reduce((before, link) => {
    const after = withTable(before, link.table, (t) => withField(t, link.field, (f) => retyped(f, type)));
    return passOnChanges(before, after, link.table);
  }, schema);
}

function retyped(field: Field, type: TypeParameters): Field {
  if (field.type === "foreign_key") return field;
  const { length: _l, precision: _p, scale: _s, ...rest } = field;
  return { ...rest, ...baseType(type) };
}

/** The type of a column that refers to a key of this type. */
const baseType = (type: TypeParameters): TypeParameters => ({ ...typeOf(type), type: integerBase(type.type) });

interface Target {
  readonly table: string;
  readonly field: { readonly name: string };
  readonly method?: "new_column";
  readonly schemaOnly?: boolean;
  readonly ignoreErrors?: boolean;
}

/**
 * The old definition, that of each linked field whose type was not the one it takes from going back, and that of each field which was
 * inherited with something changed.
 */
function invert(p: Target, before: Schema): readonly OperationData[] {
  const start = { table: p.table, field: p.field.name };
  const fieldAt = ({ table, field }: FieldPath) => getField(getTable(before, table), field);
  const type = baseType(resolveType(before, fieldAt(start)));
  const apart = linkedFields(before, start).filter((link) => !equalTypes(resolveType(before, fieldAt(link)), type));
  return [start, ...apart, ...changedBelow(before, start)].map((path) => ({
    kind: "alterField",
    table: path.table,
    field: plainParamsFromField(before, fieldAt(path)),
    ...(path === start && p.method && { method: p.method }),
    ...flagsOf(p),
  }));
}
