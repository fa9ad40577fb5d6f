/**
 * The library for runtimes that have `fetch` and no files: Deno, Workers, browsers. Migrations come compiled, databases are reached over HTTP.
 * What is exported here is documented in docs/edge.md.
 *
 * @module
 */
export type { ErrorCode, ErrorData } from "../../core/errors.ts";
export { PartialError, ToolError } from "../../core/errors.ts";
export type { RunEvent } from "../../runtime/events.ts";
export type { StatusResult } from "../../runtime/tasks/status.ts";
export type { MigrateResult } from "../migrate-result.ts";
export type { CheckResult, TrackCheck, TrackState } from "../standing.ts";
export { check, requireCurrent } from "./check.ts";
export { type ClickhouseOptions, clickhouse } from "./clickhouse.ts";
export { type D1Binding, type D1HttpOptions, d1, d1Http } from "./d1.ts";
export { type LibsqlOptions, libsql } from "./libsql.ts";
export { migrate } from "./migrate.ts";
export type { CompiledMigrations, EdgeDriver, EdgeMigrateOptions, EdgeReadOptions, EdgeTrack } from "./options.ts";
export { status } from "./status.ts";
