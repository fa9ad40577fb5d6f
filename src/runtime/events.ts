import type { LockHolder } from "./lock-holder.ts";

/** What a run reports while it goes on. Durations are in milliseconds; operations and migrations count from 0. */
export type RunEvent =
  | ConnectedEvent
  | { readonly type: "waiting"; readonly holder?: LockHolder; readonly waitedMs: number }
  /** A statement did not get its lock in time; after the pause, that or the whole migration is tried again. */
  | {
      readonly type: "retry";
      readonly migration: string;
      /** How often it was tried in vain, from 1. */
      readonly attempt: number;
      /** How often it is tried again at most. */
      readonly retries: number;
      readonly waitMs: number;
      /** What the database said. */
      readonly message: string;
    }
  /** Something a person should read, with nothing to do about it. */
  | { readonly type: "note"; readonly message: string }
  | { readonly type: "warning"; readonly message: string; readonly migration?: string; readonly operation?: number }
  /** A notice of the database server. */
  | { readonly type: "notice"; readonly message: string }
  | { readonly type: "run-start"; readonly direction: Direction; readonly migrations: readonly string[] }
  | MigrationEvent<"migration-start">
  | StatementEvent
  | ProgressEvent
  | {
      readonly type: "operation";
      readonly migration: string;
      /** Index of the operation in its migration. */
      readonly operation: number;
      readonly title: string;
      /** Absent where the database was sent all of the migration at once. */
      readonly durationMs?: number;
    }
  | (MigrationEvent<"migration-end"> & { readonly durationMs: number })
  | (MigrationEvent<"migration-failed"> & { readonly message: string })
  | HookEvent
  | {
      readonly type: "run-end";
      readonly direction: Direction;
      readonly migrations: readonly string[];
      readonly durationMs: number;
    };

export type Direction = "up" | "down";

/** The database that is worked on; comes before everything that is done to it. */
export interface ConnectedEvent {
  readonly type: "connected";
  /** Name of the dialect. */
  readonly dialect: string;
  /** Name of the database; for SQLite, the path of its file. */
  readonly namespace?: string;
  readonly host?: string;
  readonly port?: number;
}

interface MigrationEvent<T extends string> {
  readonly type: T;
  readonly direction: Direction;
  readonly migration: string;
  readonly index: number;
  readonly total: number;
}

/** A statement of a migration that the database has carried out or refused. Its values are not part of it. */
export interface StatementEvent {
  readonly type: "statement";
  readonly migration: string;
  /** Index of the operation in its migration. */
  readonly operation: number;
  /** `CREATE INDEX` */
  readonly verb: string;
  /** The name that stands after it. */
  readonly target?: string;
  /** Absent where the database was sent all of the migration at once. */
  readonly durationMs?: number;
  /** Set when it was refused: the database's code, else what kind of error it is. */
  readonly error?: string;
}

/** What events say of a statement, whatever becomes of it. */
export type StatementName = Pick<StatementEvent, "migration" | "operation" | "verb" | "target">;

/** How far a long statement is, by the database's own account. */
export interface ProgressEvent extends StatementName {
  readonly type: "progress";
  /** What the database calls the part of the work that it is at. */
  readonly phase?: string;
  /** Of `total`, in units of the database; both absent where it does not tell for this phase. */
  readonly done?: number;
  readonly total?: number;
  readonly elapsedMs: number;
}

/** A hook that has run. */
export interface HookEvent {
  readonly type: "hook";
  readonly when: HookTime;
  /** Of that list, from 0. */
  readonly index: number;
  /** The command, or what its SQL begins with. */
  readonly title: string;
  readonly migration?: string;
  readonly durationMs: number;
  /** The last of what it printed. */
  readonly output?: string;
  /** Why it failed, with the output. */
  readonly error?: string;
}

/** When hooks run, by their names in godwit.yaml. */
export const hookTimes = ["before_run", "after_run", "before_migration", "after_migration", "on_failure"] as const;
export type HookTime = (typeof hookTimes)[number];

/** Of a project with tracks. */
export interface OfTrack {
  readonly track?: string;
}

export type OnEvent = (event: RunEvent & OfTrack) => void;
