import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { openD1 } from "../../src/dialects/d1/remote.ts";
import { engineFile } from "./engines.ts";
import { startServer } from "./kept-server.ts";
import { nodeWithSqlite } from "./node-with-sqlite.ts";

export interface D1Server {
  /** Where the API is, in place of Cloudflare's. */
  readonly api: string;
  /** An empty database that no other test knows. Its account is "account", its token "good". */
  createDatabase(): D1Place;
}

export interface D1Place {
  readonly id: string;
  /** Empties it, for another test. */
  drop(): Promise<void>;
}

/** The real D1, in workerd, behind an HTTP API like Cloudflare's. It ends with the process. */
export const d1Server = (): Promise<D1Server> => {
  shared ??= start();
  return shared;
};

let shared: Promise<D1Server> | undefined;

/** Each is declared beforehand, and takes time; so they are used again. */
const databases = 30;

async function start(): Promise<D1Server> {
  const { port } = await startServer({
    name: "d1",
    command: (folder, port) => {
      copyFileSync(join(import.meta.dir, "d1-api.mjs"), join(folder, "d1-api.mjs"));
      return [
        nodeWithSqlite(),
        join(folder, "d1-api.mjs"),
        engineFile("miniflare/dist/src/index.js"),
        String(port),
        String(databases),
      ];
    },
    ready: /^ready$/m,
    failed: /Error/,
    signal: "TERM",
  });
  const api = `http://127.0.0.1:${port}/client/v4`;
  const free = Array.from({ length: databases }, (_, i) => `db${i}`);
  return {
    api,
    createDatabase: () => {
      const id = free.pop();
      if (id === undefined) throw new Error(`there are ${databases} databases; drop some, or declare more`);
      return {
        id,
        drop: async () => {
          // One that cannot be emptied is not given out again.
          await empty(api, id).then(
            () => free.push(id),
            () => undefined,
          );
        },
      };
    },
  };
}

async function empty(api: string, databaseId: string): Promise<void> {
  const driver = await openD1({ accountId: "account", databaseId, token: "good", api });
  const rows = await driver.query(
    `SELECT 'DROP ' || type || ' "' || replace(name, '"', '""') || '"' AS sql FROM sqlite_schema WHERE type IN ('view', 'table', 'trigger') AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*' ORDER BY type = 'table', rowid DESC`,
  );
  const statements = rows.map((row) => ({ sql: String(row["sql"]) }));
  const begin = "PRAGMA defer_foreign_keys = ON";
  const outcome = await driver.batch?.({ before: [], begin, statements, after: [] });
  if (outcome?.failed) throw outcome.failed.error;
}
