import type { StatementLimits } from "../ddl/limits.ts";
import { printDuration } from "../duration.ts";
import { ToolError } from "../errors.ts";
import { type Operation, titleOf } from "../operations/index.ts";
import type { CodeLimits } from "./migration.ts";
import { type Origin, originText } from "./origin.ts";

export interface MigrationSource {
  readonly dependencies: readonly string[];
  readonly operations: readonly Operation[];
  /** Indexes of operations that a person must look at before the migration is used. */
  readonly review?: ReadonlySet<number>;
  readonly replaces?: readonly string[];
  readonly convertedFrom?: readonly Origin[];
  /** Absent: true. */
  readonly transaction?: boolean;
  /** What its statements may take. */
  readonly limits?: StatementLimits;
  /** What its functions may take. */
  readonly codeLimits?: CodeLimits;
  /** Lines for people, above the migration. */
  readonly comments?: readonly string[];
  /** What it takes from other files. */
  readonly parts?: SourceParts;
}

/** Text that a migration file has besides what is printed of its operations. */
export interface SourceParts {
  /** The names that it imports of the API of migrations. */
  readonly names: readonly string[];
  /** Lines that import something else. */
  readonly imports: readonly string[];
  /** What stands before the migration. */
  readonly text: string;
  /** Operations that are written otherwise than as a call. */
  readonly spelled: ReadonlyMap<Operation, string>;
}

/**
 * The text of a migration file. Evaluating it gives equal operations back; equal input gives equal bytes. Throws ToolError
 * `unsupported` for functions, `internal` for a value that has no place in an operation.
 */
export function printMigration({
  dependencies,
  operations,
  review,
  replaces = [],
  convertedFrom = [],
  comments = [],
  transaction = true,
  limits = {},
  codeLimits = {},
  parts,
}: MigrationSource): string {
  const list = operations.map((operation, i) => {
    const text = parts?.spelled.get(operation) ?? printOperation(operation);
    return `${review?.has(i) ? reviewComment(operation) : ""}    ${text},\n`;
  });
  const members = [
    dependencies.length > 0 && `  dependencies: ${printValue(dependencies, 2, "dependencies: ".length)},\n`,
    replaces.length > 0 && `  replaces: ${printValue(replaces, 2, "replaces: ".length)},\n`,
    convertedFrom.length > 0 && `  convertedFrom: ${printOrigins(convertedFrom)},\n`,
    !transaction && "  transaction: false,\n",
    ...printLimits(limits, codeLimits),
    list.length === 0 ? "  operations: [],\n" : `  operations: [\n${list.join("")}  ],\n`,
  ];
  const calls = operations.filter((operation) => !parts?.spelled.has(operation)).map(({ kind }) => kind);
  const imports = [
    printImport([...calls, ...(parts?.names ?? [])]),
    ...(parts?.imports ?? []).map((line) => `${line}\n`),
  ];
  const before = parts?.text ? `\n${parts.text}` : "";
  const above = comments.map((line) => `// ${oneLine(line)}\n`).join("");
  const body = members.filter((m) => m !== false).join("");
  return `${imports.join("")}${before}\n${above}export default migration({\n${body}});\n`;
}

function printLimits({ lockMs, statementMs }: StatementLimits, { timeMs, memoryMiB }: CodeLimits): readonly string[] {
  const times = { lockTimeout: lockMs, statementTimeout: statementMs, codeTimeout: timeMs };
  const lines = Object.entries(times).flatMap(([key, ms]) =>
    ms === undefined ? [] : [`  ${key}: ${printString(printDuration(ms))},\n`],
  );
  return memoryMiB === undefined ? lines : [...lines, `  codeMemory: ${memoryMiB},\n`];
}

function printOrigins(origins: readonly Origin[]): string {
  const texts = origins.map(originText);
  return printValue(texts.length === 1 ? texts[0] : texts, 2, "convertedFrom: ".length);
}

/** Columns that a line may take. */
const width = 120;

function printImport(used: readonly string[]): string {
  const names = [...new Set(["migration", ...used])].sort();
  const line = `import { ${names.join(", ")} } from "godwit";\n`;
  return line.length <= width ? line : `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "godwit";\n`;
}

const reviewComment = (operation: Operation): string => `    // REVIEW: ${oneLine(titleOf(operation))} may lose data\n`;

/** A name must not end the comment it is quoted in. */
const oneLine = (text: string): string => text.replace(/[\n\r\u2028\u2029]+/g, " ");

function printOperation(operation: Operation): string {
  const { kind, ...params } = operation;
  if (kind === "runCode")
    throw new ToolError(
      "unsupported",
      "runCode has functions, and these are in no operation, but in the file that they are written in",
      { kind },
    );
  return `${kind}(${printValue(params, 4, kind.length + 2)})`;
}

/** A value from column `indent` + `used` on; on one line if it fits, else one member per line. */
function printValue(value: unknown, indent: number, used: number): string {
  const flat = printFlat(value);
  if (flat !== undefined && indent + used + flat.length + 1 <= width) return flat;
  const inner = " ".repeat(indent + 2);
  const close = " ".repeat(indent);
  if (value instanceof Uint8Array) return `new Uint8Array([\n${printBytes(value, inner)}${close}])`;
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${inner}${printValue(item, indent + 2, 0)},\n`).join("")}${close}]`;
  if (isRecord(value)) {
    const lines = membersOf(value).map(
      ([key, member]) => `${inner}${key}: ${printValue(member, indent + 2, key.length + 2)},\n`,
    );
    return `{\n${lines.join("")}${close}}`;
  }
  return printScalar(value);
}

/** `undefined` when some text in it should stand on lines of its own. */
function printFlat(value: unknown): string | undefined {
  if (value instanceof Uint8Array) return `new Uint8Array([${value.join(", ")}])`;
  if (Array.isArray(value)) {
    const items = value.map(printFlat);
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (isRecord(value)) {
    const members = membersOf(value).map(([key, member]) => [key, printFlat(member)] as const);
    if (members.some(([, text]) => text === undefined)) return undefined;
    return members.length === 0 ? "{}" : `{ ${members.map(([key, text]) => `${key}: ${text}`).join(", ")} }`;
  }
  return typeof value === "string" && readsAsLines(value) ? undefined : printScalar(value);
}

function printScalar(value: unknown): string {
  if (typeof value === "string") return readsAsLines(value) ? printLines(value) : printString(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number" && Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "boolean" || value === null) return String(value);
  throw new ToolError("internal", `an operation holds a ${typeof value}, which cannot be written as source`);
}

/** JSON, which escapes quotes, control characters and lone surrogates, plus the two line ends that JSON leaves alone. */
const printString = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029\u007f-\u009f\ufeff]/g, escaped);

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** SQL of several lines is for reading; a short text with a line end, or one with odd characters, is not. */
const readsAsLines = (text: string): boolean =>
  text.length > 40 && text.includes("\n") && !/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/u.test(text);

const printLines = (text: string): string => `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;

function printBytes(bytes: Uint8Array, inner: string): string {
  const perLine = Math.floor((width - inner.length) / 5);
  const lines: string[] = [];
  for (let i = 0; i < bytes.length; i += perLine) lines.push(`${inner}${bytes.subarray(i, i + perLine).join(", ")},\n`);
  return lines.join("");
}

const membersOf = (value: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] =>
  Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[printKey(key), member] as const]));

/** `__proto__` as a plain key would set the prototype. */
function printKey(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printString(key);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
