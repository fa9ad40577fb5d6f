import type { LiveSchema, UnsupportedObject } from "../ddl/dialect.ts";
import { ToolError } from "../errors.ts";
import type { Sequence, View } from "../schema/model.ts";
import { policyOf } from "./policies.ts";
import { type Recorded, type RecordedTable, readRecorded } from "./recorded.ts";
import { nameIn, sequenceOptionsOf, tableOf } from "./tables.ts";

/** What files of Drizzle tables declare, as the database has it that drizzle-kit makes. */
export interface DrizzleSchema {
  /** The name of its dialect. */
  readonly dialect: string;
  readonly live: LiveSchema;
}

/** Turns what was recorded in the sandbox into a schema. Throws ToolError `schema` for what is malformed, and where there are no tables. */
export function drizzleSchema(value: unknown): DrizzleSchema {
  const recorded = readRecorded(value);
  const dialect = dialectOf(recorded);
  const { tables } = recorded;
  const policies = [...tables.flatMap((table) => table.policies), ...recorded.policies];
  const enums = recorded.enums.map(({ name, schema, values }) => ({ name: nameIn(schema, name), values }));
  const views = recorded.views.filter(({ existing }) => !existing).flatMap((view) => viewOf(view) ?? []);
  const sequences = recorded.sequences.map(sequenceOf);
  const placed = [...tables, ...recorded.enums, ...recorded.views, ...recorded.sequences];
  const namespaces = new Set(placed.flatMap(({ schema }) => schema ?? []));
  const secured = new Set(policies.map(({ schema, table }) => nameIn(schema, table)));
  return {
    dialect,
    live: {
      ...(namespaces.size > 0 && { namespaces: [...namespaces].map((name) => ({ name })) }),
      tables: tables.map((table) => tableOf(table, { tables, secured: secured.has(nameIn(table.schema, table.name)) })),
      ...(enums.length > 0 && { enums }),
      ...(sequences.length > 0 && { sequences }),
      ...(views.length > 0 && { views }),
      ...(policies.length > 0 && { objects: policies.map(policyOf) }),
      unsupported: leftOf(recorded),
    },
  };
}

function dialectOf({ tables, views, enums }: Recorded): string {
  const [dialect, other] = new Set([...tables, ...views, ...enums].map((part) => part.dialect));
  if (dialect === undefined)
    throw new ToolError("schema", "the files export no tables of Drizzle; name the files that do");
  if (other === undefined) return dialect;
  throw new ToolError(
    "schema",
    `the files export tables of ${dialect} and of ${other}; import them one after the other`,
  );
}

/** One that is built by functions has no query that could be declared. */
function viewOf({ name, schema, query, materialized, options }: Recorded["views"][number]): View | undefined {
  if (query === undefined) return undefined;
  return {
    name: nameIn(schema, name),
    query: query.trim(),
    ...(materialized && { materialized }),
    ...(options && { options }),
  };
}

const sequenceOf = ({ name, schema, options }: Recorded["sequences"][number]): Sequence => ({
  name: nameIn(schema, name),
  ...sequenceOptionsOf(options),
});

function leftOf({ tables, views, roles }: Recorded): readonly UnsupportedObject[] {
  return [
    ...views
      .filter(({ query, existing }) => query === undefined && !existing)
      .map(({ name }) => ({
        kind: "view",
        object: name,
        reason: "its query is built by functions of Drizzle; write it as sql`…`, or declare the view",
      })),
    ...views
      .filter(({ query, existing }) => query !== undefined && !existing)
      .flatMap(({ name, schema, left = [] }) =>
        left.map((what) => ({
          kind: "view option",
          object: `${nameIn(schema, name)}: ${what}`,
          reason: "the view is imported without it",
        })),
      ),
    ...roles.map(({ name }) => ({ kind: "role", object: name, reason: "a role belongs to the server" })),
    ...tables.flatMap((table) => leftInTable(table, tables)),
  ];
}

function leftInTable(table: RecordedTable, own: readonly RecordedTable[]): readonly UnsupportedObject[] {
  const of = (kind: string, object: string, reason: string): UnsupportedObject => ({
    kind,
    object,
    table: nameIn(table.schema, table.name),
    reason,
  });
  return [
    ...table.columns.flatMap(({ name, inProgram = [] }) =>
      inProgram.map((what) => of(what, name, "the program sets it, and the database does not know of it")),
    ),
    ...table.columns.flatMap(({ name, left = [] }) =>
      left.map((what) => of("column option", `${name}: ${what}`, "the field is imported without it")),
    ),
    ...table.foreignKeys
      .filter((key) => !own.some(({ name, schema }) => name === key.table && schema === key.schema))
      .map((key) =>
        of("foreign key", key.name ?? key.columns.join(", "), `it refers to table "${key.table}", which is left out`),
      ),
  ];
}
