import { defineConvertTool, type Finding, type SourceFile } from "../define.ts";
import { compareNumbers, migrationName, topFiles } from "../names.ts";
import { joinPairs, type PairedFile } from "../pairs.ts";

/**
 * Pairs `1_name.up.sql` and `1_name.down.sql`, sorted by number. A file goes to the database as a whole, outside a transaction of the tool's: what
 * PostgreSQL gets in one message is one transaction anyway.
 * https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md
 */
export default defineConvertTool({
  tool: "golang-migrate",
  title: "golang-migrate",
  tables: ["schema_migrations"],
  detect: (files) => {
    const names = topFiles(files).map(({ inside }) => inside);
    return names.some((name) => fileName.test(name)) && !names.some((name) => otherTool.test(name));
  },
  read: (files) => {
    const top = topFiles(files);
    const paired = top.flatMap((file) => pairedFile(file) ?? []);
    return { migrations: joinPairs(paired, compareNumbers), findings: top.flatMap((file) => passedOver(file)) };
  },
});

/** https://github.com/golang-migrate/migrate/blob/master/source/parse.go */
const fileName = /^(\d+)_(.*?)\.(up|down)\.sql$/;

/** With a dialect in the name, as Ory's. */
const otherTool =
  /^\d+_[^.]+\.(?:postgres|postgresql|pg|mysql|mariadb|sqlite3?|cockroach|cockroachdb|crdb|autocommit)\b.*\.(?:up|down)\.sql$/;

function pairedFile(file: SourceFile): PairedFile | undefined {
  const [, number, words = "", direction] = fileName.exec(file.inside) ?? [];
  if (number === undefined || (direction !== "up" && direction !== "down")) return undefined;
  const half = { text: file.text, file: file.path, line: 1, transaction: true };
  return { id: String(BigInt(number)), name: migrationName(number, words), direction, half };
}

const passedOver = (file: SourceFile): readonly Finding[] =>
  !file.inside.endsWith(".sql") || fileName.test(file.inside)
    ? []
    : [
        {
          file: file.path,
          line: 1,
          what: "is not named like a migration of golang-migrate, which passes over it, too",
          hint: "rename it if it is to run",
          lost: false,
        },
      ];
