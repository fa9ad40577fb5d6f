import type { Selection } from "../../core/ddl/selection.ts";
import { type Position, ToolError } from "../../core/errors.ts";
import { definitionsIn } from "../../core/sql-files/definitions.ts";
import type { ScriptStatement } from "../../core/sql-files/split.ts";
import { type Database, introspect } from "../database.ts";
import { MAX_SCRIPT_BYTES, readFound } from "../files.ts";
import { type NamespaceSelection, namespacesThat } from "../namespaces.ts";
import { withoutOwnTables } from "../own-tables.ts";
import type { Project } from "../project.ts";
import { withScratch } from "../scratch.ts";
import { type ImportResult, imported } from "./schema-import.ts";

/**
 * Declares what an SQL file makes: it is run on a scratch database, which is read and removed. `shown` is what messages call the file. Throws
 * ToolError `file`, `schema` with the place of what the database refuses, and as `withScratch` does.
 */
export async function importSql(
  project: Pick<Project, "database" | "historyTable">,
  { path, shown = path, namespaces = [], ...selection }: SqlSource,
): Promise<ImportResult> {
  const script = readFound(path, MAX_SCRIPT_BYTES);
  return withScratch(project.database, async ({ dialect, use }) => {
    const wanted = namespaces.length > 0 || !dialect.capabilities.namespaces ? namespaces : everywhere;
    const read = dialect.scratch?.withoutClientCommands(script) ?? script;
    const { statements, left } = definitionsIn(read, dialect.scriptSyntax);
    await use(async (database) => {
      for (const statement of statements) await carryOut(database, statement, { script, file: shown });
    });
    // What a script sets for its session must not decide what is found.
    const live = await use(async (database) => introspect(database, await namespacesThat(database, wanted)));
    const found = withoutOwnTables({ ...live, unsupported: [...live.unsupported, ...left] }, project);
    return imported(found, dialect, selection);
  });
}

/** Nobody else has made anything there. */
const everywhere = ["*"];

interface SqlSource extends Selection, NamespaceSelection {
  readonly path: string;
  readonly shown?: string;
}

interface Source {
  readonly script: string;
  readonly file: string;
}

async function carryOut({ driver }: Database, { text, offset }: ScriptStatement, source: Source): Promise<void> {
  try {
    await driver.execute(text);
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "database") throw error;
    const within = error.data["offset"];
    const at = positionIn(source, offset + (typeof within === "number" ? within : 0));
    const message = `${at.file}:${at.line}:${at.column}: ${error.message}`;
    throw new ToolError("schema", message, { ...error.data, ...at, sql: text }, { cause: error });
  }
}

function positionIn({ script, file }: Source, offset: number): Position {
  const before = script.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
