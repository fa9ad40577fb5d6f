import { ToolError } from "../core/errors.ts";
import { type Operation, parseOperation } from "../core/operations/index.ts";
import type { Migration, MigrationCode } from "../core/plan/migration.ts";
import type { EvaluatedFile } from "./evaluate.ts";
import { withFunctions } from "./functions.ts";

/** What is kept of a migration that was checked: all but its operations, which few commands look at. */
interface Note extends Omit<Migration, "name" | "file" | "operations" | "code"> {
  /** Whether checking gave the operations as they were, down to the order of their members. */
  readonly asWritten: boolean;
  /** Where it has functions: the hash of their code, and what they may take. */
  readonly code?: Pick<MigrationCode, "hash" | "limits">;
}

/** The text to keep with the value that the migration was read from. */
export function noteOf(migration: Migration, value: unknown): string {
  const { dependencies, replaces, transaction, limits, checksum, operations, code } = migration;
  const asWritten = textOf(operations) === textOf(operationsIn(value));
  return JSON.stringify({
    dependencies,
    replaces,
    transaction,
    ...(limits && { limits }),
    checksum,
    asWritten,
    ...(code && { code: { hash: code.hash, ...(code.limits && { limits: code.limits }) } }),
  } satisfies Note);
}

/**
 * The migration of a kept evaluation, without checking it again. Its operations are decoded when somebody looks at them; the code of functions is
 * never kept, `codeOf` reads it from the file.
 */
export async function recallMigration(
  name: string,
  file: EvaluatedFile,
  codeOf: (hash: string) => Promise<MigrationCode>,
): Promise<Migration> {
  if (!file.note) throw new ToolError("internal", `nothing is known of the kept ${file.path}`, { file: file.path });
  const { asWritten, code: kept, ...known } = JSON.parse(file.note) as Note;
  const code = kept && { ...(await codeOf(kept.hash)), ...kept };
  let operations: readonly Operation[] | undefined;
  return {
    name,
    ...known,
    get operations() {
      operations ??= code ? withCode(operationsIn(file.value), code) : checked(operationsIn(file.value), asWritten);
      return operations;
    },
    file: file.path,
    ...(code && { code }),
  };
}

const withCode = (operations: readonly unknown[], { hash }: MigrationCode): readonly Operation[] =>
  operations.map((operation) => {
    const wrong = (key: string): never => {
      throw new ToolError("internal", `a kept operation without its ${key}`);
    };
    return parseOperation(withFunctions(operation, hash, wrong));
  });

const checked = (operations: readonly unknown[], asWritten: boolean): readonly Operation[] =>
  asWritten ? (operations as readonly Operation[]) : operations.map(parseOperation);

const operationsIn = (value: unknown): readonly unknown[] =>
  (value as { readonly operations: readonly unknown[] }).operations;

/** Only compared with another such text. */
const textOf = (operations: readonly unknown[]): string =>
  JSON.stringify(operations, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
