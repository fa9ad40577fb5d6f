import { operationKinds } from "../../src/core/operations/index.ts";
import { readAt } from "./data.ts";
import { isData } from "./inert.ts";
import { MAX_SOURCE_LENGTH } from "./limits.ts";

/**
 * The value of a file that is data as its author wrote it: it imports what `"godwit"` has, exports one value, and has no types, comments
 * of one line or code in it. Generated migrations are like that, and translating a thousand of them takes three times as long as reading
 * them. `undefined` for every other file: it is translated first.
 *
 * test/sandbox/source-data.test.ts holds it to the same values as the sandbox.
 */
export function readSource(source: string): { readonly value: unknown } | undefined {
  if (source.length > MAX_SOURCE_LENGTH) return undefined;
  const [head, list = ""] = HEAD.exec(source) ?? [];
  if (head === undefined) return undefined;
  const names = list
    .replace(/,[ \t\n]*$/, "")
    .split(",")
    .map((name) => name.trim());
  const imported = new Set(names);
  // A name that is there twice or does not exist is an error, and other words are TypeScript.
  if (imported.size < names.length || !names.every((name) => exported.has(name))) return undefined;
  const read = readAt(source, head.length);
  if (!read || !TAIL.test(source.slice(read.end)) || !isData(source.slice(head.length, read.end), imported))
    return undefined;
  return { value: read.value };
}

const exported: ReadonlySet<string> = new Set(["migration", ...operationKinds]);

const HEAD =
  /^[ \t\n]*import[ \t\n]*\{([\w$, \t\n]+)\}[ \t\n]*from[ \t\n]*"godwit";[ \t\n]*export[ \t\n]+default[ \t\n]+/;
const TAIL = /^[ \t\n]*;?[ \t\n]*$/;
