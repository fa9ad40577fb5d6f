import type { Picture, PictureTable, Reference, Row } from "./picture.ts";

/**
 * The picture in the language of Mermaid, which GitHub, GitLab and many editors draw: https://mermaid.js.org/syntax/entityRelationshipDiagram.html.
 * A type or name with characters that Mermaid has no place for has `_` there.
 */
export function mermaidText({ tables, references }: Picture): string {
  return [
    "erDiagram",
    ...tables.flatMap(entity),
    ...references.map(
      (reference) =>
        `  ${quoted(reference.to)} ${relation(reference)} ${quoted(reference.from)} : ${quoted(label(reference))}`,
    ),
    "",
  ].join("\n");
}

function entity(table: PictureTable): readonly string[] {
  if (table.rows.length === 0) return [`  ${quoted(table.name)}`];
  return [`  ${quoted(table.name)} {`, ...table.rows.map((row) => `    ${attribute(row)}`), "  }"];
}

function attribute({ type, name, marks, comment, nullable }: Row): string {
  const remark = [nullable ? "null" : "", comment ?? ""].filter((part) => part !== "").join(", ");
  const keys = marks.length > 0 ? ` ${marks.join(", ")}` : "";
  return `${word(type)} ${word(name)}${keys}${remark === "" ? "" : ` ${quoted(remark)}`}`;
}

/** Left stands the table that is pointed at. */
function relation({ kind, optional, single }: Reference): string {
  if (kind !== "foreign-key") return "||..o{";
  return `${optional ? "|o" : "||"}--${single ? "o|" : "o{"}`;
}

const label = ({ kind, fields }: Reference): string => (kind === "foreign-key" ? fields.join(", ") : kind);

/** Letters first; then digits, hyphens, underscores, parentheses and brackets too. */
const word = (text: string): string => {
  const plain = text.replace(/, */g, "-").replace(/[^\p{L}\p{N}_()[\]-]/gu, "_");
  return /^\p{L}|^_/u.test(plain) ? plain : `_${plain}`;
};

/** There is no way to write a double quote or a line break inside. */
const quoted = (text: string): string =>
  `"${
    text
      .replace(/"/g, "'")
      .replace(/[\s%\\]+/g, " ")
      .trim() || " "
  }"`;
