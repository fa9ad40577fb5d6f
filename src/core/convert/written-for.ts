import { forDialect } from "../ddl/default.ts";
import type { Dialect } from "../ddl/dialect.ts";
import { ToolError } from "../errors.ts";
import { splitScript } from "../sql-files/split.ts";
import { wordsOf } from "../sql-files/words.ts";
import type { Finding, SourceFile } from "./define.ts";

/** Where a tool says which database its SQL is for. */
export interface WrittenFor {
  readonly file: string;
  readonly line: number;
  /** As the tool calls it. */
  readonly database: string;
}

/** Throws ToolError `usage` where the SQL is for another database than the one that it would be read for. Names that nobody knows pass. */
export function refuseOtherDatabase({ file, line, database }: WrittenFor, dialect: Dialect): void {
  const name = Object.hasOwn(names, database) ? names[database] : undefined;
  if (name === undefined || forDialect({ [name]: true }, dialect)) return;
  throw new ToolError(
    "usage",
    `${file}:${line}: the migrations are for "${database}", and would be read as SQL of ${dialect.title}; give --database ${name}`,
    { file, line, database },
  );
}

/** What Prisma and Drizzle call databases → what godwit calls them. */
const names: Readonly<Record<string, string>> = {
  postgresql: "postgresql",
  postgres: "postgresql",
  mysql: "mysql",
  sqlite: "sqlite",
  turso: "sqlite",
  sqlserver: "sqlserver",
  mssql: "sqlserver",
};

/**
 * Findings for SQL that cannot have a transaction around it and do what it says. Prisma and Drizzle make SQLite's tables anew between `PRAGMA foreign_keys=OFF` and `=ON`,
 * which do nothing inside a transaction: dropping the old table would take along the rows that refer to it. https://www.sqlite.org/pragma.html#pragma_foreign_keys
 */
export function foreignKeySwitches(
  { path, text }: SourceFile,
  { name, variantOf = [], scriptSyntax }: Dialect,
): readonly Finding[] {
  if (![name, ...variantOf].includes("sqlite")) return [];
  const at = splitScript(text, scriptSyntax).find(({ text: sql }) => {
    const [verb, setting] = wordsOf(sql, scriptSyntax, 2).map((word) => word.toLowerCase());
    return verb === "pragma" && setting === "foreign_keys";
  });
  if (!at) return [];
  const line = text.slice(0, at.offset).split("\n").length;
  const what = "switches foreign keys off, which needs a migration without a transaction around it";
  return [{ file: path, line, what, hint: "see `transaction: false` in what is written", lost: false }];
}
