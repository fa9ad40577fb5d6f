import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../../src/core/schema/canonical.ts";
import { introspect, openDatabase } from "../../src/runtime/database.ts";
import type { Absent, Bench, Subject } from "../bench.ts";
import { floorOf, planOf } from "../floor.ts";
import { outputOf, type Work } from "../measure.ts";
import { type Installed, installPeers } from "../peers/install.ts";
import {
  allInOne,
  eachMigration,
  manyTogether,
  type PeerDialect,
  type Site,
  type TableMigration,
  type Tool,
} from "../peers/tool.ts";
import { tools } from "../peers/tools/index.ts";
import { createProject, type Stage, writeTableMigrations } from "../stage.ts";

const COUNT = 1000;

/** Many migrations of one table each on an empty database, with the tools that people use for it. */
export const peers: readonly Bench[] = (["sqlite", "postgresql"] as const).map((dialect) => ({
  name: `peers-${COUNT}-${dialect}`,
  what: `${COUNT} one-table migrations on an empty database, ${dialect === "sqlite" ? "SQLite" : "PostgreSQL"}`,
  hold: {},
  maxRuns: 5,
  onlyWhenNamed: true,
  layout: "rows",
  subjects: (stage) => subjectsOf(stage, dialect),
}));

async function subjectsOf(stage: Stage, dialect: PeerDialect): Promise<readonly (Subject | Absent)[]> {
  const database = await databaseOf(stage, dialect);
  const project = createProject(stage, `peers-${dialect}`);
  writeTableMigrations(project, COUNT);
  const up = (prepare: NonNullable<Work["prepare"]>, flags: readonly string[] = []): Work => {
    const work = project.godwit(["migrate", "up", "--quiet", ...flags], { prepare });
    return {
      ...work,
      get env() {
        return { ...work.env, DATABASE_URL: database.url() };
      },
    };
  };
  const prepare = async (): Promise<void> => {
    await database.empty();
  };
  const cold = up(async () => {
    project.dropCache();
    await prepare();
  });
  await outputOf(cold);
  const wanted = await tablesAt(database.url());
  const plan = await planOf(project, await database.empty());
  const installed = installPeers();
  const migrations = plan.map(({ name, statements }) => ({
    name,
    table: name.replace(/^\d+_add_/, ""),
    statements: statements.map(({ sql }) => sql),
  }));
  const others: (Subject | Absent)[] = [];
  for (const tool of tools.filter(({ dialects }) => dialects.includes(dialect)))
    others.push(await subjectOf(stage, { tool, dialect, installed, migrations, database, wanted }));
  await outputOf(project.godwit(["compile"]));
  const compiled = up(prepare, ["--from", "migrations/compiled.json"]);
  const version = (await outputOf(project.godwit(["--version"]))).trim().replace(/^godwit /, "");
  const transactions = dialect === "sqlite" ? manyTogether : eachMigration;
  return [
    { name: "godwit, cold", version, transactions, work: cold },
    { name: "godwit, warm", version, transactions, work: up(prepare) },
    { name: "godwit, compiled", version, transactions, work: compiled },
    { name: "godwit, warm", version, transactions: allInOne, work: up(prepare, ["--single-transaction"]) },
    ...others,
    ...floorOf({ dialect, folder: stage.folder, plan, database: database.url, prepare }),
  ];
}

interface Contest {
  readonly tool: Tool;
  readonly dialect: PeerDialect;
  readonly installed: Installed | string;
  readonly migrations: readonly TableMigration[];
  readonly database: EmptyDatabase;
  /** The tables that come of it. */
  readonly wanted: readonly string[];
}

/** A tool with its project, once it has shown that it makes the same tables. */
async function subjectOf(stage: Stage, contest: Contest): Promise<Subject | Absent> {
  const { tool, dialect, installed, migrations, database, wanted } = contest;
  const { name, version, transactions } = tool;
  if (typeof installed === "string") return { name, version, absent: installed };
  const absent = tool.absent?.(installed);
  if (absent !== undefined) return { name, version, absent };
  const folder = join(stage.folder, `${name}-${dialect}`);
  mkdirSync(folder);
  symlinkSync(installed.modules, join(folder, "node_modules"));
  const site: Site = { folder, installed, dialect };
  tool.write(site, migrations);
  const work: Work = {
    cwd: folder,
    prepare: async () => {
      await database.empty();
    },
    get command() {
      return tool.command(site, database.url());
    },
  };
  try {
    await outputOf(work);
  } catch (error) {
    return { name, version, absent: firstLine(error) };
  }
  const made = await tablesAt(database.url());
  const same = made.length === wanted.length && made.every((table, i) => table === wanted[i]);
  if (!same) return { name, version, absent: `made other tables (${made.length} of ${wanted.length} expected)` };
  return { name, version, transactions: typeof transactions === "string" ? transactions : transactions[dialect], work };
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n").slice(0, 2).join(" ");

/** What tables there are but for those in which tools keep their books; names of types in one spelling. */
async function tablesAt(url: string): Promise<readonly string[]> {
  const database = await openDatabase({ url });
  try {
    const { tables } = await introspect(database);
    return tables
      .filter(({ name }) => name.startsWith("orders_"))
      .map((table) => canonicalJson(table).toLowerCase())
      .sort();
  } finally {
    await database.close();
  }
}

interface EmptyDatabase {
  /** Of the database that was made last. */
  url(): string;
  /** Makes an empty one in place of the last; returns its URL. */
  empty(): Promise<string>;
}

async function databaseOf(stage: Stage, dialect: PeerDialect): Promise<EmptyDatabase> {
  if (dialect === "sqlite") {
    const file = join(stage.folder, "peers.db");
    const url = `sqlite:${file}`;
    return {
      url: () => url,
      empty: async () => {
        for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
        return url;
      },
    };
  }
  const server = await stage.postgres();
  let last = await server.createDatabase();
  return {
    url: () => last.url,
    empty: async () => {
      await last.drop();
      last = await server.createDatabase();
      return last.url;
    },
  };
}
