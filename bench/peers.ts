import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bookkeeping } from "../src/core/ddl/dialect.ts";
import { stringLiteral } from "../src/core/ddl/sql.ts";
import type { PlannedMigration } from "../src/core/plan/describe.ts";
import type { Subject } from "./bench.ts";
import type { Work } from "./measure.ts";

/** Something else that can run the same SQL. */
interface Peer {
  readonly name: string;
  /** Absent: what it needs is not on this machine. */
  command(script: string, url: string): readonly string[] | undefined;
}

/** To add one, add a line; what is not installed is left out of the table. */
const peers: Readonly<Record<"sqlite" | "postgresql", readonly Peer[]>> = {
  sqlite: [
    { name: "sqlite3", command: (script, url) => tool("sqlite3", ["-bail", fileOf(url), `.read ${script}`]) },
    { name: "bun:sqlite", command: (script, url) => [process.execPath, program("run-sqlite"), script, fileOf(url)] },
  ],
  postgresql: [
    {
      name: "psql",
      command: (script, url) => tool("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script, url]),
    },
    { name: "postgres.js", command: (script, url) => [process.execPath, program("run-postgres"), script, url] },
  ],
};

export interface PeerRun {
  readonly dialect: "sqlite" | "postgresql";
  /** Where the script goes. */
  readonly folder: string;
  readonly bookkeeping: Bookkeeping;
  readonly plan: readonly PlannedMigration[];
  /** The database of each run; `prepare` empties it. */
  readonly database: () => string;
  readonly prepare: NonNullable<Work["prepare"]>;
}

/** Every peer on this machine, each running the statements of the plan and the rows of the history in the same transactions. */
export function peersOf({ dialect, folder, bookkeeping, plan, database, prepare }: PeerRun): readonly Subject[] {
  const script = join(folder, `${dialect}.sql`);
  writeFileSync(script, scriptOf(plan, bookkeeping));
  return peers[dialect].flatMap(({ name, command }) => {
    if (command(script, "") === undefined) return [];
    const work: Work = {
      get command() {
        return command(script, database()) ?? [];
      },
      prepare,
    };
    return [{ name, work }];
  });
}

function scriptOf(plan: readonly PlannedMigration[], bookkeeping: Bookkeeping): string {
  const insert = bookkeeping.insertHistory("godwit_history");
  const migrations = plan.map(({ name, statements }) => {
    const row = ["default", name, "0".repeat(64), "applied", 2, "2026-01-31T08:00:00.000Z", 1, "0.1.0", "a@b"];
    const filled = insert.replace(/[?$](\d)/g, (_, n: string) => literal(row[Number(n) - 1]));
    const sql = statements.map((statement) => `${statement.sql};`);
    return [`${bookkeeping.begin};`, ...sql, `${filled};`, "COMMIT;"].join("\n");
  });
  return [...bookkeeping.createHistory("godwit_history").map((sql) => `${sql};`), ...migrations, ""].join("\n");
}

const literal = (value: string | number | undefined): string =>
  typeof value === "number" ? String(value) : stringLiteral(value ?? "");

function tool(name: string, args: readonly string[]): readonly string[] | undefined {
  const path = Bun.which(name);
  return path === null ? undefined : [path, ...args];
}

const program = (name: string): string => join(import.meta.dir, "peers", `${name}.ts`);

const fileOf = (url: string): string => url.replace(/^sqlite:/, "");
