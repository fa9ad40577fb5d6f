import type { Dialect } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Database } from "./database.ts";
import type { Project } from "./project.ts";

/** Where names without a schema lead, on the one connection of a run. */
export interface Names {
  /** From now on, to the track of this project. Where its schema does not exist, they lead nowhere; `create` makes it. */
  leadTo(project: Tracked, options?: { readonly create?: boolean }): Promise<void>;
  /** To where they led in the beginning. */
  reset(): Promise<void>;
}

/** Throws ToolError `config` when one of the tracks wants a schema of its own and the database cannot have such. */
export function checkNamespaces({ title, bookkeeping }: Dialect, projects: readonly Tracked[]): void {
  const first = projects.find(inNamespace);
  if (first && !bookkeeping.namespace)
    throw unusable(first, `${title} has none; take "schema" away from it in godwit.yaml`);
}

/** Throws what `checkNamespaces` does, and ToolError `config` where each transaction may have another session. */
export async function namesOf(database: Database, projects: readonly Tracked[]): Promise<Names> {
  const { driver, dialect } = database;
  checkNamespaces(dialect, projects);
  const sql = dialect.bookkeeping.namespace;
  const first = projects.find(inNamespace);
  if (!first || !sql) return { leadTo: nothing, reset: nothing };
  if (await driver.sharesSessions?.())
    throw unusable(first, "a pooler that gives each transaction another session stands before it; connect past it");
  const base = String((await driver.query(sql.path))[0]?.["path"] ?? "");
  const setPath = async (path: string): Promise<void> => void (await driver.query(sql.setPath, [path]));
  const exists = async (name: string): Promise<boolean> => (await driver.query(sql.exists, [name])).length > 0;
  return {
    leadTo: async (project, { create = false } = {}) => {
      const name = project.track?.schema;
      if (name === undefined) return setPath(base);
      const there = await exists(name);
      if (!there && create) await driver.execute(sql.create(name)).catch((error: unknown) => fail(project, error));
      await setPath(there || create ? sql.pathTo(name, base) : sql.pathTo(name));
    },
    // A connection that broke leads nowhere any more, and its error has been reported where it broke.
    reset: () => setPath(base).catch(() => undefined),
  };
}

type Tracked = Pick<Project, "track">;

const inNamespace = ({ track }: Tracked): boolean => track?.schema !== undefined;

const unusable = ({ track }: Tracked, why: string): ToolError =>
  new ToolError("config", `track "${track?.name}" wants the database schema "${track?.schema}", and ${why}`, {
    track: track?.name,
  });

function fail({ track }: Tracked, error: unknown): never {
  if (!(error instanceof ToolError)) throw error;
  throw new ToolError(
    error.code,
    `the schema "${track?.schema}" of track "${track?.name}" cannot be created: ${error.message}; create it, or connect as one who may`,
    { ...error.data, track: track?.name },
    { cause: error },
  );
}

const nothing = (): Promise<void> => Promise.resolve();
