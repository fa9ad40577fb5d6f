import { ToolError } from "../errors.ts";
import { type Graph, requireMigration } from "./graph.ts";
import type { Migration } from "./migration.ts";

/** What a reference leads to: a migration, or where nothing is applied. */
export type Referred = Migration | "base";

/** Where a reference is read: `applied` and `pending` in the order in which they run; absent where no database is asked. */
export interface ReferenceContext {
  readonly graph: Graph;
  /** Only whole names count, for what is done on the word of whoever says it. */
  readonly whole?: boolean;
  readonly state?: { readonly applied: readonly Migration[]; readonly pending: readonly Migration[] };
}

/**
 * The migration that a person means: its name; the beginning of it that no other has; `head`, the one that nothing depends on; `base`, before the first one; `+2`,
 * the second that is pending, and `-1`, the one before the newest that is applied; either also behind another reference: `head-1`, `0007+2`.
 * Throws ToolError `unknown-migration` that lists the candidates where there are several.
 */
export function resolveReference(text: string, context: ReferenceContext): Referred {
  const { graph } = context;
  const exact = graph.find(text);
  if (exact) return exact;
  if (text === "base") return "base";
  if (text === "head") return onlyHead(graph);
  const started = context.whole ? undefined : startingWith(text, graph);
  if (started) return started;
  const [, from, sign, count] = /^(.*?)([+-])(\d+)$/s.exec(text) ?? [];
  if (from === undefined || count === undefined) return requireMigration(graph, text);
  const steps = Number(count) * (sign === "-" ? -1 : 1);
  return from === "" ? fromNow(text, steps, context) : walk(resolveReference(from, context), steps, { text, graph });
}

/** As `resolveReference`, where a migration has to be named. Throws ToolError `unknown-migration` for `base` too. */
export function resolveMigration(text: string, context: ReferenceContext): Migration {
  const found = resolveReference(text, context);
  if (found !== "base") return found;
  throw refused(text, "is where nothing is applied yet, and no migration; name one");
}

function onlyHead({ heads, find }: Graph): Referred {
  const [name, ...more] = heads;
  if (name === undefined) return "base";
  if (more.length > 0) throw several("head", "may be any of", heads);
  return find(name) ?? "base";
}

function startingWith(text: string, graph: Graph): Migration | undefined {
  // What stands for others, or is stood for, is told by its whole name.
  if (text === "" || graph.replaced.has(text)) return undefined;
  const found = graph.order.filter(({ name }) => name.startsWith(text));
  if (found.length > 1)
    throw several(
      text,
      "is how several begin:",
      found.map(({ name }) => name),
    );
  return found[0];
}

function fromNow(text: string, steps: number, { state }: ReferenceContext): Referred {
  if (!state) throw refused(text, "counts from what is applied, and no database is asked here; name a migration");
  if (steps > 0) {
    const found = state.pending[steps - 1];
    if (found) return found;
    throw refused(text, `is beyond the end: ${state.pending.length} pending`, { pending: state.pending.length });
  }
  if (-steps > state.applied.length)
    throw refused(text, `is beyond the beginning: ${state.applied.length} applied`, { applied: state.applied.length });
  return state.applied.at(steps - 1) ?? "base";
}

/** Step by step, as long as there is one way to go. */
function walk(
  from: Referred,
  steps: number,
  { text, graph }: { readonly text: string; readonly graph: Graph },
): Referred {
  let at = from;
  for (let left = Math.abs(steps); left > 0; left--) {
    const next = steps > 0 ? after(at, graph) : before(at);
    const [name, ...more] = next;
    if (more.length > 0) throw several(text, "comes to a fork:", next);
    if (name === undefined && (steps > 0 || at === "base"))
      throw refused(text, `is beyond the ${steps > 0 ? "end" : "beginning"}`);
    at = name === undefined ? "base" : (graph.find(name) ?? "base");
  }
  return at;
}

const after = (at: Referred, graph: Graph): readonly string[] =>
  at === "base" ? graph.roots : graph.children(at.name);
const before = (at: Referred): readonly string[] => (at === "base" ? [] : at.dependencies);

function several(text: string, what: string, candidates: readonly string[]): ToolError {
  const list = candidates.map((name) => `"${name}"`).join(", ");
  return refused(text, `${what} ${list}; name one`, { candidates });
}

const refused = (text: string, what: string, data: object = {}): ToolError =>
  new ToolError("unknown-migration", `"${text}" ${what}`, { migration: text, ...data });
