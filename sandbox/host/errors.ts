import { type ErrorCode, type ErrorData, type Position, ToolError } from "../../src/core/errors.ts";
import type { HostCalls } from "./host-calls.ts";
import { type CallPlace, hostStopped, hostThrew } from "./host-errors.ts";
import { type Limits, MAX_WEIGHT_MIB } from "./limits.ts";
import type { Fault } from "./messages.ts";
import {
  positionInModule,
  positionInSource,
  positionOfDefault,
  positionOfImport,
  positionOfStack,
  stackInSource,
} from "./positions.ts";
import type { ModuleScripts, Script, SourceFile } from "./script.ts";
import { builtinNames } from "./symbols.ts";

const MIB = 1024 * 1024;

/** An error that begins with its place, as editors and terminals understand it. */
export function positioned(code: ErrorCode, at: Position, what: string, data: ErrorData = {}): ToolError {
  return new ToolError(code, `${at.file}:${at.line}:${at.column}: ${what}`, { ...at, ...data });
}

/** What an evaluation took place in. */
interface Circumstances {
  readonly limits: Limits;
  readonly modules: ModuleScripts;
  readonly host?: Pick<HostCalls, "failure"> | undefined;
}

/** Why a script gave no value, in the author's words and at the author's line. */
export async function faultError(fault: Fault, script: Script, circumstances: Circumstances): Promise<ToolError> {
  const { limits, modules } = circumstances;
  const place = () => placeOf("stack" in fault ? fault.stack : "", script, modules);
  switch (fault.kind) {
    case "threw":
      return thrownError(fault, script, circumstances);
    case "host":
      return hostError(fault, script, circumstances);
    case "time":
      return limitError(await place(), "time", `the migration ran longer than ${seconds(limits)}`);
    case "memory":
      return limitError(await place(), "memory", `the migration needs more than ${limits.memoryMiB} MiB of memory`);
    case "stack":
      return limitError(await place(), "stack", "calls or values are nested too deeply");
    case "crash":
      return limitError(await place(), "memory", `the migration broke the sandbox (${fault.message})`);
    case "no-default":
      return positioned(
        "migration",
        start(script),
        "no default export; a migration ends in: export default migration({ … })",
      );
    case "unsettled":
      return positioned(
        "migration",
        await place(),
        "the migration awaits something that never happens; it has no timers and no input",
      );
    case "module":
      return importError(fault.module, script, modules.scriptOf(fault.importer ?? ""));
  }
}

/** What a registered module throws shows where the migration called it, and where in the module it happened. */
async function thrownError(
  fault: Extract<Fault, { readonly kind: "threw" }>,
  script: Script,
  { modules, host }: Circumstances,
): Promise<ToolError> {
  const failure = typeof fault.host === "number" ? host?.failure(fault.host) : undefined;
  if (failure) return hostThrew(failure, describe(fault), await callPlace(fault.stack, script, modules));
  const inside = await positionInModule(fault.stack, modules);
  const called = await positionOfStack(fault.stack, script);
  if (inside === undefined || called === undefined)
    return positioned("migration", inside ?? called ?? positionOfDefault(script.file), describe(fault));
  const place = `${inside.file}:${inside.line}:${inside.column}`;
  return positioned("migration", called, `${describe(fault)} (at ${place})`, { thrown_at: place });
}

async function hostError(
  { id, stack }: Extract<Fault, { readonly kind: "host" }>,
  script: Script,
  { limits, modules, host }: Circumstances,
): Promise<ToolError> {
  const called = await callPlace(stack, script, modules);
  const failure = host?.failure(id);
  return failure
    ? hostStopped(failure, called, limits)
    : positioned("internal", called.at, "a host function failed, and nothing is known of it");
}

const callPlace = async (stack: string, script: Script, modules: ModuleScripts): Promise<CallPlace> => ({
  at: await placeOf(stack, script, modules),
  stack: await stackInSource(stack, script, modules),
});

async function importError(module: string, script: Script, importer: Script | undefined): Promise<ToolError> {
  const alone = importer !== undefined && isRelative(module);
  const message = alone
    ? `"${module}" cannot be imported: files import each other only within a directory that is registered under "symbols:" in godwit.yaml`
    : moduleMessage(module);
  return positioned("migration", await importPosition(module, importer ?? script), message, { module });
}

/** A value that is not plain data. */
export async function valueError(path: string, problem: string, stack: string, script: Script): Promise<ToolError> {
  const shown = path === "" ? "the default export" : path.length > 200 ? `${path.slice(0, 200)}…` : path;
  return positioned(
    "migration",
    (await positionOfStack(stack, script)) ?? positionOfDefault(script.file),
    `${shown} ${problem}`,
    { path },
  );
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
    positionOfDefault(file),
    "size",
    `${what} ${limit / MIB} MiB, the most that a migration may have`,
    false,
  );
}

/** A file that would take too much while its types are removed. */
export function tooHeavy(file: SourceFile, mib: number): ToolError {
  const what = `translating the file from TypeScript may take ${Math.ceil(mib)} MiB of memory, and a migration may take ${MAX_WEIGHT_MIB}; split it, or write its rows as one text for parseRecords of "godwit/csv"`;
  return sizeError(positionOfDefault(file), "size", what, false);
}

function limitError(position: Position, limit: "time" | "memory" | "stack", what: string): ToolError {
  return positioned("limit", position, `${what}; a migration returns operations and leaves the work to the database`, {
    limit,
  });
}

function seconds({ deadlineMs }: Limits): string {
  return deadlineMs % 1000 === 0 ? `${deadlineMs / 1000} s` : `${deadlineMs} ms`;
}

/** Where the migration was, or else where one of its modules was. */
export async function placeOf(stack: string, script: Script, modules: ModuleScripts): Promise<Position> {
  const called = await positionOfStack(stack, script);
  return called ?? (await positionInModule(stack, modules)) ?? positionOfDefault(script.file);
}

async function importPosition(module: string, script: Script): Promise<Position> {
  return (await positionOfImport(module, script)) ?? positionInSource(script.file, module);
}

function start({ file }: Script): Position {
  return { file: file.path, line: 1, column: 1 };
}

function describe({ name, message }: { readonly name: string; readonly message: string }): string {
  // On a line of its own, what an author writes could look like another message.
  const text = (name === "" || name === "Error" ? message : `${name}: ${message}`).replace(
    /\s*[\r\n\u2028\u2029]\s*/g,
    " ",
  );
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

const isRelative = (module: string): boolean => /^\.{0,2}\//.test(module) || module === "." || module === "..";

function moduleMessage(module: string): string {
  if (isRelative(module)) {
    return `"${module}" cannot be imported: a migration stands alone, so that it never changes with another file; copy what it needs, or name the file under "symbols:" in godwit.yaml`;
  }
  if (/^(node|bun|file|data|https?|npm|jsr):/.test(module)) {
    return `"${module}" cannot be imported: a migration has no access to the system, only to "godwit" and to registered modules`;
  }
  if (module.startsWith("godwit/")) {
    return `there is no module "${module}"; built in are ${builtinNames.map((name) => `"${name}"`).join(", ")}`;
  }
  return `module "${module}" is not in the symbol map; register it with: godwit symbols add ${module}`;
}
