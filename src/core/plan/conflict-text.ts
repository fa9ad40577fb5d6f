/** Two migrations of two branches between which somebody has to decide which runs first. Part of the public JSON. */
export interface Conflict {
  /** The heads of the branches, sorted. */
  readonly heads: readonly [string, string];
  /** The migrations, in the order of the heads. */
  readonly migrations: readonly [string, string];
  /** What one of them changes and the other needs or changes too: `field "email" of "users"`. */
  readonly objects: readonly string[];
  /** The migrations of which nobody can tell what they touch, because they run SQL or code that does not say so. */
  readonly opaque: readonly string[];
}

/** One sentence per conflict. */
export function conflictText({ migrations: [first, second], objects }: Conflict): string {
  return `"${first}" and "${second}" conflict over ${objectsText(objects)}`;
}

/** The migrations that one conflicts with, each once. */
export const opponentsOf = (name: string, conflicts: readonly Conflict[]): readonly string[] => [
  ...new Set(
    conflicts.flatMap(({ migrations: [first, second] }) =>
      first === name ? [second] : second === name ? [first] : [],
    ),
  ),
];

/** The first few of what a conflict is about, in words. */
export function objectsText(objects: readonly string[]): string {
  const shown = objects.slice(0, 3);
  const more = objects.length - shown.length;
  return listed([...shown, ...(more > 0 ? [`${more} more`] : [])]);
}

/** What there is to do about conflicts, in a sentence. `applied`: what ran first already, where a database was asked. */
export function conflictAdvice(conflicts: readonly Conflict[], applied: ReadonlySet<string> = new Set()): string {
  const heads = headsOf(conflicts, applied);
  const other = heads.length > 2 ? "in another order" : "the other way round";
  const merge = `say which runs first with \`godwit generate --merge --order ${heads.join(",")}\` (or ${other}), or put what nobody has applied yet behind the other with \`godwit migrate renumber\``;
  const opaque = [...new Set(conflicts.flatMap((conflict) => conflict.opaque))].map((name) => `"${name}"`);
  if (opaque.length === 0) return merge;
  return `${merge}; if that is only because nobody knows what the SQL or the code of ${listed(opaque)} touches, say so there with \`touches\``;
}

/** All heads that conflict, those with something that is applied already before the others. */
function headsOf(conflicts: readonly Conflict[], applied: ReadonlySet<string>): readonly string[] {
  const begun = new Set(
    conflicts.flatMap(({ heads, migrations }) => heads.filter((_, i) => applied.has(migrations[i] ?? ""))),
  );
  const heads = [...new Set(conflicts.flatMap((conflict) => conflict.heads))].toSorted();
  return [...heads.filter((head) => begun.has(head)), ...heads.filter((head) => !begun.has(head))];
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
