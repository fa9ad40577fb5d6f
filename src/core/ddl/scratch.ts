/** How a database of its own is made on a server for a moment, as data. Names are not quoted yet. */
export interface ScratchSql {
  /** What the query `likeness` gave where there is one, as it stands. */
  create(name: string, likeness: string): string;
  /** Asks the database beside which it is made for what they should have in common, as one text `likeness`; absent: for nothing. */
  readonly likeness?: string;
  /** It may be in use still. */
  drop(name: string): string;
  /** The script without what is meant for its command-line client; every place in it stays where it is. */
  withoutClientCommands(script: string): string;
}
