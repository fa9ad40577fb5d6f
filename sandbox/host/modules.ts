import type { HostModule } from "../../src/core/symbols/host-module.ts";
import type { SymbolMap } from "../../src/core/symbols/symbol-map.ts";
import { fileId } from "./resolve.ts";
import type { ModuleScripts, Script } from "./script.ts";
import { builtinNames, builtinSources, checkSymbols } from "./symbols.ts";
import { transpile } from "./transpile.ts";

/** What files may import. */
export interface Modules extends ModuleScripts {
  readonly names: ReadonlySet<string>;
  /** Module name → JavaScript; after this, `scriptOf` knows them. What a project registers may be TypeScript, which is translated when this is asked for first. */
  sources(): Promise<Readonly<Record<string, string>>>;
  /** Modules whose functions run outside of the sandbox. */
  readonly hosts: Readonly<Record<string, HostModule>>;
}

/** The built-in modules and those that a project registers. Throws as `checkSymbols` does. */
export function guestModules(registered: SymbolMap = {}): Modules {
  checkSymbols(registered);
  const scripts = new Map<string, Script>();
  let sources: Promise<Readonly<Record<string, string>>> | undefined;
  return {
    names: new Set([...builtinNames, ...Object.keys(registered)]),
    sources: () => {
      sources ??= translated(registered, scripts);
      return sources;
    },
    scriptOf: (id) => scripts.get(id),
    hosts: Object.fromEntries(
      Object.entries(registered).flatMap(([name, module]) => (module.kind === "host" ? [[name, module] as const] : [])),
    ),
  };
}

/** A module of several files is there by its files only; resolve.ts knows which of them its name means. */
async function translated(
  registered: SymbolMap,
  scripts: Map<string, Script>,
): Promise<Readonly<Record<string, string>>> {
  const files = Object.entries(registered).flatMap(([name, module]) => {
    if (module.kind === "host") return [];
    const { source, path = name, files: several } = module;
    if (several === undefined) return [{ id: name, path, source }];
    return Object.entries(several).map(([file, text]) => ({
      id: fileId(name, file),
      path: `${path}/${file}`,
      source: text,
    }));
  });
  for (const [i, script] of (await transpile(files)).entries()) scripts.set(files[i]?.id ?? "", script);
  return { ...(await builtinSources()), ...Object.fromEntries([...scripts].map(([id, { code }]) => [id, code])) };
}
