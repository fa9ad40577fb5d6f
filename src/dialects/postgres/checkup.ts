import type { CheckupSql } from "../../core/ddl/checkup.ts";

/**
 * Whoever may create in the schema owns what they create, and needs no further right for that. What belongs to another role, PostgreSQL refuses
 * to change; that shows only with the migration that wants it.
 */
export const checkup: CheckupSql = {
  clock: "SELECT (EXTRACT(EPOCH FROM pg_catalog.clock_timestamp()) * 1000)::BIGINT AS now",
  lackingRights: `SELECT COALESCE(p.name || ' on schema ' || quote_ident(current_schema()), 'a schema that search_path leads to') AS lacking
FROM (VALUES ('USAGE'), ('CREATE')) AS p (name)
WHERE NOT COALESCE(pg_catalog.has_schema_privilege(current_schema(), p.name), FALSE)
  AND (p.name = 'CREATE' OR current_schema() IS NOT NULL)`,
  rightsMayHide: false,
};
