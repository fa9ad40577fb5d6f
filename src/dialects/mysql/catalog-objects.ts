/** MySQL tells the rest by SHOW: see `whole-text.ts`. */
const partly = "VERSION() NOT LIKE '%MariaDB%' AS partly";

/**
 * What can be written as the statement that makes it. `mode` is the `sql_mode` that its text is read under; times of events are in UTC, as far as
 * the server knows their time zone. Triggers come in the order in which they fire.
 */
export const objectQueries = {
  views: `SELECT v.table_name AS name, DATABASE() AS home, v.view_definition AS query, v.check_option AS check_option, v.security_type AS \`security\`,
  /*M! v.algorithm AS */ algorithm, ${partly}
FROM information_schema.views AS v /*!80000 JOIN (SELECT 'UNDEFINED' AS algorithm) AS a */ WHERE v.table_schema = DATABASE()
ORDER BY CAST(v.table_name AS BINARY)`,

  triggers: `SELECT trigger_name AS name, event_object_table AS \`table\`, action_timing AS timing, event_manipulation AS \`event\`,
  action_order AS place, action_statement AS body, sql_mode AS \`mode\`,
  ${partly}
FROM information_schema.triggers WHERE trigger_schema = DATABASE()
ORDER BY CAST(event_object_table AS BINARY), action_timing, event_manipulation, action_order`,

  routines: `SELECT LOWER(r.routine_type) AS kind, r.routine_name AS name, r.dtd_identifier AS \`returns\`, r.collation_name AS \`collation\`,
  r.routine_definition AS body, r.is_deterministic = 'YES' AS \`deterministic\`, r.sql_data_access AS \`access\`, r.security_type AS \`security\`,
  r.routine_comment AS comment, r.sql_mode AS \`mode\`, r.database_collation AS \`usual\`, r.routine_body AS \`language\`,
  ${partly}
FROM information_schema.routines AS r WHERE r.routine_schema = DATABASE()
ORDER BY r.routine_type, CAST(r.routine_name AS BINARY)`,

  parameters: `SELECT LOWER(p.routine_type) AS kind, p.specific_name AS routine, p.parameter_mode AS direction, p.parameter_name AS name,
  p.dtd_identifier AS type, p.collation_name AS \`collation\`
FROM information_schema.parameters AS p WHERE p.specific_schema = DATABASE() AND p.ordinal_position > 0
ORDER BY p.routine_type, p.specific_name, p.ordinal_position`,

  events: `SELECT event_name AS name, event_definition AS body, DATE_FORMAT(COALESCE(CONVERT_TZ(execute_at, time_zone, '+00:00'), execute_at), '%Y-%m-%d %H:%i:%s') AS \`at\`,
  interval_value AS number, interval_field AS unit,
  DATE_FORMAT(COALESCE(CONVERT_TZ(starts, time_zone, '+00:00'), starts), '%Y-%m-%d %H:%i:%s') AS \`starts\`,
  DATE_FORMAT(COALESCE(CONVERT_TZ(ends, time_zone, '+00:00'), ends), '%Y-%m-%d %H:%i:%s') AS \`ends\`,
  on_completion AS completion, status AS status, event_comment AS comment, sql_mode AS \`mode\`,
  ${partly}
FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY CAST(event_name AS BINARY)`,
} as const;
