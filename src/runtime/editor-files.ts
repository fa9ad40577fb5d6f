import configShape from "../../templates/project/godwit/config.schema.json" with { type: "text" };
// Declaration files are wanted as text; TypeScript would have them imported as types only.
// @ts-expect-error
import csvTypes from "../../templates/project/godwit/csv.d.ts" with { type: "text" };
// @ts-expect-error
import hashTypes from "../../templates/project/godwit/hash.d.ts" with { type: "text" };
import schemaShape from "../../templates/project/godwit/schema.schema.json" with { type: "text" };
// @ts-expect-error
import textTypes from "../../templates/project/godwit/text.d.ts" with { type: "text" };
// @ts-expect-error
import uuidTypes from "../../templates/project/godwit/uuid.d.ts" with { type: "text" };
// @ts-expect-error
import types from "../../templates/project/godwit.d.ts" with { type: "text" };
import tsconfig from "../../templates/project/tsconfig.json" with { type: "text" };

/** The JSON Schemas of schema files and of godwit.yaml. */
export const schemaShapeFile = "godwit/schema.schema.json";
export const configShapeFile = "godwit/config.schema.json";

/**
 * Files beside the migrations that let an editor, and plain `tsc`, check them and the YAML offline: name → text. They are godwit's own: `init`
 * writes them anew when they are out of date.
 */
export const editorFiles: Readonly<Record<string, string>> = {
  "godwit.d.ts": types as unknown as string,
  "godwit/csv.d.ts": csvTypes as unknown as string,
  "godwit/hash.d.ts": hashTypes as unknown as string,
  "godwit/text.d.ts": textTypes as unknown as string,
  "godwit/uuid.d.ts": uuidTypes as unknown as string,
  [schemaShapeFile]: schemaShape as unknown as string,
  [configShapeFile]: configShape as unknown as string,
  "tsconfig.json": tsconfig as unknown as string,
};

/** The same, when modules are registered: module name → where its types are, relative to the migrations. */
export function editorFilesWith(types: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { compilerOptions, ...rest } = JSON.parse(editorFiles["tsconfig.json"] ?? "") as {
    readonly compilerOptions: { readonly paths: Readonly<Record<string, readonly string[]>> };
  };
  const added = Object.entries(types).map(([name, path]) => [name, [path]] as const);
  if (added.length === 0) return editorFiles;
  const paths = { ...compilerOptions.paths, ...Object.fromEntries(added) };
  const text = JSON.stringify({ compilerOptions: { ...compilerOptions, paths }, ...rest }, undefined, 2);
  return { ...editorFiles, "tsconfig.json": `${text}\n` };
}
