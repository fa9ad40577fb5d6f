import {
  type Actions,
  type Builder,
  type ColumnRecord,
  columnObject,
  type Flavour,
  finished,
  generatedText,
  type IndexOrder,
  isBuilder,
} from "./column.ts";
import type { Extra, Marked } from "./constraints.ts";
import { COLUMN, EXTRA, POLICY, TABLE } from "./marks.ts";
import { isOpaque, needed, placed, problem } from "./opaque.ts";
import { type PolicyRecord, policyRecord } from "./policy.ts";
import { isMarked, isSql, textOf } from "./sql.ts";

/** What is recorded of a table. */
export interface TableRecord {
  readonly dialect: string;
  readonly name: string;
  readonly schema?: string;
  readonly columns: readonly ColumnRecord[];
  readonly keys: readonly { readonly name?: string; readonly columns: readonly string[] }[];
  readonly uniques: readonly {
    readonly name?: string;
    readonly columns: readonly string[];
    readonly nullsNotDistinct?: boolean;
  }[];
  readonly indexes: readonly IndexRecord[];
  readonly checks: readonly { readonly name: string; readonly check: string }[];
  readonly foreignKeys: readonly ForeignKeyRecord[];
  readonly policies: readonly PolicyRecord[];
  readonly rowSecurity: boolean;
}

