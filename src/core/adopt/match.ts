import { ToolError } from "../errors.ts";
import type { Graph } from "../plan/graph.ts";
import type { Migration } from "../plan/migration.ts";
import type { Books, Recorded } from "./define.ts";

/** Which migrations are applied already, by what another tool says. */
export interface Matched {
  /** In the order of the graph. */
  readonly applied: readonly Migration[];
  /** Converted ones that the tool has not applied, in the order of the graph. */
  readonly pending: readonly Migration[];
  /** Whether the migrations are not this tool's one by one, so that all of them together are what the database has. */
  readonly whole: boolean;
}

/**
 * Holds the migrations of a project against what a tool has recorded. A migration that only says what the database has after all of them counts as applied
 * with the last one. Throws ToolError `history` where the tool does not know itself, and where it has applied what was not converted.
 */
export function matchRecorded(graph: Graph, books: Books, recorded: Recorded, allowUnknown = false): Matched {
  if (recorded.unclear)
    throw new ToolError("history", `${books.title}: ${recorded.unclear}; then adopt again`, { tool: books.tool });
  const converted = graph.order.filter((migration) => idsOf(migration, books).length > 0);
  if (converted.length === 0) return wholeOf(graph, books);
  const hasRun = recordedBy(books, recorded);
  const isDone = (migration: Migration): boolean => idsOf(migration, books).every(hasRun);
  if (!allowUnknown) refuseUnknown(converted, books, recorded);
  if (!books.sharesFormerIds) refuseAmbiguous(converted, books, wordsOf(recorded));
  const pending = converted.filter((migration) => !isDone(migration));
  const names = new Set(converted.filter(isDone).map(({ name }) => name));
  if (pending.length === 0) for (const { name } of graph.order.filter(isState)) names.add(name);
  return { applied: graph.order.filter(({ name }) => names.has(name)), pending, whole: false };
}

/** Whether a tool has applied what `convertedFrom` names so. */
export function recordedBy(books: Books, recorded: Recorded): (id: string) => boolean {
  const { upTo } = recorded;
  if (upTo !== undefined) return (id) => BigInt(id) <= BigInt(upTo);
  const done = wordsOf(recorded);
  return (id) => wordsFor(id, books).some((word) => done.has(word)) || (books.includes?.(recorded, id) ?? false);
}

const wordsOf = ({ ids, also }: Recorded): ReadonlySet<string> => new Set([...ids, ...(also?.values() ?? [])]);

const idsOf = ({ convertedFrom = [] }: Migration, { tool }: Books): readonly string[] =>
  convertedFrom.flatMap((origin) => (origin.tool === tool ? [origin.id] : []));

/** What a history may have for it. */
const wordsFor = (id: string, { formerId }: Books): readonly string[] => [id, formerId?.(id) ?? id];

/** It says what is there, and runs nothing. */
const isState = ({ operations, convertedFrom = [] }: Migration): boolean =>
  convertedFrom.length === 0 &&
  operations.length > 0 &&
  operations.every((operation) => "schemaOnly" in operation && operation.schemaOnly === true);

function wholeOf({ order }: Graph, { tool, title }: Books): Matched {
  if (order.length > 0) return { applied: order, pending: [], whole: true };
  throw new ToolError(
    "history",
    `the project has no migrations; convert those of ${title} with \`godwit convert DIRECTORY\`, or describe what the database has with \`godwit init --from-db URL\` and \`godwit generate\`; then adopt again`,
    { tool },
  );
}

function refuseUnknown(converted: readonly Migration[], books: Books, { ids, also }: Recorded): void {
  const all = converted.flatMap((migration) => idsOf(migration, books));
  const known = new Set(all.flatMap((id) => wordsFor(id, books)));
  const isKnown = (id: string): boolean =>
    known.has(id) || known.has(also?.get(id) ?? id) || all.some((own) => books.standsFor?.(own, id));
  const unknown = ids.filter((id) => !isKnown(id));
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, 5).map((id) => `"${id}"`);
  const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : "";
  throw new ToolError(
    "history",
    `${books.title} has applied ${shown.join(", ")}${more}, and no migration was converted from ${unknown.length === 1 ? "that" : "those"}; convert again with the files of all that it has applied, or go on without with --allow-unknown`,
    { tool: books.tool, unknown },
  );
}

/** What an older form of a history has for two migrations alike says of neither whether it is applied. */
function refuseAmbiguous(converted: readonly Migration[], books: Books, done: ReadonlySet<string>): void {
  const seen = new Map<string, string>();
  for (const id of converted.flatMap((migration) => idsOf(migration, books))) {
    const former = books.formerId?.(id);
    if (former === undefined || done.has(id) || !done.has(former)) continue;
    const other = seen.get(former);
    if (other !== undefined)
      throw new ToolError(
        "history",
        `${books.title}: its history has "${former}", which may be "${other}" or "${id}"; let the present version of it run once, which writes names; then adopt again`,
        { tool: books.tool },
      );
    seen.set(former, id);
  }
}
