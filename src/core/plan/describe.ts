import { ToolError } from "../errors.ts";
import { type Operation, tableOf, titleOf } from "../operations/index.ts";
import type { Field, Schema, Table } from "../schema/model.ts";
import type { Conflict } from "./conflict-text.ts";
import { conflictsOf } from "./conflicts.ts";
import type { Graph } from "./graph.ts";
import { byMigration, commandsOf, type Plan, type Step } from "./plan.ts";
import { replay } from "./state.ts";
import { ownPart } from "./surroundings.ts";

/** One migration as `showsql` lists it. Part of the public JSON. */
export interface PlannedMigration {
  readonly name: string;
  readonly statements: readonly PlannedStatement[];
}

export interface PlannedStatement {
  readonly sql: string;
  /** The step of its migration that it belongs to, from 1: what has the same number commits together. */
  readonly step: number;
  /** False: it stands alone and commits by itself. */
  readonly transaction: boolean;
  /**
   * Only for what is no SQL of the migration. Queries of the plan itself: `capture` keeps what is executed again later, `check` must return no
   * row. `code`: a function is called, and `sql` is a comment that says so.
   */
  readonly purpose?: "capture" | "check" | "code";
}

/** The SQL of a plan. What only the live database knows (its triggers, say) appears as the query that fetches it. */
export const describePlan = (plan: Plan): readonly PlannedMigration[] =>
  byMigration(plan).map((steps) => ({ name: steps[0].migration, statements: steps.flatMap(statementsOf) }));

/**
 * The graph as `dag --json` prints it: the predecessor's shape and operation names. What branches add up to that conflict and do not fit together is
 * nothing: null.
 */
export function describeGraph(graph: Graph, conflicts: readonly Conflict[] = conflictsOf(graph)): object {
  return {
    migrations: graph.order.map(({ name, dependencies, operations }) => ({
      name,
      dependencies,
      operations: operations.map(describeOperation),
    })),
    roots: graph.roots,
    leaves: graph.heads,
    has_branches: graph.hasBranches,
    has_unresolved_branches: graph.heads.length > 1,
    ...(conflicts.length > 0 && { conflicts }),
    schema_state: schemaState(graph, conflicts),
  };
}

function schemaState(graph: Graph, conflicts: readonly Conflict[]): object | null {
  try {
    return describeSchema(ownPart(replay(graph.order, graph.surroundings), graph));
  } catch (error) {
    if (conflicts.length > 0 && error instanceof ToolError && error.code === "state") return null;
    throw error;
  }
}

/** `createTable` → `create_table`, `runSQL` → `run_sql`: the names that scripts written for the predecessor know. */
export const operationType = (operation: Operation): string =>
  operation.kind.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();

const statementsOf = (step: Step, index: number): readonly PlannedStatement[] =>
  commandsOf(step).flatMap((command) =>
    command.kind === "replay"
      ? []
      : {
          sql: command.sql,
          step: index + 1,
          transaction: step.transaction,
          ...(command.kind !== "execute" && { purpose: command.kind }),
        },
  );

function describeOperation(operation: Operation): object {
  const table = tableOf(operation);
  return { type: operationType(operation), ...(table !== undefined && { table }), description: titleOf(operation) };
}

function describeSchema(schema: Schema): object {
  const { tables, defaults, typeMappings } = schema;
  return {
    ...(schema.namespaces?.length && { namespaces: schema.namespaces }),
    tables: Object.fromEntries(tables.map((table) => [table.name, describeTable(table)])),
    ...(schema.extensions?.length && { extensions: schema.extensions }),
    ...(schema.enums?.length && { enums: schema.enums }),
    ...(schema.domains?.length && { domains: schema.domains }),
    ...(schema.sequences?.length && { sequences: schema.sequences }),
    ...(Object.keys(defaults).length > 0 && { defaults }),
    ...(Object.keys(typeMappings).length > 0 && { type_mappings: typeMappings }),
  };
}

function describeTable(table: Table): object {
  return {
    name: table.name,
    fields: table.fields.map((field) => describeField(table, field)),
    indexes: table.indexes,
    ...(table.foreignKeys.length > 0 && {
      foreign_keys: table.foreignKeys.map((key) => ({
        name: key.name,
        field_name: key.fields[0],
        ...(key.fields.length > 1 && { field_names: key.fields }),
        referenced_table: key.references.table,
        ...(key.references.fields && { referenced_fields: key.references.fields }),
        on_delete: key.onDelete,
        on_update: key.onUpdate,
      })),
    }),
  };
}

/** Zero values are left out, as the predecessor does. Member by member, because a schema of thousands of fields is shown as a whole. */
function describeField(table: Table, field: Field): object {
  const { name, references } = field;
  const shown: Record<string, unknown> = { name, type: field.type };
  if (field.length) shown["length"] = field.length;
  if (field.precision) shown["precision"] = field.precision;
  if (field.scale) shown["scale"] = field.scale;
  if (field.nullable) shown["nullable"] = field.nullable;
  if (field.default !== undefined) shown["default"] = field.default;
  if (table.primaryKey?.includes(name)) shown["primary_key"] = true;
  if (field.autoCreate) shown["auto_create"] = true;
  if (field.autoUpdate) shown["auto_update"] = true;
  if (references === undefined) return shown;
  const key = table.foreignKeys.find((k) => k.fields.length === 1 && k.fields[0] === name);
  shown["foreign_key"] = { table: references, ...(key && { on_delete: key.onDelete, on_update: key.onUpdate }) };
  return shown;
}
