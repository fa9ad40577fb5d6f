import { ToolError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { emptySchema, type Schema } from "../schema/model.ts";
import { branchOrder } from "./branch-order.ts";
import type { Applied, Migration } from "./migration.ts";
import { castOf, type Squash } from "./replacing.ts";

/** All migrations of a track with their dependencies, checked and in the order in which they run. */
export interface Graph {
  /** Dependencies first; of several that could come next, the first by name. The same files always give the same order. */
  readonly order: readonly Migration[];
  /** Names of migrations that depend on nothing, sorted. */
  readonly roots: readonly string[];
  /** Names of migrations that nothing depends on, sorted. */
  readonly heads: readonly string[];
  /** Whether the history forks anywhere, merged again or not. */
  readonly hasBranches: boolean;
  /** Tables of earlier tracks, which its migrations may point at. */
  readonly surroundings: Schema;
  /** All that files say: what others stand for here, or what does not stand for others yet, too. */
  readonly written: readonly Migration[];
  /** Name of a migration that does not count here → the names of those in its place. */
  readonly replaced: ReadonlyMap<string, readonly string[]>;
  /** Migrations that stand for others, and how they do here. */
  readonly squashes: readonly Squash[];
  find(name: string): Migration | undefined;
  /** Migrations that directly depend on this one, sorted. */
  children(name: string): readonly string[];
  /** All that must run before it, itself excluded. Throws ToolError `unknown-migration`. */
  ancestors(name: string): ReadonlySet<string>;
  /** All that build on it, itself excluded. Throws ToolError `unknown-migration`. */
  descendants(name: string): ReadonlySet<string>;
}

/**
 * Checks dependencies and orders migrations. Where some stand for others (`replaces`), the history of a database says which of both count;
 * without one it is those that an empty database runs. Throws ToolError `graph` for two migrations of one name, a dependency that
 * does not exist, a circle, or one that is replaced twice; `data` names the files.
 */
export function buildGraph(
  written: readonly Migration[],
  surroundings = emptySchema,
  history: readonly Applied[] = [],
): Graph {
  const { migrations, replaced, squashes } = castOf(written, history);
  const nodes = nodesOf(migrations);
  const order = inOrderOfMerges(sortTopologically(migrations, nodes), nodes);
  const heads = namesWhere(nodes, ({ children }) => children.length === 0);
  const children = (name: string): readonly string[] => nodes.get(name)?.children ?? [];
  const graph: Graph = {
    order,
    roots: namesWhere(nodes, ({ migration }) => migration.dependencies.length === 0),
    heads,
    hasBranches: heads.length > 1 || migrations.some(({ name }) => children(name).length > 1),
    surroundings,
    written,
    replaced,
    squashes,
    find: (name) => nodes.get(name)?.migration,
    children,
    ancestors: (name) =>
      reach(requireMigration(graph, name).name, (each) => nodes.get(each)?.migration.dependencies ?? []),
    descendants: (name) => reach(requireMigration(graph, name).name, children),
  };
  return graph;
}

/** The same graph as a database with this history has it. */
export const graphFor = (graph: Graph, history: readonly Applied[]): Graph =>
  graph.squashes.length === 0 ? graph : buildGraph(graph.written, graph.surroundings, history);

/** The migration of that exact name. Throws ToolError `unknown-migration` with the nearest name. */
export function requireMigration(
  graph: Pick<Graph, "find" | "order"> & Partial<Pick<Graph, "replaced">>,
  name: string,
): Migration {
  const found = graph.find(name);
  if (found) return found;
  const instead = graph.replaced?.get(name);
  if (instead) throw notCounted(name, instead);
  const names = graph.order.map((m) => m.name);
  const near = names.find((candidate) => candidate.startsWith(name)) ?? nearest(name, names);
  const hint = near ? `; did you mean "${near}"?` : "; `godwit migrate status` lists all";
  throw new ToolError("unknown-migration", `there is no migration "${name}"${hint}`, {
    migration: name,
    ...(near && { nearest: near }),
  });
}

function notCounted(name: string, instead: readonly string[]): ToolError {
  const names = instead.map((each) => `"${each}"`).join(", ");
  const message = `"${name}" is not there by itself: on this database ${names} ${instead.length === 1 ? "stands" : "stand"} for it; name that`;
  return new ToolError("unknown-migration", message, { migration: name, instead });
}

/** One map of these and not one of each: every command begins with all migrations, before anything of it is compiled. */
interface Node {
  readonly migration: Migration;
  readonly children: string[];
  /** How many of those that it depends on are not ordered yet. */
  open: number;
}

function nodesOf(migrations: readonly Migration[]): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const migration of migrations) {
    const other = nodes.get(migration.name);
    if (other) throw doubled(other.migration, migration);
    nodes.set(migration.name, { migration, children: [], open: 0 });
  }
  for (const migration of migrations) {
    for (const dependency of parentsOf(migration)) {
      const parent = nodes.get(dependency);
      if (!parent) throw missingDependency(migration, dependency, nodes.keys());
      parent.children.push(migration.name);
    }
  }
  for (const { children } of nodes.values()) if (children.length > 1) children.sort();
  return nodes;
}

