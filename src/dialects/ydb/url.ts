import { ToolError } from "../../core/errors.ts";

/** What a YDB URL says. */
export interface YdbTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** The path of the database, with its slash at the front. */
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  /** In the place of user and password. */
  readonly token?: string;
  /** The path of a file of certificates that are trusted, in the place of the system's. */
  readonly ca?: string;
  /** The name that the certificate of the server has to be for, where that is not the host. */
  readonly serverName?: string;
  readonly connectTimeoutMs?: number;
}

/**
 * `ydb://user:password@host:2136/path/to/database`, with TLS `ydbs://`, and what YDB's own tools write, `grpc(s)://host:2136/?database=/path`:
 * https://ydb.tech/docs/en/concepts/connect. Throws ToolError `url` that never holds password and token.
 */
export function parseYdbUrl(url: string): YdbTarget {
  const match =
    /^(ydbs?|grpcs?):\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::([^/?#]*))?(\/[^?#]*)?(?:\?([^#]*))?$/i.exec(
      url.trim(),
    );
  if (!match)
    throw wrong(
      "the URL does not have the form ydb://user:password@host:port/path/to/database; encode / ? # in user and password as %2F %3F %23",
    );
  const [, scheme = "", userInfo = "", host = "", port, path = "", query = ""] = match;
  const tls = scheme.toLowerCase().endsWith("s");
  const parameters = parametersOf(query);
  const at = userInfo.indexOf(":");
  const [user, password] = at < 0 ? [userInfo, ""] : [userInfo.slice(0, at), userInfo.slice(at + 1)];
  const given = (name: string, value: string | undefined) => (value ? { [name]: value } : {});
  return {
    host: host.replace(/^\[(.*)\]$/, "$1") || "localhost",
    port: portOf(port, tls),
    tls,
    database: databaseOf(decode(path, "database"), parameters.get("database")),
    ...given("user", decode(user, "user")),
    ...given("password", decode(password, "password")),
    ...given("token", parameters.get("token")),
    ...tlsParameters(tls, parameters),
    ...timeout(parameters.get("connect_timeout")),
  };
}

const known = ["database", "token", "ca", "tls_server_name", "connect_timeout"];

function parametersOf(query: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of query.split("&").filter((text) => text !== "")) {
    const [name = "", ...value] = part.split("=");
    if (!known.includes(name))
      throw wrong(`it has the parameter "${name}", which is not known; use ${known.join(", ")}`);
    found.set(name, decode(value.join("="), name));
  }
  return found;
}

function databaseOf(path: string, said: string | undefined): string {
  const [inPath, inQuery] = [path, said ?? ""].map((text) => text.replace(/\/+$/, ""));
  if (inPath && inQuery && inPath !== inQuery)
    throw wrong(`it names two databases, "${inPath}" and "${inQuery}"; leave one of them out`);
  const database = inPath || inQuery;
  if (database === undefined || database === "")
    throw wrong('it names no database; its path comes behind the host, such as "/local"');
  return database.startsWith("/") ? database : `/${database}`;
}

/** 2136 and, with TLS, 2135 are the usual ones: https://ydb.tech/docs/en/reference/configuration/ */
function portOf(text: string | undefined, tls: boolean): number {
  if (text === undefined || text === "") return tls ? 2135 : 2136;
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw wrong(`"${text}" is not a port`);
}

function tlsParameters(tls: boolean, parameters: ReadonlyMap<string, string>): Pick<YdbTarget, "ca" | "serverName"> {
  const [ca, serverName] = [parameters.get("ca"), parameters.get("tls_server_name")];
  const idle = ca !== undefined ? "ca" : serverName === undefined ? undefined : "tls_server_name";
  if (!tls && idle !== undefined) throw wrong(`it has the parameter "${idle}", which is for ydbs:// and grpcs:// only`);
  return { ...(ca !== undefined && { ca }), ...(serverName !== undefined && { serverName }) };
}

function timeout(text: string | undefined): Pick<YdbTarget, "connectTimeoutMs"> {
  if (text === undefined) return {};
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds > 0) return { connectTimeoutMs: seconds * 1000 };
  throw wrong(`connect_timeout is "${text}"; it is a number of seconds`);
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(`its ${part} holds a % that does not begin an escape; write %25`);
  }
}

const wrong = (why: string): ToolError =>
  new ToolError("url", why.startsWith("the URL") ? why : `the YDB URL is wrong: ${why}`);
