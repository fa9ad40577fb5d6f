import * as v from "valibot";
import type { Statement } from "../ddl/statement.ts";
import type { Table } from "../schema/model.ts";
import { getField, getTable, isNumbered } from "../schema/resolve.ts";
import { isOnlyUnique, isUnique } from "../schema/soundness.ts";
import { isSerial } from "../schema/types.ts";
import { defineOperation } from "./define.ts";
import { blog, blogRows, odd, oddRows, orderRows, orders, schemaOf } from "./example-schema.ts";
import {
  described,
  elidable,
  fieldNames,
  flagsOf,
  ignoreErrors,
  rowKeys,
  rows,
  schemaOnly,
  tableName,
} from "./params.ts";
import { checkRows, keysOfRows, sqlRows } from "./rows.ts";

export default defineOperation({
  kind: "upsertData",
  summary:
    "Inserts rows, or updates those with the same keys. A field that a row does not name is left alone, or takes its default.",
  params: v.strictObject({
    table: tableName,
    keys: rowKeys,
    rows: described(rows, "Rows: field → null, text, number, boolean, bigint, bytes or { defaultRef }."),
    completes: v.exactOptional(
      described(
        fieldNames("name at least one field, or leave it out"),
        "Fields that were NULL until the rows which they refer to were there. Taking it back makes them NULL again, and leaves the rows.",
      ),
    ),
    elidable,
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `upsert ${p.rows.length} ${p.rows.length === 1 ? "row" : "rows"} of "${p.table}"`,
  table: (p) => p.table,
  apply: (schema, p) => {
    checkRows(schema, p);
    for (const name of p.completes ?? []) getField(getTable(schema, p.table), name);
    return schema;
  },
  lower: (p, { before, dialect }) => {
    const table = getTable(before, p.table);
    const about = { table: p.table, keys: p.keys, ...(!isUnique(table, p.keys) && { uniqueKeys: false }) };
    const onlyKeys = isOnlyUnique(table, p.keys);
    const counted = table.fields.filter((field) => isSerial(field.type) || field.identity);
    const groups = sqlRows(before, p, dialect);
    return groups.map((group, i): Statement => {
      const own = counted.filter(({ name }) => group.columns.includes(name));
      const numbered = own.map(({ name }) => name);
      const same = groups.slice(i + 1).some(({ columns }) => numbered.every((name) => columns.includes(name)));
      return {
        kind: "upsertRows",
        ...about,
        ...(onlyKeys && isWhole(table, group.columns) && { onlyKeys }),
        ...(numbered.length > 0 && { numbered, ...(same && { unfinished: true }) }),
        ...(own.some(({ identity }) => identity?.always) && { overriding: true }),
        ...group,
      };
    });
  },
  invert: (p) => {
    const { completes, rows, ...rest } = p;
    const open = Object.fromEntries((completes ?? []).map((name) => [name, null]));
    if (completes)
      return [{ kind: "upsertData", ...rest, rows: rows.map((row) => ({ ...row, ...open })).toReversed() }];
    return [{ kind: "deleteData", table: p.table, keys: p.keys, rows: keysOfRows(p).toReversed(), ...flagsOf(p) }];
  },
  beyond: (p) => ({ rows: [p.table] }),
  examples: [
    {
      title: "new and known rows, not all with the same fields",
      before: blog,
      rows: { users: [{ id: 1, email: "ann@example.com", bio: "kept", updated_at: "2024-02-29 12:34:56" }] },
      params: {
        table: "users",
        keys: ["id"],
        rows: [
          { id: 1, email: "o'brien@example.com" },
          { id: 3, email: "new@example.com", bio: "a\\b 'c' \"d\"\n😀", updated_at: "2024-01-02 03:04:05.678901" },
          { id: 4, email: "null@example.com", bio: null, updated_at: { defaultRef: "now" } },
        ],
      },
    },
    {
      title: "a composite key",
      before: orders,
      rows: orderRows,
      params: {
        table: "order_lines",
        keys: ["order_no", "line_no"],
        rows: [
          { order_no: 7, line_no: 1, article: "Saw" },
          { order_no: 7, line_no: 2, article: "Axe" },
        ],
      },
    },
    {
      title: "nothing but keys",
      before: schemaOf({ name: "words", fields: [{ name: "word", type: "text", primaryKey: true }] }),
      rows: { words: [{ word: "old" }] },
      params: { table: "words", keys: ["word"], rows: [{ word: "new" }, { word: "newer" }] },
    },
    {
      title: "values of every kind",
      before: schemaOf({
        name: "samples",
        fields: [
          { name: "id", type: "bigint", primaryKey: true },
          { name: "data", type: "bytes", nullable: true },
          { name: "flag", type: "boolean" },
          { name: "ratio", type: "double" },
          { name: "doc", type: "jsonb", nullable: true },
        ],
      }),
      params: {
        table: "samples",
        keys: ["id"],
        rows: [
          {
            id: 9007199254740993n,
            data: Uint8Array.from([0, 39, 92, 255]),
            flag: true,
            ratio: -0.1,
            doc: '{"it\'s": [1, null]}',
          },
          { id: -1n, data: null, flag: false, ratio: 1e21, doc: null },
        ],
      },
    },
    {
      title: "a key that a named default gives",
      before: {
        ...schemaOf({
          name: "settings",
          fields: [
            { name: "name", type: "text", primaryKey: true },
            { name: "value", type: "text" },
          ],
        }),
        defaults: { postgresql: { main: "'main'" }, sqlite: { main: "'main'" } },
      },
      params: {
        table: "settings",
        keys: ["name"],
        rows: [{ name: { defaultRef: "main" }, value: { defaultRef: "upper('x')" } }],
      },
    },
    {
      title: "odd names and values",
      before: odd,
      rows: oddRows,
      params: { table: "o'brien", keys: ["select"], rows: [{ select: 3, 'a"b': "'; drop table y; --", "😀": "\t" }] },
    },
    {
      title: "a key that nothing makes unique",
      before: schemaOf({
        name: "notes",
        fields: [
          { name: "topic", type: "text" },
          { name: "body", type: "text", nullable: true },
        ],
      }),
      rows: { notes: [{ topic: "known", body: "old" }] },
      params: {
        table: "notes",
        keys: ["topic"],
        rows: [
          { topic: "known", body: "it's new" },
          { topic: "unknown", body: null },
        ],
      },
    },
    {
      title: "rows that refer to each other",
      before: schemaOf({
        name: "people",
        fields: [
          { name: "id", type: "integer", primaryKey: true },
          { name: "friend", type: "integer", nullable: true },
        ],
      }),
      rows: {
        people: [
          { id: 1, friend: null },
          { id: 2, friend: null },
        ],
      },
      params: {
        table: "people",
        keys: ["id"],
        rows: [
          { id: 1, friend: 2 },
          { id: 2, friend: 1 },
        ],
        completes: ["friend"],
      },
    },
    { title: "no rows", before: blog, rows: blogRows, params: { table: "users", keys: ["id"], rows: [] } },
  ],
});

/** Whether these columns are enough for a new row. */
const isWhole = ({ fields }: Table, columns: readonly string[]): boolean =>
  fields.every(
    (field) =>
      columns.includes(field.name) ||
      field.nullable ||
      field.default !== undefined ||
      field.generated !== undefined ||
      isNumbered(field),
  );
