import * as v from "valibot";
import { tagged } from "../data/tagged.ts";
import { ToolError } from "../errors.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { Migration, MigrationCode, SqlPlace } from "./migration.ts";
import type { Hash } from "./plan-file.ts";

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const name = v.pipe(v.string(), v.regex(/^\d+_[^./\\]+$/));
const file = v.pipe(v.string(), v.regex(/^\d+_[^./\\]+(?:\.ts|(?:\.up|\.down)?\.sql)$/i));
const time = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0)));
const limits = v.exactOptional(v.strictObject({ lockMs: time, statementMs: time }));
const place = v.strictObject({
  file,
  line: v.pipe(v.number(), v.integer(), v.minValue(1)),
  transaction: v.boolean(),
  limits,
});
/** A module that the functions of a migration import, as it was written. */
const module = v.strictObject({
  source: v.string(),
  files: v.exactOptional(v.record(v.string(), v.string())),
  path: v.exactOptional(v.string()),
});
const code = v.strictObject({
  source: v.string(),
  modules: v.record(v.string(), module),
  /** Names of modules of the program around the sandbox, which has to be the same. */
  hosts: v.exactOptional(v.array(v.string())),
  limits: v.exactOptional(v.strictObject({ timeMs: time, memoryMiB: time })),
});
const migration = v.strictObject({
  name,
  file,
  dependencies: v.array(v.string()),
  replaces: v.array(v.string()),
  convertedFrom: v.exactOptional(v.array(v.strictObject({ tool: v.string(), id: v.string() }))),
  transaction: v.boolean(),
  limits,
  checksum: hash,
  sql: v.exactOptional(v.strictObject({ up: place, down: v.exactOptional(place), wayBack: v.string() })),
  /** In the form of core/data/tagged.ts. */
  operations: v.array(v.unknown()),
  /** Of a migration with functions: all that these are evaluated from. */
  code: v.exactOptional(code),
});
const track = v.strictObject({
  name: v.string(),
  /** Name of a file → SHA-256 of its text, with line feeds alone at the ends of lines. */
  sources: v.record(file, hash),
  /**
   * Name of a module that the project registers for its migrations → SHA-256 of its source. What a program brings along stands under
   * `program:NAME` and `host:NAME`.
   */
  modules: v.record(v.string(), hash),
  migrations: v.array(migration),
});
const contentShape = v.strictObject({
  format: v.literal("godwit compiled"),
  /** 2 where a migration has functions, which an older godwit cannot read; else 1. */
  version: v.picklist([1, 2]),
  /** The version of godwit that made it. */
  godwit: v.string(),
  tracks: v.pipe(v.array(track), v.minLength(1)),
});

/** A migration as data: what its file says when it is evaluated. Names of files have no folder. */
export type CompiledMigration = v.InferOutput<typeof migration>;
export type CompiledTrack = v.InferOutput<typeof track>;

/** All migrations of a project as data. */
export type Compiled = Content & {
  /** Over all the rest. It tells damage and careless edits; who edits on purpose can make a new one. */
  readonly checksum: string;
};

/** The migration as data. */
export function compiledMigration(migration: Migration): CompiledMigration {
  const { name, dependencies, replaces, convertedFrom, transaction, limits, checksum, sql, operations, code } =
    migration;
  return {
    name,
    file: bareName(migration.file),
    dependencies: [...dependencies],
    replaces: [...replaces],
    ...(convertedFrom && { convertedFrom: convertedFrom.map(({ tool, id }) => ({ tool, id })) }),
    transaction,
    ...(limits && { limits: definedLimits(limits) }),
    checksum,
    ...(sql && {
      sql: { up: compiledPlace(sql.up), ...(sql.down && { down: compiledPlace(sql.down) }), wayBack: sql.wayBack },
    }),
    operations: operations.map(tagged),
    ...(code && { code: compiledCode(code) }),
  };
}

/** Adds the checksum. */
export function sealCompiled(godwit: string, tracks: readonly CompiledTrack[], hash: Hash): Compiled {
  const version = tracks.some(({ migrations }) => migrations.some(({ code }) => code)) ? 2 : 1;
  const content: Content = { format: "godwit compiled", version, godwit, tracks: [...tracks] };
  return { ...content, checksum: hash(sealedText(content)) };
}

