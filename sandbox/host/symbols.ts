import { ToolError } from "../../src/core/errors.ts";
import { checkHostModule } from "../../src/core/symbols/host-module.ts";
import type { GuestModule, SymbolMap } from "../../src/core/symbols/symbol-map.ts";
import { sdkSource } from "./sdk.gen.ts";

/** What every project may import, whatever it registers. */
export const builtinNames: readonly string[] = ["godwit", "godwit/csv", "godwit/hash", "godwit/text", "godwit/uuid"];

/** The JavaScript of the modules in `builtinNames`; those besides `"godwit"` are only loaded here. */
export async function builtinSources(): Promise<Readonly<Record<string, string>>> {
  const { extraSources } = await import("./extras.gen.ts");
  return { godwit: sdkSource, ...extraSources };
}

/** Throws ToolError `config` for a name that cannot be registered, for a source that is not the one that was registered, and as `checkHostModule` does. */
export function checkSymbols(registered: SymbolMap): void {
  for (const [name, module] of Object.entries(registered)) {
    if (builtinNames.includes(name) || !/^[@a-z0-9][\w@./-]*$/i.test(name) || name.includes("..")) {
      throw new ToolError(
        "config",
        `"${name}" cannot be registered in the symbol map; use a package name that is not built in`,
        {
          module: name,
        },
      );
    }
    if (module?.kind === "host") checkHostModule(name, module);
    else if (isGuest(module)) checkIntegrity(name, module);
    else
      throw new ToolError("config", `module "${name}" is neither hostModule() nor guestModule({ source })`, {
        module: name,
      });
  }
}

/** Programs in JavaScript have no compiler that would say so. */
const isGuest = (module: Partial<GuestModule> | undefined): boolean =>
  module?.kind === "guest" &&
  typeof module.source === "string" &&
  Object.values(module.files ?? {}).every((text) => typeof text === "string");

/** What `integrity` of a module has to be. */
export const integrityOf = (source: string): string =>
  `sha256-${new Bun.CryptoHasher("sha256").update(source).digest("base64")}`;

function checkIntegrity(name: string, { source, integrity, path }: GuestModule): void {
  if (integrity === undefined) return;
  const found = integrityOf(source);
  if (found === integrity) return;
  const shown = path === undefined ? `module "${name}"` : `module "${name}" (${path})`;
  throw new ToolError(
    "config",
    `${shown} is not the one that was registered: expected ${integrity}, found ${found}; ` +
      `if the change is wanted, register it again with: godwit symbols add ${name}`,
    { module: name, expected: integrity, found },
  );
}
