import type { Builder } from "./column.ts";
import type { Marked } from "./constraints.ts";
import { VIEW } from "./marks.ts";
import { opaque } from "./opaque.ts";
import { isSql, textOf } from "./sql.ts";
import { buildersIn, columnsFor, type Database } from "./table.ts";

/** What is recorded of a view; one without a query is built by functions of Drizzle. */
export interface ViewRecord {
  readonly dialect: string;
  readonly name: string;
  readonly schema?: string;
  readonly materialized: boolean;
  readonly query?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** It is made by somebody else. */
  readonly existing?: boolean;
  /** What is said of it and has no place in a schema. */
  readonly left?: readonly string[];
}

interface ViewState extends Omit<ViewRecord, "query" | "dialect"> {
  readonly database: Database;
  readonly builders: readonly (readonly [string, Builder])[];
}

/** `pgView` and the like. */
export const viewMaker =
  (database: Database, { materialized, schema }: { readonly materialized: boolean; readonly schema?: string }) =>
  (name: string, columns: Readonly<Record<string, unknown>> = {}): Marked =>
    viewStart({
      database,
      name,
      materialized,
      builders: buildersIn(name, columns),
      ...(schema !== undefined && { schema }),
    });

const viewStart = (state: ViewState): Marked => ({
  as: (query: unknown) =>
    viewOf(state, isSql(query) ? { query: textOf(query, "qualified", state.database.flavour.quote) } : {}),
  existing: () => viewOf(state, { existing: true }),
  with: (options: Readonly<Record<string, unknown>>) =>
    viewStart({
      ...state,
      options: Object.fromEntries(Object.entries(options).map(([key, v]) => [snake(key), String(v)])),
    }),
  using: (method: unknown) => viewStart(leaving(state, `access method ${method}`)),
  tablespace: (name: unknown) => viewStart(leaving(state, `tablespace ${name}`)),
  withNoData: () => viewStart(leaving(state, "with no data")),
  algorithm: (name: unknown) => viewStart(leaving(state, `algorithm ${name}`)),
  sqlSecurity: (name: unknown) => viewStart(leaving(state, `sql security ${name}`)),
  withCheckOption: (scope: unknown = "cascaded") => viewStart(leaving(state, `${scope} check option`)),
});

const leaving = (state: ViewState, what: string): ViewState => ({ ...state, left: [...(state.left ?? []), what] });

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function viewOf({ database, builders, ...state }: ViewState, more: Pick<ViewRecord, "query" | "existing">): Marked {
  const record: ViewRecord = { dialect: database.dialect, ...state, ...more };
  const known: Marked = { ...columnsFor(state.name, builders, state.schema), [VIEW]: record };
  // Of a query that is built by functions, nothing tells the columns.
  return new Proxy(known, {
    get: (target, key) =>
      key in target || typeof key === "symbol" ? target[key] : opaque(`column "${key}" of view "${state.name}"`),
  });
}
