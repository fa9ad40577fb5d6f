import type { Operation } from "../operations/index.ts";
import { mergeNamespaces } from "../schema/merge-namespaces.ts";
import { emptySchema, type Namespace, type Schema, type Table } from "../schema/model.ts";
import { namespaceNames, namespacesOf, withNamespaces } from "../schema/namespaces.ts";
import { buildGraph, type Graph } from "./graph.ts";
import type { Migration } from "./migration.ts";
import { replay, statesOf } from "./state.ts";

/**
 * The graph of a track that comes after others. Its migrations may point at every table that earlier tracks ever had, because nothing
 * says how far those were when a migration was written; what points at a table that has another name now points at that, as a database
 * sees to it where the table is renamed, because earlier tracks run first. Not those that the track makes itself, in a schema of its own.
 */
export function graphAmong(earlier: readonly Graph[], own: readonly Migration[]): Graph {
  // Looking at operations means decoding them, which most commands need not.
  if (earlier.length === 0) return buildGraph(own);
  const made = new Set(own.flatMap(madeBy));
  const tables = new Map(earlier.flatMap((graph) => [...tablesEver(graph)]));
  const around = withNamespaces(
    { ...emptySchema, tables: [...tables.values()].filter(({ name }) => !made.has(name)) },
    mergeNamespaces(earlier.flatMap(namespacesEver)).filter(({ name }) => !own.some(makesNamespace(name))),
  );
  const renamed = new Map([...renamedBy(earlier)].filter(([name]) => !made.has(name)));
  const now = renamed.size === 0 ? own : own.map((migration) => retarget(migration, renamed));
  return buildGraph(now, around);
}

/** What the migrations of the graph add up to: by themselves, without what is around them. */
export const ownPart = (schema: Schema, { surroundings }: Pick<Graph, "surroundings">): Schema => {
  const around = new Set(surroundings.tables.map(({ name }) => name));
  const places = namespaceNames(surroundings);
  const own = withNamespaces(
    schema,
    namespacesOf(schema).filter(({ name }) => !places.includes(name)),
  );
  return around.size === 0 ? own : { ...own, tables: own.tables.filter(({ name }) => !around.has(name)) };
};

/** What each migration of the graph leaves. */
const namespacesEver = (graph: Graph): readonly (readonly Namespace[])[] => {
  let schema = graph.surroundings;
  return graph.order.flatMap((migration) => {
    const states = statesOf(migration, schema);
    schema = states.at(-1) ?? schema;
    return states.map((state) => namespacesOf(ownPart(state, graph)));
  });
};

/** Name → the table as it was last. */
function tablesEver(graph: Graph): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  let schema = graph.surroundings;
  for (const migration of graph.order) {
    const states = statesOf(migration, schema);
    for (const state of states) for (const table of ownPart(state, graph).tables) tables.set(table.name, table);
    schema = states.at(-1) ?? schema;
  }
  return tables;
}

/** Old name → the name now, where nothing else has taken the old one. */
function renamedBy(graphs: readonly Graph[]): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  for (const operation of graphs.flatMap(({ order }) => order.flatMap(({ operations }) => operations))) {
    if (operation.kind !== "renameTable") continue;
    for (const [name, now] of renamed) if (now === operation.from) renamed.set(name, operation.to);
    renamed.set(operation.from, operation.to);
  }
  const taken = new Set(
    graphs.flatMap((graph) => replay(graph.order, graph.surroundings).tables.map(({ name }) => name)),
  );
  return new Map([...renamed].filter(([name]) => !taken.has(name)));
}

const retarget = (migration: Migration, renamed: ReadonlyMap<string, string>): Migration => ({
  ...migration,
  operations: migration.operations.map((operation) => retargetOperation(operation, renamed)),
});

function retargetOperation(operation: Operation, renamed: ReadonlyMap<string, string>): Operation {
  const now = <T extends { readonly table: string }>(at: T): T => ({ ...at, table: renamed.get(at.table) ?? at.table });
  const field = (given: FieldParameters): FieldParameters =>
    given.foreignKey ? { ...given, foreignKey: now(given.foreignKey) } : given;
  if (operation.kind === "createTable") return { ...operation, fields: operation.fields.map(field) };
  if (operation.kind === "addField") return { ...operation, field: field(operation.field) };
  return operation.kind === "addForeignKey" ? { ...operation, references: now(operation.references) } : operation;
}

type FieldParameters = Extract<Operation, { readonly kind: "addField" }>["field"];

const makesNamespace =
  (name: string) =>
  ({ operations }: Migration): boolean =>
    operations.some((operation) => operation.kind === "createNamespace" && operation.name === name);

const madeBy = ({ operations }: Migration): readonly string[] =>
  operations.flatMap((operation) =>
    operation.kind === "createTable" ? [operation.name] : operation.kind === "renameTable" ? [operation.to] : [],
  );
