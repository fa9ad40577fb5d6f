import type { Selection } from "../core/ddl/selection.ts";
import { ToolError } from "../core/errors.ts";
import type { NamespaceSelection } from "../runtime/namespaces.ts";
import type { Project } from "../runtime/project.ts";
import type { ImportResult } from "../runtime/tasks/schema-import.ts";

/** Where `schema import` reads from: a flag and what was given for it. */
export interface ImportSources {
  readonly "from-db": string | undefined;
  readonly "from-sql": string | undefined;
  readonly "from-prisma": readonly string[];
  readonly "from-ts": readonly string[];
  readonly "from-drizzle": readonly string[];
}

/** What else is said of an import. */
export interface ImportOptions extends Selection, NamespaceSelection {
  /** `--enums-as-checks`, which only types of TypeScript leave open. */
  readonly checks?: boolean | undefined;
}

/** Reads the one source that is given, or the database of the project. Throws ToolError `usage` for several, and what its use-case throws. */
export async function readSource(
  given: ImportSources,
  options: ImportOptions,
  project: Project,
): Promise<ImportResult> {
  const [flag = "from-db", other] = flagsOf(given);
  if (other !== undefined) throw new ToolError("usage", `--${flag} and --${other} are two sources; give one of them`);
  if (options.checks && flag !== "from-ts") throw new ToolError("usage", "--enums-as-checks belongs to --from-ts");
  if (!hasNamespaces.has(flag) && options.namespaces?.length)
    throw new ToolError(
      "usage",
      `--namespace chooses among those of a database, and --${flag} reads none; leave it out`,
    );
  return readers[flag](given, options, project);
}

/** Whether any source is given. */
export const isSource = (given: ImportSources): boolean => flagsOf(given).length > 0;

const flagsOf = (given: ImportSources): readonly (keyof ImportSources)[] =>
  (Object.keys(readers) as readonly (keyof ImportSources)[]).filter((flag) => isGiven(given[flag]));

const isGiven = (value: string | readonly string[] | undefined): boolean => value !== undefined && value.length > 0;

const hasNamespaces: ReadonlySet<keyof ImportSources> = new Set(["from-db", "from-sql"]);

type Reader = (given: ImportSources, options: ImportOptions, project: Project) => Promise<ImportResult>;

const readers: Readonly<Record<keyof ImportSources, Reader>> = {
  "from-db": async ({ "from-db": url }, selection, project) => {
    const { importSchema } = await import("../runtime/tasks/schema-import.ts");
    return importSchema(url === undefined ? project : { ...project, database: { url } }, selection);
  },
  "from-sql": async ({ "from-sql": path = "" }, selection, project) => {
    const { importSql } = await import("../runtime/tasks/import-sql.ts");
    return importSql(project, { path, ...selection });
  },
  "from-prisma": async ({ "from-prisma": paths }, selection, project) => {
    const { importPrisma } = await import("../runtime/tasks/import-prisma.ts");
    return importPrisma(project, { paths, ...selection });
  },
  "from-ts": async ({ "from-ts": paths }, { checks, ...selection }, project) => {
    const { importTs } = await import("../runtime/tasks/import-ts.ts");
    return importTs(project, { paths, ...selection, ...(checks && { values: "checks" }) });
  },
  "from-drizzle": async ({ "from-drizzle": paths }, selection, project) => {
    const { importDrizzle } = await import("../runtime/tasks/import-drizzle.ts");
    return importDrizzle(project, { paths, ...selection });
  },
};
