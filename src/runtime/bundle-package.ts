import { builtinModules } from "node:module";
import { isAbsolute, join, relative, resolve } from "node:path";
import type { BunPlugin } from "bun";
import { ToolError } from "../core/errors.ts";

/** A package as one ES module for the sandbox. */
export interface BundledPackage {
  readonly source: string;
  /** What throws in the sandbox when it is called, such as `new Date(…)`. */
  readonly doubtful: readonly string[];
}

/**
 * Bundles what `root` has installed under a name, with everything it imports; nothing of it runs. `named`: what to export of its default
 * besides that, for CommonJS, whose exports only show when it runs. Throws ToolError `usage` with all reasons why it cannot be used in the sandbox.
 */
export async function bundlePackage(
  name: string,
  root: string,
  named: readonly string[] = [],
): Promise<BundledPackage> {
  const plain = await build(name, root, { named, defined: {} });
  const marked = await build(name, root, { named, defined: Object.fromEntries(marks) });
  const found = namesIn(marked);
  const reasons = [...new Set(found.flatMap(({ name: used, file }) => reasonFor(used, file)))];
  if (reasons.length > 0) throw refused(name, reasons);
  const doubtful = found.flatMap(({ name: used }) => doubts.get(used) ?? []);
  return { source: plain, doubtful: [...new Set(doubtful)].toSorted() };
}

interface BuildOptions {
  readonly named: readonly string[];
  readonly defined: Readonly<Record<string, string>>;
}

async function build(name: string, root: string, { named, defined }: BuildOptions): Promise<string> {
  // A package may have a default export or none, which only the bundler finds out.
  const attempts =
    named.length > 0 ? [entryOf(name, named)] : [entryOf(name, []), `export * from ${JSON.stringify(name)};\n`];
  let failure: ToolError | undefined;
  for (const entry of attempts) {
    const refusals: string[] = [];
    const path = join(root, "godwit-symbol.js");
    const options = {
      entrypoints: [path],
      files: { [path]: entry },
      root,
      target: "browser",
      format: "esm",
      throw: false,
      env: "disable",
      // As for migrations: nothing of a package runs while it is bundled. Bun's types do not know this option.
      macros: false,
      define: { "process.env.NODE_ENV": '"production"', ...defined },
      plugins: [withoutSystem(refusals, root)],
    };
    const result = await Bun.build(options as unknown as Bun.BuildConfig);
    if (refusals.length > 0) throw refused(name, [...new Set(refusals)]);
    const [output] = result.outputs;
    if (result.success && output) return withShownPaths(await output.text(), root);
    failure ??= refused(
      name,
      result.logs.filter(({ level }) => level === "error").map(({ message }) => message.slice(0, 200)),
    );
    if (!result.logs.some(({ message }) => /No matching export/.test(message))) break;
  }
  throw failure;
}

function entryOf(name: string, named: readonly string[]): string {
  const from = JSON.stringify(name);
  if (named.length === 0) return `export * from ${from};\nexport { default } from ${from};\n`;
  return `import all from ${from};\nexport default all;\nexport const { ${named.join(", ")} } = all;\n`;
}

/** Modules of the system and native code are no part of a bundle; who imports them is written down. */
const withoutSystem = (refusals: string[], root: string): BunPlugin => ({
  name: "without the system",
  setup: (bundler) => {
    bundler.onResolve({ filter: systemModules }, ({ path, importer }) => {
      refusals.push(`${shown(importer, root)} imports "${path}"`);
      return { path, external: true };
    });
    bundler.onResolve({ filter: /\.(?:node|wasm)$/ }, ({ path, importer }) => {
      refusals.push(`${shown(importer, root)} loads native code ("${path}")`);
      return { path, external: true };
    });
  },
});

const systemModules = new RegExp(
  `^(?:node:.*|bun:.*|bun|cloudflare:.*|(?:${builtinModules.filter((name) => /^[a-z][\w/]*$/.test(name)).join("|")}))$`,
);

