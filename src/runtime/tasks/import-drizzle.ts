import { recordDrizzle } from "../../../sandbox/host/drizzle.ts";
import type { Selection } from "../../core/ddl/selection.ts";
import { drizzleSchema } from "../../core/drizzle/schema.ts";
import { ToolError } from "../../core/errors.ts";
import { filesWithImports } from "../drizzle-files.ts";
import type { Project } from "../project.ts";
import { dialectLike } from "../url.ts";
import { type ImportResult, imported } from "./schema-import.ts";

/**
 * Declares what drizzle-kit would make of files of Drizzle tables; a directory stands for the files in it, at any depth. They are evaluated in
 * the sandbox. Throws ToolError `file`, and `schema` or `limit` with the place of what is wrong.
 */
export async function importDrizzle(
  project: Pick<Project, "database">,
  { paths, ...selection }: Selection & { readonly paths: readonly string[] },
): Promise<ImportResult> {
  const found = await recordDrizzle(await filesWithImports(paths)).catch((error: unknown) => {
    throw ofFile(error);
  });
  const { dialect, live } = drizzleSchema(found);
  return imported(live, await dialectLike(project.database, dialect), selection);
}

/** The sandbox speaks of migrations, and of the directory that all files share. */
function ofFile(error: unknown): unknown {
  if (!(error instanceof ToolError) || (error.code !== "migration" && error.code !== "limit")) return error;
  const { module, file } = error.data;
  const place = /^(?:\.\/)?(.*?:\d+:\d+: )/.exec(error.message)?.[1] ?? "";
  const told =
    typeof module === "string"
      ? place + importReason(module)
      : error.message
          .replace(/^\.\//, "")
          .replace(/; (?:a migration|it) returns operations.*$/s, "")
          .replaceAll(/\b(a|the) migration\b/g, "$1 file of tables");
  const data = { ...error.data, ...(typeof file === "string" && { file: file.replace(/^\.\//, "") }) };
  return new ToolError(error.code === "limit" ? "limit" : "schema", told, data, { cause: error });
}

function importReason(module: string): string {
  if (module.startsWith("."))
    return `"${module}" is not there, or lies neither below the file that is imported nor below the current directory`;
  return `"${module}" is neither a package nor an alias of tsconfig.json; write a relative path`;
}
