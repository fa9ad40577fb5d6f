import type { Row } from "../ddl/dialect.ts";

/** The tables in which another tool keeps its books, and what they say. */
export interface Books {
  /** As `godwit convert --from` and `convertedFrom` have it. */
  readonly tool: string;
  readonly title: string;
  /** The history first. Names are the usual ones; of a table that is in a namespace of its own, with that. */
  readonly tables: readonly BookTable[];
  /** What the rows of these tables say, each list in the order of `tables`. */
  read(history: readonly Row[], ...others: readonly (readonly Row[])[]): Recorded;
  /** What an older form of its history has for a migration that is called so now. */
  formerId?(id: string): string | undefined;
  /** That of several migrations may be the same: then all of them have run. */
  readonly sharesFormerIds?: true;
  /** Whether a migration that is not recorded itself has run all the same. */
  includes?(recorded: Recorded, id: string): boolean;
  /** Whether what is recorded is one of those that a converted migration stands for. */
  standsFor?(id: string, recordedId: string): boolean;
}

export interface BookTable {
  readonly name: string;
  /** That it has exactly these columns tells it from a table of the same name. Absent in one that has further ones: these at least. */
  readonly columns: readonly string[];
  readonly further?: true;
  /** The tool can be without it. */
  readonly optional?: true;
}

/** What a tool says of its own migrations. */
export interface Recorded {
  /** What is applied, as `convertedFrom` has it. */
  readonly ids: readonly string[];
  /** Other words of the same rows: id → what else a migration may have been converted from, or what `formerId` says of it. */
  readonly also?: ReadonlyMap<string, string>;
  /** Everything up to this version counts as applied, whoever did that. */
  readonly baseline?: string;
  /** Everything up to this number is applied, and nothing beyond it. */
  readonly upTo?: string;
  /** The SHA-256 of the file that was applied, in hexadecimal digits, by id; absent where the tool keeps none. */
  readonly sums?: ReadonlyMap<string, string>;
  /** Why nobody can say what is applied, and what to do about it. */
  readonly unclear?: string;
}
