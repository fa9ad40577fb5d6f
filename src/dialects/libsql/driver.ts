import type { ConnectOptions, Driver } from "../../runtime/driver.ts";
import openFile from "../sqlite/driver.ts";
import { openLibsql } from "./remote.ts";
import { parseLibsqlUrl } from "./url.ts";

/** Opens a libSQL server, or a file; see `parseLibsqlUrl` for the URLs. The token may be in the environment. Rejects with ToolError `url` or `connect`. */
export default async function openDriver(url: string, options: ConnectOptions = {}): Promise<Driver> {
  const target = parseLibsqlUrl(url);
  if (target.kind === "file") return openFile(target.url, options);
  const authToken = target.authToken ?? tokenOfEnvironment();
  return openLibsql({
    url,
    ...(authToken && { authToken }),
    ...(options.connectTimeoutMs !== undefined && { connectTimeoutMs: options.connectTimeoutMs }),
  });
}

/** As Turso's own tools call it. */
const tokenOfEnvironment = (): string | undefined =>
  process.env["TURSO_AUTH_TOKEN"] || process.env["LIBSQL_AUTH_TOKEN"] || undefined;
