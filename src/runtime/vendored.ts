import { join } from "node:path";
import * as v from "valibot";
import { ToolError } from "../core/errors.ts";
import { listDirectory, readFound } from "./files.ts";
import { shownPath } from "./project.ts";

/** What symbols.json says of a package: module name → this. */
export interface VendoredEntry {
  /** Name and version. */
  readonly package: string;
  /** Beside symbols.json. */
  readonly file: string;
  readonly integrity: string;
}

/** The list of packages that `godwit symbols add` has bundled. */
export const VENDORED_LIST = "symbols.json";

/** Reads the list in a directory; empty when there is none. Throws ToolError `config`. */
export async function readVendoredList(
  directory: string,
  root: string,
): Promise<Readonly<Record<string, VendoredEntry>>> {
  if (!(await listDirectory(directory)).includes(VENDORED_LIST)) return {};
  const path = join(directory, VENDORED_LIST);
  const result = v.safeParse(listShape, parseJson(readFound(path)));
  if (result.success) return result.output;
  const message = `${shownPath({ root }, path)} is not what godwit writes; add its packages again with: godwit symbols add`;
  throw new ToolError("config", message, { file: shownPath({ root }, path) });
}

/** Reads the packages in a directory, but for one. Throws ToolError `config` or `file`. */
export async function readVendored(
  directory: string,
  { root, except }: { readonly root: string; readonly except?: string },
) {
  const entries = Object.entries(await readVendoredList(directory, root)).filter(([name]) => name !== except);
  return Promise.all(
    entries.map(async ([name, { package: of, file, integrity }]) => {
      const path = join(directory, file);
      const source = readFound(path);
      const module = { kind: "guest", path: shownPath({ root }, path), source, integrity } as const;
      return { name, kind: "package", path, package: of, module } as const;
    }),
  );
}

const listShape = v.record(
  v.string(),
  v.strictObject({
    package: v.string(),
    file: v.pipe(v.string(), v.regex(/^[\w@-][\w@.-]*\.js$/)),
    integrity: v.pipe(v.string(), v.startsWith("sha256-")),
  }),
);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
