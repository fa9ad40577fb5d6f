import { spawnSync } from "node:child_process";
import type { UnsupportedObject } from "../../src/core/ddl/dialect.ts";
import type { Project } from "../../src/runtime/project.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { fake } from "../../src/runtime/tasks/fake.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { importSchema } from "../../src/runtime/tasks/schema-import.ts";
import { up } from "../../src/runtime/tasks/up.ts";

/** Who does what a transition takes; each rejects with the reason as its message. */
export interface Hands {
  importSchema(project: Project): Promise<Imported>;
  /** What is written, or with `check` would be. */
  generate(
    project: Project,
    flags: Flags,
  ): Promise<{ readonly created: string | null; readonly operations: readonly Detail[] }>;
  fake(project: Project): Promise<unknown>;
  up(project: Project): Promise<unknown>;
  down(project: Project): Promise<unknown>;
  drift(project: Project): Promise<{ readonly changes: readonly Detail[] }>;
}

interface Imported {
  readonly yaml: string;
  readonly unsupported: readonly UnsupportedObject[];
}

interface Detail {
  readonly detail: string;
}

interface Flags {
  readonly check?: boolean;
  readonly name?: string;
  readonly renames?: readonly string[];
  readonly oneOff?: readonly string[];
  readonly onDestructive?: readonly string[];
}

/** PostgreSQL has namespaces, and all of them are looked at. */
const allOf = ({ database }: Project): readonly string[] => (database.url.startsWith("postgres") ? ["*"] : []);

/** The use-cases, in this process. */
export const useCases: Hands = {
  importSchema: (project) => importSchema(project, { namespaces: allOf(project) }),
  generate,
  fake: (project) => fake(project, { all: true }),
  up,
  down,
  drift,
};

/** The executable, as people run it. */
export function executable(path: string): Hands {
  const run = (project: Project, args: readonly string[]): Promise<Record<string, never>> => {
    const { url } = project.database;
    const place = [
      "--url",
      url,
      "--schema",
      project.schemaPaths[0] ?? "",
      "--migrations",
      project.migrationsDir,
      "--json",
    ];
    const { stdout, stderr } = spawnSync(path, [...args, ...place], { cwd: project.root, encoding: "utf8" });
    if (stdout.trim() === "") return Promise.reject(new Error(stderr));
    const answer = JSON.parse(stdout) as { readonly error?: { readonly message: string } };
    return answer.error
      ? Promise.reject(new Error(answer.error.message))
      : Promise.resolve(answer as Record<string, never>);
  };
  const each = (flag: string, values: readonly string[] = []): readonly string[] =>
    values.flatMap((value) => [flag, value]);
  return {
    importSchema: (project) => run(project, ["schema", "import", ...each("--namespace", allOf(project))]) as never,
    generate: (project, { check, name, renames, oneOff, onDestructive }) =>
      run(project, [
        "generate",
        ...(check ? ["--check"] : []),
        ...each("--name", name === undefined ? [] : [name]),
        ...each("--rename", renames),
        ...each("--one-off", oneOff),
        ...each("--on-destructive", onDestructive),
      ]) as never,
    fake: (project) => run(project, ["migrate", "fake", "--all"]),
    up: (project) => run(project, ["migrate", "up"]),
    down: (project) => run(project, ["migrate", "down"]),
    drift: (project) => run(project, ["schema", "drift"]) as never,
  };
}
