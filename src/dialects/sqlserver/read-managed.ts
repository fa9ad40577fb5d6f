import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import type { ManagedObject, View } from "../../core/schema/model.ts";
import { withoutEnd } from "../../core/schema/sql-text.ts";
import { type Lexeme, lexemeAt } from "../../core/sql-files/lexeme.ts";
import { isAutoUpdate } from "./auto-update.ts";
import { commentOf, text } from "./row.ts";
import { scriptSyntax } from "./script-syntax.ts";

type Rows = Readonly<Record<string, readonly Row[]>>;

const isView = (row: Row): boolean => text(row, "type").trim() === "V";

/** The views of the catalog, which has the whole text that made each. */
export const viewsOf = (rows: Rows): readonly View[] =>
  modulesIn(rows)
    .filter(isView)
    .flatMap((row) => {
      const parts = viewIn(text(row, "definition"));
      const comments = (rows["viewColumns"] ?? []).filter((c) => c["name"] === row["name"]);
      const columnComments = Object.fromEntries(comments.map((c) => [text(c, "column"), text(c, "comment")]));
      return parts
        ? [
            {
              name: text(row, "name"),
              ...parts,
              ...commentOf(row),
              ...(comments.length > 0 && { columnComments }),
            },
          ]
        : [];
    });

/** Functions, procedures, triggers and synonyms; the triggers that set fields are not among them. */
export const objectsOf = (rows: Rows): readonly ManagedObject[] => [
  ...modulesIn(rows)
    .filter((row) => !isView(row) && !isAutoUpdate(row))
    .map((row): ManagedObject => {
      const kind = kinds[text(row, "type").trim()] ?? "procedure";
      const definition = withoutEnd(text(row, "definition").replace(/^\s*CREATE\s+(?:OR\s+ALTER\s+)?/i, "CREATE "));
      const name = text(row, "name");
      const table = text(row, "table");
      return kind === "trigger"
        ? { kind, name: name.slice(name.lastIndexOf(".") + 1), table, definition, ...commentOf(row) }
        : { kind, name, definition, ...commentOf(row) };
    }),
  ...(rows["synonyms"] ?? []).map((row) => ({
    kind: "synonym",
    name: text(row, "name"),
    definition: `CREATE SYNONYM ${text(row, "name")} FOR ${text(row, "target")}`,
    ...commentOf(row),
  })),
];

/** Whose text is hidden (WITH ENCRYPTION, or from this user). */
export const unreadableObjects = (rows: Rows): readonly UnsupportedObject[] =>
  (rows["modules"] ?? [])
    .filter((row) => row["definition"] === null || (isView(row) && !viewIn(text(row, "definition"))))
    .map((row) => ({
      kind: isView(row) ? "view" : (kinds[text(row, "type").trim()] ?? "module"),
      object: text(row, "name"),
      reason:
        row["definition"] === null
          ? "its text is hidden from the user of the connection"
          : "its text is not understood",
    }));

const modulesIn = (rows: Rows): readonly Row[] => (rows["modules"] ?? []).filter((row) => row["definition"] !== null);

/** `type` of sys.objects. */
const kinds: Readonly<Record<string, string>> = {
  P: "procedure",
  FN: "function",
  IF: "function",
  TF: "function",
  TR: "trigger",
};

/** What stands in the text of a view: `CREATE VIEW name (columns) WITH options AS query WITH CHECK OPTION`. */
function viewIn(definition: string): Pick<View, "query" | "columns" | "options"> | undefined {
  const pieces = outerPieces(definition);
  const at = (word: string, from = 0): number =>
    pieces.findIndex((piece, i) => i >= from && piece.text.toUpperCase() === word);
  const [view, as] = [at("VIEW"), at("AS")];
  const last = pieces.at(-1);
  if (view < 0 || as < view || !last) return undefined;
  const head = pieces.slice(view + 1, as);
  const list = head.find(({ text: piece }) => piece.startsWith("("));
  const options = head.slice(head.findIndex(({ text: piece }) => piece.toUpperCase() === "WITH") + 1);
  const words = new Set(options.map(({ text: piece }) => piece.toUpperCase()));
  const tail = pieces.slice(-3).map(({ text: piece }) => piece.toUpperCase());
  const isChecked = tail.join(" ") === "WITH CHECK OPTION";
  const end = isChecked ? (pieces.at(-3)?.start ?? last.end) : definition.length;
  const told = {
    ...(words.has("SCHEMABINDING") && { schemabinding: "true" }),
    ...(words.has("VIEW_METADATA") && { view_metadata: "true" }),
    ...(isChecked && { check_option: "cascaded" }),
  };
  return {
    query: withoutEnd(definition.slice(pieces[as]?.end ?? 0, end)),
    ...(list && { columns: namesIn(list.text) }),
    ...(Object.keys(told).length > 0 && { options: told }),
  };
}

interface Piece extends Omit<Lexeme, "kind"> {
  readonly text: string;
}

/** The words of a text, each pair of parentheses with all that is in it being one. */
function outerPieces(sql: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < sql.length; ) {
    const { kind, start, end } = lexemeAt(sql, at, scriptSyntax);
    at = end;
    if (kind === "space" || kind === "comment") continue;
    if (sql[start] === "(" && depth++ === 0) from = start;
    else if (sql[start] === ")" && depth > 0 && --depth === 0)
      pieces.push({ text: sql.slice(from, end), start: from, end });
    else if (depth === 0) pieces.push({ text: sql.slice(start, end), start, end });
  }
  return pieces;
}

const namesIn = (list: string): readonly string[] =>
  (list.slice(1, -1).match(/\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[^\s,]+/g) ?? []).map((name) =>
    name.startsWith("[")
      ? name.slice(1, -1).replaceAll("]]", "]")
      : name.startsWith('"')
        ? name.slice(1, -1).replaceAll('""', '"')
        : name,
  );
