import type { ThingKind } from "../schema/rename-things.ts";

/**
 * What the differ cannot know and will not guess. Without an answer its operations are what a "no" would give: drop and add
 * for a rename, no fill for a one-off value.
 */
export type Question = RenameQuestion | OneOffQuestion;

/** Is the new table (or field) one of those that disappear, under a new name? */
export interface RenameQuestion {
  readonly kind: "rename";
  /** `accounts`, or `users.mail`: the new name; with a word before it where it is no table: `enum mood`. */
  readonly id: string;
  readonly text: string;
  /** How to answer on the command line, for the likeliest candidate. */
  readonly flag: string;
  readonly table: string;
  readonly field?: string;
  /** What it is about that is no table; `table` is its new name. */
  readonly what?: ThingKind;
  /** Old names, the likeliest first. */
  readonly candidates: readonly string[];
}

/** What do the existing rows hold in a field that must not be NULL and has no default? */
export interface OneOffQuestion {
  readonly kind: "one-off";
  /** `users.age`. */
  readonly id: string;
  readonly text: string;
  readonly flag: string;
  readonly table: string;
  readonly field: string;
}

/** Does a column that may not keep all its values change in place, or does a new one take its place? Only people are asked; without them it is in place. */
export interface TypeChangeQuestion {
  readonly kind: "type-change";
  /** `users.age`. */
  readonly id: string;
  readonly text: string;
  readonly flag: string;
  readonly table: string;
  readonly field: string;
}

export const typeChangeMethods = ["using", "new_column"] as const;
export type TypeChangeMethod = (typeof typeChangeMethods)[number];

/** Without a table: all that nothing else is said of. The last one counts. */
export interface TypeChangeAnswer {
  readonly table?: string;
  readonly field?: string;
  readonly method: TypeChangeMethod;
}

export interface DiffAnswers {
  readonly renames?: readonly RenameAnswer[];
  /** Every open rename question is a no. */
  readonly noRenames?: boolean;
  readonly oneOff?: readonly OneOffAnswer[];
  /** No open question about existing rows has a value: there are none to fill. */
  readonly noOneOff?: boolean;
}

export interface RenameAnswer {
  /** New name of the table. */
  readonly table: string;
  /** New name of the field; absent when the table itself is meant. */
  readonly field?: string;
  /** What it is about that is no table; `table` is its new name. */
  readonly what?: ThingKind;
  /** The old name, or `null` when nothing was renamed. */
  readonly from: string | null;
}

export interface OneOffAnswer {
  readonly table: string;
  readonly field: string;
  /** SQL expression for the existing rows; an empty text when there are none to fill. */
  readonly sql: string;
}

/** `users.mail` for a field, `users` for a table. */
export const questionId = (table: string, field?: string): string =>
  field === undefined ? table : `${table}.${field}`;

/** A flag as a shell takes it, whatever names are in it. */
export const shellFlag = (flag: string, value: string): string =>
  /^[\w.:=,/-]+$/.test(value) ? `${flag} ${value}` : `${flag} '${value.replaceAll("'", "'\\''")}'`;
