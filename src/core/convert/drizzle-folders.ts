import * as v from "valibot";
import type { Dialect } from "../ddl/dialect.ts";
import { ToolError } from "../errors.ts";
import type { ConvertedMigration, Finding, Reading, SourceFile } from "./define.ts";
import { drizzleSql } from "./drizzle-sql.ts";
import { compare, migrationName, numberedName } from "./names.ts";
import { refuseTwice } from "./pairs.ts";
import { foreignKeySwitches, refuseOtherDatabase } from "./written-for.ts";

/** Whether there are folders as Drizzle 1.0 writes them: `migration.sql` beside `snapshot.json`, which Prisma does not have. */
export function hasDrizzleFolders(files: readonly SourceFile[]): boolean {
  const paths = new Set(files.map(({ path }) => path));
  return files.some(({ path }) => nameIn(path) !== undefined && paths.has(snapshotOf(path)));
}

/**
 * A folder `20240101120000_name` for each migration, in the order of their names, which is that in which Drizzle 1.0 runs them; its history has the name. A
 * migration that is older than others that have run still runs. https://orm.drizzle.team/docs/upgrade-v1,
 * https://github.com/drizzle-team/drizzle-orm/blob/beta/drizzle-orm/src/migrator.ts
 */
export function readDrizzleFolders(files: readonly SourceFile[], dialect: Dialect): Reading {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const own = files
    .flatMap((file) => {
      const id = nameIn(file.path);
      return id === undefined ? [] : [{ file, id }];
    })
    .toSorted((a, b) => compare(a.id, b.id));
  if (own.length === 0)
    throw new ToolError(
      "usage",
      "there is neither a meta/_journal.json nor a folder with a migration.sql of Drizzle among the files; check the path",
    );
  refuseTwice(
    own,
    ({ file }) => file.path,
    ({ id }) => `"${id}"`,
  );
  const snapshots = own.flatMap(({ file }) => byPath.get(snapshotOf(file.path)) ?? []);
  for (const snapshot of snapshots) refuseOther(snapshot, dialect);
  const read = own.map((each, i) => migrationOf(each, i + 1, dialect));
  return {
    migrations: read.map(({ migration }) => migration),
    findings: read.flatMap(({ findings }) => findings),
  };
}

/** The name of the folder that a `migration.sql` lies in; `undefined` for other files. */
const nameIn = (path: string): string | undefined => /(?:^|\/)([^/]+)\/migration\.sql$/.exec(path)?.[1];
const snapshotOf = (path: string): string => path.replace(/migration\.sql$/, "snapshot.json");

const snapshotForm = v.object({ dialect: v.string() });

function refuseOther({ path, text }: SourceFile, dialect: Dialect): void {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), snapshotForm), text);
  if (!read.success)
    throw new ToolError(
      "migration",
      `${path} is no picture of the schema as Drizzle writes it: it does not say for which "dialect" it is; let \`drizzle-kit check\` look at it`,
      { file: path },
    );
  const line = text.slice(0, text.indexOf('"dialect"')).split("\n").length;
  refuseOtherDatabase({ file: path, line, database: read.output.dialect }, dialect);
}

function migrationOf(
  { file, id }: { readonly file: SourceFile; readonly id: string },
  place: number,
  dialect: Dialect,
): { readonly migration: ConvertedMigration; readonly findings: readonly Finding[] } {
  const text = drizzleSql(file.text, dialect);
  const findings = foreignKeySwitches({ ...file, text }, dialect);
  const up = { text, file: file.path, line: 1, transaction: findings.length === 0 };
  const [, number, words = ""] = /^(\d+)_?(.*)$/.exec(id) ?? [];
  const name = number === undefined ? numberedName(place, id) : migrationName(number, words);
  return { migration: { name, ids: [id], file: file.path, up }, findings };
}
