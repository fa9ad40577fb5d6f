import type { Dialect } from "../ddl/dialect.ts";
import { ToolError } from "../errors.ts";
import { apply } from "../operations/index.ts";
import type { Schema } from "../schema/model.ts";
import type { Migration } from "./migration.ts";
import { atOperation } from "./state.ts";
import { planUp } from "./steps.ts";

/** An operation that a database cannot carry out. */
export interface Lack {
  readonly migration: string;
  /** Index of the operation in its migration. */
  readonly operation: number;
  /** One sentence that begins with the operation. */
  readonly message: string;
}

/**
 * All that a database lacks for these migrations, in the given order, where a plan tells the first only. Throws ToolError `state` for what fits
 * no database.
 */
export function lacksOf(request: {
  readonly pending: readonly Migration[];
  readonly before: Schema;
  readonly dialect: Dialect;
}): readonly Lack[] {
  const { pending, dialect } = request;
  if (canPlan(request)) return [];
  let before = request.before;
  return pending.flatMap((migration) =>
    migration.operations.flatMap((operation, index): readonly Lack[] => {
      const here = before;
      before = atOperation(migration, index, () => apply(here, operation));
      try {
        planUp({ pending: [{ ...migration, operations: [operation] }], before: here, dialect });
        return [];
      } catch (error) {
        if (!(error instanceof ToolError && error.code === "unsupported")) throw error;
        return [{ migration: migration.name, operation: index, message: ownWords(error) }];
      }
    }),
  );
}

/** Most migrations lack nothing: to plan them once shows that, in place of each operation by itself. */
function canPlan(request: Parameters<typeof planUp>[0]): boolean {
  try {
    planUp(request);
    return true;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return false;
  }
}

/** Without the place, whose number is of a migration of one operation. */
function ownWords({ message, cause }: ToolError): string {
  return cause instanceof ToolError ? cause.message : message;
}
