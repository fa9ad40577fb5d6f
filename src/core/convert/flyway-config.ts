import type { Finding, SourceFile } from "./define.ts";
import type { FlywayLocations } from "./flyway-locations.ts";
import { readSettings } from "./flyway-settings.ts";
import { baseName } from "./names.ts";

/** What of Flyway's configuration says how its migrations are read. */
export interface FlywayConfig {
  readonly versioned: string;
  readonly undo: string;
  readonly repeatable: string;
  readonly baseline: string;
  readonly separator: string;
  readonly suffixes: readonly string[];
  readonly placeholders: Readonly<Record<string, string>>;
  readonly replaces: boolean;
  readonly prefix: string;
  readonly suffix: string;
  readonly transaction: boolean;
  /** Absent: nothing says where migrations lie. */
  readonly locations?: FlywayLocations;
  readonly table: string;
  /** Settings that decide about migrations and are not read. */
  readonly findings: readonly Finding[];
}

/**
 * Reads `flyway.conf`, `flyway.toml` and `flyway.user.toml` where they are among the files, with what Flyway takes without.
 * https://documentation.red-gate.com/fd/flyway-namespace-277578920.html
 */
export function flywayConfig(files: readonly SourceFile[]): FlywayConfig {
  const found = files.filter(({ path }) => configFile.test(baseName(path))).toSorted(byKind);
  const read = found.map((file) => ({ file, settings: readSettings(file) }));
  const settings = new Map(read.flatMap((each) => [...each.settings]));
  const get = (key: string, otherwise: string): string => settings.get(`flyway.${key.toLowerCase()}`) ?? otherwise;
  const placeholders = [...settings].flatMap(([key, value]) =>
    key.startsWith("flyway.placeholders.") ? [[key.slice("flyway.placeholders.".length), value] as const] : [],
  );
  const locations = read.findLast((each) => each.settings.has("flyway.locations"))?.file;
  return {
    versioned: get("sqlMigrationPrefix", "V"),
    undo: get("undoSqlMigrationPrefix", "U"),
    repeatable: get("repeatableSqlMigrationPrefix", "R"),
    baseline: get("baselineMigrationPrefix", "B"),
    separator: get("sqlMigrationSeparator", "__"),
    suffixes: listOf(get("sqlMigrationSuffixes", ".sql")),
    placeholders: Object.fromEntries(placeholders),
    replaces: get("placeholderReplacement", "true") !== "false",
    prefix: get("placeholderPrefix", "${"),
    suffix: get("placeholderSuffix", "}"),
    transaction: get("executeInTransaction", "true") !== "false",
    table: get("table", defaultTable),
    ...(locations && {
      locations: { named: listOf(get("locations", "")), file: locations.path, line: lineOf(locations, "locations") },
    }),
    findings: [...read.flatMap((each) => unread(each.file, each.settings)), ...files.flatMap(buildSettings)],
  };
}

const configFile = /^flyway\.(?:conf|toml|user\.toml)$/;
const kinds = [".conf", "flyway.toml", ".user.toml"];
const rank = ({ path }: SourceFile): number => kinds.findIndex((kind) => path.endsWith(kind));
const byKind = (a: SourceFile, b: SourceFile): number => rank(a) - rank(b);

const defaultTable = "flyway_schema_history";

const listOf = (text: string): readonly string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

const lineOf = ({ text }: SourceFile, key: string): number => {
  const at = text
    .split("\n")
    .findIndex((line) => !/^\s*[#!]/.test(line) && line.toLowerCase().includes(key.toLowerCase()));
  return Math.max(0, at) + 1;
};

/** What else decides which migrations run, and where. */
const others: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  table: [
    "keeps the history in a table of another name, and `godwit migrate adopt` looks for flyway_schema_history",
    "copy it under that name before you adopt",
  ],
  defaultSchema: [
    "runs migrations in a schema of the database",
    "let the URL lead there: its search_path, or its database",
  ],
  schemas: ["runs migrations in a schema of the database", "let the URL lead there: its search_path, or its database"],
  initSql: ["runs SQL on each connection, which is part of no migration", "look whether migrations need it"],
  target: [
    "stops at a version, and all are converted",
    "let Flyway run the others first, or take them out of what is written",
  ],
  cherryPick: ["chooses migrations, and all are converted", "take the others out of what is written"],
  resolvers: [
    "finds migrations in classes of its own, which are not read",
    "write what they do as operations or runCode",
  ],
};

const unread = (file: SourceFile, settings: ReadonlyMap<string, string>): readonly Finding[] => [
  ...Object.entries(others).flatMap(([key, [what, hint]]) => {
    const value = settings.get(`flyway.${key.toLowerCase()}`);
    const isPlain = value === undefined || value === "" || (key === "table" && value === defaultTable);
    return isPlain ? [] : [{ file: file.path, line: lineOf(file, key), what: `"${key}" ${what}`, hint, lost: false }];
  }),
  ...[...settings.keys()]
    .filter((key) => /^environments\.[^.]+\.flyway\./.test(key))
    .slice(0, 1)
    .map((key) => ({
      file: file.path,
      line: lineOf(file, key.split(".").at(-1) ?? ""),
      what: "has settings for single environments, which are not read",
      hint: "give placeholders with --placeholder, and the directories as PATHs",
      lost: false,
    })),
];

/** https://documentation.red-gate.com/fd/maven-goal-277579347.html, https://docs.spring.io/spring-boot/how-to/data-initialization.html */
const buildFile = /^(?:pom\.xml|build\.gradle(?:\.kts)?|application(?:-[\w-]+)?\.(?:properties|ya?ml))$/;

function buildSettings(file: SourceFile): readonly Finding[] {
  if (!buildFile.test(baseName(file.path))) return [];
  const line = file.text.split("\n").findIndex((each) => /flyway/i.test(each)) + 1;
  if (line === 0) return [];
  const what = "may say how Flyway is set up, and is not read";
  return [
    {
      file: file.path,
      line,
      what,
      hint: "give placeholders with --placeholder, and the directories as PATHs",
      lost: false,
    },
  ];
}
