import type { Dialect, LiveSchema } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Declared } from "../core/schema/declared.ts";
import { journalTableOf } from "./journal.ts";
import type { Project } from "./project.ts";
import { leaseTableOf, lockTableOf } from "./row-lock.ts";
import { loadSchema } from "./schema-files.ts";

/** The history, the lock and the journal are godwit's own, under whatever name the project gives them. */
const ownTables = ({ historyTable, tracks = [] }: Books): ReadonlySet<string> =>
  new Set(
    [historyTable, ...tracks.map((track) => track.historyTable)].flatMap((table) => [
      table,
      lockTableOf(table),
      leaseTableOf(table),
      journalTableOf(table),
    ]),
  );

type Books = Pick<Project, "historyTable" | "tracks">;

/** What a database has, without the tables in which godwit keeps its books. */
export function withoutOwnTables(live: LiveSchema, project: Books): LiveSchema {
  const own = ownTables(project);
  return {
    tables: live.tables.filter((table) => !own.has(table.name)),
    unsupported: live.unsupported.filter(
      ({ object, table }) => !own.has(object) && !(table !== undefined && own.has(table)),
    ),
  };
}

/** The project's schema, held against the limits of `dialects` if there are any. Throws as `loadSchema` does, and ToolError `schema` when it declares a table that is godwit's own. */
export async function loadProjectSchema(project: Project, dialects?: readonly Dialect[]): Promise<Declared> {
  const declared = await loadSchema(project.schemaPaths, { root: project.root, ...(dialects && { dialects }) });
  const own = ownTables(project);
  const taken = declared.schema.tables.find((table) => own.has(table.name));
  if (!taken) return declared;
  throw new ToolError(
    "schema",
    `table "${taken.name}" is the name of a table in which godwit keeps its books; call it something else, or choose another history_table in godwit.yaml`,
    { table: taken.name },
  );
}
