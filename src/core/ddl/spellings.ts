import { elementOf, indexField } from "../schema/index-fields.ts";
import type { Constraint, Index, ManagedObject, Schema, View } from "../schema/model.ts";
import type { Dialect, LiveSchema } from "./dialect.ts";
import { tableImages } from "./image.ts";
import { schemaOn } from "./schema-on.ts";
import type { Spelling } from "./spelling-sql.ts";
import type { Column, TableImage } from "./statement.ts";

/** Says which of the two texts is to count as what the database has. */
type Choose = (spelling: Spelling) => string;

/** What is wanted, as the dialect's database would have it. */
export const wantedOf = (whole: Schema, dialect: Dialect): Wanted => {
  const schema = schemaOn(whole, dialect);
  return {
    tables: tableImages(schema, dialect),
    views: schema.views ?? [],
    objects: schema.objects ?? [],
  };
};

interface Wanted {
  readonly tables: readonly TableImage[];
  readonly views: readonly View[];
  readonly objects: readonly ManagedObject[];
}

/** The texts in which what is wanted and what is there differ, as far as godwit can tell. */
export function spellingsOf(live: LiveSchema, wanted: Wanted, dialect: Dialect): readonly Spelling[] {
  const found: Spelling[] = [];
  respelled(live, wanted, dialect, (spelling) => {
    found.push(spelling);
    return spelling.have;
  });
  return found;
}

/** What is there, in the words of what is wanted wherever `choose` takes these. */
export function respelled(live: LiveSchema, wanted: Wanted, dialect: Dialect, choose: Choose): LiveSchema {
  const byName = <T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
    new Map(list.map((thing) => [thing.name, thing]));
  const [tables, views] = [byName(wanted.tables), byName(wanted.views)];
  const talk: Talk = { dialect, choose };
  return {
    ...live,
    tables: live.tables.map((table) => {
      const want = tables.get(table.name);
      return want ? boundsIn(talk, tableIn(talk, table, want), { want, tables }) : table;
    }),
    ...(live.views && { views: live.views.map((view) => viewIn(talk, view, views.get(view.name))) }),
    ...(live.objects && { objects: live.objects.map((object) => objectIn(talk, object, wanted.objects)) }),
  };
}

interface Talk {
  readonly dialect: Dialect;
  readonly choose: Choose;
}

function tableIn(talk: Talk, table: TableImage, want: TableImage): TableImage {
  const text = (have: string, wanted: string | undefined): string => expressionIn(talk, table.name, { have, wanted });
  return {
    ...table,
    columns: table.columns.map((column) => {
      const other = want.columns.find(({ name }) => name === column.name);
      return other ? columnIn(talk, column, { other, text }) : column;
    }),
    indexes: table.indexes.map((index) => {
      const other = want.indexes.find(({ name }) => name === index.name);
      return other ? indexIn(index, other, text) : index;
    }),
    ...(table.constraints && {
      constraints: table.constraints.map((constraint) => {
        const other = want.constraints?.find(({ name }) => name === constraint.name);
        return other ? constraintIn(constraint, other, text) : constraint;
      }),
    }),
  };
}

/** Which rows a partition keeps: each value is one of the type of a column that the table above is partitioned by. */
function boundsIn(
  { dialect, choose }: Talk,
  table: TableImage,
  { want, tables }: { readonly want: TableImage; readonly tables: ReadonlyMap<string, TableImage> },
): TableImage {
  const [have, wanted] = [table.partitionOf, want.partitionOf];
  if (!have || !wanted || have.table !== wanted.table) return table;
  const above = tables.get(have.table);
  const types = above?.partitionBy?.by.map(
    (element) => above.columns.find(({ name }) => name === elementOf(element).field)?.type,
  );
  const [old, next] = [boundsOf(have.values), boundsOf(wanted.values)];
  if (!types || !old || !next || old.frame !== next.frame || old.values.length !== next.values.length) return table;
  const same = old.values.every((value, i) => {
    const other = next.values[i] ?? "";
    const type = types[old.frame === "in" ? 0 : i % types.length];
    if (value === other) return true;
    if (type === undefined || /^(?:min|max)value$/i.test(value) || /^(?:min|max)value$/i.test(other)) return false;
    if (dialect.canonicalDefault(value, type) === dialect.canonicalDefault(other, type)) return true;
    return choose({ kind: "default", type, want: other, have: value }) === other;
  });
  return same ? { ...table, partitionOf: wanted } : table;
}

