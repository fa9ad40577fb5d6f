import type { Database } from "../../src/runtime/database.ts";
import type { DumpLine } from "./postgres-dump.ts";

/**
 * What SHOW CREATE TABLE and SHOW CREATE VIEW say of a database, and the catalog of all else. Where columns and keys of a table stand does not count,
 * nor what the next row is numbered, nor who made something, nor godwit's own tables. A check is one of the table, also where it stands in a column.
 */
export async function dumpMariadb({ driver, dialect }: Database): Promise<readonly DumpLine[]> {
  const lines: DumpLine[] = [];
  const relations = await driver.query(
    "SELECT table_name AS name, table_type AS type FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'godwit\\_%' ORDER BY 1",
  );
  for (const { name, type } of relations) {
    const kind = type === "VIEW" ? "view" : type === "SEQUENCE" ? "sequence" : "table";
    const [row = {}] = await driver.query(
      `SHOW CREATE ${kind === "view" ? "VIEW" : "TABLE"} ${dialect.quote(String(name))}`,
    );
    const sql = String(row[kind === "view" ? "Create View" : "Create Table"] ?? row["Table"]);
    const texts = kind === "table" ? linesOf(sql) : [sql.replace(/ DEFINER=`[^`]*`@`[^`]*`/, "")];
    lines.push(...texts.map((text) => ({ object: `${kind} ${name}`, text })));
  }
  for (const { object, ...rest } of await driver.query(others))
    lines.push({ object: String(object), text: Object.values(rest).map(String).join(" | ") });
  return lines;
}

function linesOf(sql: string): readonly string[] {
  const found: string[] = [];
  for (const line of sql.split(/,?\n/)) {
    const [, column, check] = /^( {2}`.*?) CHECK (\(.*\))(?: COMMENT '.*')?$/.exec(line) ?? [];
    // Keys remember the size of blocks that the table had before, which means nothing; MySQL a character set that its collation says as well.
    const plain = line.startsWith("  ")
      ? line.replace(/ KEY_BLOCK_SIZE=\d+$/, "").replace(/ CHARACTER SET \w+(?= COLLATE)/, "")
      : line.replace(/ AUTO_INCREMENT=\d+| TRANSACTIONAL=1/g, "");
    if (column === undefined) found.push(plain);
    else found.push(line.replace(` CHECK ${check}`, ""), `  CONSTRAINT ${/`[^`]*`/.exec(column)} CHECK ${check}`);
  }
  return found;
}

const others = [
  `SELECT CONCAT('trigger ', trigger_name) AS object, event_object_table AS a, action_timing AS b, event_manipulation AS c, action_order AS d,
    TRIM(action_statement) AS e, '' AS f, '' AS g FROM information_schema.triggers WHERE trigger_schema = DATABASE()`,
  `SELECT CONCAT(LOWER(r.routine_type), ' ', r.routine_name), r.dtd_identifier, TRIM(r.routine_definition), r.is_deterministic, r.sql_data_access,
    r.security_type, r.routine_comment,
    (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.parameter_mode, p.parameter_name, p.dtd_identifier, p.collation_name) ORDER BY p.ordinal_position)
      FROM information_schema.parameters AS p WHERE p.specific_schema = DATABASE() AND p.specific_name = r.routine_name AND p.routine_type = r.routine_type)
    FROM information_schema.routines AS r WHERE r.routine_schema = DATABASE()`,
  `SELECT CONCAT('event ', event_name), TRIM(event_definition), CONCAT_WS(' ', execute_at, interval_value, interval_field), starts, ends, on_completion,
    status, event_comment FROM information_schema.events WHERE event_schema = DATABASE()`,
].join("\nUNION ALL\n");
