/**
 * For programs that are godwit with more for migrations to import. What is exported here is documented in docs/custom-cli.md, and is
 * `godwit/cli` in the installed package.
 *
 * @module
 */
import { ToolError } from "../core/errors.ts";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";
import { execute } from "./run.ts";

export type { ErrorCode, ErrorData } from "../core/errors.ts";
export { ToolError } from "../core/errors.ts";
export type { Shape, ValueOf } from "../core/shapes/shape.ts";
export { shape } from "../core/shapes/shape.ts";
export type { HostFunctions, HostModule, HostModuleOptions } from "../core/symbols/host-module.ts";
export { hostModule } from "../core/symbols/host-module.ts";
export type { GuestModule, SymbolMap } from "../core/symbols/symbol-map.ts";
export { guestModule } from "../core/symbols/symbol-map.ts";

export interface CliOptions {
  /** What migrations may import besides what is built in and what the project registers: module name → hostModule() or guestModule(). */
  readonly symbols?: SymbolMap;
  /** What the program calls itself in its help. Default: `godwit`. */
  readonly name?: string;
}

export interface Cli {
  /**
   * Runs one command line; everything is printed by then. The result is the exit code: 0 fine, 1 failed, 2 wrong usage, 3 a check found something.
   * End the process with it (`process.exit`): a migration that spins inside a built-in function goes on until then. Never rejects for what a
   * command has to say. `argv` is without the names of runtime and script; default: that of the process.
   */
  run(argv?: readonly string[]): Promise<number>;
}

/** Makes godwit's command line with modules of this program. Throws ToolError `usage` for options that do not exist. */
export function createCli(options: CliOptions = {}): Cli {
  const { symbols, name, ...others } = options;
  const [stray] = Object.keys(others);
  if (stray !== undefined)
    throw new ToolError("usage", `there is no option "${stray}"; there are symbols, name`, { option: stray });
  if (name !== undefined && !/^[\w.-]+$/.test(name))
    throw new ToolError("usage", `"${name}" cannot be the name of a program; use letters, digits, "-", "_" and "."`, {
      name,
    });
  const identity = { executable: process.argv0, name, symbols };
  return { run: (argv = process.argv.slice(2)) => execute(argv, identity) };
}
