import { COLUMN } from "./marks.ts";
import { isOpaque, needed } from "./opaque.ts";
import { isSql, textOf } from "./sql.ts";

/** What is recorded of a column; every text is SQL or a name. */
export interface ColumnRecord {
  readonly name?: string;
  readonly type: string;
  readonly notNull?: boolean;
  readonly primaryKey?: boolean;
  readonly numbered?: boolean;
  readonly unique?: { readonly name?: string; readonly nullsNotDistinct?: boolean };
  readonly default?: string;
  readonly generated?: { readonly as: string; readonly stored: boolean };
  readonly identity?: IdentityRecord;
  readonly onUpdateNow?: boolean;
  /** What only the program does. */
  readonly inProgram?: readonly string[];
  /** What is said of it and has no place in a schema. */
  readonly left?: readonly string[];
}

export interface IdentityRecord {
  readonly always: boolean;
  readonly name?: string;
  readonly options: Readonly<Record<string, string | boolean>>;
}

/** A column before its table is known. */
export interface Builder {
  readonly state: State;
  readonly [method: string]: unknown;
}

export interface State {
  readonly record: ColumnRecord;
  /** SQL that names columns, which have no names before their table is made. */
  readonly generated?: { readonly as: unknown; readonly stored: boolean };
  readonly references: readonly ReferenceState[];
}

export interface ReferenceState {
  readonly to: () => unknown;
  readonly actions: Actions;
}

export interface Actions {
  readonly onDelete?: string;
  readonly onUpdate?: string;
}

/** How a database writes values and arrays. */
export interface Flavour {
  readonly quote: string;
  literal(value: unknown, type: string): string;
  /** Whether computed columns are stored where nothing says so. */
  readonly stored: boolean;
  /** Further methods of every column. */
  methods?(state: State, next: (state: State) => Builder): Readonly<Record<string, unknown>>;
}

export const columnOf = (flavour: Flavour, record: ColumnRecord): Builder =>
  builderOf(flavour, { record, references: [] });

export const isBuilder = (value: unknown): value is Builder =>
  typeof value === "object" && value !== null && "state" in value && "notNull" in value;

/** The arguments of a column: `("name", { … })`, `("name")`, `({ … })` or none. */
export function argumentsOf<C extends object>(
  a: unknown,
  b: unknown,
): { readonly name?: string; readonly config: Partial<C> } {
  if (isOpaque(a)) needed(a, "the configuration of a column");
  if (typeof a === "string") return { ...(a !== "" && { name: a }), config: (b ?? {}) as Partial<C> };
  return { config: (a ?? {}) as Partial<C> };
}

/** Types of the program's own: `dataType` says what one is in the database. */
export const customTypeFor =
  (make: (record: ColumnRecord) => Builder) =>
  ({ dataType }: { readonly dataType: (config: unknown) => string }) =>
  (a?: unknown, b?: unknown): Builder => {
    const { name, config } = argumentsOf(a, b);
    return make({ ...(name !== undefined && { name }), type: String(dataType(config)) });
  };

function builderOf(flavour: Flavour, state: State): Builder {
  const next = (changed: State): Builder => builderOf(flavour, changed);
  const having = (more: Partial<ColumnRecord>): Builder => next({ ...state, record: { ...state.record, ...more } });
  const inProgram = (what: string) => having({ inProgram: [...(state.record.inProgram ?? []), what] });
  return {
    state,
    $type: () => next(state),
    notNull: () => having({ notNull: true }),
    primaryKey: (config: { readonly autoIncrement?: boolean } = {}) =>
      having({ primaryKey: true, notNull: true, ...(config.autoIncrement && { numbered: true }) }),
    unique: (name?: string, config: { readonly nulls?: string } = {}) =>
      having({
        unique: { ...(name && { name }), ...(config.nulls === "not distinct" && { nullsNotDistinct: true }) },
      }),
    default: (value: unknown) => having({ default: defaultText(value, state.record.type, flavour) }),
    $default: () => inProgram("default"),
    $defaultFn: () => inProgram("default"),
    $onUpdate: () => inProgram("update"),
    $onUpdateFn: () => inProgram("update"),
    references: (to: () => unknown, actions: Actions = {}) =>
      next({ ...state, references: [...state.references, { to, actions }] }),
    generatedAlwaysAs: (as: unknown, config: { readonly mode?: string } = {}) =>
      next({
        ...state,
        generated: { as, stored: config.mode === undefined ? flavour.stored : config.mode === "stored" },
      }),
    ...flavour.methods?.(state, next),
  };
}

function defaultText(value: unknown, type: string, flavour: Flavour): string {
  if (isOpaque(value)) needed(value, "a default");
  return isSql(value) ? textOf(value, "alone", flavour.quote) : flavour.literal(value, type);
}

/** The record of a column once its key in the table is known. */
export function finished({ state }: Builder, key: string): ColumnRecord & { readonly name: string } {
  return { ...state.record, name: state.record.name ?? key };
}

/** What is computed, when all columns have their names. */
export function generatedText({ state }: Builder, { quote }: Flavour): ColumnRecord["generated"] {
  if (!state.generated) return undefined;
  const { as, stored } = state.generated;
  const value = typeof as === "function" && !isOpaque(as) ? (as as () => unknown)() : as;
  return { as: typeof value === "string" ? value : textOf(value, "alone", quote), stored };
}

/** A column of a table, as the file sees it. */
export function columnObject(
  name: string,
  table: string,
  order: IndexOrder & { readonly schema?: string } = {},
): Readonly<Record<string | symbol, unknown>> {
  const next = (more: IndexOrder) => columnObject(name, table, { ...order, ...more });
  return {
    [COLUMN]: { name, table, ...order },
    name,
    asc: () => next({ order: "asc" }),
    desc: () => next({ order: "desc" }),
    nullsFirst: () => next({ nulls: "first" }),
    nullsLast: () => next({ nulls: "last" }),
    op: (operatorClass: string) => next({ operatorClass }),
  };
}

export interface IndexOrder {
  readonly order?: "asc" | "desc";
  readonly nulls?: "first" | "last";
  readonly operatorClass?: string;
}
