import { expect, test } from "bun:test";
import { schemaOfLive } from "../../../src/core/ddl/live.ts";
import type { DefaultValue } from "../../../src/core/schema/model.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";

/** What a column with this type and default is declared with. */
function declared(dialect: string, type: string, sql: string): DefaultValue | undefined {
  const column = { name: "c", type, nullable: true, default: sql };
  const tables = [{ name: "t", columns: [column], indexes: [], foreignKeys: [] }];
  const spoken = dialects.find(({ name }) => name === dialect);
  return spoken && schemaOfLive({ tables }, spoken).tables[0]?.fields[0]?.default;
}

test.each([
  ["sqlite", "TIMESTAMP", "CURRENT_TIMESTAMP", "now"],
  ["sqlite", "TIMESTAMP", "current_timestamp", "now"],
  ["sqlite", "DATE", "CURRENT_DATE", "today"],
  ["sqlite", "BOOLEAN", "1", true],
  ["sqlite", "BOOLEAN", "0", false],
  ["sqlite", "JSON", "'{}'", "object"],
  ["sqlite", "VARCHAR(9)", "''", "blank"],
  ["sqlite", "INTEGER", "1", 1],
  ["postgresql", "timestamp without time zone", "now()", "now()"],
  ["postgresql", "timestamp with time zone", "CURRENT_TIMESTAMP", "now"],
  ["postgresql", "uuid", "gen_random_uuid()", "new_uuid"],
  ["postgresql", "jsonb", "'[]'::jsonb", "array"],
  ["postgresql", "text", "''::text", "blank"],
  ["postgresql", "boolean", "true", true],
  ["postgresql", "json", "'{}'::json", "object"],
  ["mariadb", "timestamp", "current_timestamp()", "now"],
  ["mariadb", "tinyint(1)", "1", true],
] as const)("%s %s DEFAULT %s is %p", (dialect, type, sql, value) => {
  expect(declared(dialect, type, sql)).toBe(value);
});
