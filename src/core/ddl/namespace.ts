/** What a database calls a schema: a part of it that holds tables of its own. */
export interface NamespaceSql {
  /** Returns a row when there is one. Parameter: its name. */
  readonly exists: string;
  create(name: string): string;
  /** Returns where the session looks names up: one row with `path`. */
  readonly path: string;
  /** Sets that for the session. Parameter: the path. */
  readonly setPath: string;
  /** The path that makes new things in this one and then looks where `path` looks; without `path`, nowhere else. */
  pathTo(name: string, path?: string): string;
}
