import type { Project } from "../project.ts";
import { tracksOf } from "../tracks.ts";
import { writeEditorFiles } from "../write-editor-files.ts";

/** Brings the editor's files of all tracks up to date; the results are paths as people see them. Throws as `readSymbols` does. */
export async function refreshTypes(
  project: Project,
): Promise<{ readonly created: readonly string[]; readonly updated: readonly string[] }> {
  const written: Awaited<ReturnType<typeof writeEditorFiles>>[] = [];
  for (const own of tracksOf(project)) written.push(await writeEditorFiles(own));
  return { created: written.flatMap(({ created }) => created), updated: written.flatMap(({ updated }) => updated) };
}
