import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bench, godwit, type Subject } from "../bench.ts";
import { outputOf } from "../measure.ts";
import { type BenchProject, createProject, type Stage, writeWideSchema } from "../stage.ts";
import { columnQueries } from "./introspecting.ts";

const TABLES = 1000;

type WideDialect = keyof typeof columnQueries;

interface Job {
  readonly name: string;
  readonly words: readonly string[];
  readonly what: string;
  /** Whether the database is read, so that the same is done beside it by one query for all columns. */
  readonly reads: boolean;
}

const jobs: readonly Job[] = [
  { name: "import", words: ["schema", "import"], what: "`schema import`", reads: true },
  { name: "drift", words: ["schema", "drift"], what: "`schema drift`", reads: true },
  { name: "generate", words: ["generate"], what: "`generate`, one table changed", reads: false },
];

/** A database of many tables with ten columns, an index and a foreign key each, read and changed by whole commands. */
export const wide: readonly Bench[] = (["sqlite", "postgresql"] as const).flatMap((dialect) =>
  jobs.map((job) => ({
    name: `${job.name}-${TABLES}-${dialect}`,
    what: `${job.what}, ${TABLES} tables, ${dialect === "sqlite" ? "SQLite" : "PostgreSQL"}, warm`,
    hold: {},
    maxRuns: 5,
    subjects: (stage: Stage) => subjectsOf(stage, dialect, job),
  })),
);

async function subjectsOf(stage: Stage, dialect: WideDialect, job: Job): Promise<readonly Subject[]> {
  const { project, url } = await made(stage, dialect);
  const prepare = job.reads ? undefined : changeOne(project);
  const work = project.godwit(job.words, { url, ...(prepare && { prepare }) });
  await outputOf(work);
  return [godwit(work), ...(job.reads ? queryAlone(stage, dialect, url) : [])];
}

interface Made {
  readonly project: BenchProject;
  readonly url: string;
}

const ofStage = new WeakMap<Stage, Map<WideDialect, Promise<Made>>>();

/** A project and its database are made once for all jobs: that takes longer than any of them. The job that changes the schema comes last. */
function made(stage: Stage, dialect: WideDialect): Promise<Made> {
  const known = ofStage.get(stage) ?? new Map<WideDialect, Promise<Made>>();
  ofStage.set(stage, known);
  const found = known.get(dialect) ?? make(stage, dialect);
  known.set(dialect, found);
  return found;
}

async function make(stage: Stage, dialect: WideDialect): Promise<Made> {
  const project = createProject(stage, `wide-${dialect}`);
  const url = dialect === "sqlite" ? project.url : (await (await stage.postgres()).createDatabase()).url;
  writeWideSchema(project, TABLES);
  await outputOf(project.godwit(["generate"], { url }));
  await outputOf(project.godwit(["migrate", "up", "--quiet"], { url }));
  return { project, url };
}

/** Gives a table one more field, and takes away what was generated of it. */
function changeOne(project: BenchProject): () => void {
  const [first] = readdirSync(project.migrations).filter((file) => /^\d.*\.ts$/.test(file));
  writeWideSchema(project, TABLES, "      - { name: extra, type: text }\n");
  return () => {
    const later = readdirSync(project.migrations).filter((file) => /^\d.*\.ts$/.test(file) && file !== first);
    for (const file of later) rmSync(join(project.migrations, file));
  };
}

/** The shell of the database with that query, where it is installed. */
function queryAlone({ folder }: Stage, dialect: WideDialect, url: string): readonly Subject[] {
  const shell = Bun.which(dialect === "sqlite" ? "sqlite3" : "psql");
  if (shell === null) return [];
  const script = join(folder, `columns-${dialect}.sql`);
  writeFileSync(script, `${columnQueries[dialect]};\n`);
  const command =
    dialect === "sqlite"
      ? [shell, "-bail", url.replace(/^sqlite:/, ""), `.read ${script}`]
      : [shell, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", script, url];
  return [{ name: "one catalog query", work: { command } }];
}
