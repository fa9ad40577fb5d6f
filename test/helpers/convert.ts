import { chooseTool } from "../../src/core/convert/choose.ts";
import type { ConvertTool, Finding, Reading, SourceFile } from "../../src/core/convert/define.ts";
import { type Settling, settle } from "../../src/core/convert/settle.ts";
import { writeSql, writeTypeScript } from "../../src/core/convert/write.ts";
import postgres from "../../src/dialects/postgres/dialect.ts";

/** Files of another tool: path in the directory that is named → text. */
export type Texts = Readonly<Record<string, string>>;

export const sources = (texts: Texts): readonly SourceFile[] =>
  Object.entries(texts).map(([inside, text]) => ({ path: `db/${inside}`, inside, text }));

/** What the tool whose files these look like reads. */
export function readTexts(texts: Texts, placeholders: Texts = {}): Reading & { readonly tool: ConvertTool } {
  const files = sources(texts);
  const tool = chooseTool(undefined, files);
  return { tool, ...tool.read(files, { placeholders, dialect: postgres }) };
}

/** `db/1_a.sql:3 lost: what it says` */
export const found = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ file, line, what, lost }) => `${file}:${line}${lost ? " lost" : ""}: ${what}`);

/** The files that are written for PostgreSQL: name → text. */
export function converted(texts: Texts, as: "ts" | "sql" = "ts", more: Partial<Settling> = {}): Texts {
  const { tool, ...reading } = readTexts(texts);
  const settled = settle(reading, { tool, syntax: postgres.scriptSyntax, existing: [], heads: [], ...more });
  const write = as === "sql" ? writeSql : writeTypeScript;
  const files = settled.migrations.flatMap((migration) => write(migration, postgres));
  return Object.fromEntries(files.map(({ name, text }) => [name, text]));
}
