import { ToolError } from "../core/errors.ts";
import type { Operation } from "../core/operations/index.ts";
import type { Migration, MigrationCode } from "../core/plan/migration.ts";
import { checksumOf } from "./checksum.ts";
import type { EvaluatedFile } from "./evaluate.ts";
import { withFunctions } from "./functions.ts";

/** What is kept of a migration that was checked: all but its operations, which few commands look at. */
export interface Note extends Omit<Migration, "name" | "file" | "operations" | "code"> {
  /** Whether checking gave the operations as they were, down to the order of their members. */
  readonly asWritten: boolean;
  /** Where it has functions: the hash of their code, and what they may take. */
  readonly code?: Pick<MigrationCode, "hash" | "limits">;
}

/** What to keep with the value that the migration was read from. */
export function noteOf(migration: Migration, value: unknown): Note {
  const { dependencies, replaces, convertedFrom, transaction, limits, checksum, operations, code } = migration;
  const asWritten = textOf(operations) === textOf(operationsIn(value));
  return {
    dependencies,
    replaces,
    ...(convertedFrom && { convertedFrom }),
    transaction,
    ...(limits && { limits }),
    checksum,
    asWritten,
    ...(code && { code: { hash: code.hash, ...(code.limits && { limits: code.limits }) } }),
  };
}

/**
 * The migration of a kept evaluation, a promise of it only where more has to be loaded. Its operations are decoded when somebody looks at them, and have to be those of its checksum, which the history
 * confirms, unless `confirm` is false: so who can write to the cache cannot make other operations of what was applied. The code of functions is never kept,
 * `codeOf` reads it from the file. Throws ToolError `file` for what is not as godwit kept it, then or when the operations are looked at.
 */
export function recallMigration(
  name: string,
  file: EvaluatedFile,
  { confirm, codeOf }: { readonly confirm: boolean; readonly codeOf: (hash: string) => Promise<MigrationCode> },
): Migration | Promise<Migration> {
  const note = readNote(file);
  const { asWritten, code } = note;
  if (!code && asWritten)
    return recalled(name, file, { note, confirm, read: (operations) => operations as readonly Operation[] });
  return Promise.all([import("../core/operations/index.ts"), code && codeOf(code.hash)]).then(
    ([{ parseOperation }, found]) => {
      if (!code || !found) return recalled(name, file, { note, confirm, read: (list) => list.map(parseOperation) });
      const read = (list: readonly unknown[]) => list.map((each) => parseOperation(withCode(each, code.hash)));
      return recalled(name, file, { note, confirm, read, code: { ...found, ...code } });
    },
  );
}

interface Recalled {
  readonly note: Note;
  readonly confirm: boolean;
  /** The operations as the migration has them, from what was kept. */
  readonly read: (operations: readonly unknown[]) => readonly Operation[];
  readonly code?: MigrationCode;
}

/** Property by property: every command does this for all migrations, and copying objects is slow before it is compiled. */
function recalled(name: string, file: EvaluatedFile, { note, confirm, read, code }: Recalled): Migration {
  const { dependencies, replaces, convertedFrom, transaction, limits, checksum } = note;
  let operations: readonly Operation[] | undefined;
  return {
    name,
    dependencies,
    replaces,
    ...(convertedFrom && { convertedFrom }),
    transaction,
    ...(limits && { limits }),
    checksum,
    get operations() {
      operations ??= intact(file, confirm ? note : undefined, read);
      return operations;
    },
    file: file.path,
    ...(code && { code }),
  };
}

function readNote(file: EvaluatedFile): Note {
  const note = file.note as Note;
  const { dependencies, replaces, transaction, checksum } = note;
  if (areNames(dependencies) && areNames(replaces) && typeof checksum === "string" && typeof transaction === "boolean")
    return note;
  throw notKept(file);
}

const areNames = (list: unknown): boolean => Array.isArray(list) && list.every((name) => typeof name === "string");

function intact(
  file: EvaluatedFile,
  known: Pick<Note, "checksum" | "transaction"> | undefined,
  read: (operations: readonly unknown[]) => readonly Operation[],
): readonly Operation[] {
  let operations: readonly Operation[];
  try {
    operations = read(operationsIn(file.value));
    if (known === undefined || checksumOf(operations, known.transaction) === known.checksum) return operations;
  } catch (error) {
    throw notKept(file, error);
  }
  throw notKept(file);
}

const notKept = ({ path }: EvaluatedFile, cause?: unknown): ToolError =>
  new ToolError(
    "file",
    `what is kept of the evaluation of "${path}" was changed by somebody else than godwit; delete the directory "godwit" in your cache directory (~/.cache)`,
    { file: path },
    { cause },
  );

const withCode = (operation: unknown, hash: string): unknown =>
  withFunctions(operation, hash, (key) => {
    throw new ToolError("internal", `a kept operation without its ${key}`);
  });

const operationsIn = (value: unknown): readonly unknown[] =>
  (value as { readonly operations: readonly unknown[] }).operations;

/** Only compared with another such text. */
const textOf = (operations: readonly unknown[]): string =>
  JSON.stringify(operations, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
