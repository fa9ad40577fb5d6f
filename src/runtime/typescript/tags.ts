import type { Node } from "@babel/types";
import type { Position } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import type { Problem } from "../../core/schema/problem.ts";
import { positionOf, type SourceText } from "./source.ts";

/** What the JSDoc comment before something says. */
export interface Doc {
  /** The text before the first tag; absent: none. */
  readonly description?: string;
  /** Those that mean something here, in their order. */
  readonly tags: readonly Tag[];
}

export interface Tag {
  readonly name: TagName;
  /** What stands behind it, up to the next tag. */
  readonly text: string;
  readonly at: Position;
}

/** The tags that say something about a table or a field. */
export const tagNames = [
  "table",
  "godwit",
  "ignore",
  "column",
  "type",
  "length",
  "precision",
  "primaryKey",
  "unique",
  "index",
  "check",
  "default",
  "autoCreate",
  "autoUpdate",
  "references",
  "onDelete",
  "onUpdate",
  "manyToMany",
  "through",
  "comment",
] as const;
export type TagName = (typeof tagNames)[number];

/** What the comment before a node says; tags that look like misspelt ones of `tagNames` are problems. */
export function docOf(nodes: readonly (Node | null | undefined)[], source: SourceText, problems: Problem[]): Doc {
  const comment = nodes
    // Behind a decorator, one may stand before nothing else.
    .flatMap((node) => [
      ...(node?.leadingComments ?? []),
      ...(node?.type === "Decorator" ? (node.trailingComments ?? []) : []),
    ])
    .findLast(({ type, value }) => type === "CommentBlock" && value.startsWith("*"));
  if (!comment) return { tags: [] };
  const begin = positionOf(comment, source);
  const found = [...comment.value.matchAll(tagPattern)].flatMap((match) => {
    const [whole, lead = "", word = ""] = match;
    const lineBegins = /(?:^\*|\n[ \t]*\*?)[ \t]*$/.test(comment.value.slice(0, match.index + lead.length));
    const name = byLowerCase.get(word.toLowerCase());
    const from = match.index + lead.length;
    if (name === undefined && !lineBegins) return [];
    return { name, word, from, to: match.index + whole.length, at: within(begin, `/*${comment.value.slice(0, from)}`) };
  });
  const description = plainText(comment.value.slice(1, found[0]?.from));
  const tags = found.flatMap(({ name, word, to, at }, i): Tag[] => {
    if (name !== undefined) return [{ name, text: plainText(comment.value.slice(to, found[i + 1]?.from)), at }];
    const near = others.has(word.toLowerCase()) ? undefined : nearest(word, tagNames);
    if (near) problems.push({ message: `unknown tag "@${word}"; did you mean "@${near}"?`, position: at });
    return [];
  });
  return { ...(description !== "" && { description }), tags };
}

/** The last of several tags of a name. */
export const tagOf = ({ tags }: Pick<Doc, "tags">, name: TagName): Tag | undefined =>
  tags.findLast((tag) => tag.name === name);

export const hasTag = (doc: Pick<Doc, "tags">, name: TagName): boolean => tagOf(doc, name) !== undefined;

/** Where one comes by passing over a text. */
function within({ file, line, column }: Position, text: string): Position {
  const lines = text.split("\n");
  const last = lines.at(-1)?.length ?? 0;
  return { file, line: line + lines.length - 1, column: lines.length > 1 ? last + 1 : column + last };
}

const tagPattern = /(^|[\s*])@([A-Za-z]\w*)/g;

/** `@defaultValue` is what TSDoc calls `@default`. */
const byLowerCase = new Map<string, TagName>([
  ...tagNames.map((name) => [name.toLowerCase(), name] as const),
  ["defaultvalue", "default"],
  ["pk", "primaryKey"],
]);

/** Tags of JSDoc and TSDoc that are near to one of ours and mean something else. */
const others = new Set(["typedef", "types", "typeparam", "throws", "public", "defaults", "enum", "name", "member"]);

/** Without the stars at the beginnings of lines; lines are joined, paragraphs are kept. */
const plainText = (text: string): string =>
  text
    .replace(/\r\n/g, "\n")
    .replace(/\n[ \t]*\*(?!\/) ?/g, "\n")
    .replace(
      /\{@link(?:code|plain)?\s+([^}|\s]+)(?:[\s|]+([^}]+))?\}/g,
      (_, target: string, label?: string) => label?.trim() ?? target,
    )
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .filter((paragraph) => paragraph !== "")
    .join("\n");
