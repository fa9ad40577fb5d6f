import type postgres from "postgres";
import type { Row, Value } from "../../core/ddl/dialect.ts";
import { ToolError } from "../../core/errors.ts";
import type { Driver } from "../../runtime/driver.ts";
import { connectFailure, type Place, statementFailure } from "./failure.ts";
import { type Ask, isPooled, sharesSessions } from "./pooler.ts";
import { versionIn } from "./versions.ts";
import { wireTypes } from "./wire-types.ts";

/**
 * A driver for `sql` of postgres.js that belongs to somebody else; `undefined` for anything else. It keeps one connection of the pool to
 * itself until it is closed, which gives that back with the settings that it had. Rejects with ToolError `usage` where `sql`
 * renames columns, and `connect`.
 */
export async function adoptPostgres(handle: unknown): Promise<Driver | undefined> {
  if (!isClient(handle)) return undefined;
  const { options } = handle;
  if (options.transform.column.from ?? options.transform.row.from)
    throw new ToolError(
      "usage",
      "the sql of postgres.js that was handed over transforms columns; give one that does not",
    );
  const place = placeOf(options);
  const sql = await reserve(handle).catch((error: unknown) => {
    throw connectFailure(error, place);
  });
  const driver = driverOf(sql, place);
  try {
    const pooled = await isPooled(askOf(sql));
    const before = await settingsOf(driver, pooled);
    for (const [name, value] of Object.entries(ours)) await set(driver, name, value);
    const restore = async (): Promise<void> => {
      for (const [name, value] of before) await set(driver, name, value);
    };
    const shares = (): Promise<boolean> => (pooled ? sharesWith(handle, sql) : Promise.resolve(false));
    // Where even that fails the connection is gone, and the pool replaces it.
    return { ...driver, pooled, sharesSessions: shares, close: () => restore().then(sql.release, sql.release) };
  } catch (error) {
    sql.release();
    throw error;
  }
}

type Client = postgres.Sql<Record<string, unknown>>;

const askOf =
  (sql: Client): Ask =>
  (text) =>
    sql.unsafe(text).simple();

/** Where it is told not to fetch types, postgres.js 3.4 never gives out a connection that it makes for that; so it makes one before. */
async function reserve(handle: Client) {
  if (!handle.options.fetch_types) await handle.unsafe("SELECT 1").simple();
  return handle.reserve();
}

/** Whether another connection of the same pool gets the session of ours. Where there is no other, it is better to be careful. */
async function sharesWith(handle: Client, sql: Client): Promise<boolean> {
  if (handle.options.max < 2) return true;
  const other = await reserve(handle);
  return sharesSessions(askOf(sql), askOf(other)).finally(() => other.release());
}

/** Bun's own client has no such options. */
const isClient = (handle: unknown): handle is Client => {
  if (typeof handle !== "function") return false;
  const { reserve, unsafe, options } = handle as Partial<Client>;
  return typeof reserve === "function" && typeof unsafe === "function" && typeof options?.transform === "object";
};

const placeOf = ({ host, port, user, database, path }: Client["options"]): Place => {
  const first = { host: host[0] ?? "localhost", port: port[0] ?? 5432 };
  const socket = typeof path === "string" ? path : undefined;
  return {
    ...first,
    name: socket ?? `${first.host}:${first.port}`,
    ...(socket && { socket }),
    ...(user && { user }),
    ...(database && { database }),
  };
};

/** As the driver's own connections are. */
const ours = { DateStyle: "ISO", TimeZone: "UTC", standard_conforming_strings: "on" };

/** Names lead elsewhere where tracks have schemas of their own. A pooler keeps ours apart for each client; the others are not set through one. */
async function settingsOf({ query }: Driver, pooled: boolean): Promise<ReadonlyMap<string, string>> {
  const names = [...Object.keys(ours), ...(pooled ? [] : ["search_path", "lock_timeout", "statement_timeout"])];
  const list = names.map((name) => `pg_catalog.current_setting('${name}') AS "${name}"`);
  const [row = {}] = await query(`SELECT ${list.join(", ")}`);
  return new Map(names.map((name) => [name, String(row[name])]));
}

const set = async ({ query }: Driver, name: string, value: string): Promise<void> =>
  void (await query("SELECT pg_catalog.set_config($1, $2, false)", [name, value]));

function driverOf(sql: Client, place: Place): Driver {
  let working: { cancel(): unknown } | undefined;
  let cancelled: Promise<unknown> | undefined;
  const run = async (text: string, parameters: readonly Value[] = []): Promise<RawRows> => {
    const query = parameters.length === 0 ? sql.unsafe(text).simple() : sql.unsafe(text, [...parameters] as never[]);
    working = query;
    // As bytes, because the caller may have told his client to read values in his own way.
    const result = await query.raw().catch(async (error: unknown) => {
      // A request to cancel that is still on its way would hit the statement after this one.
      await cancelled;
      throw statementFailure(error, text, place);
    });
    working = undefined;
    return result as unknown as RawRows;
  };
  return {
    execute: async (text, parameters) => ({ changes: (await run(text, parameters)).count ?? 0 }),
    query: async (text, parameters) => rowsOf(await run(text, parameters)),
    begin: async (text) => void (await run(text)),
    commit: async () => void (await run("COMMIT")),
    rollback: async () => void (await run("ROLLBACK")),
    cancel: async () => {
      cancelled = Promise.resolve(working?.cancel()).catch(() => undefined);
      await cancelled;
    },
    ...versionIn(sql.parameters),
    close: () => Promise.resolve(),
    serverVersion: async () => String(rowsOf(await run("SHOW server_version"))[0]?.["server_version"]),
  };
}

type RawRows = readonly (readonly (Uint8Array | null)[])[] & {
  readonly count?: number | null;
  readonly columns?: readonly { readonly name: string; readonly type: number }[] | null;
};

const rowsOf = (result: RawRows): readonly Row[] =>
  result.map((values) =>
    Object.fromEntries((result.columns ?? []).map(({ name, type }, i) => [name, readValue(values[i], type)])),
  );

const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map(
  Object.values(wireTypes).flatMap(({ from, parse }) => from.map((type) => [type, parse] as const)),
);

function readValue(bytes: Uint8Array | null | undefined, type: number): unknown {
  if (bytes === null || bytes === undefined) return null;
  const text = Buffer.from(bytes).toString("utf8");
  return parsers.get(type)?.(text) ?? text;
}
