import { existsSync, statSync } from "node:fs";
import { ToolError } from "../../core/errors.ts";
import type { ConnectOptions, Driver } from "../../runtime/driver.ts";
import openFile from "../sqlite/driver.ts";
import type { FileTarget, RemoteTarget } from "./url.ts";

interface ReplicaTarget extends FileTarget {
  readonly primary: RemoteTarget;
}

/** What the libraries of libSQL keep beside a replica: where in the log of the server it is, by the older and the newer protocol. */
export const traceOf = (path: string): readonly string[] => [`${path}-client_wal_index`, `${path}-info`];

/**
 * Opens the server; where that is out of reach and nothing is to be written, the replica. Rejects with ToolError `connect` for what has to be
 * written then, and for all that is wrong otherwise: a token that is not accepted is not a network that is down.
 */
export async function openReplica(
  target: ReplicaTarget,
  options: ConnectOptions,
  openPrimary: () => Promise<Driver>,
): Promise<Driver> {
  try {
    return await openPrimary();
  } catch (error) {
    if (!(error instanceof ToolError) || error.data["unreachable"] !== true) throw error;
    if (!options.readOnly || !existsSync(target.path)) throw offline(error, target, options);
    const driver = await openFile(target.url, { ...options, readOnly: true, create: false });
    return { ...driver, copy: { of: target.primary.name, path: target.path, asOf: lastSync(target.path) } };
  }
}

/** Without `starting`: nobody waits for a network. */
function offline(error: ToolError, { primary, path }: ReplicaTarget, { readOnly }: ConnectOptions): ToolError {
  const why = readOnly
    ? `and the replica "${path}" does not exist yet`
    : `and migrations run there, not on the replica "${path}": nothing was changed and nothing is queued; run it again when the server can be reached`;
  return new ToolError(
    "connect",
    `${error.message}; ${primary.name} is the primary, ${why}`,
    { server: primary.name, path, unreachable: true },
    { cause: error },
  );
}

/** Its library writes down where it is with each sync; a sync that brings nothing new leaves no trace. ISO 8601. */
function lastSync(path: string): string {
  const written = traceOf(path).filter((file) => existsSync(file));
  const times = (written.length > 0 ? written : [path]).map((file) => statSync(file).mtimeMs);
  return new Date(Math.max(...times)).toISOString();
}
