import type { Dialect } from "../ddl/dialect.ts";
import { nearest } from "../nearest.ts";
import type { ForeignKey, Schema } from "./model.ts";

/** A part of a schema; without field, index and foreign key, the table itself. `key` is one of its YAML keys. */
export interface Place {
  readonly table: string;
  readonly field?: string;
  readonly index?: string;
  readonly foreignKey?: ForeignKey;
  readonly key?: string;
}

/** One validation under way. */
export interface Check {
  readonly schema: Schema;
  readonly dialects: readonly Pick<Dialect, "title" | "capabilities">[];
  readonly wrong: (message: string, place: Place) => void;
  readonly odd: (message: string, place: Place) => void;
}

/** `; did you mean "title"?` */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const near = nearest(name, candidates);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
