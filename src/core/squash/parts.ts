import type { StatementLimits } from "../ddl/limits.ts";
import { ToolError } from "../errors.ts";
import { usualCodeLimits } from "../plan/code-limits.ts";
import type { CodeLimits, Migration } from "../plan/migration.ts";
import { squashName } from "../plan/naming.ts";
import type { SquashRange } from "./range.ts";

/** Migrations of a range that one can stand for: neighbours that run in the same way. */
export interface SquashPart extends RunSettings {
  readonly name: string;
  /** In the order in which they run; at least two. */
  readonly members: readonly Migration[];
  /** What the new migration depends on: what its members do, and whatever of the range runs before them. */
  readonly dependencies: readonly string[];
  /** Names of the members, and of those that they stand for already. */
  readonly replaces: readonly string[];
}

/** How a migration runs, where it says so itself. */
export interface RunSettings {
  readonly transaction: boolean;
  readonly limits?: StatementLimits;
  readonly codeLimits?: CodeLimits;
}

export interface Cut {
  readonly parts: readonly SquashPart[];
  /** Why the range is not one migration, in words; empty where it is. */
  readonly reasons: readonly string[];
}

/**
 * Cuts a range where migrations contradict each other about the transaction or the time of statements; what is by itself then stays as it is. A time
 * that only some of them say holds for all, and functions may take what any of them may. `words` are for the names. Throws ToolError `graph`
 * where nothing is left to become one.
 */
export function squashParts({ members, first }: SquashRange, words?: string): Cut {
  const groups = groupsOf(members);
  const renamed = new Map<string, string>();
  const parts: SquashPart[] = [];
  let before: string | undefined;
  for (const { members: own, said } of groups) {
    const [one] = own;
    const last = own.at(-1) ?? one;
    if (!one || !last) continue;
    if (own.length > 1) {
      const nth = parts.length === 0 || words === undefined ? words : `${words} ${parts.length + 1}`;
      const name = squashName(parts.length === 0 && before === undefined ? first : one.name, last.name, nth);
      parts.push({ ...part(own, renamed, before), name, ...settingsOf(said, own) });
      for (const member of own) renamed.set(member.name, name);
    }
    before = renamed.get(last.name) ?? last.name;
  }
  if (parts.length === 0) throw nothingTogether(groups);
  return { parts, reasons: groups.flatMap(({ because }) => because ?? []) };
}

interface Said extends StatementLimits {
  /** Absent where nothing runs. */
  readonly transaction?: boolean;
}

interface Group {
  readonly members: readonly Migration[];
  /** Absent for a migration that runs its two ways differently, which no other is like. */
  readonly said: Said | undefined;
  /** Why it does not go on with what is before it. */
  readonly because?: string;
}

function groupsOf(members: readonly Migration[]): readonly Group[] {
  const groups: Group[] = [];
  for (const migration of members) {
    const said = saidBy(migration);
    const open = groups.at(-1);
    const apart = open && differenceBetween(open.said, said, migration.name);
    if (open && apart === undefined)
      groups[groups.length - 1] = { ...open, members: [...open.members, migration], said: { ...open.said, ...said } };
    else groups.push({ members: [migration], said, ...(apart !== undefined && { because: apart }) });
  }
  return groups;
}

/** Of a migration in SQL, each file says it for its own way. */
function saidBy({ operations, transaction, limits, sql }: Migration): Said | undefined {
  const ways: readonly Said[] = [
    { ...(operations.length > 0 && !sql && { transaction }), ...given(limits) },
    ...[sql?.up, sql?.down].flatMap((way) =>
      way ? [{ transaction: transaction && way.transaction, ...given(way.limits) }] : [],
    ),
  ];
  const contradict = ways.some((one) => ways.some((other) => differenceBetween(one, other, "") !== undefined));
  return contradict ? undefined : Object.assign({}, ...ways);
}

const given = ({ lockMs, statementMs }: StatementLimits = {}): StatementLimits => ({
  ...(lockMs !== undefined && { lockMs }),
  ...(statementMs !== undefined && { statementMs }),
});

/** What the second says against the first, in words. */
function differenceBetween(one: Said | undefined, other: Said | undefined, name: string): string | undefined {
  if (!other) return `"${name}" runs otherwise on its way back`;
  if (!one) return `"${name}" runs alike on both ways`;
  const differs = (key: keyof Said): boolean =>
    one[key] !== undefined && other[key] !== undefined && one[key] !== other[key];
  if (differs("transaction")) return `"${name}" runs ${other.transaction ? "in" : "outside"} a transaction`;
  if (differs("lockMs")) return `"${name}" has a lockTimeout of its own`;
  return differs("statementMs") ? `"${name}" has a statementTimeout of its own` : undefined;
}

function part(
  members: readonly Migration[],
  renamed: ReadonlyMap<string, string>,
  before: string | undefined,
): Pick<SquashPart, "members" | "dependencies" | "replaces"> {
  const inside = new Set(members.map(({ name }) => name));
  const outside = members.flatMap(({ dependencies }) => dependencies.filter((name) => !inside.has(name)));
  const dependencies = new Set(outside.map((name) => renamed.get(name) ?? name));
  if (before !== undefined) dependencies.add(before);
  return {
    members,
    dependencies: [...dependencies].toSorted(),
    replaces: [...new Set(members.flatMap(({ replaces, name }) => [...replaces, name]))],
  };
}

function settingsOf(said: Said | undefined, members: readonly Migration[]): RunSettings {
  const { transaction = true, ...limits } = said ?? {};
  const codeLimits = codeLimitsOf(members);
  return {
    transaction,
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(codeLimits).length > 0 && { codeLimits }),
  };
}

/** The most that any of them may take; what is usual is not said. */
function codeLimitsOf(members: readonly Migration[]): CodeLimits {
  const said = members.flatMap(({ code }) => (code ? [{ ...usualCodeLimits, ...code.limits }] : []));
  if (said.length === 0) return {};
  const timeMs = Math.max(...said.map((limits) => limits.timeMs));
  const memoryMiB = Math.max(...said.map((limits) => limits.memoryMiB));
  return {
    ...(timeMs !== usualCodeLimits.timeMs && { timeMs }),
    ...(memoryMiB !== usualCodeLimits.memoryMiB && { memoryMiB }),
  };
}

function nothingTogether(groups: readonly Group[]): ToolError {
  const reasons = groups.flatMap(({ because }) => because ?? []);
  return new ToolError(
    "graph",
    `no two neighbours of the range can be one migration: ${reasons.join(", ")}; say the same in them, or squash a range that has more`,
    { reasons },
  );
}
