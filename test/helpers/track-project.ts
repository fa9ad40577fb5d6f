import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadProject } from "../../src/runtime/config.ts";
import type { Project } from "../../src/runtime/project.ts";
import { createProject, type DatabaseName, type MigrationOptions, type TestProject } from "./migration-project.ts";

/** A project with tracks, in a temporary directory with a database of its own. */
export interface TrackProject extends Pick<TestProject, "root" | "query" | "withDatabase" | "dispose"> {
  /** As a command would load it now; `track` is what `--track` says. */
  load(track?: string): Project;
  /** Writes `db/<track>/<name>.ts`. */
  write(track: string, name: string, operations: string, options?: MigrationOptions): void;
  /** Writes any file, such as `db/core/0002_b.up.sql`. */
  file(path: string, text: string): void;
}

/** `tracks` is what stands below `tracks:` in godwit.yaml, an item each: `name: core`; `migrations: db/<name>` is added. */
export async function createTracks(database: DatabaseName, ...tracks: readonly string[]): Promise<TrackProject> {
  const base = await createProject(database);
  const file = (path: string, text: string): void => {
    mkdirSync(join(base.root, path, ".."), { recursive: true });
    writeFileSync(join(base.root, path), text);
  };
  const items = tracks.map((track) => {
    const name = /^name: (\S+)/.exec(track)?.[1] ?? "";
    mkdirSync(join(base.root, "db", name), { recursive: true });
    return `  - ${track.replaceAll("\n", "\n    ")}\n    migrations: db/${name}\n`;
  });
  file("godwit.yaml", `tracks:\n${items.join("")}`);
  return {
    ...base,
    file,
    load: (track) => loadProject({ url: base.database.url, ...(track !== undefined && { track }) }, {}, base.root),
    write: (track, name, operations, options) =>
      base.write(name, operations, { ...options, directory: join(base.root, "db", track) }),
  };
}
