import { builtinNames, builtinSources, checkSymbols, type SymbolMap } from "./symbols.ts";
import { transpile } from "./transpile.ts";

/** What files may import. */
export interface Modules {
  readonly names: ReadonlySet<string>;
  /** Module name → JavaScript. What a project registers may be TypeScript, which is translated when this is asked for first. */
  sources(): Promise<Readonly<Record<string, string>>>;
}

/** The built-in modules and those that a project registers. Throws as `checkSymbols` does. */
export function guestModules(registered: SymbolMap = {}): Modules {
  checkSymbols(registered);
  let sources: Promise<Readonly<Record<string, string>>> | undefined;
  return {
    names: new Set([...builtinNames, ...Object.keys(registered)]),
    sources: () => {
      sources ??= translated(registered);
      return sources;
    },
  };
}

async function translated(registered: SymbolMap): Promise<Readonly<Record<string, string>>> {
  const files = Object.entries(registered).map(([name, { source }]) => ({ path: name, source }));
  const scripts = await transpile(files);
  return { ...(await builtinSources()), ...Object.fromEntries(scripts.map(({ file, code }) => [file.path, code])) };
}
