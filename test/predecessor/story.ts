import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LiveSchema } from "../../src/core/ddl/dialect.ts";
import type { TableImage } from "../../src/core/ddl/statement.ts";
import { ToolError } from "../../src/core/errors.ts";
import { introspect } from "../../src/runtime/database.ts";
import { withoutOwnTables } from "../../src/runtime/own-tables.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { type GenerateOptions, type GenerateResult, generate } from "../../src/runtime/tasks/generate.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type DatabaseName, type TestProject } from "../helpers/migration-project.ts";

/** A project whose schema changes step by step, with a real database that follows it. */
export interface Story extends TestProject {
  readonly databaseName: DatabaseName;
  /** Writes `schema/schema.yaml`, or another file of the project. */
  declare(schema: unknown, file?: string): void;
  /**
   * Declares the schema, generates a migration for it, and applies it. A second `generate` finds nothing, and the database is what the
   * migrations say.
   */
  migrate(schema: unknown, options?: GenerateOptions): Promise<GenerateResult>;
  /** Rolls the newest migration back and applies it again; each time the database is what the migrations say. */
  backAndForth(): Promise<void>;
  /** Applies what is pending; the database is then what the migrations say. */
  up(): Promise<readonly string[]>;
  /** Rolls the newest migration back; the database is then what the rest says. */
  back(): Promise<void>;
  /** Rolls everything back: no table is left. */
  backToNothing(): Promise<void>;
  execute(...sql: readonly string[]): Promise<void>;
  /** The values of a query's only column, as text; booleans as 1 and 0. */
  values(sql: string): Promise<readonly string[]>;
  introspect(): Promise<LiveSchema>;
  /** A table as the database has it. */
  live(table: string): Promise<TableImage>;
  /** A column's type in small letters, `varchar(9)` rather than what PostgreSQL calls it. */
  typeOf(table: string, column: string): Promise<string>;
}

/** One test per database that the predecessor could really migrate, each with a project of its own. */
export function onBoth(name: string, work: (story: Story) => Promise<void>): void {
  for (const database of ["sqlite", "postgresql"] as const) onOne(database, name, work);
}

/** For what only one of the databases can show. */
export function onOne(database: DatabaseName, name: string, work: (story: Story) => Promise<void>): void {
  test(`${name} (${database})`, async () => {
    const project = await createProject(database);
    try {
      await work(storyOf(project, database));
    } finally {
      await project.dispose();
    }
  });
}

/** A schema from tables; JSON is YAML. */
export const schemaOf = (tables: Readonly<Record<string, readonly object[] | object>>, more: object = {}): object => ({
  ...more,
  tables: Object.entries(tables).map(([name, body]) => ({ name, ...(Array.isArray(body) ? { fields: body } : body) })),
});

/** A field that may be NULL, as in YAML. */
export const field = (name: string, type: string, more: object = {}): object => ({ name, type, ...more });

export const serialId: object = { name: "id", type: "serial", primary_key: true };

/** A foreign key field; without actions, as the predecessor's users often leave it. */
export const reference = (name: string, table: string, actions: object = {}): object => ({
  name,
  type: "foreign_key",
  foreign_key: { table, ...actions },
});

/** The ToolError that a task fails with. */
export async function failureOf(work: Promise<unknown>): Promise<ToolError> {
  const error: unknown = await work.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof ToolError) return error;
  throw error;
}

/** What a generated migration does, one line per operation. */
export const detailsOf = ({ operations }: GenerateResult): readonly string[] => operations.map((o) => o.detail);

function storyOf(project: TestProject, databaseName: DatabaseName): Story {
  const agrees = async (): Promise<void> => expect(await drift(project)).toEqual({ changes: [], unsupported: [] });
  const declare = (schema: unknown, file = "schema/schema.yaml"): void => {
    const path = join(project.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof schema === "string" ? schema : JSON.stringify(schema, undefined, 2));
  };
  const applyAll = async (): Promise<readonly string[]> => {
    const { applied } = await up(project);
    await agrees();
    return applied;
  };
  const back = async (): Promise<void> => {
    await down(project);
    await agreesWithApplied();
  };
  // Without a history, drift compares with all migrations; after the last one is gone, nothing is to be left.
  const agreesWithApplied = async (): Promise<void> => {
    const live = await read();
    if (live.tables.length > 0) await agrees();
  };
  const read = async (): Promise<LiveSchema> => withoutOwnTables(await project.withDatabase(introspect), project);
  const live = async (table: string): Promise<TableImage> => {
    const { tables } = await read();
    const found = tables.find((t) => t.name === table);
    if (!found) throw new Error(`no table ${table} among ${tables.map((t) => t.name).join(", ")}`);
    return found;
  };
  return {
    ...project,
    databaseName,
    declare,
    up: applyAll,
    back,
    async migrate(schema, options = {}) {
      declare(schema);
      const result = await generate(project, options);
      expect((await generate(project, { check: true })).operations).toEqual([]);
      await applyAll();
      return result;
    },
    async backAndForth() {
      await back();
      await applyAll();
    },
    async backToNothing() {
      await down(project, { to: "zero" });
      expect((await read()).tables).toEqual([]);
    },
    execute: (...sql) =>
      project.withDatabase(async ({ driver }) => {
        for (const each of sql) await driver.execute(each);
      }),
    async values(sql) {
      const rows = await project.query(sql);
      return rows.map((row) => plain(Object.values(row)[0]));
    },
    introspect: read,
    live,
    async typeOf(table, column) {
      const found = (await live(table)).columns.find((c) => c.name === column);
      if (!found) throw new Error(`no column ${column} in ${table}`);
      return found.type.toLowerCase().replace("character varying", "varchar");
    },
  };
}

/** Databases disagree about what a boolean is, and drivers about what a number is. */
const plain = (value: unknown): string => String(value === true ? 1 : value === false ? 0 : value);
