import * as v from "valibot";
import { alterColumns } from "../ddl/alter.ts";
import type { Dialect } from "../ddl/dialect.ts";
import { dropPrimaryKey, keyExtras } from "../ddl/image.ts";
import { keyIndexes } from "../ddl/key-indexes.ts";
import type { Statement } from "../ddl/statement.ts";
import { keyComment, primaryKeyName } from "../schema/constraints.ts";
import { describeKey, keysTo, refuse } from "../schema/dependents.ts";
import { withPrimaryKey, withTable } from "../schema/edit.ts";
import { refuseIfOption } from "../schema/index-options.ts";
import type { Schema, Table } from "../schema/model.ts";
import { passOnChanges } from "../schema/pass-on.ts";
import { getTable } from "../schema/resolve.ts";
import { checkPrimaryKey, isUnique } from "../schema/soundness.ts";
import { deferrable } from "./basic-params.ts";
import { defineOperation } from "./define.ts";
import { blog, orderRows, orders, schemaOf } from "./example-schema.ts";
import { include } from "./index-params.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly, tableName, text } from "./params.ts";

export default defineOperation({
  kind: "alterPrimaryKey",
  summary: "Gives a table another primary key, or none. Refused while a foreign key refers to the present one.",
  params: v.strictObject({
    table: tableName,
    fields: described(v.array(name), "Fields of the new key, in its order; an empty list drops the key."),
    name: v.exactOptional(
      described(name, "Name of its constraint, where the database has such names. Absent: <table>_pkey."),
    ),
    include: v.exactOptional(include),
    deferrable: v.exactOptional(deferrable),
    comment: v.exactOptional(described(text, "What the database keeps as its description.")),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "blocking",
  title: (p) =>
    p.fields.length > 0 ? `set primary key of "${p.table}" to ${quoted(p.fields)}` : `drop primary key of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    const old = getTable(schema, p.table);
    const table = withPrimaryKey(old, p.fields, p);
    checkPrimaryKey(table);
    if (old.primaryKey && !samePrimaryKey(old, table)) refuseIfOption(old, primaryKeyName(old));
    const users = keysTo(schema, p.table).filter(({ key }) =>
      key.references.fields ? !isUnique(table, key.references.fields) : !sameNames(old.primaryKey ?? [], p.fields),
    );
    refuse(`the primary key of table "${p.table}"`, users.map(describeKey), { table: p.table });
    return passOnChanges(
      schema,
      withTable(schema, p.table, () => table),
      p.table,
    );
  },
  lower: (p, { before, after, dialect }) => {
    if (samePrimaryKey(getTable(before, p.table), getTable(after, p.table))) return [];
    const between = withTable(before, p.table, ({ primaryKey: _, ...table }) => table);
    return [
      ...keyIndexes(before, between, p.table, dialect).first,
      ...dropPrimaryKey(getTable(before, p.table), dialect),
      ...alterColumns({ before, after, dialect }, [p.table]),
      ...(p.fields.length > 0
        ? [
            {
              kind: "addPrimaryKey",
              table: p.table,
              columns: p.fields,
              ...keyNameIn(after, p.table, dialect),
              ...extrasIn(after, p.table, dialect),
              ...(p.comment !== undefined && dialect.capabilities.comments && { comment: p.comment }),
            } satisfies Statement,
          ]
        : []),
      ...keyIndexes(between, after, p.table, dialect).last,
    ];
  },
  invert: (p, before) => [
    {
      kind: "alterPrimaryKey",
      table: p.table,
      fields: [...(getTable(before, p.table).primaryKey ?? [])],
      ...nameOf(getTable(before, p.table)),
      ...keyComment(getTable(before, p.table)),
      ...flagsOf(p),
    },
  ],
  examples: [
    {
      title: "a key where there was none",
      before: schemaOf({
        name: "tags",
        fields: [
          { name: "word", type: "varchar", length: 30, nullable: true },
          { name: "uses", type: "integer" },
        ],
      }),
      rows: { tags: [{ word: "sql", uses: 3 }] },
      params: { table: "tags", fields: ["word"] },
    },
    {
      title: "a longer key",
      before: orders,
      rows: orderRows,
      params: { table: "order_lines", fields: ["order_no", "line_no", "article"] },
    },
    {
      title: "another order",
      before: orders,
      rows: orderRows,
      params: { table: "order_lines", fields: ["line_no", "order_no"] },
    },
    { title: "no key", before: orders, rows: orderRows, params: { table: "shipments", fields: [] } },
    {
      title: "the key of a table that refers to another",
      before: blog,
      params: { table: "posts", fields: ["id", "user_id"] },
    },
  ],
});

/** A name that is not the usual one. */
const nameOf = ({ primaryKeyName }: Table) => (primaryKeyName === undefined ? {} : { name: primaryKeyName });

function extrasIn(schema: Schema, table: string, dialect: Dialect) {
  const { primaryKeyDeferrable: deferrable, primaryKeyInclude: include } = keyExtras(getTable(schema, table), dialect);
  return { ...(include && { include }), ...(deferrable && { deferrable }) };
}

const samePrimaryKey = (a: Table, b: Table): boolean =>
  sameNames(a.primaryKey ?? [], b.primaryKey ?? []) &&
  sameNames(a.primaryKeyInclude ?? [], b.primaryKeyInclude ?? []) &&
  a.primaryKeyDeferrable === b.primaryKeyDeferrable;

const keyNameIn = (schema: Schema, table: string, { capabilities }: Dialect) =>
  capabilities.namesPrimaryKeys ? nameOf(getTable(schema, table)) : {};

const quoted = (names: readonly string[]): string => names.map((field) => `"${field}"`).join(", ");

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((field, i) => field === b[i]);
