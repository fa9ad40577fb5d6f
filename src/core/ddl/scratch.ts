/** How a database of its own is made on a server for a moment, as data. Names are not quoted yet. */
export interface ScratchSql {
  create(name: string): string;
  /** It may be in use still. */
  drop(name: string): string;
  /** The script without what is meant for its command-line client; every place in it stays where it is. */
  withoutClientCommands(script: string): string;
}
