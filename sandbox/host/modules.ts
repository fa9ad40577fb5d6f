import { builtinSymbols, type SymbolMap } from "./symbols.ts";
import { transpile } from "./transpile.ts";

/** The JavaScript of every module in the map. What a project registers may be TypeScript, so it is translated here. */
export async function guestModules(map: SymbolMap): Promise<Readonly<Record<string, string>>> {
  const registered = Object.entries(map).filter(([name]) => !Object.hasOwn(builtinSymbols, name));
  const scripts = await transpile(registered.map(([name, { source }]) => ({ path: name, source })));
  return {
    ...Object.fromEntries(Object.entries(builtinSymbols).map(([name, { source }]) => [name, source])),
    ...Object.fromEntries(scripts.map((script) => [script.file.path, script.code])),
  };
}
