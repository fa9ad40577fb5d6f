import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DialectNames } from "../core/ddl/dialect.ts";

/** A generated file: its path from the repository's root, and its whole text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Composes all registries from the definition files that exist under `root`. A single executable cannot read folders to
 * find its parts, so the parts are listed as literal imports, which bundlers and the compiler see.
 *
 * A definition file is one with a default export. Rejects with an Error that names the file when a file defines
 * something but does not export it, or does not load.
 */
export const composeRegistries = async (root: string): Promise<readonly GeneratedFile[]> => {
  const composed = await Promise.all(registries.map((registry) => compose(root, registry)));
  return composed.filter((file) => file !== undefined);
};

/** Paths of registries that differ from what `composeRegistries` says they should be. */
export const staleRegistries = async (root: string): Promise<readonly string[]> => {
  const files = await composeRegistries(root);
  return files.filter((file) => readIfPresent(join(root, file.path)) !== file.text).map((file) => file.path);
};

/** Writes what is stale and returns the paths. */
export const writeRegistries = async (root: string): Promise<readonly string[]> => {
  const files = await composeRegistries(root);
  const stale = files.filter((file) => readIfPresent(join(root, file.path)) !== file.text);
  for (const file of stale) writeFileSync(join(root, file.path), file.text);
  return stale.map((file) => file.path);
};

interface Registry {
  readonly path: string;
  /** Folder that the definitions and the registry's imports are relative to. */
  readonly folder: string;
  readonly pattern: string;
  /** Defining without a default export is a slip; this call gives it away. */
  readonly definedBy?: string;
  readonly body: (definitions: readonly string[], folder: string) => string | Promise<string>;
}

const registries: readonly Registry[] = [
  {
    path: "src/core/operations/registry.gen.ts",
    folder: "src/core/operations",
    pattern: "*.ts",
    definedBy: "defineOperation",
    body: (files) =>
      `${eagerImports(files)}\n/** Every operation an author can write. */\nexport const operations = ${tuple(files)} as const;\n`,
  },
  {
    path: "src/core/lint/rules.gen.ts",
    folder: "src/core/lint",
    pattern: "rules/*.ts",
    definedBy: "defineRule",
    body: (files) =>
      `${eagerImports(files)}\n/** Every lint rule. */\nexport const rules = ${tuple(files)} as const;\n`,
  },
  {
    path: "src/core/policies/rules.gen.ts",
    folder: "src/core/policies",
    pattern: "rules/*.ts",
    definedBy: "definePolicy",
    body: (files) =>
      `import type { Policy } from "./define.ts";\n${eagerImports(files)}\n` +
      `/** Every policy between tracks. */\nexport const policies: readonly Policy[] = ${tuple(files)};\n`,
  },
  {
    path: "src/core/convert/tools.gen.ts",
    folder: "src/core/convert",
    pattern: "tools/*.ts",
    definedBy: "defineConvertTool",
    body: (files) =>
      `import type { ConvertTool } from "./define.ts";\n${eagerImports(files)}\n` +
      `/** Every tool whose migrations \`godwit convert\` reads. */\nexport const convertTools: readonly ConvertTool[] = ${tuple(files)};\n`,
  },
  {
    path: "src/runtime/doctor/checks.gen.ts",
    folder: "src/runtime/doctor",
    pattern: "checks/*.ts",
    definedBy: "defineCheck",
    body: (files) =>
      `import type { Check } from "./define.ts";\n${eagerImports(files)}\n` +
      `/** Everything that \`godwit doctor\` looks at. */\nexport const checks: readonly Check[] = ${tuple(files)};\n`,
  },
  {
    path: "src/dialects/registry.gen.ts",
    folder: "src/dialects",
    pattern: "*/dialect.ts",
    body: (files) =>
      `import type { Dialect } from "../core/ddl/dialect.ts";\n${eagerImports(files)}\n` +
      "/** Every dialect: the pure half of each database, all of them loaded. What needs one only finds it in known.gen.ts. */\n" +
      `export const dialects: readonly Dialect[] = ${tuple(files)};\n`,
  },
  { path: "src/dialects/known.gen.ts", folder: "src/dialects", pattern: "*/dialect.ts", body: knownDialects },
  { path: "src/dialects/drivers.gen.ts", folder: "src/dialects", pattern: "*/driver.ts", body: driverRegistry },
  {
    path: "src/cli/commands.gen.ts",
    folder: "src/cli",
    pattern: "commands/**/*.ts",
    definedBy: "defineCommand",
    body: commandRegistry,
  },
];

const compose = async (root: string, registry: Registry): Promise<GeneratedFile | undefined> => {
  const folder = join(root, registry.folder);
  if (!existsSync(folder)) return undefined;
  const files = [...new Bun.Glob(registry.pattern).scanSync({ cwd: folder })].map((path) => path.replaceAll("\\", "/"));
  const definitions = files
    .filter((file) => !file.endsWith(".gen.ts") && isDefinition(folder, file, registry))
    .toSorted();
  if (definitions.length === 0) return undefined;
  return { path: registry.path, text: header + (await registry.body(definitions, folder)) };
};

