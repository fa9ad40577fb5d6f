import type { Actions } from "./column.ts";
import { EXTRA, POLICY } from "./marks.ts";

/** What stands in the third argument of a table. Columns and SQL in it are as the file gave them. */
export type Extra =
  | {
      readonly kind: "index";
      readonly name?: string;
      readonly unique: boolean;
      readonly columns: readonly unknown[];
      readonly method?: string;
      readonly where?: unknown;
      readonly with?: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: "unique";
      readonly name?: string;
      readonly columns: readonly unknown[];
      readonly nullsNotDistinct?: boolean;
    }
  | { readonly kind: "primaryKey"; readonly name?: string; readonly columns: readonly unknown[] }
  | {
      readonly kind: "foreignKey";
      readonly name?: string;
      readonly columns: readonly unknown[];
      readonly foreignColumns: readonly unknown[];
      readonly actions: Actions;
    }
  | { readonly kind: "check"; readonly name: string; readonly check: unknown };

/** Holds an `Extra`; what can be said of it further are its methods. */
export type Marked = Readonly<Record<string | symbol, unknown>>;

export const index = (name?: string): Marked => indexStart(name, false);
export const uniqueIndex = (name?: string): Marked => indexStart(name, true);

type IndexExtra = Extract<Extra, { readonly kind: "index" }>;

function indexStart(name: string | undefined, isUnique: boolean): Marked {
  const start = { kind: "index", ...named(name), unique: isUnique } as const;
  const on = (...columns: readonly unknown[]) => indexOf({ ...start, columns });
  const using = (method: unknown, ...columns: readonly unknown[]) =>
    indexOf({ ...start, columns, method: String(method) });
  return { on, onOnly: on, using };
}

const indexOf = (extra: IndexExtra): Marked => ({
  [EXTRA]: extra,
  where: (where: unknown) => indexOf({ ...extra, where }),
  with: (given: Readonly<Record<string, unknown>>) => indexOf({ ...extra, with: given }),
  // How it is built is no part of what is there afterwards.
  concurrently: () => indexOf(extra),
  using: (method: unknown) => indexOf({ ...extra, method: String(method) }),
  lock: () => indexOf(extra),
  algorithm: () => indexOf(extra),
});

export const unique = (name?: string): Marked => ({
  on: (...columns: readonly unknown[]): Marked => {
    const extra = { kind: "unique", ...named(name), columns } as const;
    return { [EXTRA]: extra, nullsNotDistinct: (): Marked => ({ [EXTRA]: { ...extra, nullsNotDistinct: true } }) };
  },
});

/** `primaryKey({ columns: [a, b] })`, or `primaryKey(a, b)` as it was once. */
export function primaryKey(...config: readonly unknown[]): Marked {
  const [first] = config as readonly { readonly columns?: readonly unknown[]; readonly name?: string }[];
  const listed = Array.isArray(first?.columns) ? { ...named(first.name), columns: first.columns } : { columns: config };
  return { [EXTRA]: { kind: "primaryKey", ...listed } };
}

interface ForeignKeyConfig {
  readonly name?: string;
  readonly columns: readonly unknown[];
  readonly foreignColumns: readonly unknown[];
}

export function foreignKey(config: ForeignKeyConfig | (() => ForeignKeyConfig)): Marked {
  const { name, columns, foreignColumns } = typeof config === "function" ? config() : config;
  const keyOf = (actions: Actions): Marked => ({
    [EXTRA]: { kind: "foreignKey", ...named(name), columns, foreignColumns, actions },
    onDelete: (onDelete: string) => keyOf({ ...actions, onDelete }),
    onUpdate: (onUpdate: string) => keyOf({ ...actions, onUpdate }),
  });
  return keyOf({});
}

export const check = (name: string, condition: unknown): Marked => ({
  [EXTRA]: { kind: "check", name, check: condition },
});

/** A policy of PostgreSQL, within its table or tied to one by `link`. */
export const policy = (name: string, config: object = {}): Marked => ({
  [POLICY]: { name, config },
  link: (table: unknown): Marked => ({ [POLICY]: { name, config, table } }),
});

const named = (name: string | undefined): { readonly name?: string } => (name === undefined ? {} : { name });
