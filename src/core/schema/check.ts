import type { Dialect } from "../ddl/dialect.ts";
import { nearest } from "../nearest.ts";
import type { ForeignKey, Schema } from "./model.ts";
import { utf8Length } from "./names.ts";

/** A part of a schema; without field, index and foreign key, the table itself. `key` is one of its YAML keys. */
export interface Place {
  readonly table: string;
  readonly field?: string;
  readonly index?: string;
  readonly foreignKey?: ForeignKey;
  readonly constraint?: string;
  readonly key?: string;
}

/** The databases that a schema is meant for, as far as their limits go. */
export type LimitedDialects = readonly Pick<Dialect, "title" | "capabilities">[];

/** One validation under way. */
export interface Check {
  readonly schema: Schema;
  readonly dialects: LimitedDialects;
  readonly wrong: (message: string, place: Place) => void;
  readonly odd: (message: string, place: Place) => void;
}

/** PostgreSQL cuts longer names without an error, so that two can become one. */
export function checkLength(check: Check, name: string, title: string, place: Place): void {
  if (name.length * 3 <= 63) return;
  const size = utf8Length(name);
  for (const { title: database, capabilities } of check.dialects) {
    if (size > capabilities.maxIdentifierBytes) {
      check.wrong(
        `the name of ${title} has ${size} bytes; ${database} allows ${capabilities.maxIdentifierBytes}`,
        place,
      );
    }
  }
  if (check.dialects.length === 0 && size > 63)
    check.odd(`the name of ${title} has ${size} bytes; PostgreSQL allows 63`, place);
}

/** `; did you mean "title"?` */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const near = nearest(name, candidates);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
