import type { DefaultValue, Field } from "../schema/model.ts";
import { isTimeType } from "../schema/types.ts";
import type { Dialect } from "./dialect.ts";
import type { Column } from "./statement.ts";

/**
 * The default of a column under the name that a person would give it: `now` for CURRENT_TIMESTAMP of a time, `object` for `'{}'` of JSON,
 * `true` for 1 of a boolean. It is the same SQL again, but for case and for a cast to the type of the column. The field's own default where
 * there is no such name.
 */
export function conventionalDefault(column: Column, field: Field, dialect: Dialect): DefaultValue | undefined {
  const sql = column.default;
  if (sql === undefined || field.default === undefined) return field.default;
  const isExpression = typeof field.default === "object" && "sql" in field.default;
  const text = (isExpression ? sql : sql.replace(/::[\w ]+$/, "")).toUpperCase();
  const name = namesFor(field.type.toLowerCase()).find((key) => dialect.namedDefaults[key]?.toUpperCase() === text);
  if (name === undefined) return field.default;
  return name === "true" || name === "false" ? name === "true" : name;
}

/** The names that say something about a value of that type. */
function namesFor(type: string): readonly string[] {
  if (type === "boolean") return ["true", "false"];
  if (type === "json" || type === "jsonb") return ["object", "array"];
  if (type === "varchar" || type === "char") return ["blank", "new_uuid"];
  if (type === "text") return ["blank", "new_uuid", "now"];
  if (type === "date") return ["today", "now"];
  if (type === "uuid") return ["new_uuid"];
  if (type === "time") return ["current_time", "now"];
  return isTimeType(type) ? ["now"] : [];
}
