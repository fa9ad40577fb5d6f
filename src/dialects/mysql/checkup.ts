import type { CheckupSql } from "../../core/ddl/checkup.ts";

const needed = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "INDEX", "REFERENCES"];

/** How the grants of information_schema name the user of the session. */
const me =
  "CONCAT('''', SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')";

/** Grants on databases are patterns. Those of roles stand under the names of the roles, so they are not found. */
export const checkup: CheckupSql = {
  clock: "SELECT ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS now",
  lackingRights: `SELECT p.name AS lacking
FROM (${needed.map((name) => `SELECT '${name}' AS name`).join(" UNION ALL ")}) AS p
WHERE NOT EXISTS (SELECT 1 FROM information_schema.user_privileges AS u WHERE u.grantee = ${me} AND u.privilege_type = p.name)
  AND NOT EXISTS (SELECT 1 FROM information_schema.schema_privileges AS s WHERE s.grantee = ${me} AND s.privilege_type = p.name AND DATABASE() LIKE s.table_schema)`,
  rightsMayHide: true,
};
