// The declaration file is wanted as text; TypeScript would have it imported as types only.
// @ts-expect-error
import types from "../../templates/project/godwit.d.ts" with { type: "text" };
import tsconfig from "../../templates/project/tsconfig.json" with { type: "text" };

/**
 * Files beside the migrations that let an editor, and plain `tsc`, check them offline: name → text. They are godwit's own: `init`
 * writes them anew when they are out of date.
 */
export const editorFiles: Readonly<Record<string, string>> = {
  "godwit.d.ts": types as unknown as string,
  "tsconfig.json": tsconfig as unknown as string,
};
