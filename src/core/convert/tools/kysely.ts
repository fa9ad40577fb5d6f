import { defineConvertTool, type SourceFile } from "../define.ts";
import { migrationName, numberedName, topFiles } from "../names.ts";
import { staticSql } from "../scripts/static-sql.ts";

/** Scripts in the order of their names; those whose functions only send constant texts have SQL. https://kysely.dev/docs/migrations */
export default defineConvertTool({
  tool: "kysely",
  title: "Kysely",
  tables: ["kysely_migration", "kysely_migration_lock"],
  detect: (files) => topFiles(files).some((file) => isScript(file) && /\bkysely\b/i.test(file.text)),
  read: (files) => {
    const read = topFiles(files)
      .filter(isScript)
      .map((file, i) => {
        const id = file.inside.replace(/\.\w+$/, "");
        const [, number, words = ""] = /^(\d+)[_-]?(.*)$/.exec(id) ?? [];
        const name = number === undefined ? numberedName(i + 1, id) : migrationName(number, words);
        const { findings, ...halves } = staticSql(file, form);
        return { migration: { name, ids: [id], file: file.path, ...halves }, findings };
      });
    return { migrations: read.map((each) => each.migration), findings: read.flatMap((each) => each.findings) };
  },
});

const form = { calls: ['sql " . execute ( db )'] };

const isScript = ({ inside, text }: SourceFile): boolean =>
  /\.(?:js|ts|cjs|mjs)$/.test(inside) && !/\.d\.ts$/.test(inside) && /\bup\b/.test(text);
