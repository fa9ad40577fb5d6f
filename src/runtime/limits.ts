import type { Command } from "../core/ddl/dialect.ts";
import type { StatementLimits } from "../core/ddl/limits.ts";
import { isAboutRows } from "../core/sql-files/statement-kind.ts";
import type { CodeBounds } from "./code.ts";
import type { Database } from "./database.ts";

/**
 * Kinds of statements that may be given times of their own: those that change what there is, those that read and write rows, and those
 * that the dialect says stand in nobody's way (`patient`).
 */
export const statementKinds = ["ddl", "data", "concurrent"] as const;
export type StatementKind = (typeof statementKinds)[number];
export type TimePerKind = Readonly<Partial<Record<StatementKind, number>>>;

/** What the statements of migrations may take; what is absent is as the dialect and the connection have it. */
export interface Limits extends Omit<StatementLimits, "statementMs"> {
  /**
   * How long a statement may run, in milliseconds; 0: as long as it takes. A number is for every kind, but for `concurrent` only where that
   * has a limit already: cut short, such a statement leaves something half-done.
   */
  readonly statementMs?: number | TimePerKind | undefined;
  /** How often what did not get its lock is tried again. */
  readonly retries?: number | undefined;
  /** The most that functions of migrations may take; only configured. */
  readonly code?: Partial<CodeBounds> | undefined;
}

/** Where limits come from: what a migration says goes before what is configured, and flags go before both. */
export interface LimitSources {
  readonly configured?: Limits | undefined;
  readonly asked?: Limits | undefined;
}

export const defaultRetries = 10;

/** The later ones go first, where they say anything. */
export function mergeLimits(...all: readonly (Limits | undefined)[]): Limits {
  let lockMs: number | undefined;
  let retries: number | undefined;
  let code: Limits["code"];
  let statementMs: Limits["statementMs"];
  // By name and in a loop, because every statement of a run comes through here.
  for (const limits of all) {
    lockMs = limits?.lockMs ?? lockMs;
    retries = limits?.retries ?? retries;
    code = limits?.code ?? code;
    statementMs = mergeTimes(statementMs, limits?.statementMs);
  }
  return {
    ...(lockMs !== undefined && { lockMs }),
    ...(retries !== undefined && { retries }),
    ...(code && { code }),
    ...(statementMs !== undefined && { statementMs }),
  };
}

/** The limits for one command of a migration. */
export function limitsFor(
  { dialect }: Database,
  sources: LimitSources = {},
  own?: StatementLimits,
  command?: Command,
): StatementLimits {
  const { limits: sql } = dialect.bookkeeping;
  const { lockMs, statementMs } = mergeLimits({ lockMs: sql.defaultLockMs }, sources.configured, own, sources.asked);
  if (command?.kind === "execute" && sql.patient(command.sql)) {
    const concurrent = typeof statementMs === "object" ? statementMs.concurrent : undefined;
    return { lockMs: 0, statementMs: concurrent ?? 0 };
  }
  const time = typeof statementMs === "object" ? statementMs[kindOf(command)] : statementMs;
  return { ...(lockMs !== undefined && { lockMs }), ...(time !== undefined && { statementMs: time }) };
}

export const retriesOf = ({ configured, asked }: LimitSources = {}): number =>
  asked?.retries ?? configured?.retries ?? defaultRetries;

/** Of one that stands in others' way. */
function kindOf(command: Command | undefined): StatementKind {
  if (command?.kind !== "execute") return command?.kind === "replay" ? "ddl" : "data";
  return isAboutRows(command.sql) ? "data" : "ddl";
}

function mergeTimes(
  before: number | TimePerKind | undefined,
  later: number | TimePerKind | undefined,
): number | TimePerKind | undefined {
  if (later === undefined || before === undefined) return later ?? before;
  if (typeof later === "object") return { ...perKind(before), ...later };
  if (typeof before === "number") return later;
  return Object.fromEntries(Object.keys({ ...perKind(later), ...before }).map((kind) => [kind, later]));
}

const perKind = (time: number | TimePerKind): TimePerKind =>
  typeof time === "number" ? { ddl: time, data: time } : time;
