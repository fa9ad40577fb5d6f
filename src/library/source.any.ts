import { ToolError } from "../core/errors.ts";
import { type CompiledSource, compiledData } from "../runtime/compiled-source.ts";
import { compiledIn, kindOf } from "./compiled-in.ts";
import type { MigrationFiles } from "./options.ts";

/** What compiled migrations are to the rest of the library: a directory that is empty. */
export interface Source {
  readonly directory: string;
  readonly root: string;
  readonly compiled: CompiledSource;
  dispose(): void;
}

/** Rejects with ToolError `usage` for what is not what `godwit compile` made. */
export async function openSource(files: MigrationFiles, name = "migrations"): Promise<Source> {
  const data = compiledIn(files);
  if (data === undefined)
    throw new ToolError(
      "usage",
      `"migrations" is ${kindOf(files)}, and not what \`godwit compile\` writes: there is no sandbox here that could evaluate migration files; compile them, and import the JSON file or the module`,
    );
  const single = name === "migrations";
  const compiled = { ...compiledData(data, name), single };
  return { directory: `/${name}`, root: "/", compiled, dispose: () => undefined };
}
