import { untagged } from "../core/data/tagged.ts";
import { ToolError } from "../core/errors.ts";
import type { OperationData } from "../core/operations/define.ts";
import { type Operation, parseOperation } from "../core/operations/index.ts";
import { type CompiledMigration, type CompiledTrack, damaged } from "../core/plan/compiled.ts";
import type { Migration, MigrationCode, SqlPlace } from "../core/plan/migration.ts";
import { normalizeSql } from "../core/sql-files/normalize.ts";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";
import { checksumOf } from "./checksum.ts";
import type { CompiledSource } from "./compiled-source.ts";
import { type Project, shownPath } from "./project.ts";
import { trackName } from "./tracks.ts";

/**
 * The migrations of a project's track, as they were compiled. `confirm` is asked before they are used for the first time. Throws ToolError
 * `file` for what was changed, `config` for a track that was not compiled, and what `confirm` throws.
 */
export function compiledMigrations(
  project: Project,
  source: CompiledSource,
  confirm?: (track: CompiledTrack) => Promise<void>,
): Promise<readonly Migration[]> {
  const tracks = known.get(source) ?? new Map<string, Promise<readonly Migration[]>>();
  known.set(source, tracks);
  const name = trackName(project);
  const found = tracks.get(name) ?? readTrack(project, source, confirm);
  tracks.set(name, found);
  return found;
}

/** Looked at once: within one process, they are what they are. */
const known = new WeakMap<CompiledSource, Map<string, Promise<readonly Migration[]>>>();

async function readTrack(
  project: Project,
  source: CompiledSource,
  confirm: ((track: CompiledTrack) => Promise<void>) | undefined,
): Promise<readonly Migration[]> {
  const { tracks } = await source.read();
  const name = trackName(project);
  const track = source.single && tracks.length === 1 ? tracks[0] : tracks.find((each) => each.name === name);
  if (!track) {
    const names = tracks.map((each) => `"${each.name}"`).join(", ");
    throw new ToolError(
      "config",
      `"${source.shown}" has the tracks ${names}, and not "${name}"; use the godwit.yaml that it was compiled with, or compile again`,
      { file: source.shown, track: name },
    );
  }
  await confirm?.(track);
  const folder = shownPath(project, project.migrationsDir);
  const shownFile = (file: string): string => (folder === "" ? file : `${folder}/${file}`);
  return migrationsOfTrack(track, source.shown, { shownFile, given: project.given ?? {} });
}

/**
 * The migrations of compiled data. Their checksums are worked out again from the operations, and these are checked as those that come out of
 * the sandbox are: a checksum says that nothing was changed, not that godwit wrote it.
 */
function migrationsOfTrack(
  { migrations }: CompiledTrack,
  shown: string,
  { shownFile, given }: { readonly shownFile: (file: string) => string; readonly given: SymbolMap },
): readonly Migration[] {
  return migrations.map((compiled) => {
    const { sql, file, operations: tagged, limits, code, ...rest } = compiled;
    const operations = tagged.map((operation) => decoded(operation, compiled, shown));
    if (recordedChecksum(compiled, operations, shown) !== compiled.checksum)
      throw damaged(shown, `operations of "${compiled.name}"`);
    const placeOf = ({ limits, ...place }: NonNullable<typeof sql>["up"]): SqlPlace => ({
      ...place,
      file: shownFile(place.file),
      ...(limits && { limits }),
    });
    const hash = codeHashOf(operations, compiled, shown);
    return {
      ...rest,
      ...(limits && { limits }),
      ...(code && { code: codeIn(code, hash, given) }),
      file: shownFile(file),
      ...(sql && {
        sql: { up: placeOf(sql.up), ...(sql.down && { down: placeOf(sql.down) }), wayBack: sql.wayBack },
      }),
      operations: operations.map((operation, i) => checkedOperation(operation, `${shown}: "${rest.name}"`, i)),
    };
  });
}

/** The code that the functions of operations are part of; whether it is that code is looked at before it runs. */
function codeHashOf(operations: readonly unknown[], { name, code }: CompiledMigration, shown: string): string {
  const functions = operations.flatMap((operation) =>
    (operation as OperationData | null)?.kind === "runCode" ? Object.values(operation as OperationData) : [],
  );
  const hashes = new Set(functions.flatMap((value) => (value as { readonly code?: unknown } | null)?.code ?? []));
  const [hash = ""] = hashes;
  if (hashes.size > 1 || (hashes.size === 1) !== (code !== undefined) || typeof hash !== "string")
    throw damaged(shown, `code of "${name}"`);
  return hash;
}

/** Modules of the program around the sandbox are not compiled: it brings them along, or the code is refused. */
function codeIn(
  { hosts, limits, ...code }: NonNullable<CompiledMigration["code"]>,
  hash: string,
  given: SymbolMap,
): MigrationCode {
  const hostIn = (name: string): unknown => (given[name]?.kind === "host" ? given[name] : undefined);
  return {
    hash,
    ...code,
    ...(hosts && { hosts: Object.fromEntries(hosts.map((name) => [name, hostIn(name)])) }),
    ...(limits && { limits }),
  };
}

function decoded(operation: unknown, { name }: CompiledMigration, shown: string): unknown {
  try {
    return untagged(operation);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw damaged(shown, `operations of "${name}": one ${error.message}`);
  }
}

/** The checksum as the files of such a migration have it: of SQL, over its way up alone. */
function recordedChecksum(
  { sql, transaction, name }: CompiledMigration,
  operations: readonly unknown[],
  shown: string,
): string {
  try {
    if (!sql) return checksumOf(operations as readonly Operation[], transaction);
    const [first, ...more] = operations as readonly (OperationData | null)[];
    const forward = first?.kind === "runSQL" && more.length === 0 ? first["forward"] : undefined;
    if (typeof forward !== "string") throw damaged(shown, `SQL of "${name}"`);
    return checksumOf([{ kind: "runSQL", forward: normalizeSql(forward) }], transaction);
  } catch (error) {
    if (!(error instanceof ToolError) || error.code === "file") throw error;
    throw damaged(shown, `operations of "${name}": ${error.message}`);
  }
}

function checkedOperation(operation: unknown, place: string, index: number): Operation {
  try {
    return parseOperation(operation);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError("migration", `${place}: operations[${index}]: ${error.message}`, { ...error.data });
  }
}
