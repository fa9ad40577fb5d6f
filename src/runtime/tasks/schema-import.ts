import type { Dialect, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { schemaOfLive } from "../../core/ddl/live.ts";
import { introspect, openDatabase } from "../database.ts";
import { withoutOwnTables } from "../own-tables.ts";
import type { Project } from "../project.ts";
import { writeYaml } from "../schema-files.ts";

export interface ImportResult {
  readonly dialect: Dialect;
  /** The schema as a person would have written it. */
  readonly yaml: string;
  readonly tables: readonly string[];
  /** What the database has and the schema cannot say. */
  readonly unsupported: readonly UnsupportedObject[];
}

/** Reads a database and declares what it has. Writes nothing, neither there nor here. Throws ToolError `url` or `connect`. */
export async function importSchema(project: Pick<Project, "database" | "historyTable">): Promise<ImportResult> {
  const database = await openDatabase(project.database, { readOnly: true });
  try {
    const live = withoutOwnTables(await introspect(database), project);
    const schema = schemaOfLive(live, database.dialect);
    return {
      dialect: database.dialect,
      yaml: writeYaml(schema),
      tables: schema.tables.map((t) => t.name),
      unsupported: live.unsupported,
    };
  } finally {
    await database.close();
  }
}
