import { ToolError } from "../errors.ts";
import type { Graph } from "../plan/graph.ts";
import type { Migration } from "../plan/migration.ts";
import { resolveMigration } from "../plan/reference.ts";

/** The migrations that one is to stand for. */
export interface SquashRange {
  /** In the order in which they run. */
  readonly members: readonly Migration[];
  /** What they depend on beside each other. */
  readonly dependencies: readonly string[];
  /** Their names, and of those that stand for others already, the names of these before. */
  readonly replaces: readonly string[];
  readonly first: string;
  readonly last: string;
}

/**
 * The migrations of a range: from one of them to another that builds on it, with all between the two, each by any reference. Absent ends are the beginning of the history
 * and its one head. Throws ToolError `unknown-migration`, or `graph` with the reason why the range cannot be one migration.
 */
export function squashRange(graph: Graph, { from, to }: { readonly from?: string; readonly to?: string }): SquashRange {
  const last = to === undefined ? onlyHead(graph) : resolveMigration(to, { graph }).name;
  const start = from === undefined || from === "base" ? undefined : resolveMigration(from, { graph }).name;
  const inside = insideOf(graph, last, start);
  const members = graph.order.filter(({ name }) => inside.has(name));
  const [first, second] = members;
  if (!first || !second)
    throw refusal(`there is nothing to squash: "${first?.name ?? last}" is one migration already`, {
      range: [...inside],
    });
  refuseDependents(graph, inside, last);
  for (const migration of members) refuseUnfinished(graph, migration);
  const dependencies = new Set(
    members.flatMap((migration) => migration.dependencies.filter((name) => !inside.has(name))),
  );
  return {
    members,
    dependencies: [...dependencies].toSorted(),
    replaces: [...new Set(members.flatMap(({ replaces, name }) => [...replaces, name]))],
    first: start ?? first.name,
    last,
  };
}

function onlyHead({ heads }: Graph): string {
  const [head, ...others] = heads;
  if (head === undefined) throw refusal("there is nothing to squash: there are no migrations", {});
  if (others.length === 0) return head;
  const names = heads.map((name) => `"${name}"`).join(", ");
  throw refusal(
    `the migrations have ${heads.length} heads (${names}); join them with \`godwit generate --merge\`, or name a range`,
    {
      heads,
    },
  );
}

function insideOf(graph: Graph, last: string, from: string | undefined): ReadonlySet<string> {
  const before = graph.ancestors(last);
  if (from === undefined) return new Set([...before, last]);
  if (from === last) return new Set([last]);
  if (!before.has(from)) {
    const turned = graph.ancestors(from).has(last);
    const hint = turned ? `; the other way round it is "${last}..${from}"` : "; name two of one branch";
    throw refusal(`"${last}" does not build on "${from}", so they are not the ends of a range${hint}`, {
      from,
      to: last,
    });
  }
  const after = graph.descendants(from);
  return new Set([from, ...[...before].filter((name) => after.has(name)), last]);
}

/** Whoever builds on the middle would build on all of it. */
function refuseDependents(graph: Graph, inside: ReadonlySet<string>, last: string): void {
  for (const { name, dependencies } of graph.order) {
    const on = inside.has(name) ? undefined : dependencies.find((each) => inside.has(each) && each !== last);
    if (on === undefined) continue;
    throw refusal(
      `"${name}" builds on "${on}", which is in the middle of the range; end the range with "${on}", or take "${name}" in by ending it with a migration that joins both`,
      { migration: name, dependency: on },
    );
  }
}

function refuseUnfinished({ squashes }: Graph, { name }: Migration): void {
  const open = squashes.some(({ migration, hasOriginals }) => migration.name === name && hasOriginals);
  if (!open) return;
  throw refusal(
    `"${name}" stands for migrations whose files are still there; when all databases are past them, remove these with \`godwit generate squash --finish ${name}\` first`,
    { migration: name },
  );
}

const refusal = (message: string, data: Readonly<Record<string, unknown>>): ToolError =>
  new ToolError("graph", message, data);
