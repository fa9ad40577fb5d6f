/** A name in SQL or in an operation, in the form in which names are compared. */
export interface ObjectName {
  readonly name: string;
  readonly schema?: string;
  /** As it was written. */
  readonly text: string;
  /** In the SQL text; absent in an operation that is not SQL. */
  readonly offset?: number;
}

/** Something that an operation or an SQL statement does to something. One statement may do several things. */
export interface Touch {
  readonly verb: "create" | "drop" | "alter" | "write" | "refer";
  /** What it is done to, in lower case: `table`, `materialized view`, `index`, `column`, `constraint`, `trigger` … */
  readonly object: string;
  readonly name?: ObjectName;
  /** The table that an index, a column, a constraint or a trigger is part of. */
  readonly table?: ObjectName;
  /** Of what is made or dropped: whether IF [NOT] EXISTS or OR REPLACE is there. Absent where it need not be. */
  readonly guarded?: boolean;
  readonly temporary?: true;
  /** It is a part of an ALTER, which is a touch of its own. */
  readonly altering?: true;
  /** What it does, as a verb for messages: `alters`, `creates an index on`, `inserts into`. */
  readonly does: string;
  /** Where in the SQL text it begins. */
  readonly offset?: number;
}

/** What can be read like a table, and owned like one. */
export const isRelation = (object: string): boolean =>
  object === "table" || object === "view" || object === "materialized view";
