import type { Graph } from "./graph.ts";

/**
 * The graph as a text tree, one line per migration. A chain stays in its column, a fork is indented, and a merge stands below the
 * fork that it closes.
 */
export function drawGraph(graph: Graph, label: (name: string) => string = (name) => name): string {
  const drawing: Drawing = { graph, label, lines: [], drawn: new Set(), merges: new Set() };
  drawSiblings(drawing, graph.roots, "");
  return drawing.lines.join("\n");
}

interface Drawing {
  readonly graph: Graph;
  readonly label: (name: string) => string;
  readonly lines: string[];
  readonly drawn: Set<string>;
  /** Merges that have been reached and wait for the rest of their dependencies. */
  readonly merges: Set<string>;
}

function drawSiblings(drawing: Drawing, names: readonly string[], prefix: string): void {
  let next = names;
  while (next.length > 0) {
    const [only, ...others] = next;
    if (others.length === 0 && only !== undefined) {
      drawLine(drawing, only, prefix);
      next = following(drawing, only);
      if (next.length === 0 && prefix === "") next = readyMerges(drawing);
      continue;
    }
    for (const [i, name] of next.entries()) {
      const last = i === next.length - 1;
      drawLine(drawing, name, `${prefix}${last ? "└─ " : "├─ "}`);
      drawSiblings(drawing, following(drawing, name), `${prefix}${last ? "   " : "│  "}`);
    }
    next = readyMerges(drawing);
  }
}

function drawLine({ graph, label, lines, drawn }: Drawing, name: string, prefix: string): void {
  const { dependencies = [] } = graph.find(name) ?? {};
  const merged = dependencies.length > 1 ? `  (merges ${dependencies.join(", ")})` : "";
  lines.push(`${prefix}${label(name)}${merged}`);
  drawn.add(name);
}

/** The children that belong right below; merges are left for the fork that they close. */
function following({ graph, merges }: Drawing, name: string): readonly string[] {
  const isMerge = (child: string): boolean => (graph.find(child)?.dependencies.length ?? 0) > 1;
  const children = graph.children(name);
  for (const child of children) if (isMerge(child)) merges.add(child);
  return children.filter((child) => !isMerge(child));
}

function readyMerges({ graph, merges, drawn }: Drawing): readonly string[] {
  const ready = [...merges].filter((name) => graph.find(name)?.dependencies.every((d) => drawn.has(d))).toSorted();
  for (const name of ready) merges.delete(name);
  return ready;
}
