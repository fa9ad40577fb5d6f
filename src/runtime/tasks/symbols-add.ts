import { join } from "node:path";
import { MAX_SOURCE_LENGTH } from "../../../sandbox/host/limits.ts";
import { checkSymbols, integrityOf } from "../../../sandbox/host/symbols.ts";
import { ToolError } from "../../core/errors.ts";
import type { SymbolMap } from "../../core/symbols/symbol-map.ts";
import { bundlePackage } from "../bundle-package.ts";
import { replaceFile } from "../files.ts";
import { findInstalled, type InstalledPackage, parseWanted } from "../installed-package.ts";
import { packageTypes } from "../package-types.ts";
import { type Project, shownPath } from "../project.ts";
import { exportsOf, type SymbolExport } from "../symbol-exports.ts";
import { readSymbols, symbolMapOf, symbolPlaces } from "../symbols.ts";
import { readVendoredList, VENDORED_LIST } from "../vendored.ts";
import { writeEditorFiles } from "../write-editor-files.ts";

export interface SymbolsAddResult {
  readonly name: string;
  /** Name and version. */
  readonly package: string;
  /** Paths as people see them. */
  readonly files: readonly string[];
  readonly exports: readonly string[];
  /** Bytes of the module. */
  readonly size: number;
  readonly integrity: string;
  /** `copied` from the package, or `sketched` from what it exports. */
  readonly types: "copied" | "sketched";
  readonly warnings: readonly string[];
}

/**
 * Bundles an installed package, or a path inside of one, for the sandbox and writes it beside the migrations. `wanted` is a name, with
 * `@version` if it has to be that one. Throws ToolError `usage` for what is not installed or cannot run in the sandbox.
 */
export async function addSymbol(project: Project, wanted: string): Promise<SymbolsAddResult> {
  const { name, of, version } = parseWanted(wanted);
  const places = symbolPlaces(project);
  if (Object.hasOwn(places.registered, name))
    throw new ToolError("usage", `module "${name}" is registered in godwit.yaml already`, { module: name });
  if (Object.hasOwn(places.given ?? {}, name))
    throw new ToolError("usage", `module "${name}" is registered by this program already`, { module: name });
  checkSymbols({ [name]: { kind: "guest", source: "" } });
  const installed = await findInstalled(of, version, project.root);
  const list = await readVendoredList(places.vendored, project.root);
  // What is there of it already may be damaged; that is one reason to add it again.
  const others = symbolMapOf(await readSymbols(places, { except: name }));
  const { source, exported, doubtful } = await bundled(name, installed, others);
  const file = `${name.replaceAll("/", "__")}.js`;
  const types = await packageTypes(name, installed, exported);
  const integrity = integrityOf(source);
  const entry = { package: `${of}@${installed.version}`, file, integrity };
  const next = Object.entries({ ...list, [name]: entry }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const target = (each: string): string => join(places.vendored, each);
  await replaceFile(target(file), source);
  await replaceFile(target(file.replace(/\.js$/, ".d.ts")), types.text);
  await replaceFile(target(VENDORED_LIST), `${JSON.stringify(Object.fromEntries(next), undefined, 2)}\n`);
  const editor = await writeEditorFiles(project);
  const own = [file, file.replace(/\.js$/, ".d.ts"), VENDORED_LIST].map((each) => shownPath(project, target(each)));
  return {
    name,
    package: entry.package,
    files: [...own, ...editor.created, ...editor.updated],
    exports: exported.map((each) => each.name),
    size: Buffer.byteLength(source),
    integrity,
    types: types.origin,
    warnings: doubtful.map((what) => `it uses ${what}, which throws in the sandbox when it is called`),
  };
}

interface Bundled {
  readonly source: string;
  readonly exported: readonly SymbolExport[];
  readonly doubtful: readonly string[];
}

/** A package of CommonJS shows its exports only when it runs, which it does in the sandbox; then it is bundled again with their names. */
async function bundled(name: string, { version, root }: InstalledPackage, others: SymbolMap): Promise<Bundled> {
  const head = `// ${name} ${version}, bundled for the sandbox by godwit. Do not edit: symbols.json knows what it has to be.\n`;
  const attempt = async (named: readonly string[]): Promise<Bundled & { readonly inner: readonly string[] }> => {
    const { source, doubtful } = await bundlePackage(name, root, named);
    const text = head + source;
    if (text.length > MAX_SOURCE_LENGTH)
      throw new ToolError(
        "usage",
        `"${name}" is larger than ${MAX_SOURCE_LENGTH / 1024 ** 2} MiB, the most that a module may have`,
      );
    const found = await exportsOf(name, { ...others, [name]: { kind: "guest", source: text } });
    return { source: text, doubtful, ...found };
  };
  const first = await attempt([]);
  const onlyDefault = first.exported.every((each) => each.name === "default");
  return onlyDefault && first.inner.length > 0 ? attempt(first.inner) : first;
}
