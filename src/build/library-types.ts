import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { filesOf, type LibraryEntry, type LibraryRuntime } from "./library-entries.ts";

/**
 * Writes the types of each file of the entries, with what they need below `types/`: the declarations that the compiler makes of the sources, as far as
 * the entries lead to them. What `open` returns is another thing in each runtime. Rejects with an Error that holds what the
 * compiler says.
 */
export async function writeLibraryTypes(directory: string, entries: readonly LibraryEntry[]): Promise<void> {
  const made = mkdtempSync(join(tmpdir(), "godwit-types-"));
  try {
    await compile(made, entries);
    const sources = new Map(entries.map((entry) => [entry, join(made, entry.source.replace(/\.ts$/, ".d.ts"))]));
    const opens = new Map<LibraryEntry, string>();
    for (const [entry, source] of sources) {
      const open = takeOpen(source);
      if (open !== undefined) opens.set(entry, open);
    }
    for (const file of reachable([...sources.values()])) place(file, made, join(directory, "types"));
    writeFileSync(join(directory, "types", "valibot.d.ts"), readFileSync(valibot, "utf8"));
    for (const entry of entries) {
      for (const { runtime, file } of filesOf(entry)) {
        writeFileSync(join(directory, `${file}.d.ts`), declarations(entry, runtime, opens.get(entry)));
      }
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

const root = join(import.meta.dir, "../..");

async function compile(outDir: string, entries: readonly LibraryEntry[]): Promise<void> {
  const settings = {
    extends: join(root, "src/tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      noCheck: true,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
      outDir,
      rootDir: root,
      typeRoots: [join(root, "node_modules/@types")],
    },
    files: [...entries.map(({ source }) => source), "src/text-modules.d.ts", "sandbox/host/wasm.d.ts"].map((file) =>
      join(root, file),
    ),
    include: [],
  };
  const config = join(outDir, "tsconfig.json");
  writeFileSync(config, JSON.stringify(settings));
  // Several checkers meet the members of a union in another order each time, and print them so.
  const command = [join(root, "node_modules/.bin/tsc"), "-p", config, "--pretty", "false", "--singleThreaded"];
  const child = Bun.spawn(command, { cwd: root, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [output, exit] = await Promise.all([child.stdout.text(), child.exited]);
  if (exit !== 0) throw new Error(`the types of the library:\n${output}`);
}

/** What open.ts leads to knows the types of Bun, so `open` goes out of the declarations of an entry, and is said again for each runtime. */
function takeOpen(source: string): string | undefined {
  const text = readFileSync(source, "utf8");
  const path = /^export \{ open \} from "(.*)\.ts";\n/m.exec(text);
  if (!path) return undefined;
  writeFileSync(source, text.replace(path[0], ""));
  return documentedOpen(readFileSync(join(dirname(source), `${path[1]}.d.ts`), "utf8"));
}

/** The files and all that they lead to. */
function reachable(first: readonly string[]): ReadonlySet<string> {
  const found = new Set(first);
  // A set that grows is walked to its end.
  for (const file of found) {
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(importing)) {
      const target = join(dirname(file), path.replace(/\.ts$/, ".d.ts"));
      if (!existsSync(target)) throw new Error(`${file} leads to ${path}, which has no declarations`);
      found.add(target);
    }
  }
  return found;
}

const importing = /(?:^(?:import|export) [^;]*?from |\bimport\()"(\.[^"]+)"/gm;

/**
 * Programs are compiled by rules under which a declaration is named after its JavaScript. What a bundle has inside is not installed beside it, so
 * the declarations of Valibot, which are one file, come along.
 */
function place(file: string, from: string, to: string): void {
  const target = join(to, relative(from, file));
  const above = relative(dirname(target), to);
  mkdirSync(dirname(target), { recursive: true });
  const text = readFileSync(file, "utf8")
    .replace(importing, (found) => found.replace(/\.ts"$/, '.js"'))
    .replace(/(\bfrom |\bimport\()"valibot"/g, `$1"${above}/valibot.js"`);
  const stranger = /(?:^(?:import|export) [^;]*?from |\bimport\()"((?!\.|bun:|node:)[^"]+)"/m.exec(text)?.[1];
  if (stranger !== undefined)
    throw new Error(`the types of the library need "${stranger}" (${file}), which programs do not have`);
  writeFileSync(target, text);
}

const valibot = join(root, "node_modules/valibot/dist/index.d.mts");

function documentedOpen(declarations: string): string {
  const found = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\nexport declare function open\([^)]*\): /.exec(declarations)?.[0];
  if (found === undefined) throw new Error("src/library/open.ts no longer declares a function open()");
  return found;
}

function declarations({ source }: LibraryEntry, runtime: LibraryRuntime, open: string | undefined): string {
  const all = `export * from "./types/${source.replace(/\.ts$/, ".js")}";\n`;
  if (open === undefined) return all;
  if (runtime === "any") throw new Error(`${source} has open(), which needs a runtime with SQLite`);
  const { handle, module } = handles[runtime];
  return `import type { ${handle} } from "${module}";
import type { OpenOptions } from "./types/src/library/options.js";

${all}
${open}Promise<${handle}>;
`;
}

const handles = {
  bun: { handle: "Database", module: "bun:sqlite" },
  node: { handle: "DatabaseSync", module: "node:sqlite" },
} as const;
