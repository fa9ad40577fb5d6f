/** A file as the author wrote it. `path` is what messages call it. */
export interface SourceFile {
  readonly path: string;
  readonly source: string;
}

/** A file without its types. */
export interface Script {
  readonly file: SourceFile;
  readonly code: string;
  /** It only builds data; see inert.ts. */
  readonly inert: boolean;
  /** The source map as text; read only when there is an error to place. */
  readonly map: () => Promise<string>;
}

/** The files of registered modules. */
export interface ModuleScripts {
  /** The one that goes by this name in the sandbox; `undefined` for what is no file of the project. */
  scriptOf(id: string): Script | undefined;
}

/** The name of the author's script in guest stacks. */
export const SCRIPT_NAME = "migration";
