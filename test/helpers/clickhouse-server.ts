import { join } from "node:path";
import { engineFile } from "./engines.ts";
import { type RunningServer, startServer } from "./kept-server.ts";

export interface ClickhouseDatabase {
  /** `clickhouse://host:port/name`, of the user "default" without a password. */
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

export interface ClickhouseServer {
  readonly port: number;
  /** Runs one statement, outside of all that is tested. Returns what it prints, in ClickHouse's TabSeparated. */
  run(sql: string): Promise<string>;
  createDatabase(): Promise<ClickhouseDatabase>;
  stop(): Promise<void>;
}

/** The one server that all tests of this process share: the engine of ClickHouse, ready in about a second. */
export const clickhouseServer = (): Promise<ClickhouseServer> => {
  shared ??= startClickhouse();
  return shared;
};

let shared: Promise<ClickhouseServer> | undefined;

/** A server of its own, for tests that stop it. */
export const startClickhouse = async (): Promise<ClickhouseServer> => {
  const server = await startServer({
    name: "clickhouse",
    command: (folder, port) => [
      process.execPath,
      join(import.meta.dir, "clickhouse-front.ts"),
      engineFile("chdb/index.js"),
      join(folder, "data"),
      String(port),
    ],
    ready: /front is ready/,
    failed: /error:|EADDRINUSE|address already in use/i,
    signal: "KILL",
    asMyself: true,
  });
  return handleOf(server);
};

const handleOf = ({ port, stop }: RunningServer): ClickhouseServer => {
  const run = async (sql: string): Promise<string> => {
    const authorization = `Basic ${btoa("default:")}`;
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      body: sql,
      headers: { authorization },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  const createDatabase = async (): Promise<ClickhouseDatabase> => {
    const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
    await run(`CREATE DATABASE ${name}`);
    const drop = async (): Promise<void> => void (await run(`DROP DATABASE IF EXISTS ${name} SYNC`));
    return { url: `clickhouse://127.0.0.1:${port}/${name}`, name, drop };
  };
  return { port, run, createDatabase, stop };
};
