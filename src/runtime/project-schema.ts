import type { Dialect } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Declared } from "../core/schema/declared.ts";
import { ownTables } from "./own-tables.ts";
import type { Project } from "./project.ts";
import { loadSchema } from "./schema-files.ts";

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
