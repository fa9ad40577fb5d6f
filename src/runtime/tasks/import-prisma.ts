import { lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Selection } from "../../core/ddl/selection.ts";
import { ToolError } from "../../core/errors.ts";
import { prismaSchema } from "../../core/prisma/schema.ts";
import type { PrismaFile } from "../../core/prisma/tokens.ts";
import { listDirectory, readFound } from "../files.ts";
import type { Project } from "../project.ts";
import { dialectLike, dialectOf } from "../url.ts";
import { type ImportResult, imported } from "./schema-import.ts";

/**
 * Declares what Prisma Migrate would make of the files of a schema; a directory stands for the `.prisma` files in it, at any depth. No database
 * is needed. Throws ToolError `file`, and `schema` with the place of what is wrong.
 */
export async function importPrisma(
  project: Pick<Project, "database">,
  { paths, ...selection }: Selection & { readonly paths: readonly string[] },
): Promise<ImportResult> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  const own = await dialectOf(project.database);
  const { dialect, live } = prismaSchema(files, [own.name, ...(own.variantOf ?? [])]);
  return imported(live, await dialectLike(project.database, dialect), selection);
}

async function filesOf(path: string): Promise<readonly PrismaFile[]> {
  if (!isDirectory(path)) return [{ path, text: readFound(path) }];
  const found = await prismaFilesIn(path);
  if (found.length > 0) return found;
  throw new ToolError("file", `there is no file that ends in .prisma in "${path}"`, { path });
}

/** Links to directories are not followed, because they may lead in circles. */
async function prismaFilesIn(directory: string): Promise<readonly PrismaFile[]> {
  const paths = (await listDirectory(directory)).map((name) => join(directory, name));
  const found = paths.map(async (path) => {
    if (lstatSync(path).isDirectory()) return prismaFilesIn(path);
    return path.endsWith(".prisma") && !isDirectory(path) ? [{ path, text: readFound(path) }] : [];
  });
  return (await Promise.all(found)).flat();
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
