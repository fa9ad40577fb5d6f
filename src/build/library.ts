import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { BunPlugin } from "bun";
import { Bun as bunAnywhere } from "../library/any/bun.ts";
import { Bun as bunInNode } from "../library/node/bun.ts";
import { writeChunks } from "./library-chunks.ts";
import { filesOf, type LibraryEntry, type LibraryRuntime, libraryEntries } from "./library-entries.ts";
import { writeLibraryTypes } from "./library-types.ts";
import { type BundledPackage, extraPackages, inputsOf, packagesOf } from "./licences.ts";

/**
 * Builds the library for programs into a directory: a file for each runtime of each entry of library-entries.ts, and its types beside it. Each
 * is one file that needs no other, so that a program bundled with it needs none either. Rejects with an Error that says what
 * went wrong, else gives the packages of which something is inside, sorted.
 *
 * The sources are written for Bun. Where another runtime needs something else, a file `x.node.ts` beside `x.ts` takes its place, or `x.any.ts` where
 * there is nothing but the web's standards, and `x.library.ts` in all; what is used of `Bun` and of newer JavaScript is in src/library/node
 * and src/library/any.
 */
export async function buildLibrary(
  directory: string,
  entries: readonly LibraryEntry[] = libraryEntries,
): Promise<readonly BundledPackage[]> {
  mkdirSync(directory, { recursive: true });
  const sandboxes = new Map<LibraryRuntime, Promise<Sandbox>>();
  const inputs: string[] = [];
  for (const entry of entries) {
    for (const { runtime, file } of filesOf(entry)) {
      if (entry.chunks && runtime === "bun") {
        inputs.push(...(await chunked(entry.source, join(directory, `${file}.js`))));
        continue;
      }
      if (entry.sandbox && !sandboxes.has(runtime)) sandboxes.set(runtime, bundleSandbox(runtime));
      const sandbox = entry.sandbox && (await sandboxes.get(runtime));
      const made = await bundle(entry.source, runtime, sandbox?.texts);
      writeFileSync(join(directory, `${file}.js`), made.text);
      inputs.push(...made.inputs, ...(sandbox?.inputs ?? []));
    }
  }
  await writeLibraryTypes(directory, entries);
  return packagesOf(inputs);
}

const root = join(import.meta.dir, "../..");
const wasm = "node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm";

/** Modules that are made by this build, name → text. */
type Texts = Readonly<Record<string, string>>;

/** What evaluates migrations, as texts, and the files that it is made of. */
interface Sandbox {
  readonly texts: Texts;
  readonly inputs: readonly string[];
}

async function bundleSandbox(runtime: LibraryRuntime): Promise<Sandbox> {
  const worker = await bundle("sandbox/host/worker.library.ts", runtime);
  const extras = (await extraPackages()).map(({ name }) => `node_modules/${name}/package.json`);
  return {
    texts: {
      "godwit:sandbox-worker": worker.text,
      "godwit:sandbox-wasm": readFileSync(join(root, wasm)).toString("base64"),
    },
    inputs: [...worker.inputs, ...extras, wasm],
  };
}

async function chunked(source: string, file: string): Promise<readonly string[]> {
  const { texts, inputs } = await bundleSandbox("bun");
  const sandbox = { worker: texts["godwit:sandbox-worker"] ?? "", wasm: join(root, wasm) };
  const plugins = [substitutes(["cli", "library"])];
  return [...(await writeChunks({ source: join(root, source), file, sandbox, plugins })), ...inputs];
}

interface Bundled {
  readonly text: string;
  readonly inputs: readonly string[];
}

async function bundle(entry: string, runtime: LibraryRuntime, texts: Texts = {}): Promise<Bundled> {
  const plugins = [
    embedded(texts),
    substitutes(endings[runtime]),
    ...(runtime === "any" ? [nothingOfNode] : []),
    ...(runtime === "node" ? [namedAsNodes] : []),
    ...(runtime === "bun" ? [] : [withStandIns(runtime)]),
  ];
  const result = await Bun.build({
    entrypoints: [join(root, entry)],
    target: targets[runtime],
    format: "esm",
    // Runtimes show the line of an error that nobody catches, so what programs call keeps its lines.
    minify: entry.includes("worker"),
    define: { ...(entry.includes("worker") && placeless) },
    plugins,
    metafile: true,
    throw: false,
  });
  const [output] = result.outputs;
  if (!result.success || !output) throw new Error(`${entry} for ${runtime}:\n${result.logs.join("\n")}`);
  return { text: markPure(await output.text()), inputs: inputsOf(result) };
}

/** Packages of CommonJS do nothing but export: a program that uses none of their exports is bundled without them. */
const markPure = (text: string): string =>
  text
    .replace(/^var \w+ = (?=__commonJS\()/gm, "$&/* @__PURE__ */ ")
    .replace(/^(var \w+ = )(__toESM\()(?=require_\w+\()/gm, "$1/* @__PURE__ */ $2/* @__PURE__ */ ");

/** A bundle that any runtime loads is one that a browser would. */
const targets = { bun: "bun", node: "node", any: "browser" } as const satisfies Readonly<
  Record<LibraryRuntime, string>
>;

/** A worker that is started from a text lies nowhere, and QuickJS's loader for Node asks where it does. */
const placeless = { "import.meta.url": '"file:///godwit/sandbox.js"' };

const embedded = (texts: Texts): BunPlugin => ({
  name: "embedded texts",
  setup: (build) => {
    build.onResolve({ filter: /^godwit:/ }, ({ path }) => ({ path, namespace: "godwit-text" }));
    build.onLoad({ filter: /.*/, namespace: "godwit-text" }, ({ path }) => {
      const text = texts[path];
      if (text === undefined) throw new Error(`nothing is known of the module "${path}"`);
      return { contents: text, loader: "text" };
    });
  },
});

/** The endings, best first, of files that take the place of `x.ts` in a runtime. */
const endings: Readonly<Record<LibraryRuntime, readonly string[]>> = {
  bun: ["library"],
  node: ["node", "library"],
  any: ["any", "library"],
};

const substitutes = (endings: readonly string[]): BunPlugin => ({
  name: "substitutes",
  setup: (build) => {
    build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, importer }) => {
      const file = resolve(dirname(importer), path);
      const found = endings
        .map((ending) => file.replace(/\.ts$/, `.${ending}.ts`))
        .find((candidate) => existsSync(candidate));
      return found === undefined || found === importer ? undefined : { path: found };
    });
  },
});

