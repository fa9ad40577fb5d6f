import { type ListKey, listWords } from "./beside-tables.ts";
import { canonicalJson } from "./canonical.ts";
import type { Declaration, DeclaredLists } from "./declared.ts";
import type { Problem } from "./problem.ts";

/** What all files list beside tables; what a file says wins over what those that it includes say, and files of equal rank must agree. */
export function mergeLists(
  files: readonly Declaration[],
  includes: (file: string, other: string) => boolean,
  problems: Problem[],
): DeclaredLists {
  const merge = <K extends ListKey>(key: K): DeclaredLists[K] => {
    const found = new Map<string, { readonly thing: DeclaredLists[K][number]; readonly file: string }>();
    for (const { file, [key]: things } of files)
      for (const thing of things) {
        const before = found.get(thing.name);
        if (before && !isSame(before.thing, thing) && !includes(file, before.file)) {
          const other = before.thing.at();
          const message = `${listWords[key]} "${thing.name}" is another one here than in ${other.file}:${other.line}; make them agree`;
          problems.push({ message, position: thing.at("name"), other: other.file });
        }
        found.set(thing.name, { thing, file });
      }
    return [...found.values()].map(({ thing }) => thing) as unknown as DeclaredLists[K];
  };
  return { extensions: merge("extensions"), domains: merge("domains"), sequences: merge("sequences") };
}

function isSame<T extends { readonly at: unknown }>(a: T, b: T): boolean {
  const [{ at: _, ...first }, { at: __, ...second }] = [a, b];
  return canonicalJson(first) === canonicalJson(second);
}
