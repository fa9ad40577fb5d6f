import { normalizeSql } from "../../sql-files/normalize.ts";
import { type ScriptStatement, splitScript } from "../../sql-files/split.ts";
import { defineConvertTool, type Finding, type ReadOptions, type SourceFile } from "../define.ts";
import { baseName, compareNumbers, migrationName } from "../names.ts";

/**
 * `db/structure.sql`, a dump that ends with the versions that are in it. The migrations themselves are programs in Ruby, so this becomes one migration, which
 * stands for all of them. https://guides.rubyonrails.org/active_record_migrations.html#schema-dumping-and-you
 */
export default defineConvertTool({
  tool: "rails",
  title: "Rails",
  tables: ["schema_migrations", "ar_internal_metadata"],
  detect: (files) => files.some((file) => baseName(file.path) === "structure.sql" && insert.test(file.text)),
  read: (files, { dialect }) => {
    const file = files.find(({ path }) => baseName(path) === "structure.sql");
    if (!file) return { migrations: [], findings: [] };
    const ids = versionsIn(file.text);
    const newest = ids.at(-1) ?? "0";
    const up = { text: structureOf(file.text, dialect), file: file.path, line: 1, transaction: true };
    const migration = { name: migrationName(newest, "structure"), ids, file: file.path, up };
    return { migrations: [migration], findings: newer(files, new Set(ids), file) };
  },
});

const insert = /\bINSERT INTO ["`[]?(?:\w+["`\]]?\.["`[]?)?schema_migrations\b/i;

function versionsIn(text: string): readonly string[] {
  const from = insert.exec(text)?.index ?? text.length;
  const versions = [...text.slice(from).matchAll(/\(\s*'(\d+)'\s*\)/g)].map(([, version = ""]) => version);
  return [...new Set(versions)].toSorted(compareNumbers);
}

/** The dump without what sets the session, which goes on after it, and without the tables in which Rails keeps its books. */
function structureOf(text: string, { scriptSyntax, scratch }: ReadOptions["dialect"]): string {
  const script = scratch?.withoutClientCommands(text) ?? text;
  const kept = splitScript(script, scriptSyntax).filter((statement) => !isOther(statement));
  return kept.map((statement) => `${statement.text};\n`).join("\n");
}

const isOther = ({ text }: ScriptStatement): boolean => {
  const sql = normalizeSql(text);
  return others.some((pattern) => pattern.test(sql));
};

const own = String.raw`["\x60]?(?:\w+["\x60]?\.["\x60]?)?(?:schema_migrations|ar_internal_metadata|sqlite_sequence)`;
const others: readonly RegExp[] = [
  /^(?:SET|LOCK TABLES|UNLOCK TABLES|USE)\b/i,
  /^SELECT (?:pg_catalog\.)?set_config\b/i,
  /^DROP TABLE IF EXISTS\b/i,
  new RegExp(`^(?:CREATE TABLE(?: IF NOT EXISTS)?|ALTER TABLE(?: ONLY)?|INSERT INTO) ${own}\\b`, "i"),
  new RegExp(`^CREATE (?:UNIQUE )?INDEX \\S+ ON ${own}\\b`, "i"),
];

/** Migrations that the dump does not have yet. */
const newer = (files: readonly SourceFile[], ids: ReadonlySet<string>, dump: SourceFile): readonly Finding[] =>
  files.flatMap((file) => {
    const [, version] = /^(\d{3,})_\w+\.rb$/.exec(baseName(file.path)) ?? [];
    if (version === undefined || ids.has(version)) return [];
    const what = `is not in ${dump.path}, which is converted`;
    return [{ file: file.path, line: 1, what, hint: "run `bin/rails db:migrate`, which writes it again", lost: true }];
  });
