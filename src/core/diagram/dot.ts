import { escapeMarkup } from "./markup.ts";
import { colourOf } from "./palette.ts";
import type { Picture, PictureTable, Reference } from "./picture.ts";

/** The picture in the language of Graphviz: https://graphviz.org/doc/info/lang.html. Each group is a cluster. */
export function dotText(picture: Picture): string {
  const { groups, tables, references } = picture;
  const inGroup = (group: string): readonly string[] =>
    tables.filter((table) => table.group === group).map((table) => node(table, colourOf(picture, group).head));
  const clusters = groups.flatMap((group, i) =>
    groups.length === 1 && group === ""
      ? inGroup(group)
      : [
          `  subgraph cluster_${i} {`,
          `    label=${quoted(group || "others")}; style="rounded"; color="${colourOf(picture, group).line}";`,
          ...inGroup(group).map((line) => `  ${line}`),
          "  }",
        ],
  );
  return [
    "digraph schema {",
    '  graph [rankdir="LR", fontname="Helvetica"];',
    '  node [shape="plain", fontname="Helvetica", fontsize=11];',
    '  edge [color="#64748b", arrowsize=0.7];',
    ...clusters,
    ...references.map(edge),
    "}",
    "",
  ].join("\n");
}

function node({ name, rows, hidden }: PictureTable, colour: string): string {
  const lines = rows.map((row, i) => {
    const marks = row.marks.length > 0 ? ` <font color="#64748b">${row.marks.join(" ")}</font>` : "";
    const type = `${row.type}${row.nullable ? "?" : ""}`;
    return `<tr><td port="${i}" align="left">${escapeMarkup(row.name)}${marks}</td><td align="left"><font color="#64748b">${escapeMarkup(type)}</font></td></tr>`;
  });
  const more = hidden > 0 ? `<tr><td colspan="2" align="left"><i>${hidden} more</i></td></tr>` : "";
  const title = `<tr><td colspan="2" bgcolor="${colour}"><font color="#ffffff"><b>${escapeMarkup(name)}</b></font></td></tr>`;
  return `  ${quoted(name)} [label=<<table border="0" cellborder="1" cellspacing="0" cellpadding="4">${title}${lines.join("")}${more}</table>>];`;
}

function edge({ kind, from, to, optional, name }: Reference): string {
  const style = kind === "foreign-key" ? (optional ? "dashed" : "solid") : "dotted";
  return `  ${quoted(from)} -> ${quoted(to)} [style="${style}", tooltip=${quoted(name)}];`;
}

/** A backslash stands for itself in DOT unless a quote follows it, and begins an escape in labels: doubling it serves both. */
const quoted = (text: string): string => `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
