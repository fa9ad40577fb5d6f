import type { Dialect, LiveSchema, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { schemaOfLive } from "../../core/ddl/live.ts";
import { type Selection, selectTables } from "../../core/ddl/selection.ts";
import type { Schema } from "../../core/schema/model.ts";
import { writeSchema } from "../../core/schema/write.ts";
import { introspect, openDatabase } from "../database.ts";
import { namesOf } from "../namespace.ts";
import { type NamespaceSelection, namespacesThat } from "../namespaces.ts";
import { withoutOthersBooks, withoutOwnTables } from "../own-tables.ts";
import type { Project } from "../project.ts";
import { yamlText } from "../yaml-text.ts";

export interface ImportResult {
  readonly dialect: Dialect;
  readonly schema: Schema;
  /** The schema as the document that is written. */
  readonly document: ReturnType<typeof writeSchema>;
  /** The same as text. */
  readonly yaml: string;
  readonly tables: readonly string[];
  /** What the source has and the schema cannot say. */
  readonly unsupported: readonly UnsupportedObject[];
  /** What is read and looks like a mistake. */
  readonly warnings?: readonly string[];
}

/**
 * Reads a database and declares what it has, for a track that lives in a schema of its own what is there. Writes nothing, neither there nor here. Throws ToolError `url` or
 * `connect`, `config` where a track wants a schema that cannot be had, and `usage` for a pattern that no table or no namespace matches.
 */
export async function importSchema(
  project: Pick<Project, "database" | "historyTable" | "track">,
  { namespaces = [], ...selection }: Selection & NamespaceSelection = {},
): Promise<ImportResult> {
  const database = await openDatabase(project.database, { readOnly: true });
  try {
    await (await namesOf(database, [project])).leadTo(project);
    const live = await introspect(database, await namespacesThat(database, namespaces));
    const { live: found, books } = withoutOthersBooks(withoutOwnTables(live, project));
    const result = imported(found, database.dialect, selection);
    return { ...result, unsupported: [...result.unsupported, ...books] };
  } finally {
    await database.close();
  }
}

/** What was found, as an import gives it. */
export function imported(found: LiveSchema, dialect: Dialect, selection: Selection): ImportResult {
  const live = selectTables(found, selection);
  const schema = schemaOfLive(live, dialect);
  const document = writeSchema(schema);
  return {
    dialect,
    schema,
    document,
    yaml: yamlText(document),
    tables: schema.tables.map((t) => t.name),
    unsupported: live.unsupported,
  };
}
