import { existsSync } from "node:fs";
import { ToolError } from "../../core/errors.ts";
import type { ConnectOptions, Driver } from "../../runtime/driver.ts";
import openFile from "../sqlite/driver.ts";
import { openLibsql } from "./remote.ts";
import { openReplica, traceOf } from "./replica.ts";
import { type FileTarget, parseLibsqlUrl, type RemoteTarget } from "./url.ts";

/**
 * Opens a libSQL server, a file, or a replica with the server that it is a copy of; see `parseLibsqlUrl` for the URLs. The token may be in the
 * environment. Rejects with ToolError `url` or `connect`.
 */
export default async function openDriver(url: string, options: ConnectOptions = {}): Promise<Driver> {
  const target = parseLibsqlUrl(url);
  if (target.kind === "remote") return openServer(target, options);
  if (target.primary) {
    const { primary } = target;
    return openReplica({ ...target, primary }, options, () => openServer(primary, options));
  }
  return openPlainFile(target, options);
}

function openServer(
  { base, authToken = tokenOfEnvironment() }: RemoteTarget,
  options: ConnectOptions,
): Promise<Driver> {
  const { connectTimeoutMs, readOnly = false } = options;
  return openLibsql({
    url: base,
    readOnly,
    ...(authToken && { authToken }),
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
  });
}

/** As Turso's own tools call it. */
const tokenOfEnvironment = (): string | undefined =>
  process.env["TURSO_AUTH_TOKEN"] || process.env["LIBSQL_AUTH_TOKEN"] || undefined;

/** What is written into a replica behind the back of its library is lost, or spoils it. */
function openPlainFile({ url, path }: FileTarget, options: ConnectOptions): Promise<Driver> {
  const trace = options.readOnly ? undefined : traceOf(path).find((file) => existsSync(file));
  if (trace === undefined) return openFile(url, options);
  throw new ToolError(
    "connect",
    `"${path}" is a replica, a copy of what a server has (there is "${trace}" beside it), and cannot be migrated itself: name the server with ?syncUrl=libsql://host`,
    { path },
  );
}
