/**
 * The library for programs that bring their database up to date when they start. What is exported here is documented in
 * docs/library.md. What migration files import from "godwit" is something else: it exists inside the sandbox only.
 *
 * @module
 */

export type { Row, Value } from "../core/ddl/dialect.ts";
export type { ErrorCode, ErrorData } from "../core/errors.ts";
export { PartialError, ToolError } from "../core/errors.ts";
export type { Driver } from "../runtime/driver.ts";
export type { RunEvent } from "../runtime/events.ts";
export type { CheckResult, TrackCheck, TrackState } from "./check.ts";
export { check, requireCurrent } from "./check.ts";
export type { MigrateResult } from "./migrate.ts";
export { migrate } from "./migrate.ts";
export { open } from "./open.ts";
export type {
  CheckOptions,
  DatabaseOptions,
  MigrateOptions,
  MigrationFiles,
  MigrationsOptions,
  OpenOptions,
  Policies,
  RunOptions,
  TrackOptions,
} from "./options.ts";
