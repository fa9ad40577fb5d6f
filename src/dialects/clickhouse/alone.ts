import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { quote, stringLiteral } from "./quote.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { columnsIn } from "./text.ts";

/** There are no transactions. */
export const standsAlone = (): StandsAlone => "always";

/**
 * The catalog tells what became of a statement about tables, and the list of mutations what became of one that changes rows by ALTER TABLE. What
 * does no harm a second time is done again. Of an INSERT nobody can tell.
 */
export function recoveryOf(sql: string): Recovery {
  const words = wordsOf(sql, scriptSyntax);
  const text = words.map((word) => word.toUpperCase()).join(" ");
  if (harmless.test(text)) return { kind: "repeat" };
  const tables = tablesIn(words, text);
  const [first] = tables;
  if (!first) return { kind: "ask" };
  return {
    kind: "compare",
    query: stateOf(tables),
    ...(/^ALTER TABLE .* UPDATE /.test(text) && { settle: [waitFor(first)] }),
  };
}

/** A mutation is done when all before it are; this one changes nothing. */
const waitFor = ({ database, name }: Named): string =>
  `ALTER TABLE ${database === undefined ? "" : `${quote(database)}.`}${quote(name)} DELETE WHERE false SETTINGS mutations_sync = 1`;

/** The last one is how rows of a migration are inserted where they are not there yet. */
const harmless =
  /^(?:CREATE OR REPLACE|REPLACE|SELECT|WITH|SHOW|DESCRIBE|EXPLAIN|TRUNCATE|GRANT|REVOKE|SET|USE|OPTIMIZE|SYSTEM|KILL|CHECK|DELETE FROM|(?:CREATE|DROP) [A-Z ]*IF (?:NOT )?EXISTS|ALTER TABLE (?:[^ ]+ \. )?[^ ]+ (?:MATERIALIZE|DELETE|CLEAR|MODIFY COMMENT|COMMENT COLUMN)|INSERT INTO .* WHERE NOT EXISTS \( SELECT 1 FROM)(?: |$)/;

interface Named {
  readonly database?: string;
  readonly name: string;
}

/** The tables, views and dictionaries that a statement names, old names and new ones; none where the catalog would not tell. */
function tablesIn(words: readonly string[], text: string): readonly Named[] {
  if (/ (?:ATTACH|DETACH|REPLACE|MOVE|FREEZE|FETCH|DROP) (?:PART|PARTITION) /.test(text)) return [];
  const head =
    /^(?:CREATE|DROP|DETACH|ATTACH|ALTER|RENAME|EXCHANGE|UNDROP) (?:TEMPORARY |MATERIALIZED |LIVE |WINDOW )?(TABLES?|VIEW|DICTIONARY|DICTIONARIES) /.exec(
      text,
    );
  const at = head ? words.findIndex((word) => word.toUpperCase() === head[1]) + 1 : 0;
  const first = at === 0 ? undefined : nameAt(words, at);
  if (!first) return [];
  if (!/^(?:DROP|RENAME|EXCHANGE) /.test(text)) return [first];
  const others = words.flatMap((word, i) => (/^(?:,|TO|AND)$/i.test(word) ? (nameAt(words, i + 1) ?? []) : []));
  return [first, ...others];
}

function nameAt(words: readonly string[], at: number): Named | undefined {
  const [first = "", dot, second = ""] = words.slice(at, at + 3);
  const name = bare(first);
  const inner = bare(second);
  if (name === undefined) return undefined;
  return dot === "." && inner !== undefined ? { database: name, name: inner } : { name };
}

const bare = (word: string): string | undefined =>
  columnsIn(word.startsWith('"') ? `\`${word.slice(1, -1)}\`` : word)?.[0];

/** Rows that stay the same as long as nobody changes the definition of these tables, or rows by ALTER TABLE. */
function stateOf(tables: readonly Named[]): string {
  const where = (database: string, table: string): string =>
    tables
      .map((each) => {
        const home = each.database === undefined ? "currentDatabase()" : stringLiteral(each.database);
        return `${database} = ${home} AND ${table} = ${stringLiteral(each.name)}`;
      })
      .join(" OR ");
  return `SELECT 'table' AS kind, name, concat(toString(uuid), ' ', create_table_query) AS state FROM system.tables WHERE ${where("database", "name")}
UNION ALL
SELECT 'mutation', table, concat(mutation_id, ' ', command) FROM system.mutations WHERE ${where("database", "table")}
ORDER BY 1, 2, 3`;
}