function namesWhere(nodes: ReadonlyMap<string, Node>, holds: (node: Node) => boolean): readonly string[] {
  const names: string[] = [];
  for (const node of nodes.values()) if (holds(node)) names.push(node.migration.name);
  return names.sort();
}

function doubled({ name, file }: Migration, other: Migration): ToolError {
  const files = [file, other.file];
  return new ToolError("graph", `two migrations are called "${name}": ${files.join(" and ")}; rename one`, {
    migration: name,
    files,
  });
}

/** Each once. Nearly all migrations have one, and a set for each of a thousand takes a millisecond. */
const parentsOf = ({ dependencies }: Migration): readonly string[] =>
  dependencies.length < 2 ? dependencies : [...new Set(dependencies)];

function missingDependency(migration: Migration, dependency: string, names: Iterable<string>): ToolError {
  const near = nearest(dependency, names);
  const hint = near ? `did you mean "${near}"?` : "restore its file or remove the dependency";
  return new ToolError("graph", `${migration.file}: depends on "${dependency}", which does not exist; ${hint}`, {
    file: migration.file,
    migration: migration.name,
    dependency,
    ...(near && { nearest: near }),
  });
}

/**
 * A merge without operations says by the order of its dependencies which branch runs first. Throws ToolError `graph` when two merges say
 * the opposite of each other.
 */
function inOrderOfMerges(order: readonly Migration[], nodes: ReadonlyMap<string, Node>): readonly Migration[] {
  // Dependencies first: operations that are kept are decoded when somebody looks at them.
  const merges = order.filter((migration) => migration.dependencies.length > 1 && migration.operations.length === 0);
  if (merges.length === 0) return order;
  const before = branchOrder(order, merges);
  if (before.size === 0) return order;
  const sorted = sortTopologically(order, nodes, before);
  if (sorted.length === order.length) return sorted;
  const done = new Set(sorted.map(({ name }) => name));
  const names = merges.filter(({ name }) => !done.has(name)).map(({ name }) => name);
  throw new ToolError(
    "graph",
    `${names.map((name) => `"${name}"`).join(" and ")} do not agree about which branch runs first; put their dependencies into the same order`,
    { migrations: names },
  );
}

/**
 * Kahn's algorithm; the names that are ready are kept sorted. `before`: what runs before a migration besides its dependencies. With it, what waits for
 * itself is left out.
 */
function sortTopologically(
  migrations: readonly Migration[],
  nodes: ReadonlyMap<string, Node>,
  before: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): readonly Migration[] {
  // Sorted from last to first, so that the next one is popped from the end.
  const ready: string[] = [];
  const after = new Map<string, string[]>();
  for (const [name, earlier] of before) for (const each of earlier) after.set(each, [...(after.get(each) ?? []), name]);
  for (const node of nodes.values()) {
    node.open = parentsOf(node.migration).length + (before.get(node.migration.name)?.size ?? 0);
    if (node.open === 0) insertDescending(ready, node.migration.name);
  }
  const order: Migration[] = [];
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    const node = nodes.get(name);
    if (!node) continue;
    order.push(node.migration);
    for (const child of [...node.children, ...(after.get(name) ?? [])]) {
      const waiting = nodes.get(child);
      if (waiting && --waiting.open === 0) insertDescending(ready, child);
    }
  }
  if (order.length < migrations.length && before.size === 0)
    throw circle(migrations, new Set(order.map((m) => m.name)));
  return order;
}

function insertDescending(list: string[], name: string): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? "") > name) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, name);
}

/** Every migration that could not be ordered waits for another such one, so walking along these ends in the circle. */
function circle(migrations: readonly Migration[], ordered: ReadonlySet<string>): ToolError {
  const stuck = new Map(migrations.filter((m) => !ordered.has(m.name)).map((m) => [m.name, m]));
  const path: string[] = [];
  let name = [...stuck.keys()].toSorted()[0] ?? "";
  while (!path.includes(name)) {
    path.push(name);
    name = stuck.get(name)?.dependencies.find((dependency) => stuck.has(dependency)) ?? "";
  }
  const names = path.slice(path.indexOf(name));
  const files = names.map((n) => stuck.get(n)?.file ?? n);
  const quoted = (each: string): string => `"${each}"`;
  const text = [...names, name].map(quoted).join(" → ");
  const standing = names.flatMap((n) => {
    const { replaces = [] } = stuck.get(n) ?? {};
    return replaces.length > 0 ? `; "${n}" stands for ${replaces.map(quoted).join(", ")}` : "";
  });
  return new ToolError(
    "graph",
    `migrations depend on each other in a circle: ${text}${standing.join("")}; remove one of these dependencies`,
    {
      cycle: names,
      files,
    },
  );
}

function reach(start: string, next: (name: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [...next(start)];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    queue.push(...next(name));
  }
  return seen;
}
