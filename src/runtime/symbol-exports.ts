import { ToolError } from "../core/errors.ts";
import { reservedWords } from "../core/shapes/reserved-words.ts";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";

/** What a module exports under a name. */
export interface SymbolExport {
  readonly name: string;
  readonly callable: boolean;
}

/**
 * Loads a module of the map in the sandbox and looks at what it exports, which a host module declares; `inner` are the names in its default export that could be exported
 * as well. Throws ToolError `usage` when it cannot be loaded.
 */
export async function exportsOf(
  name: string,
  symbols: SymbolMap,
): Promise<{ readonly exported: readonly SymbolExport[]; readonly inner: readonly string[] }> {
  const module = symbols[name];
  if (module?.kind === "host")
    return { exported: Object.keys(module.exports).map((name) => ({ name, callable: true })), inner: [] };
  const { evaluateModules } = await import("../../sandbox/host/index.ts");
  try {
    const [module] = await evaluateModules([{ path: name, source: inspection(name) }], { symbols });
    return module?.value as Awaited<ReturnType<typeof exportsOf>>;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const why = error.message.replace(/^\S+:\d+:\d+: /, "");
    throw new ToolError("usage", `module "${name}" cannot be loaded in the sandbox: ${why}`, {
      ...error.data,
      module: name,
    });
  }
}

const inspection = (name: string): string => `import * as all from ${JSON.stringify(name)};
const names = Object.keys(all).filter((name) => name !== "__esModule");
const inner = all.default;
const nested = inner !== null && (typeof inner === "object" || typeof inner === "function") ? Object.keys(inner) : [];
const taken = new Set(["all", "default", "prototype", "__esModule", ...${JSON.stringify(reservedWords)}]);
export default {
  exported: names.map((name) => ({ name, callable: typeof all[name] === "function" })),
  inner: nested.filter((name) => /^[A-Za-z_$][\\w$]*$/.test(name) && !taken.has(name)),
};
`;
