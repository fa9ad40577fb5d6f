import { type ConvertedMigration, defineConvertTool, type Finding, type SourceFile, type SqlHalf } from "../define.ts";
import { baseName, compare, migrationName } from "../names.ts";
import { refuseTwice } from "../pairs.ts";

/**
 * Files for each database, `1_name.postgres.up.sql`, beside one for those that have none, `1_name.up.sql`, in any folder below; sorted by version as text.
 * https://github.com/ory/x/blob/master/popx/match.go
 */
export default defineConvertTool({
  tool: "ory",
  title: "Ory (popx)",
  tables: ["schema_migration", "schema_migration_pop_legacy"],
  detect: (files) => {
    const parsed = files.map(parse);
    return parsed.some(
      (file) => file?.autocommit || (file?.database !== undefined && Object.values(names).includes(file.database)),
    );
  },
  read: (files) => {
    const found = files.flatMap((file) => parse(file) ?? []);
    refuseTwice(
      found.map((file) => ({ ...file, id: file.version })),
      ({ file }) => file.path,
      ({ version, direction, database = "all" }) => `version ${version} ${direction} for ${database}`,
    );
    const versions = [...new Set(found.map(({ version }) => version))].toSorted(compare);
    const migrations = versions.map((version) => joined(found.filter((file) => file.version === version)));
    return {
      migrations: migrations.flatMap(({ migration }) => migration),
      findings: migrations.flatMap(({ findings }) => findings),
    };
  },
});

interface OryFile {
  readonly file: SourceFile;
  readonly version: string;
  readonly words: string;
  /** Absent: for those that have no file of their own. */
  readonly database?: string;
  readonly autocommit: boolean;
  readonly direction: "up" | "down";
  readonly isFizz: boolean;
}

const fileName = /^(\d+)_([^.]+)(?:\.([a-z0-9]+?))??(\.autocommit)?\.(up|down)\.(sql|fizz)$/;

function parse(file: SourceFile): OryFile | undefined {
  const [, version, words, database, autocommit, direction, kind] = fileName.exec(baseName(file.path)) ?? [];
  if (version === undefined || words === undefined || (direction !== "up" && direction !== "down")) return undefined;
  const named = database === undefined ? {} : { database: names[database] ?? database };
  return { file, version, words, ...named, autocommit: autocommit !== undefined, direction, isFizz: kind === "fizz" };
}

/** What pop calls the databases → what godwit calls them. */
const names: Readonly<Record<string, string>> = {
  postgres: "postgresql",
  postgresql: "postgresql",
  pg: "postgresql",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite: "sqlite",
  sqlite3: "sqlite",
  cockroach: "cockroach",
  cockroachdb: "cockroach",
  crdb: "cockroach",
};

const known = ["postgresql", "mysql", "sqlite"] as const;

interface Joined {
  readonly migration: readonly ConvertedMigration[];
  readonly findings: readonly Finding[];
}

function joined(files: readonly OryFile[]): Joined {
  const [first] = files.toSorted((a, b) => compare(b.direction, a.direction));
  if (!first) return { migration: [], findings: [] };
  const own = { name: migrationName(first.version, first.words), ids: [first.version], file: first.file.path };
  const findings = files.flatMap(findingsIn);
  if (findings.some(({ lost }) => lost)) return { migration: [own], findings };
  const up = half(files.filter(({ direction }) => direction === "up"));
  const down = half(files.filter(({ direction }) => direction === "down"));
  const nothing: SqlHalf = { text: "", file: own.file, line: 1, transaction: true };
  return { migration: [{ ...own, up: up ?? nothing, ...(down && { down }) }], findings };
}

function findingsIn({ file: { path, text }, isFizz, database }: OryFile): readonly Finding[] {
  const template = text.split("\n").findIndex((line) => line.includes("{{"));
  if (isFizz)
    return [
      { file: path, line: 1, what: "is fizz and not SQL", hint: "let soda translate it to SQL first", lost: true },
    ];
  if (template >= 0) {
    const what = "is a template, which Ory fills in when it runs";
    return [{ file: path, line: template + 1, what, hint: "write the SQL that comes out of it", lost: true }];
  }
  if (database === undefined || known.some((name) => name === database)) return [];
  const what = `is for "${database}", for which godwit has no SQL of its own`;
  return [{ file: path, line: 1, what, hint: "it is left out", lost: false }];
}

/** One text where one file is for all; else one for each database, and an empty one for those that have neither. */
function half(files: readonly OryFile[]): SqlHalf | undefined {
  const all = files.find(({ database }) => database === undefined);
  const first = all ?? files[0];
  if (!first) return undefined;
  const place = { file: first.file.path, line: 1, transaction: !files.some(({ autocommit }) => autocommit) };
  const own = known.map((name) => [name, files.find(({ database }) => database === name)?.file.text] as const);
  if (all && own.every(([, text]) => text === undefined)) return { ...place, text: all.file.text };
  return { ...place, text: Object.fromEntries(own.map(([name, text]) => [name, text ?? all?.file.text ?? ""])) };
}
