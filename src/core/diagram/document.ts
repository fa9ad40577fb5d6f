import { indexFieldText } from "../schema/index-fields.ts";
import type { Constraint, ForeignKey, Index, Schema, Table, View } from "../schema/model.ts";
import { defaultText, typeText } from "../schema/text.ts";
import { type Picture, shownType } from "./picture.ts";

/** A schema described for people: an entry for each thing that it has. */
export interface SchemaDocument {
  readonly title: string;
  readonly picture: Picture;
  readonly entries: readonly Entry[];
}

export interface Entry {
  /** In the words of SQL: `table`, `view`, `enum`, `function`. */
  readonly kind: string;
  readonly name: string;
  readonly group: string;
  readonly comment?: string;
  readonly sheets: readonly Sheet[];
  /** SQL that it consists of. */
  readonly sql?: string;
}

/** A table of a document, without the rule that it says something. */
export interface Sheet {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Text, or the name of a table that is described too. */
export type Cell = string | { readonly table: string };

/** Describes what a picture shows and what stands beside its tables. */
export function documentOf(schema: Schema, picture: Picture, title: string): SchemaDocument {
  const shown = new Map(picture.tables.map(({ name, group }) => [name, group]));
  const tables = schema.tables.flatMap((table) => {
    const group = shown.get(table.name);
    return group === undefined ? [] : [tableEntry(schema, table, group)];
  });
  return { title, picture, entries: [...tables, ...(schema.views ?? []).map(viewEntry), ...others(schema)] };
}

/** The entries by their kind, in the order in which kinds appear first. */
export function byKind(entries: readonly Entry[]): readonly (readonly [kind: string, entries: readonly Entry[]])[] {
  const kinds = new Map<string, Entry[]>();
  for (const entry of entries) {
    const members = kinds.get(entry.kind);
    if (members) members.push(entry);
    else kinds.set(entry.kind, [entry]);
  }
  return [...kinds];
}

/** `2 tables, 1 view`. */
export const countsText = (entries: readonly Entry[]): string =>
  byKind(entries)
    .map(([kind, { length }]) => `${length} ${length === 1 ? kind : pluralOf(kind)}`)
    .join(", ");

/** `Tables`, above all entries of a kind. */
export const headingOf = (kind: string): string => pluralOf(kind).replace(/^./, (letter) => letter.toUpperCase());

const pluralOf = (kind: string): string => (/(s|x)$/.test(kind) ? `${kind}es` : kind.replace(/y$/, "ie").concat("s"));

/** Letters and digits as they are, the rest by number, so that no two names have one anchor. */
export const anchorOf = (kind: string, name: string): string =>
  `${kind.replace(/[^A-Za-z]/g, "-")}-${name.replace(/[^A-Za-z0-9]/g, (character) => (character === "_" ? "_" : `-${character.codePointAt(0)}-`))}`;

/** The columns in which any row has something, by their place. */
export const usedColumns = ({ columns, rows }: Pick<Sheet, "columns" | "rows">): readonly number[] =>
  columns.flatMap((_, i) => (rows.some((row) => row[i] !== "") ? [i] : []));

function tableEntry(schema: Schema, table: Table, group: string): Entry {
  const sheets = [
    fields(schema, table),
    { title: "Indexes", columns: ["name", "fields", ""], rows: table.indexes.map(indexRow) },
    { title: "Constraints", columns: ["name", "rule"], rows: (table.constraints ?? []).map(constraintRow) },
    { title: "Refers to", columns: ["fields", "table", "when it goes", "name"], rows: table.foreignKeys.map(keyRow) },
    { title: "Referred to by", columns: ["table", "fields"], rows: pointingAt(schema, table.name) },
    { title: "Rows", columns: ["", ""], rows: whereRowsAre(table) },
  ];
  const { name, comment } = table;
  return {
    kind: "table",
    name,
    group,
    ...(comment && { comment }),
    sheets: sheets.filter(({ rows }) => rows.length > 0),
  };
}

function fields(schema: Schema, table: Table): Sheet {
  const rows = table.fields.map((field) => {
    const key = table.primaryKey?.includes(field.name) ? "primary key" : "";
    const made = field.generated ? `= ${field.generated.as}` : field.identity ? "numbered" : "";
    const value = field.default === undefined ? made : defaultText(field.default);
    return [field.name, shownType(schema, field), field.nullable ? "null" : "", key, value, field.comment ?? ""];
  });
  return { title: "Fields", columns: ["name", "type", "null", "key", "default", "comment"], rows };
}

const indexRow = ({ name, fields, unique, method, where, include }: Index): readonly Cell[] => {
  const said = [
    unique ? "unique" : "",
    method ?? "",
    include ? `include ${include.join(", ")}` : "",
    where ? `where ${where}` : "",
  ];
  return [name, fields.map(indexFieldText).join(", "), said.filter((word) => word !== "").join(", ")];
};

function constraintRow(constraint: Constraint): readonly Cell[] {
  if ("check" in constraint) return [constraint.name, `check ${constraint.check}`];
  if ("unique" in constraint) return [constraint.name, `unique ${constraint.unique.join(", ")}`];
  const elements = constraint.exclude.map(({ with: operator, ...element }) => `${indexFieldText(element)} ${operator}`);
  return [constraint.name, `exclude ${elements.join(", ")}`];
}

const keyRow = ({ name, fields, references, onDelete }: ForeignKey): readonly Cell[] => [
  fields.join(", "),
  { table: references.table },
  onDelete.toLowerCase(),
  name,
];

const pointingAt = (schema: Schema, name: string): readonly (readonly Cell[])[] =>
  schema.tables.flatMap((table) =>
    table.foreignKeys
      .filter(({ references }) => references.table === name)
      .map(({ fields }) => [{ table: table.name }, fields.join(", ")]),
  );

function whereRowsAre({ partitionBy, partitionOf, inherits = [] }: Table): readonly (readonly Cell[])[] {
  const by = partitionBy?.by.map((part) => (typeof part === "string" ? part : (part.field ?? part.expression ?? "")));
  return [
    ...(partitionBy ? [["partitioned by", `${partitionBy.method} of ${by?.join(", ")}`]] : []),
    ...(partitionOf ? [["partition of", { table: partitionOf.table }] as const, ["values", partitionOf.values]] : []),
    ...inherits.map((table) => ["inherits from", { table }] as const),
  ];
}

function viewEntry({ name, comment, query, materialized, indexes = [] }: View): Entry {
  const sheet = { title: "Indexes", columns: ["name", "fields", ""], rows: indexes.map(indexRow) };
  const kind = materialized ? "materialized view" : "view";
  return { kind, name, group: "", ...(comment && { comment }), sheets: indexes.length > 0 ? [sheet] : [], sql: query };
}

function others({ enums = [], domains = [], sequences = [], objects = [] }: Schema): readonly Entry[] {
  const said = (comment: string | undefined) => ({ group: "", ...(comment && { comment }) });
  const facts = (...rows: readonly (readonly [string, string | undefined])[]): Sheet => {
    const given = rows.flatMap(([what, value]) => (value === undefined ? [] : [[what, value]]));
    return { title: "Facts", columns: ["", ""], rows: given };
  };
  return [
    ...enums.map(({ name, values, comment }) => {
      return { kind: "enum", name, ...said(comment), sheets: [facts(["values", values.join(", ")])] };
    }),
    ...domains.map((domain) => {
      const checks = domain.checks?.map(({ check }): readonly [string, string] => ["check", check]) ?? [];
      const { name, comment, notNull } = domain;
      const rows = facts(["type", typeText(domain)], ["null", notNull ? "never" : undefined], ...checks);
      return { kind: "domain", name, ...said(comment), sheets: [rows] };
    }),
    ...sequences.map(({ name, comment, type, ownedBy }) => {
      return { kind: "sequence", name, ...said(comment), sheets: [facts(["type", type ?? "bigint"], ["of", ownedBy])] };
    }),
    ...objects.map(({ kind, name, table, definition, comment }) => {
      const sheets = table === undefined ? [] : [facts(["of", table])];
      return { kind: kind.replaceAll("_", " "), name, ...said(comment), sheets, sql: definition };
    }),
  ];
}
