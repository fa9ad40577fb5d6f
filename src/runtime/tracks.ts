import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { OnEvent } from "./events.ts";
import type { Project, Track } from "./project.ts";

/**
 * The project as one for each of its tracks, in the order in which they run. A project without `tracks:`, or with a track chosen, stands
 * for itself.
 */
export const tracksOf = (project: Project): readonly Project[] =>
  project.tracks && !project.track ? project.tracks.map((track) => projectOf(project, track)) : [project];

/** The project as those of the tracks before this one. */
export function earlierTracks(project: Project): readonly Project[] {
  const { tracks = [], track } = project;
  return tracks
    .slice(
      0,
      Math.max(
        0,
        tracks.findIndex(({ name }) => name === track?.name),
      ),
    )
    .map((each) => projectOf(project, each));
}

/** The same for all tracks, also where one is chosen. */
export const allTracks = (project: Project): readonly Project[] =>
  project.tracks?.map((track) => projectOf(project, track)) ?? [project];

/** The project as those of all tracks but this one. */
export const otherTracks = (project: Project): readonly Project[] =>
  allTracks(project).filter((other) => other.track?.name !== project.track?.name);

/** For what is about one graph. Throws ToolError `usage` when none is chosen of several. */
export function onlyTrack(project: Project): Project {
  if (project.tracks && !project.track) throw severalTracks(project.tracks.map((track) => track.name));
  return project;
}

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
      throw severalTracks(names);
    },
  });
}

const projectOf = (project: Project, track: Track): Project => ({
  ...project,
  track,
  migrationsDir: track.migrationsDir,
  ...(track.compiled && { compiled: track.compiled }),
});

const defaultTrack = "default";

/** An error of one of several tracks says of which. */
export function ofTrack(project: Project, error: unknown): unknown {
  const several = (project.tracks?.length ?? 0) > 1;
  if (!several || !(error instanceof ToolError) || "track" in error.data) return error;
  const track = trackName(project);
  return new ToolError(error.code, `track "${track}": ${error.message}`, { ...error.data, track }, { cause: error });
}

/** Does `work`, whose errors say of which track they are. */
export function inTrack<T>(project: Project, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ofTrack(project, error);
  }
}

/** Events that say of which track they are. */
export const eventsOf = ({ track }: Project, onEvent: OnEvent | undefined): OnEvent | undefined =>
  track && onEvent ? (event) => onEvent({ ...event, track: track.name }) : onEvent;

/** What results about one of several tracks have beside the rest. */
export const trackTag = (project: Project): { readonly track?: string } =>
  (project.tracks?.length ?? 0) > 1 ? { track: trackName(project) } : {};

/** A migration's name, with the track's where results are about several: `core/0001_initial`. */
export const nameAmong = (several: boolean, project: Project, name: string): string =>
  several ? `${trackName(project)}/${name}` : name;

const severalTracks = (names: readonly string[]): ToolError =>
  new ToolError("usage", `the project has several tracks: ${names.join(", ")}; say which one with --track`, {
    tracks: names,
  });
