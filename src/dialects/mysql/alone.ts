import type { StandsAlone } from "../../core/ddl/dialect.ts";
import type { Recovery } from "../../core/ddl/recovery.ts";
import { wordsOf } from "../../core/sql-files/words.ts";
import { scriptSyntax } from "./script-syntax.ts";
import { type Named, stateOf } from "./trace.ts";

/**
 * What commits the transaction it is in (https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/). A procedure or a prepared
 * statement may do so too, if it likes.
 */
export function standsAlone(sql: string): StandsAlone {
  const text = upper(wordsIn(sql, 30));
  if (temporary.test(text)) return "never";
  if (commits.test(text)) return "always";
  return /^(?:CALL|EXECUTE) /.test(text) ? "on-request" : "never";
}

const temporary = /^(?:CREATE (?:OR REPLACE )?|DROP )TEMPORARY /;
const commits =
  /^(?:ALTER|CREATE|DROP|RENAME|TRUNCATE|GRANT|REVOKE|FLUSH|RESET|INSTALL|UNINSTALL|BACKUP|CACHE INDEX|LOAD INDEX|IMPORT TABLE|LOCK|UNLOCK|SET (?:SESSION |@@)?(?:PASSWORD|AUTOCOMMIT|DEFAULT ROLE)|CHANGE (?:MASTER|REPLICATION)|(?:START|STOP) (?:ALL )?(?:SLAVE|SLAVES|REPLICA|REPLICAS|GROUP_REPLICATION)|(?:ANALYZE|OPTIMIZE|CHECK|REPAIR) (?:(?:NO_WRITE_TO_BINLOG|LOCAL) )?(?:TABLE|TABLES|VIEW))(?: |$)/;

/**
 * Statements about tables are atomic in InnoDB, so that the catalog tells whether one has taken effect. What does no harm a second
 * time is done again.
 */
export function recoveryOf(sql: string): Recovery {
  const words = wordsIn(sql);
  const text = upper(words);
  if (harmless.test(text)) return { kind: "repeat" };
  const names = namesIn(words);
  return names === undefined ? { kind: "ask" } : { kind: "compare", query: stateOf(names) };
}

const harmless =
  /^(?:CREATE OR REPLACE|TRUNCATE|GRANT|REVOKE|FLUSH|RESET|CACHE|LOAD|LOCK|UNLOCK|SET|ANALYZE|OPTIMIZE|CHECK|REPAIR|(?:CREATE|DROP) [A-Z ]*IF (?:NOT )?EXISTS)(?: |$)/;

/** What a statement is about, old names and new ones; `undefined` where that cannot be told from the catalog. */
function namesIn(words: readonly string[]): readonly Named[] | undefined {
  const text = upper(words);
  const [, object = ""] =
    /^(?:ALTER|CREATE|DROP|RENAME) (?:[^(]*? )??(TABLES?|INDEX|VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE|DATABASE|SCHEMA)(?: |$)/.exec(
      text,
    ) ?? [];
  const kind = kinds[object];
  if (kind === undefined) return undefined;
  if (object === "INDEX") return afterWord(words, "ON", kind);
  const first = afterWord(words, object, kind);
  if (!first) return undefined;
  if (/^(?:DROP|RENAME) /.test(text)) return [...first, ...furtherNames(words, kind)];
  const renamed = / RENAME (?:(?:TO|AS) )?(?!COLUMN |INDEX |KEY |TO |AS )/.test(text) ? newName(words, kind) : [];
  return [...first, ...renamed];
}

const kinds: Readonly<Record<string, Named["kind"]>> = {
  TABLE: "table",
  TABLES: "table",
  INDEX: "table",
  VIEW: "table",
  SEQUENCE: "table",
  TRIGGER: "trigger",
  PROCEDURE: "routine",
  FUNCTION: "routine",
  EVENT: "event",
  DATABASE: "database",
  SCHEMA: "database",
};

function afterWord(words: readonly string[], keyword: string, kind: Named["kind"]): readonly Named[] | undefined {
  let at = words.findIndex((word) => word.toUpperCase() === keyword) + 1;
  while (["IF", "NOT", "EXISTS"].includes(words[at]?.toUpperCase() ?? "")) at++;
  const name = at === 0 ? undefined : nameAt(words, at, kind);
  return name && [name];
}

/** `DROP TABLE a, b`, `RENAME TABLE a TO b, c TO d`. */
const furtherNames = (words: readonly string[], kind: Named["kind"]): readonly Named[] =>
  words.flatMap((word, i) => {
    const found = word === "," || word.toUpperCase() === "TO" ? nameAt(words, i + 1, kind) : undefined;
    return found ? [found] : [];
  });

function newName(words: readonly string[], kind: Named["kind"]): readonly Named[] {
  const at = words.findIndex((word) => word.toUpperCase() === "RENAME") + 1;
  const found = nameAt(words, /^(?:TO|AS)$/i.test(words[at] ?? "") ? at + 1 : at, kind);
  return found ? [found] : [];
}

function nameAt(words: readonly string[], at: number, kind: Named["kind"]): Named | undefined {
  const [first, dot, second] = words.slice(at, at + 3);
  if (first === undefined || !/^[\w`"\u0080-\uffff]/.test(first)) return undefined;
  return dot === "." && second !== undefined
    ? { kind, database: bare(first), name: bare(second) }
    : { kind, name: bare(first) };
}

const bare = (word: string): string =>
  /^[`"]/.test(word) ? word.slice(1, -1).replaceAll(word.charAt(0).repeat(2), word.charAt(0)) : word;

/** Comments that the server reads are no comments. */
const wordsIn = (sql: string, limit?: number): readonly string[] =>
  wordsOf(sql.replace(/\/\*M?!\d*([\s\S]*?)\*\//g, " $1 "), scriptSyntax, limit);

const upper = (words: readonly string[]): string => words.map((word) => word.toUpperCase()).join(" ");
