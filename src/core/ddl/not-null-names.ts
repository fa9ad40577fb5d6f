import type { Schema } from "../schema/model.ts";
import type { Dialect } from "./dialect.ts";
import { tableImage } from "./image.ts";
import type { NamedNotNull } from "./tree-statements.ts";

/** The columns of a table that are NOT NULL, where that is a constraint with a name. Throws ToolError `state` as `tableImage` does. */
export function namedNotNull(schema: Schema, table: string, dialect: Dialect): NamedNotNull {
  if (!dialect.capabilities.namesNotNull) return {};
  const notNull = tableImage(schema, table, dialect).columns.flatMap((column) =>
    column.nullable ? [] : [column.name],
  );
  return notNull.length > 0 ? { notNull } : {};
}
