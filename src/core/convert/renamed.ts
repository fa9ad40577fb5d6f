import type { Operation } from "../operations/index.ts";

/** Whether a statement may give something another name. */
export const speaksOfNames = (words: readonly string[]): boolean =>
  words.some((word) => /^(?:RENAME|CHANGE)$/i.test(word));

/** Whether a statement, as `wordsOf` cuts it, gives what is called `from` the name `to`: `RENAME [COLUMN] from TO to`, `from RENAME TO to`, `CHANGE [COLUMN] from to`. */
export function saysRename(words: readonly string[], from: string, to: string): boolean {
  const names = words.map(plainName);
  const follows = (at: number, name: string): boolean =>
    names[at + 1] === name || (/^(?:TO|AS)$/i.test(words[at + 1] ?? "") && names[at + 2] === name);
  if (!speaksOfNames(words)) return false;
  const [old, own] = [lastPart(from), lastPart(to)];
  return words.some(
    (word, at) =>
      (names[at] === old && follows(at, own)) || (/^RENAME$/i.test(word) && follows(at, own) && names.includes(old)),
  );
}

/** Whether something goes and something comes by a statement about names, so that one may be the other, with all its rows. */
export function mayHideRename(words: readonly string[], changes: readonly Operation[]): boolean {
  const has = (kind: Operation["kind"]): boolean => changes.some((change) => change.kind === kind);
  return speaksOfNames(words) && ((has("dropField") && has("addField")) || (has("dropTable") && has("createTable")));
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
const plainName = (word: string): string => {
  const [, quoted] = /^(?:"(.*)"|`(.*)`|\[(.*)\])$/s.exec(word)?.filter((part) => part !== undefined) ?? [];
  return quoted ?? word;
};
