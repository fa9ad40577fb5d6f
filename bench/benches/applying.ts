import type { TestDatabase } from "../../test/helpers/postgres-server.ts";
import { type Bench, godwit, type Subject } from "../bench.ts";
import { floorOf, planOf } from "../floor.ts";
import { outputOf, type Work } from "../measure.ts";
import { type BenchProject, createProject, type Stage, writeTableMigrations } from "../stage.ts";

const COUNT = 1000;

/** Many migrations of one table each on an empty database, beside tools that only run the SQL. */
export const applying: readonly Bench[] = [
  {
    name: "up-1000-sqlite",
    what: `\`migrate up\`, ${COUNT} one-table migrations, SQLite`,
    hold: { ratio: 1.5 },
    maxRuns: 5,
    subjects: async (stage) => {
      const project = createProject(stage, "up-sqlite");
      const empty = (): void => {
        project.dropDatabase();
        project.dropCache();
      };
      return subjectsOf(stage, { project, dialect: "sqlite", prepare: empty, url: () => project.url });
    },
  },
  {
    name: "up-1000-compiled",
    what: `\`migrate up\`, ${COUNT} one-table migrations, SQLite, from compiled data`,
    hold: {},
    maxRuns: 5,
    subjects: async (stage) => {
      const project = createProject(stage, "up-compiled");
      writeTableMigrations(project, COUNT);
      await outputOf(project.godwit(["compile", "--out", "compiled/up.json"]));
      const up = ["migrate", "up", "--quiet"];
      const cold = (): void => {
        project.dropDatabase();
        project.dropCache();
      };
      return [
        godwit(project.godwit([...up, "--from", "compiled/up.json"], { prepare: cold })),
        { name: "from files, cold", work: project.godwit(up, { prepare: cold }) },
        { name: "from files, warm", work: project.godwit(up, { prepare: project.dropDatabase }) },
      ];
    },
  },
  {
    name: "up-1000-postgres",
    what: `\`migrate up\`, ${COUNT} one-table migrations, PostgreSQL`,
    hold: { ratio: 1.1 },
    maxRuns: 5,
    subjects: async (stage) => {
      const project = createProject(stage, "up-postgres");
      const server = await stage.postgres();
      let database: TestDatabase | undefined;
      const empty = async (): Promise<void> => {
        project.dropCache();
        await database?.drop();
        database = await server.createDatabase();
      };
      await empty();
      return subjectsOf(stage, {
        project,
        dialect: "postgresql",
        prepare: empty,
        url: () => database?.url ?? server.url(),
      });
    },
  },
];

interface Applying {
  readonly project: BenchProject;
  readonly dialect: "sqlite" | "postgresql";
  /** Makes an empty database; `url` is that of the one made last. */
  readonly prepare: NonNullable<Work["prepare"]>;
  readonly url: () => string;
}

async function subjectsOf(
  { folder }: Stage,
  { project, dialect, prepare, url }: Applying,
): Promise<readonly Subject[]> {
  writeTableMigrations(project, COUNT);
  const plan = await planOf(project, url());
  const base = project.godwit(["migrate", "up", "--quiet"], { prepare });
  const up: Work = {
    ...base,
    get env() {
      return { ...base.env, DATABASE_URL: url() };
    },
  };
  return [godwit(up), ...floorOf({ dialect, folder, plan, database: url, prepare })];
}
