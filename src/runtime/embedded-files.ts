/** Directories that exist in this process only: path → file name → text. */
const directories = new Map<string, ReadonlyMap<string, string>>();
let made = 0;

/** Where a directory in memory lies as long as somebody uses it. */
export interface EmbeddedDirectory {
  /** Absolute; `listDirectory` and `readText` read there what was given. */
  readonly path: string;
  remove(): void;
}

/**
 * Makes files that a program holds as texts readable like those of a directory, so that whatever reads migrations need not know where
 * they come from. `name` is the last part of its path, which messages show.
 */
export function embedDirectory(name: string, files: ReadonlyMap<string, string>): EmbeddedDirectory {
  const path = `${embeddedRoot}/${++made}/${name}`;
  directories.set(path, files);
  return { path, remove: () => void directories.delete(path) };
}

/** Absolute, and no file system has it: nothing lies below what is no directory. */
const embeddedRoot = "/dev/null/godwit";

/** The files of a directory in memory; `undefined` for every other path. */
export const embeddedFiles = (directory: string): ReadonlyMap<string, string> | undefined => directories.get(directory);
