import { writeFileSync } from "node:fs";
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import type { Bookkeeping } from "../src/core/ddl/dialect.ts";
import { chunks, stringLiteral } from "../src/core/ddl/sql.ts";
import type { PlannedMigration } from "../src/core/plan/describe.ts";
import { dialects } from "../src/dialects/registry.gen.ts";
import type { Subject } from "./bench.ts";
import { outputOf, type Work } from "./measure.ts";
import { eachMigration, manyTogether } from "./peers/tool.ts";
import type { BenchProject } from "./stage.ts";

/** As many as godwit lets share one. */
const MOST_TOGETHER = 64;

/** Something that only runs SQL: nothing that does the same work can be faster. */
interface Floor {
  readonly name: string;
  readonly version: () => string;
  /** How many migrations share a transaction; absent: each has its own. */
  readonly together?: number;
  /** Absent: what it needs is not on this machine. */
  command(script: string, url: string): readonly string[] | undefined;
}

const sqlite3: Floor = {
  name: "sqlite3",
  version: () => versionIn(["sqlite3", "--version"]),
  command: (script, url) => tool("sqlite3", ["-bail", fileOf(url), `.read ${script}`]),
};

const bunSqlite: Floor = {
  name: "bun:sqlite",
  version: () => Bun.version,
  command: (script, url) => [process.execPath, program("run-sqlite"), script, fileOf(url)],
};

/** To add one, add a line; what is not installed is left out of the table. */
const floors: Readonly<Record<"sqlite" | "postgresql", readonly Floor[]>> = {
  sqlite: [sqlite3, { ...sqlite3, together: MOST_TOGETHER }, bunSqlite, { ...bunSqlite, together: MOST_TOGETHER }],
  postgresql: [
    {
      name: "psql",
      version: () => versionIn(["psql", "--version"]),
      command: (script, url) => tool("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script, url]),
    },
    {
      name: "postgres.js",
      version: () => manifest.dependencies.postgres,
      command: (script, url) => [process.execPath, program("run-postgres"), script, url],
    },
  ],
};

export interface FloorRun {
  readonly dialect: "sqlite" | "postgresql";
  /** Where the script goes. */
  readonly folder: string;
  readonly plan: readonly PlannedMigration[];
  /** The database of each run; `prepare` empties it. */
  readonly database: () => string;
  readonly prepare: NonNullable<Work["prepare"]>;
}

/** Each that is on this machine, running the statements of the plan and the rows of the history. */
export function floorOf({ dialect, folder, plan, database, prepare }: FloorRun): readonly Subject[] {
  const bookkeeping = dialects.find(({ name }) => name === dialect)?.bookkeeping;
  if (!bookkeeping) throw new Error(`there is no dialect "${dialect}"`);
  return floors[dialect].flatMap(({ name, version, command, together }) => {
    const script = join(folder, `${dialect}-${together ?? 1}.sql`);
    if (command(script, "") === undefined) return [];
    writeFileSync(script, scriptOf(plan, bookkeeping, together));
    const work: Work = {
      get command() {
        return command(script, database()) ?? [];
      },
      prepare,
    };
    const transactions = together === undefined ? eachMigration : manyTogether;
    return [
      { name: together === undefined ? name : `${name}, ${manyTogether}`, version: version(), transactions, work },
    ];
  });
}

/** What godwit would run for the pending migrations of a project on the database at `url`. */
export async function planOf(project: BenchProject, url: string): Promise<readonly PlannedMigration[]> {
  const shown = await outputOf(project.godwit(["migrate", "showsql", "--json"], { url }));
  return (JSON.parse(shown) as { readonly migrations: readonly PlannedMigration[] }).migrations;
}

function scriptOf(plan: readonly PlannedMigration[], bookkeeping: Bookkeeping, together = 1): string {
  const migrations = plan.map(({ name, statements }) => {
    const row = ["default", name, "0".repeat(64), "applied", 2, "2026-01-31T08:00:00.000Z", 1, "0.1.0", "a@b"];
    const insert = bookkeeping.insertHistory("godwit_history", row.map(literal));
    const sql = statements.map((statement) => `${statement.sql};`);
    return [...sql, `${insert};`];
  });
  const transactions = chunks(migrations, together).map((part) => [`${bookkeeping.begin};`, ...part.flat(), "COMMIT;"]);
  return [...bookkeeping.createHistory("godwit_history").map((sql) => `${sql};`), ...transactions.flat(), ""].join(
    "\n",
  );
}

const literal = (value: string | number): string => (typeof value === "number" ? String(value) : stringLiteral(value));

function tool(name: string, args: readonly string[]): readonly string[] | undefined {
  const path = Bun.which(name);
  return path === null ? undefined : [path, ...args];
}

const versionIn = (command: readonly string[]): string =>
  /\d+(\.\d+)+/.exec(Bun.spawnSync([...command]).stdout.toString())?.[0] ?? "";

const program = (name: string): string => join(import.meta.dir, "floor", `${name}.ts`);

const fileOf = (url: string): string => url.replace(/^sqlite:/, "");
