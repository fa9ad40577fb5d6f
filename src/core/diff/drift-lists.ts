import { type Listed, type ListKey, listWords } from "../schema/beside-tables.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { Extension } from "../schema/model.ts";
import type { Change } from "./change.ts";

/** What is different about domains or sequences, which are in the form in which they are compared. */
export const listChanges = <K extends ListKey>(
  key: K,
  want: readonly Listed[K][],
  have: readonly Listed[K][],
): readonly Change[] => {
  const word = listWords[key];
  return [
    ...want.flatMap((wanted) => {
      const found = have.find(({ name }) => name === wanted.name);
      if (!found) return [change("missing", word, wanted.name, "is not in the database")];
      const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])] as (keyof typeof wanted)[];
      const different = keys.filter((each) => text(wanted[each]) !== text(found[each]));
      if (different.length === 0) return [];
      const words = different.map(
        (each) => `${String(each)} is ${text(found[each])} in the database, ${text(wanted[each])} expected`,
      );
      return [change("changed", word, wanted.name, words.join("; "))];
    }),
    ...have
      .filter(({ name }) => !want.some((wanted) => wanted.name === name))
      .map(({ name }) => change("extra", word, name, "is only in the database")),
  ];
};

/** Those that no migration made are often the business of whoever runs the database. */
export const extensionChanges = (want: readonly Extension[], have: readonly Extension[]): readonly Change[] =>
  listChanges(
    "extensions",
    want,
    have.flatMap((found) => {
      const wanted = want.find(({ name }) => name === found.name);
      if (!wanted) return [];
      const { version, ...rest } = found;
      return [wanted.version === undefined || version === undefined ? { ...rest, ...versionOf(wanted) } : found];
    }),
  );

const versionOf = ({ version }: Extension) => (version === undefined ? {} : { version });

const text = (value: unknown): string => (value === undefined ? "none" : canonicalJson(value));

const change = (how: string, word: string, name: string, detail: string): Change => ({
  kind: `${how}_${word}`,
  table: null,
  object: name,
  detail: `${word} "${name}"${how === "changed" ? ":" : ""} ${detail}`,
  destructive: false,
});
