import { ToolError } from "../errors.ts";
import type { Migration } from "./migration.ts";
import { newestOf, numberOf } from "./number.ts";
import { type Reconciled, stoppedGoingDown } from "./reconcile.ts";

/** What to do with a pending migration that comes late: `any` applies it, `strict` refuses. None is ever passed over. */
export const orderPolicies = ["any", "strict"] as const;
export type OrderPolicy = (typeof orderPolicies)[number];

/** A pending migration with a lower number than one that is applied, as after a merge of branches. */
export interface Late {
  readonly name: string;
  /** The newest that is applied. */
  readonly after: string;
}

/** Those of `pending` that come late. One that stopped half-way began in time. */
export function lateAmong(pending: readonly Migration[], { entries }: Reconciled): readonly Late[] {
  // Numbers of a thousand names take a millisecond.
  if (pending.length === 0) return [];
  const inDatabase = entries.filter(
    ({ applied }) => applied && (applied.state !== "failed" || stoppedGoingDown(applied)),
  );
  const after = newestOf(inDatabase.map(({ name }) => name));
  if (after === undefined) return [];
  const begun = new Set(entries.filter(({ applied }) => applied).map(({ name }) => name));
  return pending
    .filter(({ name }) => !begun.has(name) && numberOf(name) < numberOf(after))
    .map(({ name }) => ({ name, after }));
}

/** Throws ToolError `history` that names the late ones. */
export function refuseLate(late: readonly Late[]): void {
  const [first] = late;
  if (!first) return;
  const names = late.map(({ name }) => name);
  const list = names.map((name) => `"${name}"`).join(", ");
  throw new ToolError(
    "history",
    `${list} ${late.length === 1 ? "has a lower number" : "have lower numbers"} than "${first.after}", which is applied ` +
      "already, and the order is strict; renumber what nobody has applied yet, or allow it with `--order any`",
    { late: names, after: first.after },
  );
}
