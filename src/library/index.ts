/**
 * The library for programs that bring their database up to date when they start. What is exported here is documented in
 * docs/library.md. Migration files import another module of the same name, inside the sandbox; what that has is here as well, so that a
 * program's compiler and its tests, which do not know of the sandbox, can read migrations as modules.
 *
 * @module
 */
export * from "../../sandbox/guest/index.ts";

export type { Row, Value } from "../core/ddl/dialect.ts";
export type { ErrorCode, ErrorData } from "../core/errors.ts";
export { PartialError, ToolError } from "../core/errors.ts";
export type { Shape, ValueOf } from "../core/shapes/shape.ts";
export { shape } from "../core/shapes/shape.ts";
export type { HostFunctions, HostModule, HostModuleOptions } from "../core/symbols/host-module.ts";
export { hostModule } from "../core/symbols/host-module.ts";
export type { GuestModule, SymbolMap } from "../core/symbols/symbol-map.ts";
export { guestModule } from "../core/symbols/symbol-map.ts";
export type { Driver } from "../runtime/driver.ts";
export type { RunEvent } from "../runtime/events.ts";
export { check, requireCurrent } from "./check.ts";
export { migrate } from "./migrate.ts";
export type { MigrateResult } from "./migrate-result.ts";
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
export type { CheckResult, TrackCheck, TrackState } from "./standing.ts";