/** Libraries say `fs`; what only takes itself for Node, such as Deno, wants to be told that it is not a package. */
const namedAsNodes: BunPlugin = {
  name: "modules of Node by their whole names",
  setup: (build) => {
    // Bun has modules of its own among them, which are packages to Node.
    const names = builtinModules.filter((name) => !/:|^(?:bun|ws|undici)/.test(name));
    build.onResolve({ filter: new RegExp(`^(?:${names.join("|")})$`) }, ({ path }) => ({
      path: `node:${path}`,
      external: true,
    }));
  },
};

/** What runs anywhere has no module of Node or Bun in it; the bundler would put something in their place without a word. */
const nothingOfNode: BunPlugin = {
  name: "nothing of Node",
  setup: (build) => {
    build.onResolve({ filter: /^(?:node|bun)(?::|$)/ }, ({ path, importer }) => {
      if (path === "node:path" && importer.startsWith(join(root, "src")))
        return { path: join(standIns.any, "path.ts") };
      throw new Error(`${importer} imports "${path}"; give it a file that ends in .any.ts`);
    });
  },
};

/** Puts in place what Node 20, or any runtime at all, does not have. */
const withStandIns = (runtime: "node" | "any"): BunPlugin => ({
  name: `for ${runtime}`,
  setup: (build) => {
    build.onLoad({ filter: /\/(?:src|sandbox)\/.*\.ts$/ }, ({ path }) => {
      // What is generated for the sandbox's host are texts that run in QuickJS, whatever the runtime around it is.
      if (Object.values(standIns).some((folder) => path.startsWith(folder))) return undefined;
      if (/\/sandbox\/host\/\w+\.gen\.ts$/.test(path)) return undefined;
      const code = plain.transformSync(readFileSync(path, "utf8"));
      const beyond =
        tooNew.exec(code)?.[0] ??
        (runtime === "any" ? notEverywhere.exec(code)?.[0] : undefined) ??
        [...code.matchAll(/\bBun\.(\w+)/g)].find(([, name]) => !(`${name}` in bunIn[runtime]))?.[0];
      if (beyond) throw new Error(`${path} uses "${beyond}", which ${runtime} does not have; see ${standIns[runtime]}`);
      const module = (name: string): string => JSON.stringify(`${standIns[runtime]}/${name}.ts`);
      const imports = /\bBun\b/.test(code) ? [`import { Bun } from ${module("bun")};`] : [];
      let contents = code;
      for (const [builtin, standIn] of Object.entries(builtins[runtime])) {
        if (!contents.includes(builtin)) continue;
        contents = contents.replaceAll(builtin, standIn);
        imports.push(`import { ${standIn} } from ${module("builtins")};`);
      }
      if (runtime === "any")
        contents = contents.replace(loadedLater, (_, path: string) => {
          const name = `loaded_${imports.length}`;
          imports.push(`import * as ${name} from ${path};`);
          return `Promise.resolve(${name})`;
        });
      return imports.length === 0 ? undefined : { contents: [...imports, contents].join("\n"), loader: "js" };
    });
  },
});

const standIns = { node: join(root, "src/library/node"), any: join(root, "src/library/any") };
const bunIn = { node: bunInNode, any: bunAnywhere };

/** Names in the sources → names in builtins.ts. */
const newer = {
  "Promise.withResolvers": "withResolvers",
  "Map.groupBy": "groupInMap",
  "Uint8Array.fromHex": "bytesFromHex",
};
const builtins: Readonly<Record<"node" | "any", Readonly<Record<string, string>>>> = {
  node: newer,
  any: { ...newer, setImmediate: "afterThis" },
};

/**
 * What the sources load later. In one file it is there from the start, and Bun wraps each module behind such an import in a function, of which no bundler of
 * a Worker can tell what the Worker uses.
 */
const loadedLater = /\bimport\(("\.{1,2}\/[^"]+")\)/g;

/** Globals of Node and Bun; Workers refuse to make code of text. */
const notEverywhere = /(?<![-\w/])(?:process|Buffer)\.\w+|\bnew Function\b|\beval\(/;

/** Other things that are newer, as far as they can be told by their looks. */
const tooNew =
  /\b(?:Object\.groupBy|Array\.fromAsync|Promise\.try|RegExp\.escape|Iterator\.\w+|Uint8Array\.fromBase64)\b|\.(?:toHex|toBase64|isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(|\.(?:values|keys|entries)\(\)\.(?:map|filter|some|every|find|reduce|flatMap|toArray|take|drop)\(/;

/** What comments say of Bun is no use of it. */
const plain = new Bun.Transpiler({ loader: "ts", target: "node" });

if (import.meta.main) {
  const directory = join(root, "dist/library");
  const started = performance.now();
  try {
    rmSync(directory, { recursive: true, force: true });
    await buildLibrary(directory);
    console.log(`built ${directory} in ${Math.round(performance.now() - started)} ms`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
