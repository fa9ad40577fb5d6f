import { forDialect } from "../ddl/default.ts";
import type { Dialect } from "../ddl/dialect.ts";
import type { Operation } from "../operations/index.ts";
import { splitScript } from "../sql-files/split.ts";
import { wordsOf } from "../sql-files/words.ts";
import type { SqlHalf } from "./define.ts";
import { onlyState } from "./only-state.ts";
import { runSql, sqlOperations } from "./sql-operations.ts";
import { withoutWrap } from "./transactions.ts";

/** A statement, and what it changed on a database where it was tried. */
export interface Tried {
  readonly text: string;
  readonly changes: readonly Operation[];
  /** What goes may be what comes under a new name, and nothing says so: then it stays SQL. */
  readonly unsure?: true;
  /** The same without renames, of which there is none that runs nothing. */
  readonly state: readonly Operation[];
}

/** The two directions of a migration. */
export interface Halves {
  readonly up: SqlHalf;
  readonly down?: SqlHalf;
}

/** The text of a half that a database gets. */
export const textFor = ({ text }: SqlHalf, dialect: Dialect): string =>
  typeof text === "string" ? text : (forDialect(text, dialect) ?? "");

/**
 * Operations in the place of the statements that change the schema and do nothing else; what stays SQL is followed by operations that run nothing, so
 * that the state knows what it changes. `undefined` where that is not to be had: outside a transaction, for several databases, and where the way back does more than to
 * take back changes of the schema, which it has to do as it is written.
 */
export function typedOperations(
  tried: readonly Tried[],
  { up, down }: Halves,
  dialect: Dialect,
): readonly Operation[] | undefined {
  if (!up.transaction || typeof up.text !== "string" || down?.transaction === false) return undefined;
  if (!tried.some(({ text, changes, unsure }) => changes.length > 0 && !unsure && isDefinition(text, dialect)))
    return undefined;
  if (down && !isDefinitions(textFor(down, dialect), dialect)) return undefined;
  const operations: Operation[] = [];
  let sql: string[] = [];
  const flush = (): void => {
    if (sql.length > 0) operations.push(runSql(sql.join(";\n"), down && ""));
    sql = [];
  };
  for (const { text, changes, state, unsure } of tried) {
    const isTyped = changes.length > 0 && !unsure && isDefinition(text, dialect);
    if (!isTyped) sql.push(text);
    if (changes.length > 0) flush();
    operations.push(...(isTyped ? changes : state.map(onlyState)));
  }
  flush();
  return operations;
}

/** The SQL as it is, followed by operations that run nothing and say what all of it together, `net`, changed. */
export const verbatimOperations = (
  net: readonly Operation[],
  { up, down }: Halves,
  dialect: Dialect,
): readonly Operation[] => [...sqlOperations(up, down, dialect), ...net.map(onlyState)];

const isDefinitions = (script: string, dialect: Dialect): boolean =>
  splitScript(withoutWrap(script, dialect.scriptSyntax), dialect.scriptSyntax).every(({ text }) =>
    isDefinition(text, dialect),
  );

/** Whether a statement only says what there is to be: it neither writes rows nor computes what they hold. */
function isDefinition(sql: string, { scriptSyntax, bookkeeping, capabilities }: Dialect): boolean {
  const words = wordsOf(sql, scriptSyntax).map((word) => word.toUpperCase());
  const text = words.join(" ");
  if (!definition.test(text)) return false;
  // Where each definition commits, all of them stand alone, those of operations too.
  if (capabilities.transactionalDdl && bookkeeping.standsAlone(sql) === "always") return false;
  if (/^CREATE (?:\w+ )*TABLE\b/.test(text) && computesRows(words)) return false;
  return !/^ALTER TABLE\b.* USING /.test(text);
}

/** Whether a table is made of a query, which stands outside of all parentheses: fields that are computed have an AS inside. MySQL needs none. */
function computesRows(words: readonly string[]): boolean {
  let depth = 0;
  for (const word of words) {
    if (word === "(") depth++;
    else if (word === ")") depth--;
    else if (depth === 0 && (word === "AS" || word === "SELECT")) return true;
  }
  return false;
}

/** With what MySQL has of its own, as its dumps write it: https://dev.mysql.com/doc/refman/8.4/en/create-view.html */
const definition =
  /^(?:(?:CREATE|ALTER|DROP) (?:OR REPLACE )?(?:ALGORITHM = \w+ )?(?:DEFINER = \S+ (?:@ \S+ )?)?(?:SQL SECURITY \w+ )?(?:UNIQUE |FULLTEXT |SPATIAL )?(?:TABLE|INDEX|VIEW|TYPE|DOMAIN|SEQUENCE|EXTENSION|FUNCTION|PROCEDURE|TRIGGER|EVENT|SCHEMA|POLICY)|COMMENT ON|RENAME TABLE)\b/;
