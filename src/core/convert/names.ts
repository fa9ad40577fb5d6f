import type { SourceFile } from "./define.ts";

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Files that lie directly in the directory that was named, in the order of their names. */
export const topFiles = (files: readonly SourceFile[]): readonly SourceFile[] =>
  files.filter(({ inside }) => !inside.includes("/")).toSorted((a, b) => compare(a.inside, b.inside));

/** The name of a migration in godwit: the tool's own wherever that is one, because both a history and people know it. */
export const migrationName = (number: string, words: string): string =>
  `${number}_${words.replace(/[./\\\s,]+/g, "_").replace(/^_+(?=.)|_+$/g, "") || "migration"}`;

/** The same for what has no number: that of its place in the order, from 1. */
export const numberedName = (place: number, words: string): string =>
  migrationName(String(place).padStart(4, "0"), words);

/** By UTF-16 units, as every machine sorts. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By number, of texts of digits of any length. */
export const compareNumbers = (a: string, b: string): number => {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
