import { type ErrorCode, type ErrorData, type Position, ToolError } from "../../src/core/errors.ts";
import type { Limits } from "./limits.ts";
import type { Fault } from "./messages.ts";
import { positionInSource, positionOfDefault, positionOfEnum, positionOfImport, positionOfStack } from "./positions.ts";
import type { Script, SourceFile } from "./script.ts";
import { builtinNames } from "./symbols.ts";

const MIB = 1024 * 1024;

/** An error that begins with its place, as editors and terminals understand it. */
export function positioned(code: ErrorCode, at: Position, what: string, data: ErrorData = {}): ToolError {
  return new ToolError(code, `${at.file}:${at.line}:${at.column}: ${what}`, { ...at, ...data });
}

/** Why a script gave no value, in the author's words and at the author's line. */
export async function faultError(fault: Fault, script: Script, limits: Limits): Promise<ToolError> {
  switch (fault.kind) {
    case "threw":
      return positioned("migration", await at(script, fault.stack), describe(fault));
    case "time":
      return limitError(await at(script, fault.stack), "time", `the migration ran longer than ${seconds(limits)}`);
    case "memory":
      return limitError(
        await at(script, fault.stack),
        "memory",
        `the migration needs more than ${limits.memoryMiB} MiB of memory`,
      );
    case "stack":
      return limitError(await at(script, fault.stack), "stack", "calls or values are nested too deeply");
    case "crash":
      return limitError(await at(script, ""), "memory", `the migration broke the sandbox (${fault.message})`);
    case "no-default":
      return positioned(
        "migration",
        start(script),
        "no default export; a migration ends in: export default migration({ … })",
      );
    case "unsettled":
      return positioned(
        "migration",
        await at(script, ""),
        "the migration awaits something that never happens; it has no timers and no input",
      );
    case "module":
      return positioned("migration", await importPosition(fault.module, script), moduleMessage(fault.module), {
        module: fault.module,
      });
  }
}

/** A value that is not plain data. */
export async function valueError(path: string, problem: string, stack: string, script: Script): Promise<ToolError> {
  const shown = path === "" ? "the default export" : path.length > 200 ? `${path.slice(0, 200)}…` : path;
  return positioned("migration", await at(script, stack), `${shown} ${problem}`, { path });
}

/** A loop that only the end of the process can stop. */
export function runawayError(script: Script, limits: Limits): ToolError {
  return positioned(
    "limit",
    positionOfDefault(script.file),
    `the migration ran longer than ${seconds(limits)} inside one built-in function (such as join, repeat or a regular expression) and cannot be stopped any other way than by ending godwit`,
    { limit: "time", fatal: true },
  );
}

/** A file that costs more than it may before anything of it runs. */
export function sizeError(at: Position, limit: "size" | "memory" | "time", what: string, fatal: boolean): ToolError {
  return positioned("limit", at, what, { limit, ...(fatal && { fatal }) });
}

/** A file that is larger than it may be, as it was written or without its types. */
export function tooLarge(file: SourceFile, what: string, limit: number): ToolError {
  return sizeError(
    positionOfEnum(file),
    "size",
    `${what} ${limit / MIB} MiB, the most that a migration may have`,
    false,
  );
}

function limitError(position: Position, limit: "time" | "memory" | "stack", what: string): ToolError {
  return positioned("limit", position, `${what}; a migration returns operations and leaves the work to the database`, {
    limit,
  });
}

function seconds({ deadlineMs }: Limits): string {
  return deadlineMs % 1000 === 0 ? `${deadlineMs / 1000} s` : `${deadlineMs} ms`;
}

async function at(script: Script, stack: string): Promise<Position> {
  return (await positionOfStack(stack, script)) ?? positionOfDefault(script.file);
}

async function importPosition(module: string, script: Script): Promise<Position> {
  return (await positionOfImport(module, script)) ?? positionInSource(script.file, module);
}

function start({ file }: Script): Position {
  return { file: file.path, line: 1, column: 1 };
}

function describe({ name, message }: { readonly name: string; readonly message: string }): string {
  const text = name === "" || name === "Error" ? message : `${name}: ${message}`;
  const required = /^Dynamic require of "(.*)" is not supported$/s.exec(message)?.[1];
  if (required !== undefined) return `require("${required}") is not available: ${modules}`;
  const missing = /^'?([\w$]+)'? is not defined$/.exec(message)?.[1];
  const why = missing === undefined ? undefined : absent.get(missing);
  return why === undefined ? text || "it threw an error without a message" : `"${missing}" is not available: ${why}`;
}

const system = "a migration has no access to the system; it returns operations, and godwit runs them";
const network = "a migration has no network";
const timers = "a migration has no clock and no timers";
const modules = 'a migration is an ES module; write: import { … } from "godwit"';
const absent: ReadonlyMap<string, string> = new Map([
  ...["process", "Bun", "Deno", "navigator", "window", "document", "self"].map((name) => [name, system] as const),
  ...["fetch", "XMLHttpRequest", "WebSocket"].map((name) => [name, network] as const),
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"].map((name) => [name, timers] as const),
  ...["require", "module", "exports"].map((name) => [name, modules] as const),
  ["crypto", "a migration has no randomness, because it must mean the same whenever it runs"],
]);

function moduleMessage(module: string): string {
  if (/^\.{0,2}\//.test(module) || module === "." || module === "..") {
    return `"${module}" cannot be imported: a migration stands alone, so that it never changes with another file; copy what it needs, or register a module with: godwit symbols add NAME`;
  }
  if (/^(node|bun|file|data|https?|npm|jsr):/.test(module)) {
    return `"${module}" cannot be imported: a migration has no access to the system, only to "godwit" and to registered modules`;
  }
  if (module.startsWith("godwit/")) {
    return `there is no module "${module}"; built in are ${builtinNames.map((name) => `"${name}"`).join(", ")}`;
  }
  return `module "${module}" is not in the symbol map; register it with: godwit symbols add ${module}`;
}
