import { isAbsolute, relative } from "node:path";
import type { LockingTool } from "../core/adopt/locks.ts";
import type { OrderPolicy } from "../core/plan/late.ts";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";
import type { CompiledSource } from "./compiled-source.ts";
import type { DatabaseTarget } from "./database.ts";
import type { HistoryPlace } from "./history.ts";
import type { Hooks } from "./hook-config.ts";
import type { Limits } from "./limits.ts";
import type { LockMode } from "./lock-mode.ts";
import type { LogFormat } from "./log-format.ts";
import type { SeedTexts } from "./seeds.ts";
import type { Requirement } from "./track-config.ts";

/** Everything that tasks need to know of a project; made from godwit.yaml, environment and flags by `loadProject`. */
export interface Project {
  /** Absolute; paths that people see are relative to it. */
  readonly root: string;
  /** godwit.yaml, when there is one. */
  readonly configFile?: string;
  /** Its text, where it is no file but inside of the executable. */
  readonly configText?: string;
  /**
   * Absolute path of the directory that holds the migrations. Where there are several tracks and none is chosen, there is no such
   * directory, and reading it throws ToolError `usage`.
   */
  readonly migrationsDir: string;
  /** Where migrations come from in place of that directory. */
  readonly compiled?: CompiledSource;
  /** Seeds in place of those of `seeds/`. */
  readonly seeds?: SeedTexts;
  /** Absolute paths of schema files or of directories of such. */
  readonly schemaPaths: readonly string[];
  /** Reading `url` may run a password command and may throw ToolError `config`: read it only to connect. */
  readonly database: DatabaseTarget;
  /** The databases that its migrations are to run on, by name. Absent: the one that they run on. */
  readonly databases?: readonly string[];
  /** Its name is what the lock goes by, for all tracks. */
  readonly historyTable: string;
  /** What the statements of migrations may take. */
  readonly limits?: Limits;
  /** Default: `text`. */
  readonly logFormat?: LogFormat;
  /** What migrations may import besides what is built in: module name → absolute path of a file or directory. */
  readonly symbols?: Readonly<Record<string, string>>;
  /** What the program around godwit registers besides. */
  readonly given?: SymbolMap;
  /** What is done before and after runs and migrations. */
  readonly hooks?: Hooks;
  /** How long to wait for a server that is starting, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** What the lock is. Default: what the dialect has. */
  readonly lock?: LockMode;
  /** Other tools at work on the database, whose lock is taken too. */
  readonly alsoLock?: readonly LockingTool[];
  /** How long a lock that is a row lasts without a sign of life, in milliseconds. */
  readonly lockExpiryMs?: number;
  /** What to do with migrations that come late. Default: `any`. */
  readonly order?: OrderPolicy;
  /** What godwit.yaml declares, in the order in which they run. Absent: the project is one track. */
  readonly tracks?: readonly Track[];
  /** The one of `tracks` that tasks are about. */
  readonly track?: Track;
  /** Whether tracks go back to where they were when one of them fails. Default: they do. */
  readonly compensate?: boolean;
}

/** An independent graph of migrations within a project. */
export interface Track {
  readonly name: string;
  /** Absolute. */
  readonly migrationsDir: string;
  /** In place of that directory, and of what the project says. */
  readonly compiled?: CompiledSource;
  /** The schema in the database in which its objects and its history live; absent: where the connection begins. */
  readonly schema?: string;
  readonly historyTable: string;
  readonly requires: readonly Requirement[];
  /** Its SQL says IF [NOT] EXISTS wherever it can. */
  readonly guards?: "required";
  /** Its SQL names no schema. */
  readonly schemaAgnostic?: boolean;
}

export const historyPlace = ({ historyTable, track }: Project): HistoryPlace => ({
  table: track?.historyTable ?? historyTable,
  track: track?.name ?? "default",
});

/** A path as people should see it: relative to the project when it lies inside. */
export function shownPath(project: Pick<Project, "root">, path: string): string {
  const inside = relative(project.root, path).replaceAll("\\", "/");
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside;
}
