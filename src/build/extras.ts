import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The modules that every migration may import besides `"godwit"`: `sandbox/guest/extras/NAME.ts` is `"godwit/NAME"`. */
export const extraNames = ["csv", "hash", "text", "uuid"] as const;

const fileOf = (root: string, name: string): string => join(root, `sandbox/guest/extras/${name}.ts`);

/** What `sandbox/host/extras.gen.ts` holds: module name → its JavaScript in one piece, with the libraries in it. */
export async function bundleExtras(root: string): Promise<Readonly<Record<string, string>>> {
  const sources = await Promise.all(extraNames.map((name) => bundleForGuest(fileOf(root, name))));
  return Object.fromEntries(extraNames.map((name, i) => [`godwit/${name}`, sources[i] ?? ""]));
}

/** What stands in for Drizzle where files of its tables are read. */
export const bundleDrizzle = (root: string): Promise<string> =>
  bundleForGuest(join(root, "sandbox/guest/drizzle/index.ts"));

/**
 * What an author's editor sees of a module: its exported interfaces, constants and functions with their comments, without what is in them.
 * Throws an Error for an export in another form, so that none is missing from the types.
 */
export function extraTypes(root: string, name: string): string {
  const source = readFileSync(fileOf(root, name), "utf8");
  const found = [...source.matchAll(DECLARATION)];
  const exported = source.match(/^export /gm)?.length ?? 0;
  if (found.length !== exported)
    throw new Error(
      `${fileOf(root, name)} has ${exported} exports, of which ${found.length} have a comment and a type`,
    );
  const types = found.map(([, comment, shape, value]) =>
    shape ? `${comment}${shape}\n` : `${comment}${value?.replaceAll(/: (\w+) = \{\}/g, "?: $1")};\n`,
  );
  return `// Types of the module "godwit/${name}" that migrations import. Written by godwit; a newer godwit may write it again.\n\n${types.join("\n")}`;
}

/** A comment; then an interface as a whole, or a constant or function up to its value. */
const DECLARATION =
  /(\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)(?:(export interface [\s\S]*?\n})|(export (?:const \w+: (?:[^{=]*|\{[^}]*\})(?= = )|function \w+\([^)]*\): .*(?= \{\n))))/g;

/** One file and all that it imports as one ES module that needs nothing but the language. */
export async function bundleForGuest(entry: string): Promise<string> {
  const result = await Bun.build({ entrypoints: [entry], target: "browser", format: "esm", minify: true });
  const [output] = result.outputs;
  if (!output) throw new Error(`nothing came out of ${entry}`);
  return (await output.text()).trimEnd();
}
