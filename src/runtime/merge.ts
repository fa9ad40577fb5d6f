import { ToolError } from "../core/errors.ts";
import { type Conflict, conflictText } from "../core/plan/conflict-text.ts";
import { conflictsOf } from "../core/plan/conflicts.ts";
import { buildGraph, type Graph } from "../core/plan/graph.ts";
import { mergeName } from "../core/plan/naming.ts";
import { printMigration } from "../core/plan/source.ts";
import { replay } from "../core/plan/state.ts";
import { readOrder } from "./answers.ts";

/** Which of the heads runs first, for those that do not commute. */
export interface OrderQuestion {
  readonly kind: "order";
  readonly id: "order";
  readonly text: string;
  /** A flag that answers it. */
  readonly flag: string;
  readonly heads: readonly string[];
  /** The orders in which the migrations fit together, of two heads. */
  readonly orders: readonly (readonly string[])[];
  readonly conflicts: readonly Conflict[];
}

export interface MergeOptions {
  /** Heads with commas between them, the one that runs first at the front. */
  readonly order?: string | undefined;
  /** Words of the file name. */
  readonly name?: string | undefined;
  /** Path of a file with answers. */
  readonly answers?: string | undefined;
  /** Asks a person. */
  readonly ask?: ((question: OrderQuestion) => Promise<readonly string[]>) | undefined;
}

export interface Merge {
  readonly name: string;
  readonly source: string;
}

/**
 * A migration that joins all heads and says in which order they run. Where they commute, that is by name and nobody is asked. Throws ToolError `questions`
 * when somebody has to say it and nobody can be asked, `usage` for an order that is none, and `state` for one in which they do not fit.
 */
export async function mergeHeads(graph: Graph, existing: readonly string[], options: MergeOptions): Promise<Merge> {
  const order = await orderOfHeads(graph, options);
  const name = mergeName(existing, order, options.name);
  checkFit(graph, order);
  return { name, source: printMigration({ dependencies: order, operations: [] }) };
}

async function orderOfHeads(graph: Graph, { order, answers, ask }: MergeOptions): Promise<readonly string[]> {
  const given = order === undefined ? await fromAnswers(answers) : order.split(",").map((name) => name.trim());
  const conflicts = conflictsOf(graph);
  if (given) return checkedOrder(graph, given, conflicts);
  if (conflicts.length === 0) return graph.heads;
  const question = questionOf(graph, conflicts);
  if (ask) return ask(question);
  const message = `a question is open, and nothing was written; answer with this flag, with --answers FILE, or run in a terminal:\n  ${question.text.replaceAll("\n", "\n  ")}\n    ${question.flag}`;
  throw new ToolError("questions", message, { questions: [question] });
}

const fromAnswers = async (path: string | undefined): Promise<readonly string[] | undefined> =>
  path === undefined ? undefined : readOrder(path);

function questionOf(graph: Graph, conflicts: readonly Conflict[]): OrderQuestion {
  const { heads } = graph;
  const orders = heads.length === 2 ? [heads, heads.toReversed()].filter((order) => fits(graph, order)) : [];
  const flag = `--order ${(orders[0] ?? heads).join(",")}`;
  const lines = conflicts.map(conflictText);
  const which = `which of the heads runs first?${heads.length === 2 ? remarkOn(orders) : ""}`;
  const text = [...lines, which].join("\n");
  return { kind: "order", id: "order", text, flag, heads, orders, conflicts };
}

function remarkOn(orders: readonly (readonly string[])[]): string {
  if (orders.length === 0) return " (in neither order do they fit together: one of them has to be edited)";
  return orders.length === 1 ? " (in this order alone they fit together)" : "";
}

/** Throws ToolError `usage` unless it names each head once. Those that commute with all others may be left out, and come last. */
function checkedOrder({ heads }: Graph, order: readonly string[], conflicts: readonly Conflict[]): readonly string[] {
  const names = order.map((text) => heads.find((head) => head === text) ?? onlyWithPrefix(heads, text));
  const left = heads.filter((head) => !names.includes(head));
  const missing = left.filter((head) => conflicts.some((conflict) => conflict.heads.includes(head)));
  if (missing.length === 0 && names.length === new Set(names).size) return [...names, ...left];
  const what = missing.length > 0 ? `leaves out ${quoted(missing)}` : "names a head twice";
  throw new ToolError("usage", `--order ${what}; give all heads with commas between them: ${heads.join(",")}`, {
    heads,
    order,
  });
}

function onlyWithPrefix(heads: readonly string[], text: string): string {
  const found = text === "" ? [] : heads.filter((head) => head.startsWith(text));
  const [one, ...more] = found;
  if (one !== undefined && more.length === 0) return one;
  const what = found.length > 1 ? `begins the names of ${quoted(found)}` : "is none of the heads";
  throw new ToolError("usage", `--order: "${text}" ${what}; the heads are ${quoted(heads)}`, { heads, order: text });
}

/** Throws ToolError `state` when what the migrations say does not fit together in that order. */
function checkFit(graph: Graph, order: readonly string[]): void {
  try {
    inOrder(graph, order);
  } catch (error) {
    if (!(error instanceof ToolError && error.code === "state")) throw error;
    const message = `with ${quoted(order)} in this order the migrations do not fit together: ${error.message}; give another order, or edit a migration that nobody has applied yet`;
    throw new ToolError("state", message, { ...error.data, order }, { cause: error });
  }
}

function fits(graph: Graph, order: readonly string[]): boolean {
  try {
    inOrder(graph, order);
    return true;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}

/** What all migrations add up to, merged in that order. */
function inOrder(graph: Graph, order: readonly string[]): void {
  const merge = {
    name: "~merge",
    dependencies: order,
    operations: [],
    replaces: [],
    transaction: true,
    checksum: "",
    file: "",
  };
  replay(buildGraph([...graph.written, merge], graph.surroundings).order, graph.surroundings);
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");
