import { guestModule, type SymbolMap } from "../../src/core/symbols/symbol-map.ts";
import { importedNames } from "./imported-names.ts";
import { evaluateModules } from "./index.ts";

/** Files of Drizzle tables: path below the directory that all of them share → text. */
export interface DrizzleFiles {
  /** What messages call that directory. */
  readonly root: string;
  readonly files: Readonly<Record<string, string>>;
  /** Those whose exports count; the others are there because these import them. */
  readonly entries: readonly string[];
}

/**
 * Evaluates files of Drizzle tables in the sandbox and gives what they declare, as plain data that nobody has checked yet. Drizzle itself is
 * not there: modules stand in for it. Throws ToolError `migration` and `limit` as `evaluateModules` does.
 */
export async function recordDrizzle({ root, files, entries }: DrizzleFiles): Promise<unknown> {
  const { drizzleSource } = await import("./drizzle.gen.ts");
  const symbols: SymbolMap = {
    ...standIns(Object.values(files)),
    [STAND_IN]: guestModule({ source: drizzleSource }),
    [SCHEMA]: guestModule({ source: "", path: root, files: { ...files, [COLLECTION]: collection(entries) } }),
  };
  const source = `import found from ${JSON.stringify(SCHEMA)};\nexport default found;\n`;
  const [evaluated] = await evaluateModules([{ path: root, source }], { symbols });
  return evaluated?.value;
}

const STAND_IN = "drizzle-orm/stand-in";
const SCHEMA = "schema";
/** The file that a directory stands for. A file of this name in its root would be another one. */
const COLLECTION = "index.ts";

function collection(entries: readonly string[]): string {
  const imports = entries.map((path, i) => `import * as m${i} from ${JSON.stringify(`./${path}`)};`);
  const list = entries.map((_, i) => `m${i}`).join(", ");
  return `import { collect } from "${STAND_IN}";\n${imports.join("\n")}\nexport default collect([${list}]);\n`;
}

/** The part of the stand-in that each module of Drizzle is. */
const parts: Readonly<Record<string, string>> = {
  "drizzle-orm": "orm",
  "drizzle-orm/mysql-core": "mysql",
  "drizzle-orm/pg-core": "pg",
  "drizzle-orm/sqlite-core": "sqlite",
};

/** A module for each that the files import by name, with everything that they take from it; what is not known is opaque. */
function standIns(sources: readonly string[]): SymbolMap {
  const modules = new Map<string, Set<string>>();
  for (const { module, names } of sources.flatMap(importedNames))
    modules.set(module, new Set([...(modules.get(module) ?? []), ...names]));
  return Object.fromEntries(
    [...modules]
      .filter(([module]) => /^[@a-z0-9][\w@./-]*$/i.test(module) && !module.includes(".."))
      .map(([module, names]) => [module, guestModule({ source: standIn(module, names) })]),
  );
}

function standIn(module: string, names: ReadonlySet<string>): string {
  const part = parts[module];
  const unknown = (name: string) =>
    `opaque(${JSON.stringify(`"${name}" of "${module.replace(/^(node|bun)-/, "$1:")}"`)})`;
  const given = [...names].map((name) => {
    const known = part === undefined ? "undefined" : `${part}.${name}`;
    const value = `${name === "default" ? "undefined" : known} ?? ${unknown(name)}`;
    return name === "default" ? `export default ${value};` : `export const ${name} = ${value};`;
  });
  return `import { ${["opaque", ...(part === undefined ? [] : [part])].join(", ")} } from "${STAND_IN}";\n${given.join("\n")}\n`;
}
