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
  const shown = objects.slice(0, 3);
  const more = objects.length - shown.length;
  const list = [...shown, ...(more > 0 ? [`${more} more`] : [])];
  return `"${first}" and "${second}" conflict over ${listed(list)}`;
}

/** What there is to do about conflicts, in a sentence. */
export function conflictAdvice(conflicts: readonly Conflict[]): string {
  const [first, second] = conflicts[0]?.heads ?? ["", ""];
  const merge = `say which runs first with \`godwit generate --merge --order ${first},${second}\` (or the other way round)`;
  const opaque = [...new Set(conflicts.flatMap((conflict) => conflict.opaque))].map((name) => `"${name}"`);
  if (opaque.length === 0) return merge;
  return `${merge}; if that is only because nobody knows what the SQL or the code of ${listed(opaque)} touches, say so there with \`touches\``;
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
