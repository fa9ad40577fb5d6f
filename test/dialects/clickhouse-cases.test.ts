import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { schemaOn } from "../../src/core/ddl/schema-on.ts";
import { ToolError } from "../../src/core/errors.ts";
import type { Field, Index, Schema, Table } from "../../src/core/schema/model.ts";
import { resolveType } from "../../src/core/schema/resolve.ts";
import { integerBase } from "../../src/core/schema/types.ts";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { tellCase } from "../helpers/case-story.ts";
import { type Case, loadCases } from "../helpers/cases.ts";
import { type ClickhouseServer, clickhouseServer } from "../helpers/clickhouse-server.ts";

let server: ClickhouseServer;
let database: Database;
let drop: () => Promise<void>;
const told = { whole: 0, refused: 0 };

beforeAll(async () => {
  server = await clickhouseServer();
});
beforeEach(async () => {
  const home = await server.createDatabase();
  drop = home.drop;
  database = await openDatabase({ url: home.url });
});

/** Without what ClickHouse has not, which is refused before anything runs. */
const adapt = (schema: Schema): Schema => ({
  ...schema,
  tables: schema.tables.map((table) => tableOf(schema, table)),
  defaults: { ...schema.defaults, ...(schema.defaults["postgresql"] && { clickhouse: schema.defaults["postgresql"] }) },
});

const tableOf = (schema: Schema, table: Table): Table => ({
  ...table,
  fields: table.fields.map((field) => fieldOf(schema, field)),
  indexes: table.indexes.map(indexOf),
  foreignKeys: [],
});

function fieldOf(schema: Schema, { references: _, autoUpdate: __, ...field }: Field): Field {
  const type = resolveType(schema, { ...field, ...(_ !== undefined && { references: _ }) });
  const plain = integerBase(type.type);
  return {
    ...field,
    ...type,
    type: plain,
    ...(plain === "text[]" && { nullable: false, default: field.default ?? "array" }),
    ...(/^json/.test(plain) && field.default === "array" && { default: "object" }),
  };
}

const indexOf = ({ unique: _, where: __, ...index }: Index): Index => index;

for (const each of loadCases()) {
  const why = each.except["clickhouse"];
  test.skipIf(why !== undefined)(`${each.topic}: ${each.name}${why ? ` (${why})` : ""}`, async () => {
    const own: Case = { ...each, before: adapt(each.before), after: adapt(each.after) };
    try {
      await tellCase(database, own);
      told.whole++;
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== "unsupported") throw error;
      told.refused++;
      const names = (await introspect(database)).tables.map(({ name }) => name).toSorted();
      const before = schemaOn(own.before, database.dialect).tables.map(({ name }) => name);
      expect([[], before.toSorted()]).toContainEqual(names);
    } finally {
      await drop();
    }
  });
}

afterAll(() => {
  // Most of the corpus is told to its end; what changes a primary key is not.
  expect(told.whole).toBeGreaterThan(2 * told.refused);
});
