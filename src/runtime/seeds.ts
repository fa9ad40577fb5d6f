import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";

/** A file of `seeds/`, or of the directory of an environment in it. */
export interface SeedFile {
  /** Its path inside of `seeds/`, without the extension: `roles`, `development/people`. */
  readonly name: string;
  readonly kind: SeedKind;
  readonly directory: string;
  readonly file: string;
  /** Where it is no file, but inside of the executable. */
  readonly text?: string;
}

/** Seeds that are inside of an executable, by their paths in `seeds/`: `roles.csv`, `development/people.sql`. */
export type SeedTexts = Readonly<Record<string, string>>;

export const seedKinds = ["ts", "sql", "csv", "json"] as const;
export type SeedKind = (typeof seedKinds)[number];

/** Which seeds are meant. */
export interface SeedChoice {
  /** Its directory is looked into, after `seeds/` itself. */
  readonly environment?: string | undefined;
  /** Names of seeds; absent or empty: all of them. */
  readonly only?: readonly string[] | undefined;
}

/**
 * The seeds in the order in which they run: those of every environment, then those of the one that is named; by number, then by name. Throws
 * ToolError `usage` for an environment or a seed that is not there, and for a file that is none.
 */
export function findSeeds(
  directory: string,
  { environment, only = [] }: SeedChoice,
  inside?: SeedTexts,
): readonly SeedFile[] {
  const entries = inside ? entriesInside(inside, "") : entriesOf(directory);
  const environments = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  if (environment !== undefined && !environments.includes(environment))
    throw unknownEnvironment(environment, environments);
  const common = seedsAmong(entries, directory, "");
  const own = environment === undefined ? [] : seedsIn(join(directory, environment), environment, inside);
  const all = [...common, ...own].map((seed) => withText(seed, inside));
  const names = all.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw wrong(`there are two seeds "${twice}"; call one of the files otherwise`, { seed: twice });
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownSeed(unknown, names, environments);
  return only.length === 0 ? all : all.filter(({ name }) => only.includes(name));
}

/** All that may be a seed, with what it says, by its path in the directory. Throws ToolError `file` and `usage`. */
export function seedTexts(directory: string, read: (seed: SeedFile) => string): SeedTexts {
  const environments = entriesOf(directory).filter((entry) => entry.isDirectory());
  const all = [undefined, ...environments.map((entry) => entry.name)].flatMap((environment) =>
    findSeeds(directory, { environment }),
  );
  return Object.fromEntries(all.map((seed) => [`${seed.name}.${seed.kind}`, read(seed)]));
}

function withText(seed: SeedFile, inside: SeedTexts | undefined): SeedFile {
  const path = `${seed.name}.${seed.kind}`;
  const text = inside && Object.hasOwn(inside, path) ? inside[path] : undefined;
  return text === undefined ? seed : { ...seed, text };
}

type Entry = Pick<Dirent, "name" | "isDirectory">;

/** The entries of `seeds/` or of a directory in it, from the paths of all. */
function entriesInside(inside: SeedTexts, prefix: string): readonly Entry[] {
  const rest = Object.keys(inside).flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
  const directories = new Set(rest.flatMap((path) => (path.includes("/") ? [path.split("/", 1)[0] ?? ""] : [])));
  return [
    ...[...directories].map((name) => ({ name, isDirectory: () => true })),
    ...rest.filter((path) => !path.includes("/")).map((name) => ({ name, isDirectory: () => false })),
  ];
}

function seedsIn(directory: string, environment: string, inside: SeedTexts | undefined): readonly SeedFile[] {
  const entries = inside ? entriesInside(inside, `${environment}/`) : entriesOf(directory);
  const inner = entries.find((entry) => entry.isDirectory());
  if (inner)
    throw wrong(
      `seeds/${environment}/${inner.name} is a directory inside of an environment's, which nothing would look into`,
    );
  return seedsAmong(entries, directory, `${environment}/`);
}

function seedsAmong(entries: readonly Entry[], directory: string, prefix: string): readonly SeedFile[] {
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  const seeds = files
    .filter((file) => !isBeside(file))
    .map((file): SeedFile => {
      const [, stem = "", extension = ""] = /^(.+)\.([^.]+)$/.exec(file) ?? [];
      const kind = seedKinds.find((known) => known === extension);
      if (!kind)
        throw wrong(
          `seeds/${prefix}${file} is no seed: its name does not end in ${list(seedKinds.map((k) => `.${k}`))}`,
          { file },
        );
      return { name: `${prefix}${stem}`, kind, directory, file };
    });
  return seeds.toSorted((a, b) => Number(numberOf(a) - numberOf(b)) || (a.file < b.file ? -1 : 1));
}

/** What may lie beside seeds: hidden files, those of editors, and what people should read. */
const isBeside = (file: string): boolean =>
  file.startsWith(".") || file.endsWith(".d.ts") || file.endsWith(".md") || file === "tsconfig.json";

/** Those without a number come first. */
const numberOf = ({ file }: SeedFile): bigint => BigInt(/^\d+/.exec(file)?.[0] ?? "-1");

/** None where there is no such directory. A hidden directory is nobody's environment. */
function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).filter((entry) => !entry.name.startsWith("."));
  } catch (error) {
    if ((error as { readonly code?: string }).code === "ENOENT") return [];
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError(
      "file",
      `cannot read the directory ${directory}: ${why}`,
      { path: directory },
      { cause: error },
    );
  }
}

function unknownEnvironment(environment: string, known: readonly string[]): ToolError {
  const near = nearest(environment, known);
  const there =
    known.length === 0 ? "there is none yet" : `there ${known.length === 1 ? "is" : "are"} ${list(known.map(quoted))}`;
  const more = near ? `did you mean "${near}"?` : there;
  return wrong(`there is no directory seeds/${environment} for the environment "${environment}"; ${more}`, {
    environment,
  });
}

function unknownSeed(name: string, known: readonly string[], environments: readonly string[]): ToolError {
  const [environment = ""] = name.split("/");
  const near = nearest(name, known);
  const hint = near ? `did you mean "${near}"?` : `there are ${list(known.map(quoted)) || "none"}`;
  const more =
    name.includes("/") && environments.includes(environment) ? `name its environment: --env ${environment}` : hint;
  return wrong(`there is no seed "${name}" here; ${more}`, { seed: name });
}

const quoted = (name: string): string => `"${name}"`;
const list = (names: readonly string[]): string => names.join(", ");

const wrong = (message: string, data: Readonly<Record<string, unknown>> = {}): ToolError =>
  new ToolError("usage", message, data);
