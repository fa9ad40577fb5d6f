import type { ToolError } from "../../core/errors.ts";
import type { Graph } from "../../core/plan/graph.ts";
import type { Reconciled } from "../../core/plan/reconcile.ts";
import type { JournalEntry } from "../journal.ts";
import type { LockHolder } from "../lock-holder.ts";
import type { Project } from "../project.ts";
import type { ValidateResult } from "../tasks/schema-validate.ts";

/** What was asked for, or why it is not to be had. */
export type Found<T> = { readonly value: T } | { readonly error: ToolError };

/** Everything that the checks judge. What is absent could not be asked, because something before it failed. */
export interface Facts {
  readonly configuration: Found<Project>;
  /** `none`: there is no schema file; migrations may be written by hand. */
  readonly schema?: Found<ValidateResult> | "none";
  /** Names of the modules that the project registers for its migrations. */
  readonly symbols?: Found<readonly string[]>;
  readonly tracks?: readonly TrackFiles[];
  readonly database?: Found<DatabaseFacts>;
  readonly cache: CacheFacts;
  readonly terminal: TerminalFacts;
}

/** The migrations of a track. */
export interface TrackFiles {
  /** Set where there are several. */
  readonly track?: string;
  /** As people see it. */
  readonly directory: string;
  readonly exists: boolean;
  readonly graph: Found<Graph>;
}

export interface DatabaseFacts {
  readonly dialect: string;
  /** Without its password. */
  readonly url: string;
  /** Absent: a file that does not exist yet. */
  readonly server?: ServerFacts;
}

export interface ServerFacts {
  readonly version: string;
  /** Why nothing can be written. */
  readonly obstacle?: string;
  /** Absent where there are no users. */
  readonly rights?: Found<{ readonly lacking: readonly string[]; readonly mayHide: boolean }>;
  /** The server's clock less ours, in milliseconds, and how far off that may be. Absent where there is only one clock. */
  readonly clock?: Found<{ readonly skewMs: number; readonly uncertaintyMs: number }>;
  /** Whether a pooler stands before the server; absent where that cannot be told. */
  readonly pooler?: Found<{ readonly present: boolean; readonly sharesSessions: boolean }>;
  readonly lock: Found<{ readonly mode: "session" | "table"; readonly holder?: LockHolder }>;
  readonly tracks: readonly TrackRecords[];
}

/** What the database has recorded of a track. */
export interface TrackRecords {
  /** Set where there are several. */
  readonly track?: string;
  /** The files beside the history; absent where the files cannot be read. */
  readonly history?: Found<Reconciled>;
  /** Notes by migration. */
  readonly journal: Found<ReadonlyMap<string, readonly JournalEntry[]>>;
}

export interface CacheFacts {
  /** Absent: nothing says where the user's files are. */
  readonly directory?: string;
  readonly writable: boolean;
}

export interface TerminalFacts {
  /** Whether questions can be asked. */
  readonly interactive: boolean;
  readonly colours: boolean;
  /** In columns; absent where the output is no terminal. */
  readonly width?: number;
}
