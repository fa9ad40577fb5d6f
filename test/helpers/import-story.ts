import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diffLive } from "../../src/core/ddl/live.ts";
import { splitScript } from "../../src/core/sql-files/split.ts";
import { introspect } from "../../src/runtime/database.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import type { ImportResult } from "../../src/runtime/tasks/schema-import.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject } from "./migration-project.ts";

/** What an import has to be compared with: the changes between what it declares and two databases, and the tables of these. */
export interface ImportStory {
  /** The one that the other tool makes. */
  readonly theirs: Found;
  /** The one that the first migration from the declared schema makes. */
  readonly ours: Found;
}

interface Found {
  readonly changes: readonly string[];
  readonly tables: readonly string[];
}

/** Makes both databases: `sql` is a file of the statements that the other tool prints. */
export async function importStory(
  database: "sqlite" | "postgresql" | "mariadb",
  result: ImportResult,
  sql: string,
): Promise<ImportStory> {
  const theirs = await found(database, result, async (project) => {
    const script = readFileSync(sql, "utf8");
    await project.withDatabase(async ({ driver, dialect }) => {
      // Files of other tools leave it to the database how texts are compared; this one does so as godwit's tables do.
      if (database === "mariadb") await driver.execute("ALTER DATABASE COLLATE utf8mb4_unicode_ci");
      for (const { text } of splitScript(script, dialect.scriptSyntax)) await driver.execute(text);
    });
  });
  const ours = await found(database, result, async (project) => {
    mkdirSync(join(project.root, "schema"));
    writeFileSync(join(project.root, "schema/schema.yaml"), result.yaml);
    await generate(project);
    await up(project);
  });
  return { theirs, ours };
}

async function found(
  database: "sqlite" | "postgresql" | "mariadb",
  { schema }: ImportResult,
  make: (project: Awaited<ReturnType<typeof createProject>>) => Promise<void>,
): Promise<Found> {
  const project = await createProject(database);
  try {
    await make(project);
    return await project.withDatabase(async (opened) => {
      const live = await introspect(
        opened,
        schema.namespaces?.map(({ name }) => name),
      );
      const own = { ...live, tables: live.tables.filter(({ name }) => !name.startsWith("godwit_")) };
      const changes = diffLive(schema, own, opened.dialect).map(({ detail }) => detail);
      return { changes, tables: own.tables.map(({ name }) => name).toSorted() };
    });
  } finally {
    await project.dispose();
  }
}
