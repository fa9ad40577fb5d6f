import { ToolError } from "../../core/errors.ts";
import type { Driver } from "../../runtime/driver.ts";
import { type D1Answer, type D1Statement, driverOver } from "./access.ts";

export interface D1HttpOptions {
  readonly accountId: string;
  readonly databaseId: string;
  /** An API token with the right "D1 Edit". */
  readonly token: string;
  /** In place of `https://api.cloudflare.com/client/v4`. */
  readonly api?: string;
  /** In place of the runtime's own. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * The driver for a database of D1 over Cloudflare's HTTP API (https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/query/).
 * Rejects with ToolError `connect` where it is out of reach or does not accept the token.
 */
export async function openD1(options: D1HttpOptions): Promise<Driver> {
  const { accountId, databaseId, api = "https://api.cloudflare.com/client/v4" } = options;
  const url = `${api}/accounts/${encodeURIComponent(accountId)}/d1/database/${encodeURIComponent(databaseId)}/query`;
  const name = `D1 database "${databaseId}"`;
  const driver = driverOver({ name, batch: (statements) => post({ ...options, url, name }, statements) });
  await driver.query("SELECT 1");
  return driver;
}

interface Place extends D1HttpOptions {
  readonly url: string;
  readonly name: string;
}

async function post(place: Place, statements: readonly D1Statement[]): Promise<readonly D1Answer[]> {
  const { url, token, fetch: send = (to, init) => fetch(to, init) } = place;
  const batch = statements.map(({ sql, parameters }) => ({ sql, params: parameters.map(sendable) }));
  const request = {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(batch.length === 1 ? batch[0] : { batch }),
  };
  const response = await send(url, request).catch((error: unknown) => {
    throw unreachable(place, error instanceof Error ? error.message : String(error));
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (!response.ok || answer.success !== true) throw refused(place, response.status, answer);
  return (answer.result ?? []).map(({ results, meta }) => ({ rows: results ?? [], changes: meta?.changes ?? 0 }));
}

interface Answer {
  readonly success?: boolean;
  readonly errors?: readonly { readonly code?: number; readonly message?: string }[];
  readonly result?: readonly {
    readonly results?: readonly Readonly<Record<string, unknown>>[];
    readonly meta?: { readonly changes?: number };
  }[];
}

function sendable(value: D1Statement["parameters"][number]): string | number | null {
  if (!(value instanceof Uint8Array)) return value;
  throw new ToolError(
    "unsupported",
    "the HTTP API of D1 takes no bytes as parameters; write them into the SQL as x'…'",
  );
}

/** What is about the SQL is left for the driver to tell. */
function refused(place: Place, status: number, { errors = [] }: Answer): unknown {
  const said = errors.map(({ message = "" }) => message).join("; ");
  if (/SQLITE_[A-Z]+/.test(said)) return new Error(said);
  if (status === 401 || status === 403)
    return unreachable(
      place,
      `the token is not accepted (HTTP ${status}); it needs the right "D1 Edit" of the account`,
    );
  if (status === 404) return unreachable(place, "there is no such database in the account (HTTP 404); check both ids");
  if (status === 429 || status >= 500)
    return new ToolError("connect", `${place.name}: the API lets nobody in for the moment (HTTP ${status})`, {
      starting: true,
    });
  return unreachable(place, said === "" ? `the API answers HTTP ${status}` : said);
}

const unreachable = ({ name }: Place, why: string): ToolError =>
  new ToolError("connect", `${name} cannot be reached: ${why}`);
