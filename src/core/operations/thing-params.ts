import type { RenameThing } from "../ddl/rename-statements.ts";
import type { Statement } from "../ddl/statement.ts";
import type { Schema } from "../schema/model.ts";
import { type ThingKind, withThingRenamed } from "../schema/rename-things.ts";
import type { OperationData } from "./define.ts";

/** What operations take that give something a new name. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** What such an operation is but for its words and its parameters. */
export const renamingOf = (what: ThingKind, kind: string) => ({
  risk: "safe" as const,
  title: ({ from, to }: Renaming): string => `rename ${what} "${from}" to "${to}"`,
  table: () => undefined,
  apply: (schema: Schema, { from, to }: Renaming): Schema => withThingRenamed(schema, what, { from, to }),
  lower: ({ from, to }: Renaming): readonly Statement[] => [statementOf(what, { from, to })],
  invert: ({ from, to }: Renaming): readonly OperationData[] => [{ kind, from: to, to: from }],
});

const statementOf = (what: RenameThing["what"], { from, to }: Renaming): Statement => ({
  kind: "renameThing",
  what,
  from,
  to,
});
