import {
  type ConvertedMigration,
  defineConvertTool,
  type Finding,
  type ReadOptions,
  type SourceFile,
} from "../define.ts";
import { baseName, compare, migrationName, numberedName } from "../names.ts";
import { refuseTwice } from "../pairs.ts";
import { foreignKeySwitches, refuseOtherDatabase } from "../written-for.ts";

/**
 * A folder for each migration with `migration.sql`, sorted by the name of the folder, and `migration_lock.toml`, which says for which database they are. There is no
 * way back but for a `down.sql` that people put beside it.
 * https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories
 */
export default defineConvertTool({
  tool: "prisma",
  title: "Prisma Migrate",
  tables: ["_prisma_migrations"],
  detect: (files) => {
    const paths = new Set(files.map(({ path }) => path));
    // Drizzle 1.0 has folders with files of that name, too, each beside a picture of the schema.
    return [...paths].some(
      (path) => folderOf(path) !== undefined && !paths.has(path.replace(/migration\.sql$/, "snapshot.json")),
    );
  },
  read: (files, options) => {
    const lock = files.find(({ path }) => baseName(path) === "migration_lock.toml");
    if (lock) refuseOther(lock, options);
    const byPath = new Map(files.map((file) => [file.path, file]));
    const own = files
      .flatMap((file) => {
        const id = folderOf(file.path);
        return id === undefined ? [] : [{ file, id }];
      })
      .toSorted((a, b) => compare(a.id, b.id) || compare(a.file.path, b.file.path));
    refuseTwice(
      own,
      ({ file }) => file.path,
      ({ id }) => `"${id}"`,
    );
    const read = own.map((each, i) => migrationOf(each, i + 1, byPath, options));
    return {
      migrations: read.map(({ migration }) => migration),
      findings: read.flatMap(({ findings }) => findings),
    };
  },
});

/** The name of the folder that a `migration.sql` lies in; `undefined` for other files. */
function folderOf(path: string): string | undefined {
  const [, folder] = /(?:^|\/)([^/]+)\/migration\.sql$/.exec(path) ?? [];
  return folder;
}

function refuseOther({ path, text }: SourceFile, { dialect }: ReadOptions): void {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => setting.test(line));
  const [, database] = setting.exec(lines[at] ?? "") ?? [];
  if (database !== undefined) refuseOtherDatabase({ file: path, line: at + 1, database }, dialect);
}

const setting = /^\s*provider\s*=\s*["']([^"']*)["']/;

interface Folder {
  readonly file: SourceFile;
  readonly id: string;
}

interface Read {
  readonly migration: ConvertedMigration;
  readonly findings: readonly Finding[];
}

function migrationOf(
  { file, id }: Folder,
  place: number,
  files: ReadonlyMap<string, SourceFile>,
  { dialect }: ReadOptions,
): Read {
  const down = files.get(file.path.replace(/migration\.sql$/, "down.sql"));
  const findings = [file, down].flatMap((each) => (each ? foreignKeySwitches(each, dialect) : []));
  const transaction = findings.length === 0;
  const half = ({ path, text }: SourceFile) => ({ text, file: path, line: 1, transaction });
  const [, number, words = ""] = /^(\d+)_?(.*)$/.exec(id) ?? [];
  const name = number === undefined ? numberedName(place, id) : migrationName(number, words);
  return {
    migration: { name, ids: [id], file: file.path, up: half(file), ...(down && { down: half(down) }) },
    findings,
  };
}
