import { type ConvertedMigration, defineConvertTool, type Finding, type SourceFile, type SqlHalf } from "../define.ts";
import { compareNumbers, migrationName, topFiles } from "../names.ts";
import { refuseTwice } from "../pairs.ts";
import { staticSql } from "../scripts/static-sql.ts";

/**
 * SQL files with `-- Up Migration` and `-- Down Migration`, and scripts, by the number in front; of scripts, those that only send constant texts have SQL.
 * https://salsita.github.io/node-pg-migrate/migrations/
 */
export default defineConvertTool({
  tool: "node-pg-migrate",
  title: "node-pg-migrate",
  tables: ["pgmigrations"],
  detect: (files) =>
    topFiles(files).some(
      (file) =>
        fileName.test(file.inside) &&
        (isSql(file) ? up.test(file.text) || down.test(file.text) : /\bpgm\b/.test(file.text)),
    ),
  read: (files) => {
    const own = topFiles(files)
      .flatMap((file) => {
        const [, number, words = ""] = fileName.exec(file.inside) ?? [];
        const id = file.inside.replace(/\.\w+$/, "");
        return number === undefined ? [] : [{ file, id, number, name: migrationName(number, words) }];
      })
      .toSorted((a, b) => compareNumbers(timeOf(a.number), timeOf(b.number)));
    refuseTwice(
      own,
      ({ file }) => file.path,
      ({ id }) => `"${id}"`,
    );
    const read = own.map(({ file, id, name }) => {
      const { findings, ...halves } = isSql(file) ? inSql(file) : staticSql(file, form);
      return { migration: { name, ids: [id], file: file.path, ...halves }, findings };
    });
    return { migrations: read.map((each) => each.migration), findings: read.flatMap((each) => each.findings) };
  },
});

const fileName = /^(\d+)_?(.*)\.(?:sql|js|ts|cjs|mjs|cts|mts)$/;
const up = /^[^\S\n]*--[\s-]*up\s+migration.*$/im;
const down = /^[^\S\n]*--[\s-]*down\s+migration.*$/im;
const form = { calls: ['db . sql ( " )'], withoutTransaction: "db . noTransaction ( )" };

const isSql = ({ inside }: SourceFile): boolean => inside.endsWith(".sql");

/** A number of 17 digits is a time: https://github.com/salsita/node-pg-migrate/blob/main/src/utils/fileNameUtils.ts */
function timeOf(number: string): string {
  const [, year, month, day, hour, minute, second, milli] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(number) ?? [];
  if (milli === undefined) return number;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
  return Number.isNaN(time) ? number : String(time);
}

/** Without the marks, all of it is the way up. */
function inSql({
  path,
  text,
}: SourceFile): Pick<ConvertedMigration, "up" | "down"> & { readonly findings: readonly Finding[] } {
  const [forward, backward] = [up.exec(text), down.exec(text)];
  const between = (mark: RegExpExecArray, other: RegExpExecArray | null): SqlHalf => {
    const from = mark.index + mark[0].length;
    const to = other && other.index > mark.index ? other.index : text.length;
    const line = text.slice(0, from).split("\n").length + 1;
    return { text: text.slice(from + 1, to), file: path, line, transaction: true };
  };
  const whole: SqlHalf = { text, file: path, line: 1, transaction: true };
  return {
    up: forward ? between(forward, backward) : whole,
    ...(backward && { down: between(backward, forward) }),
    findings: [],
  };
}
