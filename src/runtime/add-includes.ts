import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { ToolError } from "../core/errors.ts";

/** An include of a file in a package. */
export interface PackageInclude {
  readonly package: string;
  readonly path: string;
}

/**
 * The text of a schema file with these includes behind those that it has. All else stays as it is written, comments and layout included. Throws ToolError `schema`
 * where that cannot be done, such as for a list that is an alias.
 */
export function addIncludes(text: string, file: string, added: readonly PackageInclude[]): string {
  const document = parseDocument(text, { merge: true, logLevel: "error" });
  const by = (why: string): ToolError =>
    new ToolError("schema", `"${file}" cannot be added to: ${why}; write the include by hand`, { file });
  if (document.errors.length > 0) throw by("it is not valid YAML");
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const place = placeIn(document.contents, text);
  if (!place) throw by(`its "include" is no plain list`);
  const { at, until = at, write } = place;
  const result = text.slice(0, at) + write(added, newline) + text.slice(until);
  if (!saysOnlyThatMore(text, result, added)) throw by("its layout is too unusual");
  return result;
}

interface Place {
  /** Offset at which the text is put, and the end of what it takes the place of. */
  readonly at: number;
  readonly until?: number;
  write(added: readonly PackageInclude[], newline: string): string;
}

function placeIn(contents: unknown, text: string): Place | undefined {
  if (contents === null || (isScalar(contents) && contents.value === null))
    return {
      at: text.length,
      write: (added, nl) => (text === "" || text.endsWith("\n") ? "" : nl) + topKey(added, nl),
    };
  if (!isMap(contents)) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === "include");
  return pair ? placeInValue(pair, text) : placeBefore(contents, text);
}

/** Before the first key, so that what is said at the head of the file stays there. */
function placeBefore(map: YAMLMap, text: string): Place | undefined {
  const start = map.range?.[0];
  if (start === undefined) return undefined;
  if (map.flow) {
    const comma = map.items.length > 0 ? "," : "";
    return { at: start + 1, write: (added) => ` include: [${added.map(inFlow).join(", ")}]${comma}` };
  }
  return start === lineStart(text, start) ? { at: start, write: topKey } : undefined;
}

function placeInValue({ key, value }: Pair, text: string): Place | undefined {
  if (isSeq(value)) return value.flow ? behindFlow(value) : behindBlock(value, text);
  if (!isScalar(value) || value.value !== null || !value.range) return undefined;
  const behindColon = text.indexOf(":", endOf(key)) + 1;
  const [start, end] = value.range;
  // The range of nothing may begin behind a comment.
  const at = text.slice(start, end).trim() === "" ? behindColon : start;
  const space = at === behindColon ? " " : "";
  return { at, until: at === behindColon ? at : end, write: (added) => `${space}[${added.map(inFlow).join(", ")}]` };
}

function behindFlow(list: YAMLSeq): Place | undefined {
  const last = list.items.at(-1);
  const end = endOf(last);
  if (end !== undefined) return { at: end, write: (added) => added.map((each) => `, ${inFlow(each)}`).join("") };
  const start = list.range?.[0];
  return start === undefined || last !== undefined
    ? undefined
    : { at: start + 1, write: (added) => added.map(inFlow).join(", ") };
}

function behindBlock(list: YAMLSeq, text: string): Place | undefined {
  const start = list.range?.[0];
  const end = endOf(list.items.at(-1));
  if (start === undefined || end === undefined) return undefined;
  const indent = text.slice(lineStart(text, start), start);
  if (indent.trim() !== "") return undefined;
  // The end of what is written in a block may lie behind the line break.
  const written = text.slice(0, end).trimEnd().length;
  const lineEnd = text.indexOf("\n", written);
  const open = lineEnd < 0;
  return {
    at: open ? text.length : lineEnd + 1,
    write: (added, nl) => (open ? nl : "") + inBlock(added, indent, nl),
  };
}

const endOf = (node: unknown): number | undefined =>
  (node as { readonly range?: readonly number[] } | undefined)?.range?.[1];

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

const topKey = (added: readonly PackageInclude[], newline: string): string =>
  `include:${newline}${inBlock(added, "  ", newline)}`;

const inBlock = (added: readonly PackageInclude[], indent: string, newline: string): string =>
  added
    .map((each) => `${indent}- package: "${each.package}"${newline}${indent}  path: ${plain(each.path)}${newline}`)
    .join("");

const inFlow = (each: PackageInclude): string => `{ package: "${each.package}", path: ${plain(each.path)} }`;

const plain = (path: string): string => (/^[A-Za-z][\w./-]*$/.test(path) ? path : JSON.stringify(path));

/** Whether the new text says what the old one says, and these includes behind those of it. */
function saysOnlyThatMore(before: string, after: string, added: readonly PackageInclude[]): boolean {
  const document = parseDocument(after, { merge: true, logLevel: "error" });
  if (document.errors.length > 0) return false;
  const { include: old, ...rest } = saidBy(before);
  const { include: now, ...others } = document.toJS() as Readonly<Record<string, unknown>>;
  const list = [
    ...(Array.isArray(old) ? old : []),
    ...added.map(({ package: name, path }) => ({ package: name, path })),
  ];
  return Bun.deepEquals(now, list) && Bun.deepEquals(rest, others);
}

const saidBy = (text: string): Readonly<Record<string, unknown>> =>
  (parseDocument(text, { merge: true, logLevel: "error" }).toJS() ?? {}) as Readonly<Record<string, unknown>>;
