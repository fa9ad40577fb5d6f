import { ToolError } from "../errors.ts";
import type { Migration } from "../plan/migration.ts";
import { originText } from "../plan/origin.ts";
import type { ScriptSyntax } from "../sql-files/syntax.ts";
import type { ConvertedMigration, ConvertTool, Finding, Reading } from "./define.ts";
import { compare, compareNumbers } from "./names.ts";
import { transactionFindings } from "./transactions.ts";
import type { Settled } from "./write.ts";

export interface Settling {
  readonly tool: ConvertTool;
  readonly syntax: ScriptSyntax;
  /** What the project has already, and what is to depend on nothing of what is converted depends on. */
  readonly existing: readonly Pick<Migration, "name" | "convertedFrom">[];
  readonly heads: readonly string[];
}

export interface SettledReading {
  /** Those that are new, in their order. */
  readonly migrations: readonly Settled[];
  /** How many the project has already. */
  readonly known: number;
  readonly findings: readonly Finding[];
}

/**
 * Decides what each migration depends on, and how its SQL runs. What was converted before is left out, and what follows it depends on it. Throws
 * ToolError `migration` for two migrations of one name.
 */
export function settle({ migrations, findings }: Reading, { tool, syntax, existing, heads }: Settling): SettledReading {
  const names = new Map<string, string>();
  for (const { name, convertedFrom = [] } of existing)
    for (const origin of convertedFrom) names.set(originText(origin), name);
  const taken = new Set(existing.map(({ name }) => name));
  const told: Finding[] = [];
  const settled: Settled[] = [];
  const known = new Set<string>();
  let before: readonly string[] | undefined;
  for (const migration of migrations) {
    const origins = migration.ids.map((id) => ({ tool: tool.tool, id }));
    const there = origins.map((origin) => names.get(originText(origin))).find((name) => name !== undefined);
    if (there !== undefined) {
      known.add(migration.file);
      before = [there];
      continue;
    }
    const { name } = migration;
    if (taken.has(name)) throw twice(name, migration);
    taken.add(name);
    const dependencies = migration.dependencies ?? before ?? heads;
    settled.push({ ...withOwnTransactions(migration, syntax, told), origins, dependencies, dependsByName: false });
    before = [name];
  }
  return {
    migrations: byName(settled, existing),
    known: known.size,
    findings: [...findings.filter(({ file, lost }) => !lost || !known.has(file)), ...told],
  };
}

/** What nothing depends on, among the heads that there were and what is new. */
export function headsAfter(heads: readonly string[], migrations: readonly Settled[]): readonly string[] {
  const inner = new Set(migrations.flatMap(({ dependencies }) => dependencies));
  return [...heads, ...migrations.map(({ name }) => name)].filter((name) => !inner.has(name));
}

/** Where one direction has to run outside a transaction because of its SQL, so does the other: the tool made no difference between them. */
function withOwnTransactions(
  { ids: _, up, down, ...migration }: ConvertedMigration,
  syntax: ScriptSyntax,
  told: Finding[],
): Omit<ConvertedMigration, "ids"> {
  const findings = [up, down].flatMap((half) => (half ? transactionFindings(half, syntax) : []));
  told.push(...findings);
  if (!up || findings.some(({ lost }) => lost)) return migration;
  const outside = findings.length > 0;
  const halves = [up, down].map((half) => half && { ...half, transaction: half.transaction && !outside });
  return { ...migration, ...(halves[0] && { up: halves[0] }), ...(halves[1] && { down: halves[1] }) };
}

/** Notes which of them come after what the order of names puts before them. */
function byName(settled: readonly Settled[], existing: Settling["existing"]): readonly Settled[] {
  const all = [...existing, ...settled].map(({ name }) => name).toSorted(byNumber);
  const previous = new Map(all.map((name, i) => [name, all[i - 1]]));
  return settled.map((migration) => {
    const expected = previous.get(migration.name);
    const { dependencies } = migration;
    const dependsByName = dependencies.length < 2 && dependencies[0] === expected;
    return { ...migration, dependsByName };
  });
}

const numberIn = (name: string): string => /^\d+/.exec(name)?.[0] ?? "0";
const byNumber = (a: string, b: string): number => compareNumbers(numberIn(a), numberIn(b)) || compare(a, b);

const twice = (name: string, { file }: ConvertedMigration): ToolError =>
  new ToolError(
    "migration",
    `${file} would become "${name}", and there is a migration of that name already; rename one`,
    {
      file,
      name,
    },
  );
