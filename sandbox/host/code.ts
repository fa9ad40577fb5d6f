import type { CodeModule, MigrationCode } from "../../src/core/plan/migration.ts";
import { canonicalJson } from "../../src/core/schema/canonical.ts";
import type { HostModule } from "../../src/core/symbols/host-module.ts";
import type { SymbolMap } from "../../src/core/symbols/symbol-map.ts";

type Code = Pick<MigrationCode, "hash" | "source" | "modules" | "hosts">;

/**
 * The code of a migration file with functions: what counts of it and of the registered modules that it imports. `hash`: what it was found to be
 * before; it is looked at again before anything runs.
 */
export async function codeOf(source: string, symbols: SymbolMap = {}, hash?: string): Promise<Code> {
  const names = importedIn(source, symbols);
  const modules = Object.fromEntries(names.flatMap((name) => named(name, guestIn(symbols, name))));
  const hosts = Object.fromEntries(names.flatMap((name) => named(name, hostIn(symbols, name))));
  const code = { source, modules, ...(Object.keys(hosts).length > 0 && { hosts }) };
  return { hash: hash ?? (await hashOf(code)), ...code };
}

/** Whether code is what its hash says. */
export const isUnchanged = async ({ hash, ...code }: Code): Promise<boolean> => hash === (await hashOf(code));

/** What code may import. */
export const symbolsOf = ({ modules, hosts = {} }: Pick<Code, "modules" | "hosts">): SymbolMap => ({
  ...Object.fromEntries(Object.entries(modules).map(([name, module]) => [name, { kind: "guest", ...module } as const])),
  ...Object.fromEntries(Object.entries(hosts).flatMap(([name, host]) => named(name, host as HostModule | undefined))),
});

/** Of a host module that is the version, which says whether it answers as before. */
async function hashOf({ source, modules, hosts = {} }: Omit<Code, "hash">): Promise<string> {
  // Its reader takes longer to load than most commands run.
  const { codeText } = await import("./code-text.ts");
  const read = Object.entries(modules).map(([name, { source: text, files }]) => [
    name,
    files ? Object.fromEntries(Object.entries(files).map(([path, inner]) => [path, codeText(inner)])) : codeText(text),
  ]);
  const versions = Object.entries(hosts).map(([name, host]) => [
    name,
    { version: (host as HostModule | undefined)?.version },
  ]);
  return new Bun.CryptoHasher("sha256")
    .update(canonicalJson({ source: codeText(source), modules: Object.fromEntries([...read, ...versions]) }))
    .digest("hex");
}

/** Names that a text holds between quotes, and those that their modules hold, sorted: an import cannot be written otherwise. */
function importedIn(source: string, symbols: SymbolMap): readonly string[] {
  const found = new Set<string>();
  const look = (text: string): void => {
    const quoted = quotedIn(text);
    for (const name of Object.keys(symbols)) {
      if (found.has(name) || !quoted.has(name)) continue;
      found.add(name);
      const { source: own = "", files } = guestIn(symbols, name) ?? {};
      for (const inner of files ? Object.values(files) : [own]) look(inner);
    }
  };
  look(source);
  return [...found].toSorted();
}

/** All texts between quotes: whatever a file imports is among them. */
function quotedIn(source: string): ReadonlySet<string> {
  return new Set([...source.matchAll(/(["'])((?:(?!\1)[^\\\n])*)\1/g)].map(([, , text = ""]) => text));
}

function guestIn(symbols: SymbolMap, name: string): CodeModule | undefined {
  const module = symbols[name];
  if (module?.kind !== "guest") return undefined;
  const { source, files, path } = module;
  return { source, ...(files && { files }), ...(path !== undefined && { path }) };
}

function hostIn(symbols: SymbolMap, name: string): HostModule | undefined {
  const module = symbols[name];
  return module?.kind === "host" ? module : undefined;
}

const named = <T>(name: string, module: T | undefined): readonly (readonly [string, T])[] =>
  module === undefined ? [] : [[name, module]];
