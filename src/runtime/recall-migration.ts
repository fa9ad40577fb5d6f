import { ToolError } from "../core/errors.ts";
import { type Operation, parseOperation } from "../core/operations/index.ts";
import type { Migration } from "../core/plan/migration.ts";
import type { EvaluatedFile } from "./evaluate.ts";

/** What is kept of a migration that was checked: all but its operations, which few commands look at. */
interface Note extends Omit<Migration, "name" | "file" | "operations"> {
  /** Whether checking gave the operations as they were, down to the order of their members. */
  readonly asWritten: boolean;
}

/** The text to keep with the value that the migration was read from. */
export function noteOf(migration: Migration, value: unknown): string {
  const { dependencies, replaces, transaction, limits, checksum, operations } = migration;
  const asWritten = textOf(operations) === textOf(operationsIn(value));
  return JSON.stringify({
    dependencies,
    replaces,
    transaction,
    ...(limits && { limits }),
    checksum,
    asWritten,
  } satisfies Note);
}

/** The migration of a kept evaluation, without checking it again. Its operations are decoded when somebody looks at them. */
export function recallMigration(name: string, file: EvaluatedFile): Migration {
  if (!file.note) throw new ToolError("internal", `nothing is known of the kept ${file.path}`, { file: file.path });
  const { asWritten, ...known } = JSON.parse(file.note) as Note;
  let operations: readonly Operation[] | undefined;
  return {
    name,
    ...known,
    get operations() {
      operations ??= checked(operationsIn(file.value), asWritten);
      return operations;
    },
    file: file.path,
  };
}

const checked = (operations: readonly unknown[], asWritten: boolean): readonly Operation[] =>
  asWritten ? (operations as readonly Operation[]) : operations.map(parseOperation);

const operationsIn = (value: unknown): readonly unknown[] =>
  (value as { readonly operations: readonly unknown[] }).operations;

/** Only compared with another such text. */
const textOf = (operations: readonly unknown[]): string =>
  JSON.stringify(operations, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
