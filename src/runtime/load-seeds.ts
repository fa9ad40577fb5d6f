import { upsertOfFile } from "../core/data/given-rows.ts";
import type { Dialect } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { apply, type Operation } from "../core/operations/index.ts";
import type { Migration } from "../core/plan/migration.ts";
import { atOperation } from "../core/plan/state.ts";
import type { Schema } from "../core/schema/model.ts";
import { limitsOfHeader, readHeader } from "../core/sql-files/header.ts";
import { checksumOf } from "./checksum.ts";
import { evaluateFiles } from "./evaluate.ts";
import { readTexts } from "./files.ts";
import { loadOptions } from "./migrations.ts";
import { parseMigration } from "./parse-migration.ts";
import { type Project, shownPath } from "./project.ts";
import type { SeedFile } from "./seeds.ts";
import { readSymbols, symbolMapOf } from "./symbols.ts";

/**
 * Seeds as what a plan is made of: migrations that nothing depends on and that no history knows. Files of rows are read as the tables of `before` have them. Throws ToolError `migration` (`data`: file,
 * line, column), `limit` or `file`.
 */
export async function loadSeeds(
  project: Project,
  files: readonly SeedFile[],
  { before, dialect }: { readonly before: Schema; readonly dialect: Dialect },
): Promise<readonly Migration[]> {
  const read: ReadSeed[] = [];
  for (const seed of files) {
    const [text = ""] = await readTexts(seed.directory, [seed.file]);
    read.push({ seed, shown: shownPath(project, `${seed.directory}/${seed.file}`), text });
  }
  const typed = await evaluated(
    project,
    read.filter(({ seed }) => seed.kind === "ts"),
  );
  const seeds: Migration[] = [];
  for (const each of read) {
    const { kind } = each.seed;
    if (kind === "csv" || kind === "json") seeds.push(await rowsSeed(each, kind, before, dialect));
    else seeds.push(typed.get(each.shown) ?? sqlSeed(each));
  }
  return seeds;
}

/**
 * Throws ToolError `migration` for an operation that changes more than rows: databases would differ by whether somebody has run a
 * seed, and no migration would know.
 */
export function refuseSchemaChanges(seeds: readonly Migration[], before: Schema): void {
  for (const seed of seeds) {
    for (const [i, operation] of seed.operations.entries())
      atOperation(seed, i, () => {
        if (apply(before, operation) !== before) throw changesSchema(seed, operation);
      });
  }
}

const changesSchema = ({ file }: Migration, { kind }: Operation): ToolError =>
  new ToolError("migration", `a seed changes rows and nothing else; put ${kind} into a migration`, { file });

interface ReadSeed {
  readonly seed: SeedFile;
  /** Its path as people should see it. */
  readonly shown: string;
  readonly text: string;
}

/** By their paths. */
async function evaluated(project: Project, read: readonly ReadSeed[]): Promise<ReadonlyMap<string, Migration>> {
  const { symbols: places } = loadOptions(project);
  const symbols = places && symbolMapOf(await readSymbols(places));
  const files = await evaluateFiles(
    read.map(({ shown, text }) => ({ path: shown, source: text })),
    { cache: "bypass", cacheDirectory: undefined, ...(symbols && { symbols }) },
  );
  const seeds = new Map<string, Migration>();
  for (const [i, file] of files.entries()) {
    const { seed, text } = read[i] ?? missing();
    if (!isSeed(file.value))
      throw new ToolError(
        "migration",
        `${file.path}: the default export is not a seed; write \`export default seed({ operations: [ … ] })\``,
        {
          file: file.path,
        },
      );
    const code = async () => (await import("../../sandbox/host/code.ts")).codeOf(text, symbols);
    const migration = await parseMigration(seed.name, { ...file, code });
    if (migration.dependencies.length > 0 || migration.replaces.length > 0 || migration.convertedFrom)
      throw new ToolError(
        "migration",
        `${file.path}: a seed has neither dependencies nor replaces; seeds run in the order of their names`,
        {
          file: file.path,
        },
      );
    seeds.set(file.path, migration);
  }
  return seeds;
}

const isSeed = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Array.isArray((value as { readonly operations?: unknown }).operations);

function missing(): never {
  throw new ToolError("internal", "a seed was evaluated that nobody asked for");
}

/** What reads them is loaded only for such a file. */
async function rowsSeed(
  { seed, shown: file, text }: ReadSeed,
  kind: "csv" | "json",
  schema: Schema,
  dialect: Dialect,
): Promise<Migration> {
  const { csvRows, jsonRows } = await import("./row-files.ts");
  const rows = kind === "csv" ? csvRows(file, text) : jsonRows(file, text);
  const stem = seed.file.slice(0, -`.${kind}`.length);
  const operations = [upsertOfFile({ file, stem, rows }, schema, dialect)];
  const { name } = seed;
  const checksum = checksumOf(operations, true);
  return { name, dependencies: [], operations, replaces: [], transaction: true, checksum, file };
}

function sqlSeed({ seed, shown, text: raw }: ReadSeed): Migration {
  const text = raw.replaceAll("\r\n", "\n");
  const header = readHeader(shown, text);
  if (header.dependencies)
    throw new ToolError("migration", `${shown}: a seed has no dependencies; seeds run in the order of their names`, {
      file: shown,
    });
  if (header.touches)
    throw new ToolError("migration", `${shown}: a seed is in no branch, so it need not say what it touches`, {
      file: shown,
    });
  const transaction = header.transaction ?? true;
  const limits = limitsOfHeader(header);
  const operations: readonly Operation[] = [{ kind: "runSQL", forward: text }];
  return {
    name: seed.name,
    dependencies: [],
    operations,
    replaces: [],
    transaction,
    ...(limits && { limits }),
    checksum: checksumOf(operations, transaction),
    file: shown,
    sql: { up: { file: shown, line: 1, transaction, ...(limits && { limits }) }, wayBack: "nothing" },
  };
}
