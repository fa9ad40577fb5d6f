import type { SourceFile } from "./define.ts";
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
}

/**
 * Reads `flyway.conf` and `flyway.toml` where they are among the files, with what Flyway takes without.
 * https://documentation.red-gate.com/fd/flyway-namespace-277578920.html
 */
export function flywayConfig(files: readonly SourceFile[]): FlywayConfig {
  const found = files.filter(({ path }) => /^flyway\.(?:conf|toml)$/.test(baseName(path)));
  const settings = new Map(found.flatMap(({ text }) => [...readSettings(text)]));
  const get = (key: string, otherwise: string): string => settings.get(`flyway.${key.toLowerCase()}`) ?? otherwise;
  const placeholders = [...settings].flatMap(([key, value]) =>
    key.startsWith("flyway.placeholders.") ? [[key.slice("flyway.placeholders.".length), value] as const] : [],
  );
  return {
    versioned: get("sqlMigrationPrefix", "V"),
    undo: get("undoSqlMigrationPrefix", "U"),
    repeatable: get("repeatableSqlMigrationPrefix", "R"),
    baseline: get("baselineMigrationPrefix", "B"),
    separator: get("sqlMigrationSeparator", "__"),
    suffixes: get("sqlMigrationSuffixes", ".sql")
      .split(",")
      .map((suffix) => suffix.trim()),
    placeholders: Object.fromEntries(placeholders),
    replaces: get("placeholderReplacement", "true") !== "false",
    prefix: get("placeholderPrefix", "${"),
    suffix: get("placeholderSuffix", "}"),
    transaction: get("executeInTransaction", "true") !== "false",
  };
}

/**
 * Settings by their names: those of Flyway in lower case, those of placeholders as they are. Lines are `key=value`; in TOML, a section goes before its
 * keys, and values may be quoted or a list of texts.
 */
export function readSettings(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let section = "";
  for (const line of text.split("\n")) {
    const [, name] = /^\s*\[+([\w.]+)\]+\s*$/.exec(line) ?? [];
    if (name !== undefined) section = `${name}.`;
    const [, key, value] = /^\s*([^\s#=[]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    const [, head = "", own = ""] = /^((?:flyway\.)?placeholders\.)?(.*)$/i.exec(section + key) ?? [];
    settings.set(head === "" ? own.toLowerCase() : `flyway.placeholders.${own}`, plain(value));
  }
  return settings;
}

const plain = (value: string): string =>
  value
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/^(["'])(.*)\1$/, "$2")
    .replace(/["']\s*,\s*["']/g, ",");
