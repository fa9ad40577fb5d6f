import type { NamedNotNull } from "./tree-statements.ts";

/** What is not part of a table gets another name; all that uses it follows. */
export interface RenameThing {
  readonly kind: "renameThing";
  readonly what: "namespace" | "enum" | "domain" | "sequence";
  readonly from: string;
  readonly to: string;
}

export interface RenameTable extends NamedNotNull {
  readonly kind: "renameTable";
  readonly from: string;
  readonly to: string;
  /** Set where the primary key has the usual name, which follows that of the table. */
  readonly primaryKey?: true;
  /** Columns that are numbered by sequences, whose names follow that of the table. */
  readonly numbered?: readonly string[];
}

export interface RenameColumn {
  readonly kind: "renameColumn";
  readonly table: string;
  readonly from: string;
  readonly to: string;
  /** It is numbered by a sequence, whose name follows its own. */
  readonly numbered?: true;
  /** It is NOT NULL, and that is a constraint whose name follows its own. */
  readonly notNull?: true;
  /** The primary key or the options of the table hold on to it. */
  readonly held?: true;
}

/** Of a constraint or a foreign key. */
export interface RenameConstraint {
  readonly kind: "renameConstraint";
  readonly table: string;
  readonly from: string;
  readonly to: string;
}
