import { type Operation, titleOf } from "../operations/index.ts";
import type { CodeFunction } from "../operations/params.ts";
import { canonicalJson } from "../schema/canonical.ts";
import type { Migration } from "./migration.ts";

/**
 * What makes two versions of a migration different, a line each: `- ` an operation that is gone, `+ ` one that is new, `~ ` one
 * that is there still with other parameters. Empty when the operations are the same.
 */
export function diffOperations(
  from: Pick<Migration, "operations" | "transaction">,
  to: Pick<Migration, "operations" | "transaction">,
): readonly string[] {
  const lines = from.transaction === to.transaction ? [] : [`~ transaction: ${from.transaction} → ${to.transaction}`];
  return [...lines, ...pairUp(editsBetween(from.operations, to.operations)).map(lineOf)];
}

interface Edit {
  readonly from?: Operation;
  readonly to?: Operation;
}

/** The shortest list of removals and additions, by the longest common subsequence. */
function editsBetween(from: readonly Operation[], to: readonly Operation[]): readonly Edit[] {
  const [a, b] = [from.map(canonicalJson), to.map(canonicalJson)];
  const length = a.map(() => new Array<number>(b.length + 1).fill(0));
  length.push(new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = length[i] ?? [];
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const edits: Edit[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [gone, added] = [from[i], to[j]];
    if (gone && added && a[i] === b[j]) {
      i++;
      j++;
    } else if (gone && (!added || at(i + 1, j) >= at(i, j + 1))) {
      edits.push({ from: gone });
      i++;
    } else if (added) {
      edits.push({ to: added });
      j++;
    }
  }
  return edits;
}

/** A removal and an addition of the same title are one operation whose parameters changed. */
function pairUp(edits: readonly Edit[]): readonly Edit[] {
  const taken = new Set<Edit>();
  return edits.flatMap((edit) => {
    if (taken.has(edit)) return [];
    const { from, to } = edit;
    const mine = from ?? to;
    const other = edits.find(
      (e) => e !== edit && !taken.has(e) && mine && isSame(from ? e.to : e.from, mine) && !(e.from && e.to),
    );
    if (!other) return [edit];
    taken.add(other);
    return [{ ...edit, ...other }];
  });
}

const isSame = (a: Operation | undefined, b: Operation): boolean =>
  a !== undefined && a.kind === b.kind && titleOf(a) === titleOf(b);

function lineOf({ from, to }: Edit): string {
  if (from && to) return `~ ${titleOf(to)}: ${differences(from, to, "").join(", ") || "in another place"}`;
  if (from) return `- ${titleOf(from)}`;
  return to ? `+ ${titleOf(to)}` : "";
}

/** `field.length: 10 → 20`, for every parameter that differs. */
function differences(from: unknown, to: unknown, path: string): readonly string[] {
  if (isFunction(from) && isFunction(to)) return from.code === to.code ? [] : [`${path}: other code`];
  if (isTree(from) && isTree(to) && Array.isArray(from) === Array.isArray(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) =>
      differences(from[key], to[key], Array.isArray(to) ? `${path}[${key}]` : join(path, key)),
    );
  }
  const [old, now] = [shown(from), shown(to)];
  if (textOf(from) === textOf(to)) return [];
  return [`${path}: ${old} → ${now}`];
}

/** Of a hash nobody can see what is different. */
const isFunction = (value: unknown): value is CodeFunction => isTree(value) && "function" in value && "code" in value;

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !(value instanceof Uint8Array);

const textOf = (value: unknown): string => (value === undefined ? "nothing" : canonicalJson(value));

const maxLength = 60;

function shown(value: unknown): string {
  const text = textOf(value);
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