/** `FROM (…) TO (…)` and `IN (…)`; `undefined` for what has no values to compare. */
function boundsOf(values: string): { readonly frame: "range" | "in"; readonly values: readonly string[] } | undefined {
  const list = String.raw`\(((?:[^()']|'(?:[^']|'')*'|\([^()]*\))*)\)`;
  const [, from, to] = new RegExp(`^\\s*from\\s*${list}\\s*to\\s*${list}\\s*$`, "i").exec(values) ?? [];
  if (from !== undefined && to !== undefined) return { frame: "range", values: [...itemsOf(from), ...itemsOf(to)] };
  const items = new RegExp(`^\\s*in\\s*${list}\\s*$`, "i").exec(values)?.[1];
  return items === undefined ? undefined : { frame: "in", values: itemsOf(items) };
}

/** The parts between commas outside of texts and parentheses. */
const itemsOf = (list: string): readonly string[] =>
  (list.match(/(?:[^,'(]|'(?:[^']|'')*'|\([^()]*\))+/g) ?? []).map((item) => item.trim());

type Text = (have: string, wanted: string | undefined) => string;

function expressionIn(
  { dialect, choose }: Talk,
  table: string,
  { have, wanted }: { readonly have: string; readonly wanted: string | undefined },
): string {
  if (wanted === undefined || dialect.canonicalPredicate(have) === dialect.canonicalPredicate(wanted)) return have;
  return choose({ kind: "expression", table, want: wanted, have });
}

function columnIn(
  { dialect, choose }: Talk,
  column: Column,
  { other, text }: { readonly other: Column; readonly text: Text },
): Column {
  const { default: have, generated, type } = column;
  const plain = have !== undefined && other.default !== undefined && type === column.type;
  const same = (): boolean =>
    dialect.canonicalDefault(have ?? "", type) === dialect.canonicalDefault(other.default ?? "", type);
  return {
    ...column,
    ...(plain && !same() && { default: choose({ kind: "default", type, want: other.default ?? "", have }) }),
    ...(generated && { generated: { ...generated, as: text(generated.as, other.generated?.as) } }),
  };
}

function indexIn(index: Index, other: Index, text: Text): Index {
  if (index.fields.length !== other.fields.length) return index;
  return {
    ...index,
    fields: index.fields.map((field, i) => {
      const [element, wanted] = [elementOf(field), elementOf(other.fields[i] ?? "")];
      return element.expression === undefined
        ? field
        : indexField({ ...element, expression: text(element.expression, wanted.expression) });
    }),
    ...(index.where !== undefined && { where: text(index.where, other.where) }),
  };
}

function constraintIn(constraint: Constraint, other: Constraint, text: Text): Constraint {
  if ("check" in constraint)
    return "check" in other ? { ...constraint, check: text(constraint.check, other.check) } : constraint;
  if ("unique" in constraint || !("exclude" in other)) return constraint;
  return {
    ...constraint,
    exclude: constraint.exclude.map((element, i) =>
      element.expression === undefined
        ? element
        : { ...element, expression: text(element.expression, other.exclude[i]?.expression) },
    ),
    ...(constraint.where !== undefined && { where: text(constraint.where, other.where) }),
  };
}

/** The names that the wanted one gives its columns are part of the query that the database tells. */
function viewIn({ dialect, choose }: Talk, view: View, want: View | undefined): View {
  if (!want) return view;
  const { columns } = want;
  const form = (query: string, names?: readonly string[]) => dialect.spellings?.canonicalQuery?.(query, names);
  if (form(view.query) === form(want.query, columns)) return view;
  const chosen = choose({ kind: "query", want: want.query, have: view.query, columns });
  return chosen === view.query ? view : { ...view, query: chosen, ...(columns && { columns }) };
}

/** An object counts as what is wanted when all expressions in it do, and the rest of it is the same. */
function objectIn({ dialect, choose }: Talk, object: ManagedObject, wanted: readonly ManagedObject[]): ManagedObject {
  const { table } = object;
  const want = wanted.find((o) => o.kind === object.kind && o.name === object.name && o.table === table);
  const [had, given] = [object, want].map((o) => o && dialect.spellings?.taken?.(o));
  if (!want || table === undefined || !had || !given || had.frame !== given.frame) return object;
  if (had.expressions.length !== given.expressions.length) return object;
  const agreed = had.expressions.map((have, i) => {
    const other = given.expressions[i] ?? "";
    if (dialect.canonicalPredicate(have) === dialect.canonicalPredicate(other)) return true;
    return choose({ kind: "expression", table, want: other, have }) === other;
  });
  return agreed.every(Boolean) ? { ...object, definition: want.definition } : object;
}
