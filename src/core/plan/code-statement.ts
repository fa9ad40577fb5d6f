import type { Dialect } from "../ddl/dialect.ts";
import { limited } from "../ddl/limited.ts";
import { ToolError } from "../errors.ts";
import { lexemeAt } from "../sql-files/lexeme.ts";
import { splitScript } from "../sql-files/split.ts";
import { controlOf } from "../sql-files/transactions.ts";

/**
 * SQL as a function of a migration wrote it, with the database's own placeholders in the place of `?`. Throws ToolError `params` for
 * several statements or a wrong number of parameters, `unsupported` for what cannot be part of the migration's transaction.
 */
export function codeStatement(sql: string, parameters: number, dialect: Dialect): string {
  const { bookkeeping, scriptSyntax } = dialect;
  const [statement, another] = splitScript(sql, scriptSyntax);
  if (!statement) throw new ToolError("params", "the SQL is empty");
  if (another)
    throw new ToolError("params", "the SQL has several statements; call the database once for each", { sql });
  const { text } = statement;
  if (controlOf(text))
    throw new ToolError(
      "unsupported",
      `the SQL says ${firstWord(text)}, and the code runs in the migration's transaction; leave that to godwit`,
      { sql },
    );
  if (scriptSyntax.executableComments && text.startsWith("/*"))
    throw new ToolError("unsupported", "the SQL begins with a comment that the database reads; write what it says", {
      sql,
    });
  if (mayEndTransaction(text, dialect))
    throw new ToolError(
      "unsupported",
      `${firstWord(text)} cannot be part of a transaction on ${dialect.title}, or may end it, and the code runs in that of the migration; use an operation for it, before or after runCode`,
      { sql },
    );
  if (bookkeeping.place?.isLeftBy(text))
    throw new ToolError(
      "unsupported",
      "the SQL would lead names elsewhere, or change whose rights count, for the whole migration; name the schema in the SQL, or use runSQL",
      { sql },
    );
  return withPlaceholders(text, parameters, dialect);
}

/** A batch of the rows of a query. */
export interface Batch {
  readonly sql: string;
  readonly keys: readonly string[];
  readonly size: number;
  /** How many parameters the query has. */
  readonly parameters: number;
  /** Whether it is not the first: then the values of the keys of the last row come after the parameters, as `afterKeys` has them. */
  readonly more: boolean;
}

/** The query for a batch and one row more, which tells whether the keys tell rows apart. Throws as `codeStatement` does. */
export function batchQuery({ sql, keys, size, parameters, more }: Batch, dialect: Dialect): string {
  const text = codeStatement(sql, parameters, dialect);
  const names = keys.map((key) => dialect.quote(key));
  // Spelled out, because not every database uses an index for a comparison of rows.
  let used = parameters;
  const next = (): string => dialect.placeholder(++used);
  const behind = names.map((name, i) => {
    const same = names.slice(0, i).map((before) => `${before} = ${next()}`);
    return `(${[...same, `${name} > ${next()}`].join(" AND ")})`;
  });
  const where = more ? `\nWHERE ${behind.join(" OR ")}` : "";
  return `SELECT * FROM (\n${text}\n) AS godwit_batch${where}\nORDER BY ${names.join(", ")}\n${limited(size + 1, dialect)}`;
}

/** The values for the placeholders of `batchQuery` that come after the query's own. */
export const afterKeys = <T>(after: readonly T[]): readonly T[] => after.flatMap((_, i) => after.slice(0, i + 1));

/** Returns a row where a key is missing: such rows would be left out. */
export const missingKeyQuery = ({ sql, keys, parameters }: Batch, dialect: Dialect): string =>
  `SELECT 1 AS found FROM (\n${codeStatement(sql, parameters, dialect)}\n) AS godwit_batch\nWHERE ${keys
    .map((key) => `${dialect.quote(key)} IS NULL`)
    .join(" OR ")}\n${limited(1, dialect, false)}`;

/** Where anything can end a transaction, a procedure can. */
function mayEndTransaction(sql: string, { bookkeeping, capabilities }: Dialect): boolean {
  const alone = bookkeeping.standsAlone(sql);
  return alone === "always" || (alone === "on-request" && !capabilities.transactionalDdl);
}

const firstWord = (sql: string): string => /^\w+/.exec(sql)?.[0].toUpperCase() ?? "this";

/** Without parameters, a question mark is what the database says it is. */
function withPlaceholders(sql: string, parameters: number, dialect: Dialect): string {
  if (parameters === 0) return sql;
  let text = "";
  let found = 0;
  for (let at = 0; at < sql.length; ) {
    const { kind, end } = lexemeAt(sql, at, dialect.scriptSyntax);
    const piece = sql.slice(at, end);
    at = end;
    if (kind !== "symbol" || piece !== "?") text += piece;
    else if (sql[at] === "?") {
      text += "?";
      at++;
    } else text += dialect.placeholder(++found);
  }
  if (found === parameters) return text;
  const there = found === 1 ? "1 placeholder (?)" : `${found} placeholders (?)`;
  const given = parameters === 1 ? "1 parameter was given" : `${parameters} parameters were given`;
  throw new ToolError("params", `the SQL has ${there}, and ${given}; write a ? for each, on every database`, { sql });
}
