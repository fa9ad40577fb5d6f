import { statSync } from "node:fs";
import { upsertsOfFile } from "../core/data/given-rows.ts";
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

/** A seed that is read when somebody asks. */
export interface LoadedSeed {
  readonly name: string;
  /** It takes so much memory that it is not kept, but read each time. */
  readonly long: boolean;
  /** Throws ToolError `migration` (`data`: file, line, column), `limit` or `file`. */
  load(): Promise<Migration>;
}

/** Bytes of files of rows that are kept after they were looked at. */
const maxKept = 1024 * 1024;

/**
 * Seeds as what a plan is made of: migrations that nothing depends on and that no history knows. Files of rows are read as the tables of `before` have them. Throws ToolError `migration` (`data`: file,
 * line, column), `limit` or `file`.
 */
export async function loadSeeds(
  project: Project,
  files: readonly SeedFile[],
  { before, dialect }: { readonly before: Schema; readonly dialect: Dialect },
): Promise<readonly LoadedSeed[]> {
  const read = async (seed: SeedFile): Promise<ReadSeed> => {
    const [text = ""] = seed.text === undefined ? await readTexts(seed.directory, [seed.file]) : [seed.text];
    return { seed, shown: shownPath(project, `${seed.directory}/${seed.file}`), text };
  };
  const sources: ReadSeed[] = [];
  for (const seed of files) if (seed.kind === "ts") sources.push(await read(seed));
  const typed = await evaluated(project, sources);
  return files.map((seed): LoadedSeed => {
    const { name, kind } = seed;
    const known = typed.get(shownPath(project, `${seed.directory}/${seed.file}`));
    if (known) return { name, long: false, load: () => Promise.resolve(known) };
    if (kind !== "csv" && kind !== "json") return { name, long: false, load: async () => sqlSeed(await read(seed)) };
    const long = sizeOf(`${seed.directory}/${seed.file}`) > maxKept;
    return { name, long, load: async () => rowsSeed(await read(seed), kind, before, dialect) };
  });
}

/** Whether it can be read at all is seen when it is read. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

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
  const { rowsOfText } = await import("./row-files.ts");
  const rows = rowsOfText(file, kind, text);
  const stem = seed.file.slice(0, -`.${kind}`.length);
  const operations = upsertsOfFile({ file, stem, rows }, schema, dialect);
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
