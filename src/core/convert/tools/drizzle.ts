import * as v from "valibot";
import type { Dialect } from "../../ddl/dialect.ts";
import { ToolError } from "../../errors.ts";
import { type ConvertedMigration, defineConvertTool, type Finding, type SourceFile } from "../define.ts";
import { hasDrizzleFolders, readDrizzleFolders } from "../drizzle-folders.ts";
import { drizzleSql } from "../drizzle-sql.ts";
import { compare, migrationName, numberedName } from "../names.ts";
import { foreignKeySwitches, refuseOtherDatabase } from "../written-for.ts";

/**
 * `0000_name.sql` for each entry of `meta/_journal.json`, in the order of the journal; a history has the time of an entry. From 1.0 on there is no journal:
 * see `drizzle-folders.ts`. There is no way back.
 * https://orm.drizzle.team/docs/kit-overview, https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/migrator.ts
 */
export default defineConvertTool({
  tool: "drizzle",
  title: "Drizzle",
  tables: ["__drizzle_migrations"],
  detect: (files) => files.some(isJournal) || hasDrizzleFolders(files),
  read: (files, { dialect }) => {
    const [journal, ...others] = files.filter(isJournal);
    if (!journal) return readDrizzleFolders(files, dialect);
    if (others[0])
      throw new ToolError(
        "usage",
        `"${journal.path}" and "${others[0].path}" are two projects; convert one after the other`,
      );
    const { dialect: database, entries } = readJournal(journal);
    refuseOtherDatabase({ file: journal.path, line: lineOf(journal, '"dialect"'), database }, dialect);
    const root = journal.path.slice(0, -"meta/_journal.json".length);
    const byPath = new Map(files.map((file) => [file.path, file]));
    const read = entries.map((entry, i) => {
      const file = byPath.get(`${root}${entry.tag}.sql`);
      return file ? migrationOf(entry, file, i + 1, dialect) : withoutFile(entry, journal, i + 1);
    });
    return {
      migrations: read.map(({ migration }) => migration),
      findings: [
        ...read.flatMap(({ findings }) => findings),
        ...outOfOrder(journal, entries),
        ...passedOver(files, root, entries),
      ],
    };
  },
});

const isJournal = ({ path }: SourceFile): boolean => /(?:^|\/)meta\/_journal\.json$/.test(path);

const journalEntry = v.object({ when: v.pipe(v.number(), v.safeInteger()), tag: v.pipe(v.string(), v.nonEmpty()) });
const journalForm = v.object({ dialect: v.string(), entries: v.array(journalEntry) });
type Entry = v.InferOutput<typeof journalEntry>;

function readJournal({ path, text }: SourceFile): v.InferOutput<typeof journalForm> {
  try {
    return v.parse(journalForm, JSON.parse(text));
  } catch (error) {
    throw new ToolError(
      "migration",
      `${path} is not a journal as Drizzle writes it: ${String(error)}; let \`drizzle-kit check\` look at it`,
      {
        file: path,
      },
    );
  }
}

interface Read {
  readonly migration: ConvertedMigration;
  readonly findings: readonly Finding[];
}

function migrationOf({ tag, when }: Entry, file: SourceFile, place: number, dialect: Dialect): Read {
  const text = drizzleSql(file.text, dialect);
  const findings = foreignKeySwitches({ ...file, text }, dialect);
  const up = { text, file: file.path, line: 1, transaction: findings.length === 0 };
  return { migration: { name: nameOf(tag, place), ids: [String(when)], file: file.path, up }, findings };
}

function withoutFile({ tag, when }: Entry, journal: SourceFile, place: number): Read {
  const what = `names "${tag}", and there is no ${tag}.sql`;
  const finding = {
    line: lineOf(journal, `"${tag}"`),
    what,
    hint: "bring the file back from version control",
    lost: true,
  };
  const migration = { name: nameOf(tag, place), ids: [String(when)], file: journal.path };
  return { migration, findings: [{ file: journal.path, ...finding }] };
}

function nameOf(tag: string, place: number): string {
  const [, number, words = ""] = /^(\d+)_?(.*)$/.exec(tag) ?? [];
  return number === undefined ? numberedName(place, tag) : migrationName(number, words);
}

/** Drizzle runs what is later than the last that it has run, and never looks back. */
const outOfOrder = (journal: SourceFile, entries: readonly Entry[]): readonly Finding[] =>
  entries.flatMap(({ tag, when }, i) => {
    const later = entries.slice(0, i).find((before) => before.when >= when);
    if (!later) return [];
    const what = `"${tag}" is not later than "${later.tag}" before it, so Drizzle may have passed over it`;
    return [
      {
        file: journal.path,
        line: lineOf(journal, `"${tag}"`),
        what,
        hint: "look whether the database has it",
        lost: false,
      },
    ];
  });

const passedOver = (files: readonly SourceFile[], root: string, entries: readonly Entry[]): readonly Finding[] => {
  const known = new Set(entries.map(({ tag }) => `${root}${tag}.sql`));
  return files
    .filter(({ path }) => path.startsWith(root) && /^[^/]+\.sql$/.test(path.slice(root.length)) && !known.has(path))
    .toSorted((a, b) => compare(a.path, b.path))
    .map(({ path }) => ({
      file: path,
      line: 1,
      what: "is not in meta/_journal.json, so Drizzle passes over it, too",
      hint: "add it there if it is to run",
      lost: false,
    }));
};

const lineOf = ({ text }: SourceFile, what: string): number =>
  text.slice(0, Math.max(0, text.indexOf(what))).split("\n").length;
