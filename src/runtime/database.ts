import type { Dialect, ErrorClass, LiveSchema, Row } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Batches } from "./batches.ts";
import type { ConnectOptions, Driver } from "./driver.ts";
import { loadDialect } from "./load-dialect.ts";
import { loadDriver } from "./load-driver.ts";
import { redactorFor } from "./redact.ts";
import { dialectOf, parseUrl } from "./url.ts";

/** An open database: one connection and what is known of its kind. */
export interface Database {
  readonly driver: Driver;
  readonly dialect: Dialect;
  /** The URL without its password. */
  readonly url: string;
  /** Present where each transaction is sent as one batch. */
  readonly batches?: Batches;
  /** Throws ToolError `lock` when the lock of the run has gone to somebody else; present while one is held. */
  readonly confirmLock?: () => Promise<void>;
  /** Set where each transaction may get another session of the server: then nothing is set for a session. */
  readonly pooled?: true;
  /** Opens the same database once more; absent where somebody else opened it. */
  readonly again?: () => Promise<Database>;
  close(): Promise<void>;
}

export interface DatabaseTarget {
  readonly url: string;
  /** Scheme of the URL, as far as it is known without secrets. */
  readonly scheme?: string;
  /** Name of the dialect, where the scheme does not say it. */
  readonly dialect?: string;
  /** A connection that is open already and stays so: it is used in place of a new one. `url` is only shown then, and `dialect` is its. */
  readonly opened?: Driver;
  /** A way in that needs no URL, which is only shown then. */
  readonly door?: Door;
}

/** A database that a program knows how to reach. */
export interface Door {
  readonly dialect: Dialect;
  /** Rejects as drivers do. What it gives is closed again. */
  open(options?: ConnectOptions): Promise<Driver>;
}

/**
 * Opens the database a URL names; its driver is loaded only now. Throws ToolError `url`, `config` or `connect`; no message
 * holds the password.
 */
export async function openDatabase(target: DatabaseTarget, options?: ConnectOptions): Promise<Database> {
  const { opened, door } = target;
  if (opened) {
    const spoken = spokenOn(opened, await dialectOf(target));
    const close = (): Promise<void> => Promise.resolve();
    return { ...(await batching(opened, spoken)), dialect: spoken, url: target.url, close };
  }
  if (door) {
    const driver = await door.open(options);
    const again = (): Promise<Database> => openDatabase(target, options);
    const dialect = spokenOn(driver, door.dialect);
    return { ...(await batching(driver, dialect)), dialect, url: target.url, again, close: () => driver.close() };
  }
  const { url, dialect: named, redacted } = parseUrl(target.url, target.dialect);
  const [open, pure] = await Promise.all([loadDriver(named.name), loadDialect(named)]);
  if (!open)
    throw new ToolError("config", `this build of godwit has no driver for ${named.title}`, { dialect: named.name });
  const driver = await open(url, options).catch((error: unknown) => {
    throw withoutSecrets(error, redactorFor(target.url));
  });
  const again = (): Promise<Database> => openDatabase(target, options);
  const dialect = spokenOn(driver, pure);
  return {
    ...(await batching(driver, dialect)),
    dialect,
    url: redacted,
    again,
    close: () => driver.close(),
  };
}

/** The driver, with transactions made of batches where it has such. Others need not load what makes them. */
async function batching(driver: Driver, dialect: Dialect): Promise<Pick<Database, "driver" | "batches">> {
  if (!driver.batch) return { driver };
  const { withBatches } = await import("./batches.ts");
  return withBatches(driver, dialect);
}

/** The dialect as the server speaks it, where that says its version. */
const spokenOn = ({ version }: Driver, dialect: Dialect): Dialect =>
  (version !== undefined && dialect.onServer?.(version)) || dialect;

/** For `catch` when opening: nothing, where the database is a file that does not exist yet. Throws every other error again. */
export function unlessMissing(error: unknown): undefined {
  if (error instanceof ToolError && error.code === "connect" && error.data["missing"] === true) return undefined;
  throw error;
}

/**
 * What the database has, in these namespaces too, where it has such: the dialect's catalog queries, in their order on the one
 * connection.
 */
export async function introspect(
  { driver, dialect: { introspect: catalog } }: Database,
  namespaces: readonly string[] = [],
): Promise<LiveSchema> {
  const [found] = catalog.inventory === undefined ? [] : await driver.query(catalog.inventory);
  const queries = catalog.queriesIn?.(namespaces, found) ?? catalog.queries;
  const rows = await ask(driver, queries);
  const more = catalog.further ? await ask(driver, catalog.further(rows)) : {};
  return catalog.read({ ...rows, ...more });
}

async function ask(driver: Driver, queries: Readonly<Record<string, string>>): Promise<Record<string, readonly Row[]>> {
  const asked = driver.pipelines
    ? await Promise.all(Object.entries(queries).map(async ([name, sql]) => [name, await driver.query(sql)] as const))
    : await inTurn(driver, queries);
  return Object.fromEntries(asked);
}

async function inTurn(driver: Driver, queries: Readonly<Record<string, string>>) {
  const asked: (readonly [string, readonly Row[]])[] = [];
  for (const [name, sql] of Object.entries(queries)) asked.push([name, await driver.query(sql)]);
  return asked;
}

/** What kind of refusal an error of this database is; `undefined` when it is not one of the database's at all. */
export function errorClass({ dialect }: Database, error: unknown): ErrorClass | undefined {
  if (!(error instanceof ToolError)) return undefined;
  if (error.code === "connect") return "connection";
  if (error.code !== "database") return undefined;
  const { code } = error.data;
  return dialect.bookkeeping.classify({ message: error.message, ...(typeof code === "string" && { code }) });
}

/** Drivers redact what they know; this catches what the libraries below them repeat. */
function withoutSecrets(error: unknown, redact: (text: string) => string): unknown {
  if (!(error instanceof ToolError))
    return new ToolError("connect", redact(error instanceof Error ? error.message : String(error)));
  const message = redact(error.message);
  return message === error.message ? error : new ToolError(error.code, message, error.data);
}
