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
import { escapeMarkup } from "./markup.ts";
import { colourOf } from "./palette.ts";

export interface PageParts {
  /** HTML with `{{title}}` and `{{body}}`. */
  readonly template: string;
  /** SVG. */
  readonly schema: string;
  /** SVG; absent: there are no migrations. */
  readonly migrations?: string;
}

/** A schema as one HTML page that needs nothing else: no file, no network. */
export function pageText(document: SchemaDocument, { template, schema, migrations }: PageParts): string {
  const kinds = byKind(document.entries);
  const body = [
    `<nav aria-label="Contents"><h1>${escapeMarkup(document.title)}</h1><p>${escapeMarkup(countsText(document.entries))}</p>`,
    `<input id="search" type="search" placeholder="Search names, types, comments" aria-label="Search"><p id="found" role="status"></p>`,
    `<ul><li><a href="#picture">Picture</a></li>${migrations ? `<li><a href="#migrations">Migrations</a></li>` : ""}</ul>`,
    ...kinds.map(([kind, entries]) => contents(document, kind, entries)),
    "</nav><main>",
    figure("picture", "Picture", schema),
    ...kinds.flatMap(([kind, entries]) => [
      `<h2>${escapeMarkup(headingOf(kind))}</h2>`,
      ...entries.map((entry) => section(document, entry)),
    ]),
    ...(migrations ? [figure("migrations", "Migrations", migrations)] : []),
    "</main>",
  ].join("\n");
  // A function, so that `$&` in a name stays what it is.
  return template.replaceAll("{{title}}", () => escapeMarkup(document.title)).replace("{{body}}", () => body);
}

/** Where the name of a table in a picture leads. */
export const linkTo = (table: string): string => `#${anchorOf("table", table)}`;

const figure = (id: string, title: string, svg: string): string =>
  `<section id="${id}"><h2>${title}</h2><div class="zoom"><button type="button" data-zoom="1.25" aria-label="Larger">+</button><button type="button" data-zoom="0.8" aria-label="Smaller">−</button><button type="button" data-zoom="fit">Fit</button></div><div class="picture">${svg}</div></section>`;

function contents({ picture }: SchemaDocument, kind: string, entries: readonly Entry[]): string {
  const items = entries.map(({ name, group }) => {
    const colour = kind === "table" ? colourOf(picture, group).head : "#64748b";
    return `<li data-for="${anchorOf(kind, name)}"><i style="background:${colour}"></i><a href="#${anchorOf(kind, name)}">${escapeMarkup(name)}</a></li>`;
  });
  return `<h2>${escapeMarkup(headingOf(kind))}</h2><ul>${items.join("")}</ul>`;
}

function section({ picture }: SchemaDocument, { kind, name, group, comment, sheets, sql }: Entry): string {
  const colour = kind === "table" ? colourOf(picture, group).head : "#64748b";
  const place = group && picture.groups.length > 1 ? ` <small>${escapeMarkup(group)}</small>` : "";
  return [
    `<section class="entry" id="${anchorOf(kind, name)}" style="border-color:${colour}"><h3>${escapeMarkup(name)}${place}</h3>`,
    comment ? `<p>${escapeMarkup(comment)}</p>` : "",
    ...sheets.map((sheet) => table(picture, sheet)),
    sql === undefined ? "" : `<pre>${escapeMarkup(sql)}</pre>`,
    "</section>",
  ].join("");
}

function table(picture: SchemaDocument["picture"], { title, columns, rows }: Sheet): string {
  const used = usedColumns({ columns, rows });
  const shown = new Set(picture.tables.map(({ name }) => name));
  const cell = (value: Cell): string => {
    if (typeof value === "string") return escapeMarkup(value);
    const name = escapeMarkup(value.table);
    return shown.has(value.table) ? `<a href="${linkTo(value.table)}">${name}</a>` : name;
  };
  const head = used.map((i) => `<th>${columns[i]}</th>`).join("");
  const lines = rows.map((row) => `<tr>${used.map((i) => `<td>${cell(row[i] ?? "")}</td>`).join("")}</tr>`);
  return `<h4>${title}</h4><table><thead><tr>${head}</tr></thead><tbody>${lines.join("")}</tbody></table>`;
}
