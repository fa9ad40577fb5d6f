import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { Project, Track } from "./project.ts";

/**
 * The project as one for each of its tracks, in the order in which they run. A project without `tracks:`, or with a track chosen, stands
 * for itself.
 */
export const tracksOf = (project: Project): readonly Project[] =>
  project.tracks && !project.track ? project.tracks.map((track) => projectOf(project, track)) : [project];

/** Whether results and messages have to say which track they are about. */
export const hasSeveral = (projects: readonly Project[]): boolean => projects.length > 1;

/** What people call the one track of this project; that of a project without tracks is called `default`. */
export const trackName = (project: Project): string => project.track?.name ?? defaultTrack;

/** The project as that of one of its tracks. Throws ToolError `usage` when it has none of that name. */
export function chooseTrack(project: Project, name: string): Project {
  const names = project.tracks?.map((track) => track.name) ?? [defaultTrack];
  const track = project.tracks?.find((candidate) => candidate.name === name);
  if (track) return projectOf(project, track);
  if (!project.tracks && name === defaultTrack) return project;
  if (!project.tracks)
    throw new ToolError("usage", `there is no track "${name}", because godwit.yaml declares no "tracks:"`, {
      track: name,
    });
  const near = nearest(name, names);
  const hint = near ? `did you mean "${near}"?` : `there are ${names.join(", ")}`;
  throw new ToolError("usage", `there is no track "${name}"; ${hint}`, { track: name, tracks: names });
}

/**
 * A project with several tracks of which none is chosen. It has no directory of migrations: what works on one graph fails, and says that
 * a track is needed. The property is not enumerable, so that a copy with another value can be made.
 */
export function withTracks(project: Omit<Project, "migrationsDir">, tracks: readonly Track[]): Project {
  const names = tracks.map((track) => track.name);
  const several = { ...project, tracks } as Project;
  const [only] = tracks;
  if (only && tracks.length === 1) return projectOf(several, only);
  return Object.defineProperty(several, "migrationsDir", {
    get: () => {
      throw new ToolError("usage", `the project has several tracks: ${names.join(", ")}; say which one with --track`, {
        tracks: names,
      });
    },
  });
}

const projectOf = (project: Project, track: Track): Project => ({
  ...project,
  track,
  migrationsDir: track.migrationsDir,
});

const defaultTrack = "default";

/** An error of one of several tracks says of which. */
export function naming(project: Project, error: unknown): unknown {
  if (!(error instanceof ToolError) || "track" in error.data) return error;
  const track = trackName(project);
  return new ToolError(error.code, `track "${track}": ${error.message}`, { ...error.data, track }, { cause: error });
}