const header = "// Generated by `npm run gen` (src/build/registry.ts). Do not edit.\n";

const isDefinition = (folder: string, file: string, { definedBy }: Registry): boolean => {
  const text = readFileSync(join(folder, file), "utf8");
  if (/^export default\b/m.test(text)) return true;
  if (definedBy && new RegExp(`(^|= )${definedBy}\\(`, "m").test(text)) {
    throw new Error(
      `"${join(folder, file)}" calls ${definedBy}() without exporting it: write \`export default ${definedBy}(…)\``,
    );
  }
  return false;
};

const eagerImports = (files: readonly string[]): string =>
  files.map((file) => `import ${identifier(file)} from "./${file}";\n`).join("");

const tuple = (files: readonly string[]): string =>
  files.length === 0 ? "[]" : `[\n${files.map((file) => `  ${identifier(file)},\n`).join("")}]`;

/** `rules/drop-column.ts` → `dropColumn`, `postgres/dialect.ts` → `postgres`. */
const identifier = (file: string): string =>
  file
    .replace(/\/(dialect|driver)\.ts$/, "")
    .replace(/\.ts$/, "")
    .replace(/^.*\//, "")
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Most commands need one dialect of all that there are, and start sooner without the others. */
async function knownDialects(files: readonly string[], folder: string): Promise<string> {
  const entries = await Promise.all(
    files.map(async (file) => {
      const dialect = await loadDefault<DialectNames>(join(folder, file));
      const { name, title, aliases, schemes, variantOf, opensFiles, exampleUrl } = dialect;
      const named = Object.entries({ name, title, aliases, schemes, variantOf, opensFiles, exampleUrl });
      const told = named.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`]));
      return `  { ${told.join(", ")}, load: () => import("./${file}") },\n`;
    }),
  );
  return (
    'import type { KnownDialect } from "../core/ddl/dialect.ts";\n\n' +
    "/** What every dialect is called, and the dialect itself, loaded only when it is spoken. */\n" +
    `export const knownDialects: readonly KnownDialect[] = [\n${entries.join("")}];\n`
  );
}

/** Keyed by the dialect's own name, which need not be the folder's. */
async function driverRegistry(files: readonly string[], folder: string): Promise<string> {
  const entries = await Promise.all(
    files.map(async (file) => {
      const dialect = await loadDefault<{ readonly name: string }>(
        join(folder, file.replace("driver.ts", "dialect.ts")),
      );
      return `  ${JSON.stringify(dialect.name)}: () => import("./${file}"),\n`;
    }),
  );
  return (
    'import type { OpenDriver } from "../runtime/driver.ts";\n\n' +
    "/** Dialect name → its driver, loaded only when that database is used. */\n" +
    `export const drivers: Readonly<Record<string, () => Promise<{ readonly default: OpenDriver }>>> = {\n${entries.join("")}};\n`
  );
}

/** Help shows names and descriptions of all commands: they are copied here, so that showing them loads no command. */
async function commandRegistry(files: readonly string[], folder: string): Promise<string> {
  const entries = await Promise.all(
    files.map(async (file) => {
      const command = await loadDefault<{ readonly meta?: unknown }>(join(folder, file));
      const meta = typeof command.meta === "function" ? await command.meta() : await command.meta;
      const path = file
        .replace(/^commands\//, "")
        .replace(/(\/index)?\.ts$/, "")
        .replaceAll("/", " ");
      return [
        path,
        `  ${JSON.stringify(path)}: {\n    meta: ${literal(meta)},\n    load: () => import("./${file}"),\n  },\n`,
      ] as const;
    }),
  );
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `\n/** Words of a command → what help says of it, and the command itself, loaded when it is run. */\nexport const commands = {\n${sorted.join("")}} as const;\n`;
}

const literal = (value: unknown): string =>
  JSON.stringify(value ?? {}, undefined, 2)
    .replace(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:")
    .replaceAll("\n", "\n    ");

const loadDefault = async <T>(path: string): Promise<T> => {
  try {
    const module: { readonly default?: T } = await import(path);
    if (module.default) return module.default;
  } catch (error) {
    throw new Error(`cannot load "${path}": ${error instanceof Error ? error.message : error}`, { cause: error });
  }
  throw new Error(`"${path}" has no default export`);
};

const readIfPresent = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

if (import.meta.main) {
  const root = join(import.meta.dir, "../..");
  const check = process.argv.includes("--check");
  const paths = check ? await staleRegistries(root) : await writeRegistries(root);
  for (const path of paths) console.log(check ? `stale: ${path} (run \`npm run gen\`)` : `wrote ${path}`);
  if (check && paths.length > 0) process.exitCode = 1;
}
