import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type DatabaseName, type TestProject } from "./migration-project.ts";

/** Of the test that runs: made by `begin`, and disposed of by who called that. */
export let project: TestProject;

/** Makes a project whose database has a table of items. */
export async function begin(database: DatabaseName): Promise<void> {
  project = await createProject(database);
  project.write("0001_initial", `createTable({ name: "items", fields: ${fields}, primaryKey: ["id", "part"] })`);
  await up(project);
}

/** A migration with one runCode, whose function has this body. */
export function writeCode(
  name: string,
  body: string,
  more: { backward?: string; options?: string; head?: string } = {},
): void {
  const { backward = '""', options = "", head = "" } = more;
  writeFileSync(
    join(project.migrationsDir, `${name}.ts`),
    `import { irreversible, migration, runCode } from "godwit";\n${head}\nexport default migration({ dependencies: ["0001_initial"], ${options} operations: [runCode({ forward: async (db) => {\n${body}\n}, backward: ${backward} })] });\n`,
  );
}

/** What is wrong, when it is said as it should be. */
export const failure = async (work: Promise<unknown>): Promise<ToolError> => {
  const error: unknown = await work.catch((e: unknown) => e);
  if (error instanceof ToolError) return error;
  throw new Error("expected a ToolError");
};

/** How many items there are. */
export const count = async (where = "1 = 1"): Promise<number> =>
  Number((await project.query(`SELECT COUNT(*) AS n FROM items WHERE ${where}`))[0]?.["n"]);

const fields = `[
  { name: "id", type: "bigint" }, { name: "part", type: "varchar", length: 20 }, { name: "note", type: "text", nullable: true },
  { name: "data", type: "bytes", nullable: true }, { name: "flag", type: "boolean", nullable: true }, { name: "price", type: "decimal", precision: 30, scale: 10, nullable: true },
  { name: "at", type: "timestamp", nullable: true }]`;
