import { type ConvertedMigration, defineConvertTool, type SourceFile } from "../define.ts";
import { baseName, compare, migrationName, numberedName } from "../names.ts";
import { refuseTwice } from "../pairs.ts";

/**
 * A folder for each migration with `up.sql` and perhaps `down.sql`; its version is what stands before the first underscore, without dashes, and
 * they are sorted by that as text. https://docs.rs/diesel_migrations/latest/diesel_migrations/
 */
export default defineConvertTool({
  tool: "diesel",
  title: "Diesel",
  tables: ["__diesel_schema_migrations"],
  detect: (files) => files.some(({ path }) => folderOf(path, "up.sql") !== undefined && hasVersion(path)),
  read: (files) => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const own = files
      .flatMap((file) => folder(file) ?? [])
      .toSorted((a, b) => compare(a.id, b.id) || compare(a.file.path, b.file.path));
    refuseTwice(own, ({ file }) => file.path);
    return { migrations: own.map((each, i) => migrationOf(each, i + 1, byPath)), findings: [] };
  },
});

interface Folder {
  readonly file: SourceFile;
  readonly id: string;
  readonly words: string;
}

function folder(file: SourceFile): Folder | undefined {
  const name = folderOf(file.path, "up.sql");
  if (name === undefined) return undefined;
  const [version = "", ...words] = name.split("_");
  return { file, id: version.replaceAll("-", ""), words: words.join("_") };
}

/** The name of the folder that a file of this name lies in; `undefined` for other files. */
function folderOf(path: string, file: string): string | undefined {
  const at = path.lastIndexOf("/");
  return at > 0 && path.slice(at + 1) === file ? baseName(path.slice(0, at)) : undefined;
}

const hasVersion = (path: string): boolean => /^[\d-]+_/.test(folderOf(path, "up.sql") ?? "");

function migrationOf(
  { file, id, words }: Folder,
  place: number,
  files: ReadonlyMap<string, SourceFile>,
): ConvertedMigration {
  const beside = (name: string): SourceFile | undefined => files.get(file.path.replace(/up\.sql$/, name));
  const transaction = runsInTransaction(beside("metadata.toml")?.text);
  const down = beside("down.sql");
  const half = ({ path, text }: SourceFile) => ({ text, file: path, line: 1, transaction });
  const name = /^\d+$/.test(id) ? migrationName(id, words) : numberedName(place, `${id}_${words}`);
  return { name, ids: [id], file: file.path, up: half(file), ...(down && { down: half(down) }) };
}

/** Without the file it does; in the file, what is not said is false. https://github.com/diesel-rs/diesel/blob/master/diesel_migrations/migrations_internals/src/lib.rs */
const runsInTransaction = (toml: string | undefined): boolean =>
  toml === undefined || /^\s*run_in_transaction\s*=\s*true\b/m.test(toml);
