import { defineConvertTool, type SourceFile } from "../define.ts";
import { migrationName, numberedName, topFiles } from "../names.ts";
import { staticSql } from "../scripts/static-sql.ts";

/** Scripts in the order of their names; those whose functions only send constant texts have SQL. https://knexjs.org/guide/migrations.html */
export default defineConvertTool({
  tool: "knex",
  title: "Knex",
  tables: ["knex_migrations", "knex_migrations_lock"],
  detect: (files) => topFiles(files).some((file) => isScript(file) && /\bknex\b/i.test(file.text)),
  read: (files) => {
    const read = topFiles(files)
      .filter(isScript)
      .map((file, i) => {
        const [, number, words = ""] = /^(\d+)_?(.*)\.\w+$/.exec(file.inside) ?? [];
        const name = number === undefined ? numberedName(i + 1, words) : migrationName(number, words);
        const { findings, ...halves } = staticSql(file, form);
        return { migration: { name, ids: [file.inside], file: file.path, ...halves }, findings };
      });
    return { migrations: read.map((each) => each.migration), findings: read.flatMap((each) => each.findings) };
  },
});

const form = {
  calls: ['db . raw ( " )', 'db . schema . raw ( " )'],
  // https://knexjs.org/guide/raw.html#raw-parameter-binding
  special: { pattern: /\?/, what: "sends a text with a question mark, which Knex reads" },
};

const isScript = ({ inside, text }: SourceFile): boolean =>
  /^\d.*\.(?:js|ts|cjs|mjs)$/.test(inside) && /\bup\b/.test(text);
