import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import type { Position } from "../core/errors.ts";
import type { Locate, Path } from "../core/schema/part.ts";
import type { Problem } from "../core/schema/problem.ts";

export interface ParsedYaml {
  readonly file: string;
  /** Plain values; nothing when there are problems. */
  readonly value: unknown;
  readonly locate: Locate;
  /** Every syntax error. */
  readonly problems: readonly Problem[];
}

/**
 * Reads one YAML 1.2 document with anchors and merge keys into plain values. A number that JavaScript would write in another
 * way (`0.10`, `007`) stays the text it is. `file` is the name to show in positions.
 */
export function parseFullYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseWhole(text, lines);
  if (!document) {
    const position = { file, line: 1, column: 1 };
    return {
      file,
      value: undefined,
      locate: () => position,
      problems: [{ message: "the file is nested too deeply to be a schema", position }],
    };
  }
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const locate: Locate = (path, which) => position(offsetOf(document, path, which));
  const problems = document.errors.map(
    (e): Problem => ({ message: explain(e.code, e.message), position: position(e.pos[0]) }),
  );
  if (problems.length === 0)
    prepare(document, (message, offset) => problems.push({ message, position: position(offset) }));
  const value =
    problems.length === 0
      ? plainValue(document, (message) => problems.push({ message, position: position(0) }))
      : undefined;
  return { file, value, locate, problems };
}

/** The parser calls itself for each level, and reports an overflow as an error of the document or throws it. */
function parseWhole(text: string, lineCounter: LineCounter): Document | undefined {
  try {
    const document = parseDocument(text, { merge: true, lineCounter, prettyErrors: false, logLevel: "error" });
    return document.errors.some((e) => e.message.includes("call stack")) ? undefined : document;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const hints: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: `a second document begins here; one file is one schema, so remove the "---"`,
  TAB_AS_INDENT: "a tab is used for indentation; use spaces",
};

function explain(code: string, message: string): string {
  const own = hints[code];
  if (own !== undefined) return own;
  return `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** Keeps the texts of keys and numbers, and finds aliases that lead nowhere. */
function prepare(document: Document, report: (message: string, offset: number) => void): void {
  const anchors = new Set<string>();
  const define = (node: { readonly anchor?: string }) => void (node.anchor && anchors.add(node.anchor));
  visit(document, {
    Scalar(key, node) {
      define(node);
      keepSource(key === "key", node);
    },
    Collection: (_, node) => define(node),
    Alias(_, node) {
      if (!anchors.has(node.source)) report(`no anchor "&${node.source}" stands before this alias`, startOf(node) ?? 0);
    },
  });
}

/** Keys are always texts: `null:` and `true:` are names of defaults. */
function keepSource(isKey: boolean, node: Scalar): void {
  if (node.source === undefined || node.type !== Scalar.PLAIN) return;
  const { value } = node;
  if (isKey && typeof value !== "symbol") node.value = node.source;
  else if (typeof value === "number" && String(value) !== node.source && Number.isFinite(value))
    node.value = node.source;
}

/** Enough for a thousand tables that share their fields, too few for a document that multiplies itself. */
const maxAliasCount = 20_000;

function plainValue(document: Document, report: (message: string) => void): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const bomb = reason.startsWith("Excessive alias count");
    report(bomb ? "the aliases of this file multiply beyond all measure; write the tables out" : explain("", reason));
    return undefined;
  }
}

/** Offset of what stands at the path, or of the innermost thing on the way to it that is there. */
function offsetOf(document: Document, path: Path, which: "key" | "value" = "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [i, step] of path.entries()) {
    const { key, value } = stepInto(document, node, step);
    const wanted = which === "key" && i === path.length - 1 ? key : value;
    if (key === undefined && value === undefined) break;
    offset = startOf(wanted) ?? startOf(key) ?? offset;
    node = value;
  }
  return offset;
}

function stepInto(
  document: Document,
  node: unknown,
  step: string | number,
): { readonly key?: unknown; readonly value?: unknown } {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(target) && typeof step === "number") return { value: target.items[step] };
  return isMap(target) ? findPair(document, target, String(step)) : {};
}

/** The pair of a key, in the mapping itself or in those that it merges. */
function findPair(
  document: Document,
  map: YAMLMap,
  step: string,
): { readonly key?: unknown; readonly value?: unknown } {
  const own = map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === step);
  if (own) return own;
  for (const { key, value } of map.items) {
    if (!isScalar(key) || typeof key.value !== "symbol") continue;
    for (const source of isSeq(value) ? value.items : [value]) {
      const found = stepInto(document, source, step);
      if (found.key !== undefined) return found;
    }
  }
  return {};
}

/** An alias stands where it is written, not where its anchor is. */
const startOf = (node: unknown): number | undefined => (isNode(node) ? (node as Node).range?.[0] : undefined);
