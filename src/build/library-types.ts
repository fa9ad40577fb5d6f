import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/**
 * Writes `index.d.ts` and `node.d.ts` with what they need below `types/`: the declarations that the compiler makes of the sources, as far as
 * the library's own lead to them. What `open` returns is another thing in each runtime. Rejects with an Error that holds what the
 * compiler says.
 */
export async function writeLibraryTypes(directory: string): Promise<void> {
  const made = mkdtempSync(join(tmpdir(), "godwit-types-"));
  try {
    await compile(made);
    const index = join(made, "src/library/index.d.ts");
    // What open.ts leads to knows the types of Bun; they are said below for each runtime.
    writeFileSync(index, readFileSync(index, "utf8").replace(/^export \{ open \}.*\n/m, ""));
    for (const file of reachable(index)) place(file, made, join(directory, "types"));
    const open = documentedOpen(readFileSync(join(made, "src/library/open.d.ts"), "utf8"));
    writeFileSync(join(directory, "index.d.ts"), entry(open, "Database", "bun:sqlite"));
    writeFileSync(join(directory, "node.d.ts"), entry(open, "DatabaseSync", "node:sqlite"));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

const root = join(import.meta.dir, "../..");

async function compile(outDir: string): Promise<void> {
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
    files: ["src/library/index.ts", "src/text-modules.d.ts", "sandbox/host/wasm.d.ts"].map((file) => join(root, file)),
    include: [],
  };
  const config = join(outDir, "tsconfig.json");
  writeFileSync(config, JSON.stringify(settings));
  const command = [join(root, "node_modules/.bin/tsc"), "-p", config, "--pretty", "false"];
  const child = Bun.spawn(command, { cwd: root, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [output, exit] = await Promise.all([child.stdout.text(), child.exited]);
  if (exit !== 0) throw new Error(`the types of the library:\n${output}`);
}

/** The file and all that it leads to. */
function reachable(first: string): ReadonlySet<string> {
  const found = new Set([first]);
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

/** Programs are compiled by rules under which a declaration is named after its JavaScript. */
function place(file: string, from: string, to: string): void {
  const target = join(to, relative(from, file));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(file, target);
  writeFileSync(
    target,
    readFileSync(target, "utf8").replace(importing, (text) => text.replace(/\.ts"$/, '.js"')),
  );
}

function documentedOpen(declarations: string): string {
  const found = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\nexport declare function open\([^)]*\): /.exec(declarations)?.[0];
  if (found === undefined) throw new Error("src/library/open.ts no longer declares a function open()");
  return found;
}

const entry = (open: string, handle: string, module: string): string =>
  `import type { ${handle} } from "${module}";
import type { OpenOptions } from "./types/src/library/options.js";

export * from "./types/src/library/index.js";

${open}Promise<${handle}>;
`;
