import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src/runtime/tasks/compile.ts";
import { createProject } from "./migration-project.ts";

/** What `godwit compile` writes of these migration files, as data. */
export async function compiled(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>> {
  const project = await createProject("sqlite");
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project.migrationsDir, name), text);
    await compile(project);
    const text = await Bun.file(join(project.migrationsDir, "compiled.json")).text();
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } finally {
    await project.dispose();
  }
}
