import { ToolError } from "../../errors.ts";
import { type ConvertedMigration, defineConvertTool, type Finding, type SourceFile, type SqlHalf } from "../define.ts";
import { compare, compareNumbers, migrationName, topFiles } from "../names.ts";
import { refuseTwice } from "../pairs.ts";
import { staticSql } from "../scripts/static-sql.ts";

/**
 * SQL files with `-- Up Migration` and `-- Down Migration`, pairs of `.up.sql` and `.down.sql`, and scripts, by the number in front; of scripts, those that only
 * send constant texts have SQL. A pair is one migration under the name without `.up`, where a program asks for its loader `sql`.
 * https://salsita.github.io/node-pg-migrate/migrations/, https://salsita.github.io/node-pg-migrate/migration-loading-strategies
 */
export default defineConvertTool({
  tool: "node-pg-migrate",
  title: "node-pg-migrate",
  tables: ["pgmigrations"],
  detect: (files) =>
    topFiles(files).some(
      (file) =>
        isTimedPair(file) ||
        (fileName.test(file.inside) &&
          (isSql(file) ? up.test(file.text) || down.test(file.text) : /\bpgm\b/.test(file.text))),
    ),
  read: (files) => {
    const all = topFiles(files).flatMap((file) => named(file) ?? []);
    refuseMixed(all);
    const own = all
      .filter(({ direction }) => direction !== "down")
      .toSorted((a, b) => compareNumbers(timeOf(a.number), timeOf(b.number)) || compare(a.id, b.id));
    const read = own.map(({ file, id, name, direction }) => {
      const below = all.find((each) => each.id === id && each.direction === "down");
      const { findings, ...halves } =
        direction === "up" ? inPair(file, below?.file) : isSql(file) ? inSql(file) : staticSql(file, form);
      return { migration: { name, ids: [id], file: file.path, ...halves }, findings };
    });
    return { migrations: read.map((each) => each.migration), findings: read.flatMap((each) => each.findings) };
  },
});

const fileName = /^(\d+)[_-]?(.*)\.(?:sql|js|ts|cjs|mjs|cts|mts)$/;
const up = /^[^\S\n]*--[\s-]*up\s+migration.*$/im;
const down = /^[^\S\n]*--[\s-]*down\s+migration.*$/im;
const form = { calls: ['db . sql ( " )'], withoutTransaction: "db . noTransaction ( )" };

/** What it writes in front is a time of 13 digits, or of 17, which golang-migrate does not. */
const isTimedPair = ({ inside }: SourceFile): boolean => /^(?:\d{13}|\d{17})[_-].*\.(?:up|down)\.sql$/.test(inside);

interface Named {
  readonly file: SourceFile;
  /** As its history has it: the name of the file, of a pair without the direction. */
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly direction?: "up" | "down";
}

function named(file: SourceFile): Named | undefined {
  const [, number, words = ""] = fileName.exec(file.inside) ?? [];
  if (number === undefined) return undefined;
  const id = file.inside.replace(/\.\w+$/, "");
  const [, stem, direction] = (isSql(file) && /^(.+)\.(up|down)$/.exec(id)) || [];
  if (stem === undefined || (direction !== "up" && direction !== "down"))
    return { file, id, number, name: migrationName(number, words) };
  return { file, id: stem, number, name: migrationName(number, words.replace(/\.(?:up|down)$/, "")), direction };
}

/** What it refuses itself, too. */
function refuseMixed(all: readonly Named[]): void {
  const whole = all.filter(({ direction }) => direction !== "down");
  refuseTwice(
    whole,
    ({ file }) => file.path,
    ({ id }) => `"${id}"`,
  );
  for (const { file, id } of all.filter(({ direction }) => direction === "down")) {
    const other = whole.find((each) => each.id === id);
    if (other?.direction === "up") continue;
    const what = other ? `and "${other.file.path}" are two forms of one migration` : "has no .up.sql beside it";
    throw new ToolError("migration", `"${file.path}" ${what}; rename or remove one of them`, { file: file.path });
  }
}

const inPair = (
  file: SourceFile,
  below: SourceFile | undefined,
): Pick<ConvertedMigration, "up" | "down"> & { readonly findings: readonly Finding[] } => {
  const half = ({ path, text }: SourceFile): SqlHalf => ({ text, file: path, line: 1, transaction: true });
  return { up: half(file), ...(below && { down: half(below) }), findings: [] };
};

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
