import type { Namespace } from "../schema/model.ts";
import type { Change } from "./change.ts";

/** What is different about namespaces. Those that no migration makes are listed among what is not compared. */
export const namespaceChanges = (want: readonly Namespace[], have: readonly Namespace[]): readonly Change[] =>
  want.flatMap((wanted) => {
    const found = have.find(({ name }) => name === wanted.name);
    if (!found) return [change("missing", wanted, " is not in the database")];
    const text = ({ comment }: Namespace): string => (comment === undefined ? "none" : JSON.stringify(comment));
    return found.comment === wanted.comment
      ? []
      : [change("changed", wanted, `: comment ${text(found)} in the database, ${text(wanted)} expected`)];
  });

const change = (kind: string, { name }: Namespace, words: string): Change => ({
  kind: `${kind}_namespace`,
  table: null,
  object: name,
  detail: `namespace "${name}"${words}`,
  destructive: false,
});
