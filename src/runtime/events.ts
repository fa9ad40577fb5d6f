import type { LockHolder } from "./lock-holder.ts";

/** What a run reports while it goes on. Durations are in milliseconds; operations and migrations count from 0. */
export type RunEvent =
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
  | {
      readonly type: "operation";
      readonly migration: string;
      /** Index of the operation in its migration. */
      readonly operation: number;
      readonly title: string;
      readonly durationMs: number;
    }
  | (MigrationEvent<"migration-end"> & { readonly durationMs: number })
  | (MigrationEvent<"migration-failed"> & { readonly message: string })
  | {
      readonly type: "run-end";
      readonly direction: Direction;
      readonly migrations: readonly string[];
      readonly durationMs: number;
    };

export type Direction = "up" | "down";

interface MigrationEvent<T extends string> {
  readonly type: T;
  readonly direction: Direction;
  readonly migration: string;
  readonly index: number;
  readonly total: number;
}

export type OnEvent = (event: RunEvent) => void;