/**
 * Checks data that claims to be compiled migrations; `shown` is what messages call it. Operations are looked at by their checksums alone:
 * `migrationsOfTrack` in the runtime does that. Throws ToolError `file`.
 */
export function parseCompiled(data: unknown, shown: string, hash: Hash): Compiled {
  const document = typeof data === "object" && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  if (document["format"] !== "godwit compiled") throw unusable(shown, "is not what `godwit compile` writes");
  const { version } = document;
  if (version !== 1 && version !== 2)
    throw unusable(
      shown,
      `is of version ${JSON.stringify(version)}, and this godwit reads versions 1 and 2; compile with this one`,
    );
  const { checksum, ...rest } = document;
  const result = v.safeParse(contentShape, rest);
  if (!result.success) throw damaged(shown, v.getDotPath(result.issues[0]) ?? "");
  if (checksum !== hash(sealedText(result.output))) throw damaged(shown, "checksum");
  const { tracks } = result.output;
  const twice = tracks.find(({ name }, i) => tracks.findIndex((other) => other.name === name) < i);
  if (twice) throw damaged(shown, `two tracks "${twice.name}"`);
  return { ...result.output, checksum };
}

/** A file, or `module "acme/ids"`, that is not what was compiled. */
export interface Difference {
  readonly file: string;
  readonly change: "new" | "changed" | "gone";
}

type Hashes = Readonly<Record<string, string>>;

/** What is otherwise in the second, by name; none when both say the same. */
export function differences(then: Hashes, now: Hashes): readonly Difference[] {
  const files = [...new Set([...Object.keys(then), ...Object.keys(now)])].toSorted();
  return files.flatMap((file) => {
    if (then[file] === now[file]) return [];
    return [{ file, change: then[file] === undefined ? "new" : now[file] === undefined ? "gone" : "changed" } as const];
  });
}

/** The same for modules. */
export const moduleDifferences = (then: Hashes, now: Hashes): readonly Difference[] =>
  differences(then, now).map(({ file, change }) => {
    const [, kind, name] = /^(?:(host|program):)?(.*)$/.exec(file) ?? [];
    return { file: `${kind === "host" ? "host module" : "module"} "${name}"`, change };
  });

/** Names of what is damaged make an error that people can report; nobody repairs such a file by hand. */
export const damaged = (shown: string, where: string): ToolError =>
  unusable(shown, `was changed after it was written, or is damaged (${where}); run \`godwit compile\` again`);

const unusable = (shown: string, why: string): ToolError => new ToolError("file", `"${shown}" ${why}`, { file: shown });

/** Operations have a checksum of their own, but that of SQL says nothing of the way back. */
const sealedText = ({ tracks, ...content }: Content): string =>
  canonicalJson({
    ...content,
    tracks: tracks.map((track) => ({
      ...track,
      migrations: track.migrations.map(({ operations, ...rest }) => (rest.sql ? { ...rest, operations } : rest)),
    })),
  });

type Content = v.InferOutput<typeof contentShape>;

const bareName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const compiledPlace = ({ file, line, transaction, limits }: SqlPlace): SqlPlace & { limits?: DefinedLimits } => ({
  file: bareName(file),
  line,
  transaction,
  ...(limits && { limits: definedLimits(limits) }),
});

type DefinedCode = NonNullable<CompiledMigration["code"]>;

function compiledCode({ source, modules, hosts, limits }: MigrationCode): DefinedCode {
  const copied = Object.entries(modules).map(([name, { files, ...rest }]) => [
    name,
    { ...rest, ...(files && { files: { ...files } }) },
  ]);
  const { timeMs, memoryMiB } = limits ?? {};
  const own = { ...(timeMs !== undefined && { timeMs }), ...(memoryMiB !== undefined && { memoryMiB }) };
  return {
    source,
    modules: Object.fromEntries(copied),
    ...(hosts && { hosts: Object.keys(hosts).toSorted() }),
    ...(limits && { limits: own }),
  };
}

type DefinedLimits = { lockMs?: number; statementMs?: number };

const definedLimits = ({ lockMs, statementMs }: NonNullable<Migration["limits"]>): DefinedLimits => ({
  ...(lockMs !== undefined && { lockMs }),
  ...(statementMs !== undefined && { statementMs }),
});
