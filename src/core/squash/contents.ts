import type { Operation } from "../operations/index.ts";
import type { Migration } from "../plan/migration.ts";

/** What the migrations of a range do, one after the other. */
export interface SquashContents {
  readonly operations: readonly Operation[];
  /** Where each operation with functions comes from. */
  readonly written: ReadonlyMap<Operation, CodeOrigin>;
}

/** An operation of a file that has functions. */
export interface CodeOrigin {
  readonly migration: Migration;
  /** Index of the operation there. */
  readonly index: number;
}

/** Puts the operations of migrations behind each other, without those that their authors let go (`elidable`). */
export function squashContents(members: readonly Migration[]): SquashContents {
  const written = new Map<Operation, CodeOrigin>();
  const operations = members.flatMap((migration) =>
    migration.operations.flatMap((operation, index) => {
      if ("elidable" in operation && operation.elidable) return [];
      if (operation.kind === "runCode") written.set(operation, { migration, index });
      return [operation];
    }),
  );
  return { operations, written };
}
