import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "../src/core/operations/index.ts";
import { printMigration } from "../src/core/plan/source.ts";
import { type PostgresServer, postgresServer } from "../test/helpers/postgres-server.ts";
import type { Work } from "./measure.ts";

/** Where benchmarks happen: a temporary folder, the executable, and the server when one asks for it. */
export interface Stage {
  readonly folder: string;
  readonly binary: string;
  postgres(): Promise<PostgresServer>;
}

/** A project on the stage, with a cache of evaluations of its own. */
export interface BenchProject {
  readonly root: string;
  readonly migrations: string;
  /** URL of its SQLite file. */
  readonly url: string;
  /** A command of godwit in it, such as `["migrate", "up"]`. */
  godwit(words: readonly string[], options?: { readonly prepare?: Work["prepare"]; readonly url?: string }): Work;
  /** Forgets what was evaluated. */
  dropCache(): void;
  dropDatabase(): void;
}

export const createStage = (folder: string, binary: string): Stage => ({ folder, binary, postgres: postgresServer });

export function createProject(stage: Stage, name: string): BenchProject {
  const root = join(stage.folder, name);
  const cache = join(root, "cache");
  const file = join(root, "app.db");
  mkdirSync(join(root, "migrations"), { recursive: true });
  mkdirSync(join(root, "schema"));
  writeFileSync(join(root, "godwit.yaml"), "database:\n  url: sqlite:app.db\n");
  return {
    root,
    migrations: join(root, "migrations"),
    url: `sqlite:${file}`,
    godwit: (words, { prepare, url } = {}) => ({
      command: [stage.binary, ...words],
      cwd: root,
      env: { XDG_CACHE_HOME: cache, DATABASE_URL: url ?? "" },
      ...(prepare && { prepare }),
    }),
    dropCache: () => rmSync(cache, { recursive: true, force: true }),
    dropDatabase: () => {
      for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
    },
  };
}

/** Writes `count` migrations in a row, each a table of six fields and an index, as `godwit generate` prints them. */
export function writeTableMigrations({ migrations }: BenchProject, count: number): void {
  const width = Math.max(4, String(count).length);
  let dependencies: readonly string[] = [];
  for (let i = 1; i <= count; i++) {
    const number = String(i).padStart(width, "0");
    const name = `${number}_add_orders_${number}`;
    writeFileSync(
      join(migrations, `${name}.ts`),
      printMigration({ dependencies, operations: [tableOperation(`orders_${number}`)] }),
    );
    dependencies = [name];
  }
}

const tableOperation = (name: string): Operation => ({
  kind: "createTable",
  name,
  fields: [
    { name: "id", type: "serial", primaryKey: true },
    { name: "title", type: "varchar", length: 200 },
    { name: "email", type: "varchar", length: 255 },
    { name: "amount", type: "decimal", precision: 10, scale: 2, nullable: true },
    { name: "open", type: "boolean", default: true },
    { name: "created_at", type: "timestamp", autoCreate: true },
  ],
  indexes: [{ name: `idx_${name}_email`, fields: ["email"], unique: true }],
});

/** A schema of `count` tables with ten fields each, every one but the first with a foreign key. */
export function writeWideSchema({ root }: BenchProject, count: number, extra: string = ""): void {
  const tables = Array.from({ length: count }, (_, i) => tableYaml(i, i === count >> 1 ? extra : ""));
  writeFileSync(join(root, "schema", "schema.yaml"), `tables:\n${tables.join("")}`);
}

const tableYaml = (i: number, extra: string): string => `  - name: table_${i}
    fields:
      - { name: id, type: serial, primary_key: true }
      - { name: title, type: varchar, length: 200, nullable: false }
      - { name: slug, type: varchar, length: 120, nullable: false }
      - { name: body, type: text }
      - { name: amount, type: decimal, precision: 10, scale: 2 }
      - { name: rank, type: integer, nullable: false, default: 0 }
      - { name: open, type: boolean, nullable: false, default: true }
      - { name: created_at, type: timestamp, auto_create: true }
      - { name: token, type: uuid }
${i === 0 ? "      - { name: note, type: text }\n" : `      - { name: parent_id, type: foreign_key, foreign_key: { table: table_${i - 1}, on_delete: CASCADE } }\n`}${extra}    indexes:
      - { name: idx_table_${i}_slug, fields: [slug], unique: true }
`;
