import {
  anchorOf,
  byKind,
  type Cell,
  countsText,
  type Entry,
  headingOf,
  type SchemaDocument,
  type Sheet,
  usedColumns,
} from "./document.ts";
import { mermaidText } from "./mermaid.ts";
import type { Picture } from "./picture.ts";

/** A schema as Markdown, with its picture in Mermaid: one, or one for each group where one would hold too much. */
export function markdownText({ title, picture, entries }: SchemaDocument): string {
  const kinds = byKind(entries);
  return [
    `# ${plain(title)}`,
    `${countsText(entries) || "Nothing is declared"}.`,
    ...(picture.tables.length === 0 ? [] : pictures(picture)),
    ...kinds.flatMap(([kind, members]) => [`## ${headingOf(kind)}`, contents(members), ...members.flatMap(entryText)]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Mermaid and what draws it have limits; GitHub draws up to 50,000 characters. */
const MOST_TABLES = 40;

function pictures(picture: Picture): readonly string[] {
  if (picture.tables.length <= MOST_TABLES || picture.groups.length === 1)
    return ["## Picture", fenced("mermaid", mermaidText(picture))];
  return [
    "## Pictures",
    ...picture.groups.flatMap((group) => {
      const tables = picture.tables.filter((table) => table.group === group);
      const names = new Set(tables.map(({ name }) => name));
      const references = picture.references.filter(({ from, to }) => names.has(from) && names.has(to));
      return [
        `### ${plain(group || "Others")}`,
        fenced("mermaid", mermaidText({ groups: [group], tables, references })),
      ];
    }),
  ];
}

const contents = (entries: readonly Entry[]): string =>
  entries.map(({ kind, name }) => `[${plain(name)}](#${anchorOf(kind, name)})`).join(" · ");

const entryText = ({ kind, name, comment, sheets, sql }: Entry): readonly string[] => [
  `<a id="${anchorOf(kind, name)}"></a>\n\n### ${plain(name)}`,
  ...(comment ? [plain(comment)] : []),
  ...sheets.map(sheetText),
  ...(sql === undefined ? [] : [fenced("sql", sql)]),
];

function sheetText({ title, columns, rows }: Sheet): string {
  const used = usedColumns({ columns, rows });
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    `**${title}**\n`,
    line(used.map((i) => columns[i] ?? "")),
    line(used.map(() => "---")),
    ...rows.map((row) => line(used.map((i) => cellText(row[i] ?? "")))),
  ].join("\n");
}

const cellText = (cell: Cell): string =>
  typeof cell === "string" ? plain(cell) : `[${plain(cell.table)}](#${anchorOf("table", cell.table)})`;

/** A text that Markdown takes as it stands, on one line. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>()#+!|~-]/g, "\\$&")
    .replace(/&/g, "&amp;");

/** Longer than any fence inside. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
