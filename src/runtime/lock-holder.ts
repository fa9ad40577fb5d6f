import type { Row } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";

/** Who has the lock, as far as the database knows. */
export interface LockHolder {
  readonly pid?: string;
  readonly user?: string;
  readonly host?: string;
  /** ISO 8601. */
  readonly since?: string;
  /** When a holder that gives signs of life gave the last one; ISO 8601. */
  readonly seen?: string;
  /** Of a lease: a number that is higher for each new holder. */
  readonly token?: string;
}

/** What every kind of lock can do. */
export interface Lock {
  tryAcquire(): Promise<boolean>;
  holder(): Promise<LockHolder | undefined>;
  /** Set where it holds although each transaction may get another session: then nothing else may rely on a session either. */
  readonly pooled?: true;
  /** Throws ToolError `lock` when the lock has gone to somebody else. Absent: it cannot go as long as the connection stands. */
  confirm?(): Promise<void>;
  release(): Promise<void>;
}

/** A row of a dialect's query for the holder; `owner` is NULL where a row has none. */
export function holderOf(row: Row | undefined): LockHolder | undefined {
  if (!row || row["owner"] === null) return undefined;
  const text = (key: string): Record<string, string> =>
    row[key] === null || row[key] === undefined ? {} : { [key]: String(row[key]) };
  return { ...text("pid"), ...text("user"), ...text("host"), ...text("since"), ...text("seen"), ...text("token") };
}

/** `process 71 of ann@build-3, since 2026-01-31T08:00:00Z` */
export function describeHolder(holder: LockHolder | undefined): string {
  if (!holder) return "somebody else";
  const who = [holder.user, holder.host].filter((part) => part).join("@");
  const parts = [holder.pid && `process ${holder.pid}`, who && `${holder.pid ? "of " : ""}${who}`]
    .filter((part) => part)
    .join(" ");
  return `${parts || "somebody else"}${holder.since ? `, since ${holder.since}` : ""}`;
}

/** The error of a run whose lock is somebody else's by now, or nobody's. */
export function lostTo(holder: LockHolder | undefined): ToolError {
  const now = holder ? `${describeHolder(holder)} has it now` : "nobody has it now";
  return new ToolError(
    "lock",
    `this run has lost the migration lock (${now}): it was removed by hand, or this process stood still for too long; stopped before the next statement, see where things stand with \`godwit migrate status\``,
    { holder },
  );
}
