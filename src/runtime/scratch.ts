import type { Dialect } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { type Database, type DatabaseTarget, openDatabase } from "./database.ts";
import { loadDialect } from "./load-dialect.ts";
import { dialectNamed, parseUrl } from "./url.ts";

/** An empty database that lives as long as the work does. */
export interface Scratch {
  readonly dialect: Dialect;
  /** Each connection is closed after its use; what is in the database stays. */
  use<T>(work: (database: Database) => Promise<T>): Promise<T>;
}

/**
 * Makes an empty database, in memory or beside the one that the URL names, and removes it whatever comes of the work. Throws ToolError
 * `config` for a dialect of which none can be made, `url` and `connect` as `openDatabase` does, and `database` where the user may make none.
 */
export async function withScratch<T>(target: DatabaseTarget, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const { dialect: name, url } = target;
  const dialect = await loadDialect(name === undefined ? parseUrl(url).dialect : dialectNamed(name));
  if (dialect.schemes.includes("file") || dialect.opensFiles) return inMemory(dialect, work);
  if (!dialect.scratch) {
    const message = `no scratch database can be made on ${dialect.title}; run the file on an empty database of yours, and import that with --from-db`;
    throw new ToolError("config", message, { dialect: dialect.name });
  }
  return onServer(serverTarget(target, dialect), dialect, dialect.scratch, work);
}

async function inMemory<T>(dialect: Dialect, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url: "sqlite::memory:", dialect: dialect.name });
  try {
    return await work({ dialect, use: (withIt) => withIt(database) });
  } finally {
    await database.close();
  }
}

/** The URL has to be that of such a server: what is configured may be a file. */
function serverTarget(target: DatabaseTarget, dialect: Dialect): DatabaseTarget {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(target.url)?.[1]?.toLowerCase();
  if (target.door !== undefined || target.opened !== undefined || dialect.schemes.includes(scheme ?? "")) return target;
  const message = `SQL of ${dialect.title} is loaded into a scratch database on a server; give its --url, such as "${dialect.schemes[0]}://user@host/name"`;
  throw new ToolError("config", message, { dialect: dialect.name });
}

async function onServer<T>(
  target: DatabaseTarget,
  dialect: Dialect,
  sql: NonNullable<Dialect["scratch"]>,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  const name = `godwit_scratch_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const server = await openDatabase(target);
  try {
    const [row] = sql.likeness === undefined ? [] : await server.driver.query(sql.likeness);
    await server.driver.execute(sql.create(name, String(row?.["likeness"] ?? ""))).catch((error: unknown) => {
      throw notMade(error);
    });
    try {
      return await work({ dialect, use: (withIt) => using({ ...target, url: besideIt(target.url, name) }, withIt) });
    } finally {
      await server.driver.execute(sql.drop(name));
    }
  } finally {
    await server.close();
  }
}

async function using<T>(target: DatabaseTarget, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(target);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function notMade(error: unknown): unknown {
  if (!(error instanceof ToolError) || error.code !== "database") return error;
  const message = `no scratch database could be made: ${error.message}; name a user who may create databases in --url`;
  return new ToolError("database", message, error.data, { cause: error });
}

/** The same server with another database: what is after the host and before the parameters. */
const besideIt = (url: string, name: string): string =>
  url.replace(/^([a-z][\w+.-]*:\/\/[^/?#]*)(?:\/[^?#]*)?/i, (_, server: string) => `${server}/${name}`);