/** What stands in a package for something that the sandbox does not have. The bundler knows which names are the package's own. */
const marks: ReadonlyMap<string, string> = new Map(
  [
    "Math.random",
    "Date.now",
    "Date",
    "performance.now",
    "crypto",
    "fetch",
    "XMLHttpRequest",
    "WebSocket",
    "setTimeout",
    "setInterval",
    "setImmediate",
  ].flatMap((name) => {
    const mark = `__godwit_${name.replace(".", "_")}__`;
    const owners = name.includes(".") ? [] : ["globalThis", "self", "window", "global"];
    return [name, ...owners.map((owner) => `${owner}.${name}`)].map((place) => [place, mark] as const);
  }),
);

/** The bundler writes the path of each file before what is in it. */
const HEADING = /^\s*\/\/ (\S.*\.[cm]?[jt]sx?)$/;

/** Paths in a bundle are relative to where the process is; the same package has to be the same bundle everywhere. */
const withShownPaths = (code: string, root: string): string =>
  code
    .split("\n")
    .map((line) => {
      const path = HEADING.exec(line)?.[1];
      const file = path === undefined ? root : relative(root, resolve(path));
      return path === undefined || file.startsWith("..") ? line : line.replace(path, file.replaceAll("\\", "/"));
    })
    .join("\n");

interface Found {
  readonly name: string;
  readonly file: string;
}

/** Each mark in a bundle, with the file that it comes from. */
function namesIn(code: string): readonly Found[] {
  const found: Found[] = [];
  let file = "";
  for (const line of code.split("\n")) {
    file = HEADING.exec(line)?.[1] ?? file;
    for (const match of line.matchAll(MARKED)) {
      const [, asked, made, name = "", called, empty] = match;
      if (asked === undefined) found.push({ name: nameOf(name, { made, called, empty }), file: file || "the package" });
    }
  }
  return found;
}

/** What is asked about it, what is done with it. The bundler writes `(0, name)` for what was a property. */
const MARKED = /(typeof (?:\(0, )?|instanceof )?(new )?\b__godwit_(\w+?)__\b(\)?\()?(\))?/g;

function nameOf(
  name: string,
  { made, called, empty }: Readonly<Record<"made" | "called" | "empty", string | undefined>>,
): string {
  if (name !== "Date") return name.replace("_", ".");
  if (made !== undefined) return called === undefined || empty !== undefined ? "new Date()" : "new Date(…)";
  return called === undefined ? "Date" : "Date()";
}

const why: ReadonlyMap<string, string> = new Map([
  ...["Date.now", "new Date()", "Date()", "performance.now"].map((name) => [name, "there is no clock"] as const),
  ...["Math.random", "crypto"].map((name) => [name, "there is no randomness"] as const),
  ...["fetch", "XMLHttpRequest", "WebSocket"].map((name) => [name, "there is no network"] as const),
]);

const reasonFor = (name: string, file: string): readonly string[] => {
  const reason = why.get(name);
  return reason === undefined ? [] : [`${file} uses ${name}: ${reason}`];
};

const doubts: ReadonlyMap<string, string> = new Map([
  ["new Date(…)", "new Date(…)"],
  ...["setTimeout", "setInterval", "setImmediate"].map((name) => [name, name] as const),
]);

const shown = (path: string, root: string): string =>
  (isAbsolute(path) ? relative(root, path) : path).replaceAll("\\", "/") || "the package";

function refused(name: string, reasons: readonly string[]): ToolError {
  const [first = "it cannot be bundled", ...more] = reasons;
  const others = more.length > 0 ? `, and ${more.length} more: ${more.slice(0, 4).join("; ")}` : "";
  return new ToolError("usage", `"${name}" cannot run in the sandbox: ${first}${others}`, { module: name, reasons });
}
