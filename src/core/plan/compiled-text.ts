import type { Compiled, CompiledTrack } from "./compiled.ts";

/** As what compiled migrations are written: a JSON file, or a module of TypeScript that a program imports. */
export const compiledFormats = ["json", "module"] as const;
export type CompiledFormat = (typeof compiledFormats)[number];

/** The text of a file of compiled migrations, with a line for each file and migration so that a change of one changes few lines. */
export const compiledText = (compiled: Compiled, format: CompiledFormat): string =>
  format === "json" ? `${jsonOf(compiled)}\n` : `${moduleHead}${jsonOf(compiled)}${moduleTail}`;

/** The JSON in the text of either; `undefined` for any other text. */
export function jsonIn(text: string): string | undefined {
  if (/^\s*\{\s*"format":\s*"godwit compiled"/.test(text)) return text;
  const unix = text.replaceAll("\r\n", "\n");
  if (!unix.startsWith(moduleHead) || !unix.endsWith(moduleTail)) return undefined;
  return unix.slice(moduleHead.length, -moduleTail.length);
}

/** Anything narrower makes the compiler infer a type of each operation, and take seconds for a thousand of them. */
const moduleHead = `// Made by \`godwit compile --format module\`; edit the migrations, not this file.
const migrations: Readonly<Record<string, unknown>> = `;

const moduleTail = `;

export default migrations;
`;

const jsonOf = ({ tracks, checksum, ...head }: Compiled): string => {
  const members = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const list = tracks.map((track) => `    ${trackJson(track)}`).join(",\n");
  return ["{", ...members, '  "tracks": [', list, "  ],", `  "checksum": ${JSON.stringify(checksum)}`, "}"].join("\n");
};

const trackJson = ({ name, sources, modules, migrations }: CompiledTrack): string => {
  const entries = (hashes: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(hashes).map(([key, hash]) => `${JSON.stringify(key)}: ${JSON.stringify(hash)}`);
  const data = migrations.map((migration) => JSON.stringify(migration));
  return `{
      "name": ${JSON.stringify(name)},
      "sources": {${lines(entries(sources))}},
      "modules": {${lines(entries(modules))}},
      "migrations": [${lines(data)}]
    }`;
};

const lines = (items: readonly string[]): string =>
  items.length === 0 ? "" : `\n        ${items.join(",\n        ")}\n      `;
