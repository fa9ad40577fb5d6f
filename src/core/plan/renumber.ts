import { ToolError } from "../errors.ts";
import { type Graph, requireMigration } from "./graph.ts";
import { nextNumber } from "./naming.ts";

/** A migration that gets another number, and what it depends on then. */
export interface Renumbered {
  readonly from: string;
  readonly to: string;
  readonly dependencies: readonly string[];
}

export interface Renumbering {
  /** The head behind which the branch goes. */
  readonly after: string;
  /** In the order in which they run. */
  readonly moves: readonly Renumbered[];
}

/** What a head needs that no other head does, in order. */
export function ownOf(graph: Graph, head: string): readonly string[] {
  const shared = new Set(
    graph.heads.filter((other) => other !== head).flatMap((other) => [other, ...graph.ancestors(other)]),
  );
  const needed = graph.ancestors(head);
  return graph.order.map(({ name }) => name).filter((name) => (name === head || needed.has(name)) && !shared.has(name));
}

/** The head of the branch that a migration belongs to alone. Throws ToolError `graph` when it is in all of them, or there is nothing to go behind. */
export function branchOf(graph: Graph, name: string): string {
  const target = requireMigration(graph, name).name;
  const found = graph.heads.find((head) => ownOf(graph, head).includes(target));
  if (found !== undefined) return found;
  throw new ToolError("graph", `other branches build on "${target}" too, so it stays where it is`, {
    migration: target,
  });
}

/**
 * The branch of a head behind the other head: with numbers after all others, and depending on that where it depended on what both have. `existing`: all names that
 * have numbers. Throws ToolError `graph` when there is not one other head, and for what stands for others or is stood for.
 */
export function renumberBranch(graph: Graph, head: string, existing: readonly string[]): Renumbering {
  const [after, ...more] = graph.heads.filter((other) => other !== head);
  if (after === undefined || more.length > 0)
    throw new ToolError(
      "graph",
      after === undefined
        ? `"${head}" is the only head, so there is nothing to go behind`
        : `"${head}" could go behind ${[after, ...more].map((name) => `"${name}"`).join(" or ")}; join these first with \`godwit generate --merge\`, or renumber one of them`,
      { heads: graph.heads },
    );
  const own = ownOf(graph, head);
  refuseSquashed(graph, own);
  const names = new Map<string, string>();
  let taken = existing.filter((name) => !own.includes(name));
  for (const from of own) {
    const to = `${nextNumber(taken)}_${from.replace(/^\d+_/, "")}`;
    names.set(from, to);
    taken = [...taken, to];
  }
  const moves = own.map((from) => {
    const { dependencies } = requireMigration(graph, from);
    const kept = dependencies.flatMap((name) => names.get(name) ?? []);
    const onOthers = kept.length < dependencies.length || dependencies.length === 0;
    return { from, to: names.get(from) ?? from, dependencies: [...(onOthers ? [after] : []), ...kept] };
  });
  return { after, moves };
}

function refuseSquashed(graph: Graph, names: readonly string[]): void {
  const involved = graph.squashes.find(
    ({ migration }) => names.includes(migration.name) || migration.replaces.some((each) => names.includes(each)),
  );
  if (!involved) return;
  const { name } = involved.migration;
  throw new ToolError("graph", `"${name}" stands for other migrations by their names, so these keep their numbers`, {
    migration: name,
  });
}