interface IndexRecord {
  readonly name?: string;
  readonly unique: boolean;
  readonly columns: readonly (IndexOrder & { readonly column?: string; readonly expression?: string })[];
  readonly method?: string;
  readonly where?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface ForeignKeyRecord extends Actions {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly table: string;
  readonly schema?: string;
  readonly foreignColumns: readonly string[];
}

/** A database of Drizzle: how it is called, and how its columns are made. */
export interface Database {
  readonly dialect: string;
  readonly flavour: Flavour;
  /** What columns as a function of them are given. */
  readonly builders: Readonly<Record<string, unknown>>;
}

export type Columns = Readonly<Record<string, unknown>> | ((builders: unknown) => Readonly<Record<string, unknown>>);
type ExtraOf = (columns: unknown) => unknown;

/** `pgTable` and the like. What refers to other tables is looked at when all of them are there. */
export const tableMaker =
  (database: Database, schema?: string) =>
  (name: string, columns: Columns, extra?: ExtraOf): Marked => {
    if (isOpaque(name)) needed(name, "the name of a table");
    const builders = buildersIn(name, typeof columns === "function" ? columns(database.builders) : columns);
    return tableOf({
      database,
      name,
      builders,
      position: count++,
      ...(schema !== undefined && { schema }),
      ...(extra && { extra }),
    });
  };

/** The columns of a table or a view, as the file sees them. */
export const columnsFor = (name: string, builders: readonly (readonly [string, Builder])[], schema?: string) =>
  Object.fromEntries(
    builders.map(([key, { state }]) => [
      key,
      columnObject(state.record.name ?? key, name, { ...(schema !== undefined && { schema }) }),
    ]),
  );

export function buildersIn(
  table: string,
  columns: Readonly<Record<string, unknown>>,
): readonly (readonly [string, Builder])[] {
  return Object.entries(columns).map(([key, builder]) => {
    if (isOpaque(builder)) needed(builder, `column "${key}" of "${table}"`);
    if (!isBuilder(builder)) throw problem(`"${key}" of "${table}" is no column`);
    return [key, builder];
  });
}

/** Exports are sorted by their names; people know tables in the order in which they wrote them. */
let count = 0;

interface TableState {
  readonly position: number;
  readonly database: Database;
  readonly name: string;
  readonly schema?: string;
  readonly builders: readonly (readonly [string, Builder])[];
  readonly extra?: ExtraOf;
  readonly rowSecurity?: boolean;
}

function tableOf(state: TableState): Marked {
  const columns = columnsFor(state.name, state.builders, state.schema);
  const made = new Error();
  return {
    ...columns,
    [TABLE]: {
      name: state.name,
      columns,
      position: state.position,
      record: () => placed(made, () => recordOf(state, columns)),
    },
    enableRLS: () => tableOf({ ...state, rowSecurity: true }),
  };
}

function recordOf(state: TableState, columns: unknown): TableRecord {
  const { database, name, schema, builders } = state;
  const given = state.extra?.(columns) ?? [];
  const parts = Object.values(given as object).flat() as readonly unknown[];
  const extras = parts.flatMap((part) => extraIn(part, name) ?? []);
  const of = <K extends Extra["kind"]>(kind: K) =>
    extras.filter((e): e is Extract<Extra, { readonly kind: K }> => e.kind === kind);
  const text = (value: unknown) => textOf(value, "alone", database.flavour.quote);
  return {
    dialect: database.dialect,
    name,
    ...(schema !== undefined && { schema }),
    columns: builders.map(([key, builder]) => {
      const generated = generatedText(builder, database.flavour);
      return { ...finished(builder, key), ...(generated && { generated }) };
    }),
    keys: of("primaryKey").map((e) => ({ ...nameOf(e), columns: namesOf(e.columns, `a key of "${name}"`) })),
    uniques: of("unique").map((e) => ({
      ...nameOf(e),
      columns: namesOf(e.columns, `a key of "${name}"`),
      ...(e.nullsNotDistinct && { nullsNotDistinct: true }),
    })),
    indexes: of("index").map((e) => indexRecord(e, { table: name, text })),
    checks: of("check").map((e) => ({ name: e.name, check: text(e.check) })),
    foreignKeys: [
      ...builders.flatMap(([key, builder]) => referencesOf(key, builder)),
      ...of("foreignKey").map((e) => foreignKeyOf(e, name)),
    ],
    policies: parts.flatMap((part) => (isMarked(part, POLICY) ? policyRecord(part[POLICY], state) : [])),
    rowSecurity: state.rowSecurity === true,
  };
}

function extraIn(part: unknown, table: string): Extra | undefined {
  if (isOpaque(part)) return needed(part, `table "${table}"`);
  if (isMarked(part, EXTRA)) return part[EXTRA] as Extra;
  if (isMarked(part, POLICY)) return undefined;
  throw problem(
    `what stands behind the columns of "${table}" is neither an index nor a constraint; it may lack its .on(…)`,
  );
}

const nameOf = ({ name }: { readonly name?: string }): { readonly name?: string } =>
  name === undefined ? {} : { name };

interface ColumnMark extends IndexOrder {
  readonly name: string;
  readonly table: string;
  readonly schema?: string;
}

/** What is recorded of a column that stands in an index or a key; `by` says in which. */
function markOf(column: unknown, by: string): ColumnMark {
  if (isOpaque(column)) needed(column, by);
  if (!isMarked(column, COLUMN)) throw problem(`${by} names something that is no column`);
  return column[COLUMN] as ColumnMark;
}

const namesOf = (columns: readonly unknown[], by: string): readonly string[] =>
  columns.map((column) => markOf(column, by).name);

function indexRecord(
  extra: Extract<Extra, { readonly kind: "index" }>,
  { table, text }: { readonly table: string; readonly text: (value: unknown) => string },
): IndexRecord {
  const columns = extra.columns.map((column) => {
    if (isSql(column)) return { expression: text(column) };
    const { name, order, nulls, operatorClass } = markOf(column, `an index of "${table}"`);
    return { column: name, ...(order && { order }), ...(nulls && { nulls }), ...(operatorClass && { operatorClass }) };
  });
  return {
    ...nameOf(extra),
    unique: extra.unique,
    columns,
    ...(extra.method !== undefined && { method: extra.method }),
    ...(extra.where !== undefined && { where: text(extra.where) }),
    ...(extra.with && { with: Object.fromEntries(Object.entries(extra.with).map(([key, v]) => [key, String(v)])) }),
  };
}

const referencesOf = (key: string, { state }: Builder): readonly ForeignKeyRecord[] =>
  state.references.map(({ to, actions }) => {
    const { name, table, schema } = markOf(to(), `the reference of column "${key}"`);
    const columns = [state.record.name ?? key];
    return { columns, table, ...(schema !== undefined && { schema }), foreignColumns: [name], ...actions };
  });

function foreignKeyOf(extra: Extract<Extra, { readonly kind: "foreignKey" }>, table: string): ForeignKeyRecord {
  const foreign = extra.foreignColumns.map((column) => markOf(column, `a foreign key of "${table}"`));
  const [first] = foreign;
  if (!first) throw problem("a foreign key names no columns that it refers to");
  return {
    ...nameOf(extra),
    columns: namesOf(extra.columns, `a foreign key of "${table}"`),
    table: first.table,
    ...(first.schema !== undefined && { schema: first.schema }),
    foreignColumns: foreign.map(({ name }) => name),
    ...extra.actions,
  };
}
