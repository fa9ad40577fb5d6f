import { expect, test } from "bun:test";
import { tableImage } from "../../../src/core/ddl/image.ts";
import { diffLive, normalize, schemaOfLive } from "../../../src/core/ddl/live.ts";
import type { TableImage } from "../../../src/core/ddl/statement.ts";
import type { Schema } from "../../../src/core/schema/model.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";
import { parseSchema } from "../../../src/runtime/schema-files.ts";
import { formOf } from "../../helpers/same-schema.ts";

const { schema } = parseSchema(`
tables:
  - name: users
    fields:
      - { name: id, type: serial, primary_key: true }
      - { name: email, type: varchar, length: 255, nullable: false, default: none }
      - { name: at, type: timestamp, auto_create: true, auto_update: true }
    indexes:
      - { name: idx_email, fields: [email], unique: true }
  - name: posts
    fields:
      - { name: id, type: uuid, primary_key: true }
      - { name: user_id, type: foreign_key, foreign_key: { table: users, on_delete: CASCADE } }
`);

for (const dialect of dialects) {
  const live = (from: Schema = schema): readonly TableImage[] =>
    from.tables.map((table) => tableImage(from, table.name, dialect));
  const kinds = (change: (tables: readonly TableImage[]) => readonly TableImage[]): readonly string[] =>
    diffLive(schema, { tables: change(live()), unsupported: [] }, dialect).map(
      ({ kind, table, object, destructive }) => `${kind} ${table} ${object}${destructive ? " !" : ""}`,
    );
  const users = (change: (table: TableImage) => Partial<TableImage>) =>
    kinds((tables) => tables.map((table) => (table.name === "users" ? { ...table, ...change(table) } : table)));
  const column = (name: string, change: object) =>
    users(({ columns }) => ({ columns: columns.map((c) => (c.name === name ? { ...c, ...change } : c)) }));

  test(`${dialect.name}: a database that is what the schema says has no drift`, () => {
    expect(kinds((tables) => tables)).toEqual([]);
    expect(kinds((tables) => tables.toReversed())).toEqual([]);
    expect(users(({ columns }) => ({ columns: columns.toReversed() }))).toEqual([]);
  });

  test(`${dialect.name}: each kind of drift has its name, and only what would lose data is destructive`, () => {
    const [first] = live();
    expect(kinds((tables) => tables.slice(0, 1))).toEqual(["missing_table posts null"]);
    expect(kinds((tables) => [...tables, { ...(first as TableImage), name: "extra", foreignKeys: [] }])).toEqual([
      "extra_table extra null !",
    ]);
    expect(users(({ columns }) => ({ columns: columns.filter((c) => c.name !== "at") }))).toEqual([
      "missing_field users at",
    ]);
    expect(users(({ columns }) => ({ columns: [...columns, { name: "x", type: "TEXT", nullable: true }] }))).toEqual([
      "extra_field users x !",
    ]);
    expect(column("email", { type: "BLOBBY" })).toEqual(["changed_field users email !"]);
    expect(column("email", { nullable: true })).toEqual(["changed_field users email !"]);
    expect(column("email", { default: "'other'" })).toEqual(["changed_field users email"]);
    expect(column("at", { autoUpdate: false })).toEqual(["changed_field users at"]);
    // Where a numbered key is of the largest type anyway, its values are kept.
    expect(column("id", { autoIncrement: false })).toEqual([
      dialect.name === "auroradsql" ? "changed_field users id" : "changed_field users id !",
    ]);
    expect(users(() => ({ indexes: [] }))).toEqual(["missing_index users idx_email"]);
    expect(users(({ indexes }) => ({ indexes: indexes.map(({ unique: _, ...index }) => index) }))).toEqual([
      "changed_index users idx_email",
    ]);
    expect(users(({ indexes }) => ({ indexes: [...indexes, { name: "more", fields: ["at"] }] }))).toEqual([
      "extra_index users more",
    ]);
    expect(users(() => ({ primaryKey: ["email"] }))).toContain("changed_primary_key users null");
    const without = kinds((tables) => tables.map((table) => ({ ...table, foreignKeys: [] })));
    expect(without).toEqual(["missing_foreign_key posts fk_posts_user_id"]);
    const named = kinds((tables) =>
      tables.map((table) => ({ ...table, foreignKeys: table.foreignKeys.map(({ name: _, ...key }) => key) })),
    );
    expect(named).toEqual([]);
  });

  test(`${dialect.name}: a change says what is there and what was expected`, () => {
    const tables = live().map((t) => ({
      ...t,
      columns: t.columns.map((c) => (c.name === "email" ? { ...c, nullable: true } : c)),
    }));
    const [change] = diffLive(schema, { tables, unsupported: [] }, dialect);
    expect(change?.detail).toBe('field "email" of table "users": NULL in the database, NOT NULL expected');
  });

  test(`${dialect.name}: an imported schema makes the database that it was read from`, () => {
    const imported = schemaOfLive({ tables: live() }, dialect);
    expect(formOf(normalize(imported, dialect))).toBe(formOf(normalize(schema, dialect)));
  });
}

test("a change of an index names what is different about its fields", () => {
  const dialect = dialects.find(({ name }) => name === "postgresql");
  if (!dialect) throw new Error("no PostgreSQL");
  const tables = schema.tables.map(({ name }) => tableImage(schema, name, dialect));
  const email = [{ field: "email", operatorClass: "varchar_pattern_ops", nulls: "first" as const }];
  const found = tables.map((table) => ({ ...table, indexes: table.indexes.map((i) => ({ ...i, fields: email })) }));
  expect(diffLive(schema, { tables: found, unsupported: [] }, dialect).map(({ detail }) => detail)).toEqual([
    'index "idx_email" of table "users": unique (email varchar_pattern_ops nulls first) in the database, unique (email) expected',
  ]);
});
