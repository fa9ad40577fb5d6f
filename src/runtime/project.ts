import { isAbsolute, relative } from "node:path";
import type { OrderPolicy } from "../core/plan/late.ts";
import type { DatabaseTarget } from "./database.ts";
import type { HistoryPlace } from "./history.ts";
import type { Limits } from "./limits.ts";

/** Everything that tasks need to know of a project; made from godwit.yaml, environment and flags by `loadProject`. */
export interface Project {
  /** Absolute; paths that people see are relative to it. */
  readonly root: string;
  /** godwit.yaml, when there is one. */
  readonly configFile?: string;
  /** Absolute path of the directory that holds the migrations. */
  readonly migrationsDir: string;
  /** Absolute paths of schema files or of directories of such. */
  readonly schemaPaths: readonly string[];
  /** Reading `url` may run a password command and may throw ToolError `config`: read it only to connect. */
  readonly database: DatabaseTarget;
  readonly historyTable: string;
  /** What the statements of migrations may take. */
  readonly limits?: Limits;
  /** How long to wait for a server that is starting, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** What to do with migrations that come late. Default: `any`. */
  readonly order?: OrderPolicy;
  /** Default: `default`. */
  readonly track?: string;
}

export const historyPlace = (project: Project): HistoryPlace => ({
  table: project.historyTable,
  track: project.track ?? "default",
});

/** A path as people should see it: relative to the project when it lies inside. */
export function shownPath(project: Pick<Project, "root">, path: string): string {
  const inside = relative(project.root, path).replaceAll("\\", "/");
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside;
}
