import { ToolError } from "../core/errors.ts";
import type { Migration, SqlPlace } from "../core/plan/migration.ts";
import { hasHalves, readAnnotated, type SqlPart } from "../core/sql-files/annotated.ts";
import { limitsOfHeader, readHeader, type SqlHeader } from "../core/sql-files/header.ts";
import { normalizeSql } from "../core/sql-files/normalize.ts";
import { checksumOf } from "./checksum.ts";
import { readTexts } from "./files.ts";
import { nameOf } from "./sql-file-names.ts";

/** What the order of file names decides, for the files that do not say what they depend on: the migration before one of that name. */
export type Before = (name: string) => string | undefined;

/**
 * Reads the SQL files of a directory as migrations with one `runSQL` each. `shown` gives a file's path as people should see it.
 * Throws ToolError `migration` (`data`: file, mostly line and column) or `file`.
 */
export async function loadSqlMigrations(
  directory: string,
  files: readonly string[],
  { shown, before }: { readonly shown: (file: string) => string; readonly before: Before },
): Promise<readonly Migration[]> {
  const texts = await readTexts(directory, files);
  const read = new Map(files.map((file, i) => [file, { file: shown(file), text: unixLines(texts[i] ?? "") }]));
  const lonely = files.find((file) => file.endsWith(".down.sql") && !read.has(upOf(file)));
  if (lonely !== undefined)
    throw wrong(shown(lonely), `there is no "${upOf(lonely)}" that this takes back; write it, or remove this file`);
  return [...read]
    .filter(([file]) => !file.endsWith(".down.sql"))
    .map(([file, up]) => {
      const name = nameOf(file);
      if (file.endsWith(".up.sql"))
        return migrationOf(name, up, halvesOfPair(name, up, read.get(`${name}.down.sql`)), before);
      return migrationOf(name, up, halvesOfFile(name, up), before);
    });
}

interface SqlFile {
  readonly file: string;
  readonly text: string;
}

/** The two directions of a migration, wherever they stand. */
interface Halves {
  readonly up: SqlPart;
  readonly down?: SqlPart & { readonly file: string };
  readonly wayBack: string;
}

const upOf = (file: string): string => file.replace(/\.down\.sql$/, ".up.sql");

const unixLines = (text: string): string => text.replaceAll("\r\n", "\n");

function halvesOfPair(name: string, up: SqlFile, down: SqlFile | undefined): Halves {
  const annotated = [up, down].find((half) => half && hasHalves(half.text));
  if (annotated)
    throw wrong(annotated.file, `it is annotated for both directions, and its name for one; call it "${name}.sql"`);
  const part = partOf(up.text, readHeader(up.file, up.text));
  const wayBack = `a file "${name}.down.sql", which may be empty if nothing needs undoing`;
  if (!down) return { up: part, wayBack };
  const header = readHeader(down.file, down.text);
  for (const key of ["dependencies", "touches"] as const)
    if (header[key]) throw wrong(down.file, `"${key}:" belongs into "${name}.up.sql", and holds for both directions`);
  return {
    up: part,
    down: { file: down.file, ...partOf(down.text, header) },
    wayBack,
  };
}

/** A file that goes in one direction. */
function partOf(text: string, header: SqlHeader): SqlPart {
  const limits = limitsOfHeader(header);
  return { text, line: 1, transaction: header.transaction ?? true, ...(limits && { limits }) };
}

function halvesOfFile(name: string, { file, text }: SqlFile): Halves {
  const annotated = readAnnotated(file, text);
  if (!annotated) {
    const marks = `"-- +goose Up" nor "-- migrate:up"`;
    throw wrong(file, `it has neither ${marks}; write one of them, or call the file "${name}.up.sql"`);
  }
  const header = readHeader(file, text);
  const limits = limitsOfHeader(header);
  const settled = (part: SqlPart): SqlPart => ({
    ...part,
    transaction: header.transaction ?? part.transaction,
    ...(limits && { limits }),
  });
  return {
    up: settled(annotated.up),
    ...(annotated.down && { down: { file, ...settled(annotated.down) } }),
    wayBack: `"${annotated.downMark}" in its file, with nothing after it if nothing needs undoing`,
  };
}

/**
 * What the checksum is over is the way up alone: that is what was done to the database, and somebody who is told that the way back is
 * missing must be able to write it.
 */
function migrationOf(name: string, { file, text }: SqlFile, { up, down, wayBack }: Halves, before: Before): Migration {
  const previous = before(name);
  const forward = normalizeSql(up.text);
  const { dependencies, touches, convertedFrom } = readHeader(file, text);
  const backward = down && { backward: normalizeSql(down.text) === "" ? "" : down.text };
  const placeOf = (part: SqlPart, path: string): SqlPlace => ({
    file: path,
    line: part.line,
    transaction: part.transaction,
    ...(part.limits && { limits: part.limits }),
  });
  return {
    name,
    dependencies: dependencies ?? (previous === undefined ? [] : [previous]),
    operations: [{ kind: "runSQL", forward: up.text, ...backward, ...(touches && { touches: [...touches] }) }],
    replaces: [],
    ...(convertedFrom && { convertedFrom }),
    transaction: up.transaction,
    checksum: checksumOf([{ kind: "runSQL", forward }], up.transaction),
    file,
    sql: { up: placeOf(up, file), ...(down && { down: placeOf(down, down.file) }), wayBack },
  };
}

const wrong = (file: string, message: string): ToolError => new ToolError("migration", `${file}: ${message}`, { file });
