import { existsSync } from "node:fs";
import { join } from "node:path";
import { readText } from "./files.ts";
import type { InstalledPackage } from "./installed-package.ts";
import type { SymbolExport } from "./symbol-exports.ts";

/**
 * Types of a package as one file: those it has, when they are one file that needs no other, or else a sketch of what it exports, so that
 * editors work with nothing installed.
 */
export async function packageTypes(
  name: string,
  installed: InstalledPackage,
  exported: readonly SymbolExport[],
): Promise<{ readonly text: string; readonly origin: "copied" | "sketched" }> {
  const file = typesFile(name, installed);
  const text = file === undefined ? undefined : await readText(file);
  if (text !== undefined && !NEEDS_MORE.test(text)) return { text, origin: "copied" };
  return { text: sketch(`${name} ${installed.version}`, exported), origin: "sketched" };
}

/** Types for a module of which only the names of its exports are known. */
function sketch(title: string, exported: readonly SymbolExport[]): string {
  const typeOf = ({ callable }: SymbolExport): string => (callable ? "(...args: any[]) => any" : "any");
  const lines = exported.map((each) =>
    each.name === "default"
      ? `declare const whole: ${each.callable ? "((...args: any[]) => any) & Record<string, any>" : "any"};\nexport default whole;`
      : `export const ${each.name}: ${typeOf(each)};`,
  );
  return `// What ${title} exports: it brings no types that are one file.\n\n${lines.join("\n")}\n`;
}

/** Anything that leads to another file. */
const NEEDS_MORE = /\bfrom\s*["']|\bimport\s*\(|\brequire\s*\(|^\s*import\s|\/\/\/\s*<reference/m;

function typesFile(name: string, { directory, root, manifest, name: of }: InstalledPackage): string | undefined {
  const path = `.${name.slice(of.length)}`;
  const atTypes = join(root, "node_modules/@types", of.replace(/^@/, "").replace("/", "__"));
  const stem = path === "." ? "index" : path;
  const candidates = [
    typesIn((manifest["exports"] as Readonly<Record<string, unknown>> | undefined)?.[path] ?? manifest["exports"]),
    ...(path === "." ? [manifest["types"], manifest["typings"]] : []),
    `${stem}.d.ts`,
  ].filter((file) => typeof file === "string");
  return [...candidates.map((file) => join(directory, file)), join(atTypes, `${stem}.d.ts`)].find(
    (file) => /\.d\.[cm]?ts$/.test(file) && existsSync(file),
  );
}

/** The first `types` for an import among the conditions of an entry of `exports`. */
function typesIn(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const conditions = entry as Readonly<Record<string, unknown>>;
  const types = conditions["types"];
  if (typeof types === "string") return types;
  for (const condition of ["import", "browser", "default", "require"]) {
    const found = typesIn(conditions[condition]);
    if (found !== undefined) return found;
  }
  return undefined;
}
