import { parseDuration } from "../core/duration.ts";
import { type Position, ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { type Operation, parseOperation } from "../core/operations/index.ts";
import type { CodeLimits, Migration, MigrationCode } from "../core/plan/migration.ts";
import { readOrigin } from "../core/plan/origin.ts";
import { checksumOf } from "./checksum.ts";
import { hasFunctions, withFunctions } from "./functions.ts";

type Code = Omit<MigrationCode, "limits">;

/** What a file's default export is, as plain data. */
export interface MigrationSource {
  readonly path: string;
  readonly value: unknown;
  /** The code that its functions are part of; asked for where it has any. */
  code?(): Promise<Code>;
  /** Where the author wrote a part of the value, such as `operations[2]`. */
  locate?(valuePath: string): Promise<Position | undefined>;
}

/**
 * Checks what a migration file exports. Throws ToolError `migration` that names the file, the place in it and the path in
 * the value, such as `operations[2].fields[0].length`.
 */
export async function parseMigration(name: string, source: MigrationSource): Promise<Migration> {
  try {
    const code = hasFunctions(source.value) ? await source.code?.() : undefined;
    return read(name, source, code);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const position = await source.locate?.(error.path);
    const place = position ? `${position.file}:${position.line}:${position.column}` : source.path;
    const path = error.path ? `${error.path}: ` : "";
    throw new ToolError("migration", `${place}: ${path}${error.message}`, {
      file: source.path,
      path: error.path,
      ...(position && { line: position.line, column: position.column }),
    });
  }
}

class Misfit extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

const keys = [
  "dependencies",
  "operations",
  "replaces",
  "convertedFrom",
  "transaction",
  "lockTimeout",
  "statementTimeout",
  "codeTimeout",
  "codeMemory",
];

function read(name: string, { path: file, value }: MigrationSource, code: Code | undefined): Migration {
  const data = asObject(value);
  for (const key of Object.keys(data)) {
    if (keys.includes(key)) continue;
    const near = nearest(key, keys);
    throw new Misfit(
      key,
      `a migration has no "${key}"${near ? `; did you mean "${near}"?` : `; it has ${keys.join(", ")}`}`,
    );
  }
  const { transaction = true } = data;
  if (typeof transaction !== "boolean") throw new Misfit("transaction", "is not true or false");
  if (!Array.isArray(data["operations"]))
    throw new Misfit("operations", "a migration needs a list of operations, even if it is empty");
  if (data["operations"].length > MAX_PARTS)
    throw new Misfit(
      "operations",
      `has ${data["operations"].length} operations; the limit of one migration is ${MAX_PARTS}`,
    );
  const operations = data["operations"].map((operation: unknown, i) =>
    readOperation(withoutFunctions(operation, `operations[${i}]`, code?.hash), `operations[${i}]`),
  );
  const codeLimits = readCodeLimits(data);
  return {
    name,
    dependencies: readNames(data["dependencies"], "dependencies"),
    operations,
    replaces: readNames(data["replaces"], "replaces"),
    transaction,
    ...readOrigins(data["convertedFrom"]),
    ...readLimits(data),
    ...(code && { code: { ...code, ...(codeLimits && { limits: codeLimits }) } }),
    checksum: checksumOf(operations, transaction),
    file,
  };
}

function readOrigins(value: unknown): Pick<Migration, "convertedFrom"> {
  if (value === undefined) return {};
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > MAX_PARTS) throw new Misfit("convertedFrom", `has ${list.length} parts; the limit is ${MAX_PARTS}`);
  const convertedFrom = list.map((text, i) => {
    const origin = typeof text === "string" ? readOrigin(text) : undefined;
    const path = Array.isArray(value) ? `convertedFrom[${i}]` : "convertedFrom";
    if (!origin)
      throw new Misfit(path, 'is not the name of a tool and what that records, such as "goose 20240101120000"');
    return origin;
  });
  return convertedFrom.length > 0 ? { convertedFrom } : {};
}

function readLimits(data: Readonly<Record<string, unknown>>): Pick<Migration, "limits"> {
  const lockMs = readTime(data["lockTimeout"], "lockTimeout");
  const statementMs = readTime(data["statementTimeout"], "statementTimeout");
  if (lockMs === undefined && statementMs === undefined) return {};
  return { limits: { ...(lockMs !== undefined && { lockMs }), ...(statementMs !== undefined && { statementMs }) } };
}

function readCodeLimits(data: Readonly<Record<string, unknown>>): CodeLimits | undefined {
  const timeMs = readTime(data["codeTimeout"], "codeTimeout");
  if (timeMs === 0) throw new Misfit("codeTimeout", "is 0, and code that nothing limits may never end; write a time");
  const memoryMiB = data["codeMemory"];
  if (memoryMiB !== undefined && !(typeof memoryMiB === "number" && Number.isInteger(memoryMiB) && memoryMiB >= 16))
    throw new Misfit("codeMemory", "is not a whole number of MiB, from 16");
  if (timeMs === undefined && memoryMiB === undefined) return undefined;
  return { ...(timeMs !== undefined && { timeMs }), ...(memoryMiB !== undefined && { memoryMiB }) };
}

function readTime(value: unknown, key: string): number | undefined {
  if (value === undefined) return undefined;
  const ms = typeof value === "string" ? parseDuration(value) : undefined;
  if (ms !== undefined) return ms;
  throw new Misfit(key, 'is not a time; write a text such as "500ms", "2s" or "10m"');
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new Misfit("", "the default export is not a migration; write `export default migration({ … })`");
}

function readOperation(data: unknown, path: string): Operation {
  try {
    return parseOperation(data);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const inner = typeof error.data["path"] === "string" ? error.data["path"] : "";
    throw new Misfit(inner ? `${path}.${inner}` : path, error.message);
  }
}

/** The operation as data: its functions are named by the code that they are part of. */
function withoutFunctions(operation: unknown, path: string, hash: string | undefined): unknown {
  const wrong = (key: string, why: string): never => {
    throw new Misfit(`${path}.${key}`, why);
  };
  return withFunctions(operation, hash ?? "", wrong);
}

function readNames(value: unknown, key: string): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Misfit(key, "is not a list of migration names");
  if (value.length > MAX_PARTS) throw new Misfit(key, `names ${value.length} migrations; the limit is ${MAX_PARTS}`);
  const before = new Set<string>();
  return value.map((name: unknown, i) => {
    if (typeof name !== "string") throw new Misfit(`${key}[${i}]`, "is not the name of a migration");
    if (name.endsWith(".ts"))
      throw new Misfit(`${key}[${i}]`, `a migration is named without its extension: "${name.slice(0, -3)}"`);
    if (before.has(name)) throw new Misfit(`${key}[${i}]`, `"${name}" is listed twice`);
    before.add(name);
    return name;
  });
}

/** A migration of so many operations would be planned and written down for minutes and in gigabytes. */
const MAX_PARTS = 10_000;
