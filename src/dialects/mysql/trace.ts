import { lines } from "../../core/ddl/sql.ts";
import { stringLiteral } from "./quote.ts";

/** Something that the catalog lists. */
export interface Named {
  readonly kind: "table" | "trigger" | "routine" | "event" | "database";
  /** Absent: the current one. */
  readonly database?: string;
  readonly name: string;
}

/**
 * A query whose rows are the same as long as nobody changes the definition of these things; rows in them do not count. Each name is
 * looked up by itself, because the catalog answers `name = …` at once and reads all tables for anything else.
 */
export const stateOf = (things: readonly Named[]): string =>
  `${things.flatMap(partsOf).join("\nUNION ALL\n")}\nORDER BY 1, 2, 3`;

function partsOf({ kind, name, database }: Named): readonly string[] {
  const home = database === undefined ? "DATABASE()" : stringLiteral(database);
  return views[kind].map(({ view, columns, inDatabase, named }) =>
    lines(
      `SELECT ${stringLiteral(view)} AS kind, ${stringLiteral(name)} AS name, SHA2(JSON_ARRAY(${columns.join(", ")}), 256) AS state`,
      `FROM information_schema.${view}`,
      `WHERE ${named} = ${stringLiteral(name)}${inDatabase ? ` AND ${inDatabase} = ${home}` : ""}`,
    ),
  );
}

interface View {
  readonly view: string;
  /** What changes by itself, such as counts of rows, is not among them. */
  readonly columns: readonly string[];
  /** The columns that hold the database and the name. */
  readonly inDatabase?: string;
  readonly named: string;
}

const ofTable = (view: string, columns: readonly string[], inDatabase = "table_schema"): View => ({
  view,
  columns,
  inDatabase,
  named: "table_name",
});

const views: Readonly<Record<Named["kind"], readonly View[]>> = {
  table: [
    ofTable("tables", ["table_type", "engine", "row_format", "table_collation", "create_options", "table_comment"]),
    ofTable("columns", [
      ...["column_name", "ordinal_position", "column_default", "is_nullable", "column_type", "collation_name", "extra"],
      ...["column_comment", "generation_expression"],
    ]),
    ofTable("statistics", [
      ...["index_name", "non_unique", "seq_in_index", "column_name", "`collation`", "sub_part", "index_type"],
      "index_comment",
    ]),
    ofTable("table_constraints", ["constraint_name", "constraint_type"]),
    ofTable("key_column_usage", [
      ...["constraint_name", "ordinal_position", "column_name", "referenced_table_schema", "referenced_table_name"],
      "referenced_column_name",
    ]),
    ofTable("referential_constraints", ["constraint_name", "update_rule", "delete_rule"], "constraint_schema"),
    ofTable("views", ["view_definition", "check_option", "security_type"]),
  ],
  trigger: [
    {
      view: "triggers",
      columns: ["event_object_table", "event_manipulation", "action_timing", "action_statement"],
      inDatabase: "trigger_schema",
      named: "trigger_name",
    },
  ],
  routine: [
    {
      view: "routines",
      columns: [
        "routine_type",
        "dtd_identifier",
        "routine_definition",
        "is_deterministic",
        "security_type",
        "routine_comment",
      ],
      inDatabase: "routine_schema",
      named: "routine_name",
    },
  ],
  event: [
    {
      view: "events",
      columns: [
        ...["event_definition", "execute_at", "interval_value", "interval_field", "starts", "ends", "status"],
        ...["on_completion", "event_comment"],
      ],
      inDatabase: "event_schema",
      named: "event_name",
    },
  ],
  database: [
    { view: "schemata", columns: ["default_character_set_name", "default_collation_name"], named: "schema_name" },
  ],
};
