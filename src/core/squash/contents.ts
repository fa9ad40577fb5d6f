import { ToolError } from "../errors.ts";
import type { Operation } from "../operations/index.ts";
import type { Migration } from "../plan/migration.ts";

/** What the migrations of a range do, one after the other. */
export interface SquashContents {
  readonly operations: readonly Operation[];
  /** Where each operation with functions comes from. */
  readonly written: ReadonlyMap<Operation, CodeOrigin>;
  readonly warnings: readonly string[];
}

/** An operation of a file that has functions. */
export interface CodeOrigin {
  readonly migration: Migration;
  /** Index of the operation there. */
  readonly index: number;
}

/**
 * Puts the operations of migrations behind each other, without those that their authors let go (`elidable`). Throws ToolError `graph` for a
 * migration that cannot be part of another, with the reason.
 */
export function squashContents(members: readonly Migration[]): SquashContents {
  const written = new Map<Operation, CodeOrigin>();
  for (const migration of members) refuseApart(migration);
  const operations = members.flatMap((migration) =>
    migration.operations.flatMap((operation, index) => {
      if ("elidable" in operation && operation.elidable) return [];
      if (operation.kind === "runCode") written.set(operation, { migration, index });
      return [operation];
    }),
  );
  return { operations, written, warnings: members.flatMap(limitsWarning) };
}

/** Outside of a transaction each statement counts by itself, which those around them would not bear. */
function refuseApart({ name, file, transaction, sql }: Migration): void {
  const apart = !transaction || sql?.up.transaction === false || sql?.down?.transaction === false;
  if (!apart) return;
  throw new ToolError(
    "graph",
    `"${name}" runs outside a transaction, so it cannot be part of one that does; squash what comes before it and what comes after it`,
    { migration: name, file },
  );
}

function limitsWarning({ name, limits, code, sql }: Migration): readonly string[] {
  if (!limits && !code?.limits && !sql?.up.limits && !sql?.down?.limits) return [];
  return [
    `"${name}" says what its statements may take; the squash does not, so say it there if it should hold for all of it`,
  ];
}
