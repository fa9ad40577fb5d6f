import { join } from "node:path";
import type { Change } from "../core/diff/change.ts";
import type { Graph } from "../core/plan/graph.ts";
import { createFile, listDirectory } from "./files.ts";
import { type Project, shownPath } from "./project.ts";

/** What came of writing a migration. Part of the public JSON, but for `source`. */
export interface NewMigration {
  /** Path of the new file as people see it; `null` when nothing was written. */
  readonly created: string | null;
  /** `null` when there is nothing to write. */
  readonly name: string | null;
  readonly operations: readonly Change[];
  readonly warnings: readonly string[];
  /** Text of the migration; `null` when there is nothing to write. */
  readonly source: string | null;
  /** What did not fit into one file: the migrations after it, each of which depends on the one before. Absent where there are none. */
  readonly more?: readonly { readonly created: string | null; readonly name: string }[];
}

export interface Draft extends Pick<NewMigration, "operations" | "warnings"> {
  readonly name: string;
  readonly source: string;
  /** Only says what would be written. */
  readonly dry: boolean;
}

/** Writes the file of a migration. Throws ToolError `file`; nothing is ever overwritten. */
export async function writeMigration(project: Project, { dry, ...draft }: Draft): Promise<NewMigration> {
  const path = join(project.migrationsDir, `${draft.name}.ts`);
  if (!dry) await createFile(path, draft.source);
  return { created: dry ? null : shownPath(project, path), ...draft };
}

export const nothingToWrite = (warnings: readonly string[]): NewMigration => ({
  created: null,
  name: null,
  operations: [],
  warnings,
  source: null,
});

/** A migration on top of several heads joins them. Throws ToolError `graph` when somebody has to say first in which order these run. */
export async function refuseConflicting(graph: Graph): Promise<void> {
  if (graph.heads.length < 2) return;
  const { refuseConflicts } = await import("../core/plan/conflicts.ts");
  refuseConflicts(graph);
}

/** Whatever has a number takes part in the numbering, plain SQL too. */
export async function existingNames(directory: string): Promise<readonly string[]> {
  const files = await listDirectory(directory);
  return files.filter((file) => /^\d+_/.test(file)).map((file) => file.replace(/\..*$/, ""));
}
