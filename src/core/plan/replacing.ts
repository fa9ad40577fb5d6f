import { ToolError } from "../errors.ts";
import type { Applied, Migration } from "./migration.ts";
import { refuseOddReplaces } from "./odd-replaces.ts";

/** Which migrations count where some of them stand for others (`replaces`), by what one database has of both. */
export interface Cast {
  /** What counts. Dependencies lead to what counts too; `replaces` has everything that one stands for, through others as well. */
  readonly migrations: readonly Migration[];
  /** Name of what does not count → the names of what stands in its place, here. */
  readonly replaced: ReadonlyMap<string, readonly string[]>;
  /** What stands for others: how it stands here. */
  readonly squashes: readonly Squash[];
}

/**
 * A migration with `replaces`. `recorded`: it has a row. `counted`: it has none, and all that it replaces is applied. `waiting`: some of that is
 * applied, so the rest of it runs first. `lost`: the same, and files of the rest are gone. `fresh`: nothing of it is applied.
 */
export interface Squash {
  readonly migration: Migration;
  readonly state: "recorded" | "counted" | "waiting" | "lost" | "fresh";
  /** What it waits for: names that it replaces and that are not applied. */
  readonly open: readonly string[];
  /** Whether files of what it replaces are there. */
  readonly hasOriginals: boolean;
}

/**
 * Decides which migrations count. Without a history that is what an empty database runs. Throws ToolError `graph` where two migrations
 * replace the same one, one replaces itself, and as `refuseOddReplaces` does.
 */
export function castOf(migrations: readonly Migration[], history: readonly Applied[] = []): Cast {
  const standing = migrations.filter(({ replaces }) => replaces.length > 0);
  if (standing.length === 0) return { migrations, replaced: new Map(), squashes: [] };
  const books = {
    files: new Map(migrations.map((migration) => [migration.name, migration])),
    rows: new Map(history.map((row) => [row.name, row])),
  };
  refuseShared(standing, books.files);
  refuseOddReplaces(standing, books.files);
  const judged = new Map<string, Squash>();
  for (const migration of standing) judge(migration, books, judged);
  const whole = standing.flatMap(({ name }) => judged.get(name) ?? []);
  const replaced = stoodIn(whole, books.files);
  return {
    migrations: migrations.filter(({ name }) => !replaced.has(name)).map((m) => recast(m, replaced, judged)),
    replaced,
    squashes: whole.filter(({ migration }) => !isInside(migration.name, replaced, judged)),
  };
}

interface Books {
  readonly files: ReadonlyMap<string, Migration>;
  readonly rows: ReadonlyMap<string, Applied>;
}

/** What it stands for through others is decided first. */
function judge(migration: Migration, books: Books, judged: Map<string, Squash>, path: readonly string[] = []): Squash {
  const known = judged.get(migration.name);
  if (known) return known;
  if (path.includes(migration.name)) throw itself(migration);
  const parts = migration.replaces.map((name) => partOf(name, books, judged, [...path, migration.name]));
  const replaces = [...new Set(parts.flatMap(({ names }) => names))];
  const here = parts.filter(({ hasFile }) => hasFile);
  // A name without a file is history of a squash that was squashed again, unless all of them are.
  const counting = here.length > 0 ? here : parts;
  const open = counting.filter(({ done }) => !done);
  const squash: Squash = {
    migration: { ...migration, replaces },
    state: stateOf(books.rows.has(migration.name), parts, open),
    open: open.map(({ name }) => name),
    hasOriginals: here.length > 0,
  };
  judged.set(migration.name, squash);
  return squash;
}

interface Part {
  readonly name: string;
  /** With those that it stands for itself. */
  readonly names: readonly string[];
  readonly hasFile: boolean;
  readonly done: boolean;
  /** Something of it is applied. */
  readonly begun: boolean;
}

function partOf(name: string, books: Books, judged: Map<string, Squash>, path: readonly string[]): Part {
  const file = books.files.get(name);
  const row = books.rows.get(name);
  const inner = file && file.replaces.length > 0 ? judge(file, books, judged, path) : undefined;
  const own = row !== undefined && row.state !== "failed" && (!file || row.checksum === file.checksum);
  return {
    name,
    names: [...(inner?.migration.replaces ?? []), name],
    hasFile: file !== undefined,
    done: own || inner?.state === "counted",
    begun: row !== undefined || (inner !== undefined && inner.state !== "fresh"),
  };
}

function stateOf(recorded: boolean, parts: readonly Part[], open: readonly Part[]): Squash["state"] {
  if (recorded) return "recorded";
  if (!parts.some(({ begun }) => begun)) return "fresh";
  if (open.length === 0) return "counted";
  return open.some(({ hasFile }) => !hasFile) ? "lost" : "waiting";
}

/** Of what does not count: what does. */
function stoodIn(squashes: readonly Squash[], files: Books["files"]): ReadonlyMap<string, readonly string[]> {
  const direct = new Map<string, readonly string[]>();
  for (const { migration, state } of squashes) {
    const own = files.get(migration.name)?.replaces ?? [];
    if (state === "waiting") direct.set(migration.name, headsOf(own, files));
    else
      for (const name of migration.replaces)
        if (own.includes(name) || !direct.has(name)) direct.set(name, [migration.name]);
  }
  const names = (name: string): readonly string[] => direct.get(name)?.flatMap(names) ?? [name];
  return new Map([...direct.keys()].map((name) => [name, names(name)]));
}

/** Those that none of the others depends on. */
function headsOf(names: readonly string[], files: Books["files"]): readonly string[] {
  const there = names.filter((name) => files.has(name));
  const inner = new Set(there.flatMap((name) => files.get(name)?.dependencies ?? []));
  return there.filter((name) => !inner.has(name));
}

/** A squash inside another that counts is no business of anybody's. */
const isInside = (
  name: string,
  replaced: ReadonlyMap<string, readonly string[]>,
  judged: ReadonlyMap<string, Squash>,
): boolean => replaced.has(name) && judged.get(name)?.state !== "waiting";

function recast(
  given: Migration,
  replaced: ReadonlyMap<string, readonly string[]>,
  judged: ReadonlyMap<string, Squash>,
): Migration {
  const migration = judged.get(given.name)?.migration ?? given;
  if (!migration.dependencies.some((name) => replaced.has(name))) return migration;
  const dependencies = migration.dependencies.flatMap((name) => replaced.get(name) ?? [name]);
  return { ...migration, dependencies: [...new Set(dependencies)] };
}

function refuseShared(standing: readonly Migration[], files: Books["files"]): void {
  const owners = new Map<string, Migration>();
  for (const migration of standing)
    for (const name of new Set(migration.replaces)) {
      if (name === migration.name) throw itself(migration);
      const other = owners.get(name);
      // The names that a squash inside another brought along are those of both.
      if (
        other &&
        files.has(name) &&
        !other.replaces.includes(migration.name) &&
        !migration.replaces.includes(other.name)
      )
        throw shared(name, other, migration);
      owners.set(name, migration);
    }
}

const shared = (name: string, one: Migration, other: Migration): ToolError =>
  new ToolError(
    "graph",
    `"${name}" is replaced by "${one.name}" and by "${other.name}"; take it out of \`replaces\` of one of them`,
    { migration: name, files: [one.file, other.file] },
  );

const itself = ({ name, file }: Migration): ToolError =>
  new ToolError("graph", `${file}: "${name}" replaces itself; take it out of \`replaces\``, { migration: name, file });
