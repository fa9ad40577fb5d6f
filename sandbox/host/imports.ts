const scanner = new Bun.Transpiler({ loader: "ts" });

/**
 * A module that a file imports and may not. One whose name is never used is gone when the types are removed, so the sandbox does
 * not meet it; the author should hear of it all the same. Only called for files that were translated: macros are refused by then.
 */
export function foreignImport(source: string, modules: ReadonlySet<string>): string | undefined {
  if (!mayImportMore.test(source)) return undefined;
  const imports = scanner.scanImports(source).filter(({ kind }) => kind === "import-statement");
  return imports.find(({ path }) => !modules.has(path))?.path;
}

/** Nearly every migration imports "godwit" and nothing else; those need no second look. */
const mayImportMore = /\bfrom\s*["'](?!godwit["'])|\bimport\s*["'(]|[\\]u/;
