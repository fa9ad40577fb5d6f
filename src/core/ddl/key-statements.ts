import type { Deferrable } from "../schema/model.ts";

/** A table gets a primary key. */
export interface AddPrimaryKey {
  readonly kind: "addPrimaryKey";
  readonly table: string;
  readonly columns: readonly string[];
  /** Absent: the usual one. */
  readonly name?: string;
  readonly include?: readonly string[];
  readonly deferrable?: Deferrable;
  readonly comment?: string;
}

/** A table loses its primary key. */
export interface DropPrimaryKey {
  readonly kind: "dropPrimaryKey";
  readonly table: string;
  readonly columns: readonly string[];
  /** How this database is to keep the table, where something is said. */
  readonly options?: Readonly<Record<string, string>>;
}
