import { ToolError } from "../../core/errors.ts";

/** What a Vertica URL says. */
export interface VerticaTarget {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly tls: (typeof tlsModes)[number];
  /** The path of a file of certificates that are trusted. */
  readonly ca?: string;
  /** Other nodes to try: `host:port`, separated by commas. */
  readonly backup?: string;
  readonly label: string;
  readonly workload?: string;
  readonly connectTimeoutMs?: number;
}

const tlsModes = ["disable", "require", "verify-ca", "verify-full"] as const;

/** `vertica://user:password@host:5433/database?tls_mode=require`. Throws ToolError `url` that never holds the password. */
export function parseVerticaUrl(url: string): VerticaTarget {
  const match = /^vertica:\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::([^/?#]*))?(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(
    url.trim(),
  );
  if (!match)
    throw wrong(
      "the URL does not have the form vertica://user:password@host:port/database; encode / ? # in user and password as %2F %3F %23",
    );
  const [, userInfo = "", host = "", port, path = "", query = ""] = match;
  const at = userInfo.indexOf(":");
  const [user, password] = at < 0 ? [userInfo, ""] : [userInfo.slice(0, at), userInfo.slice(at + 1)];
  const parameters = parametersOf(query);
  const given = (name: string, value: string | undefined) => (value ? { [name]: value } : {});
  return {
    host: host.replace(/^\[(.*)\]$/, "$1") || "localhost",
    port: portOf(port),
    ...given("user", decode(user, "user")),
    ...given("password", decode(password, "password")),
    ...given("database", decode(path, "database")),
    tls: tlsOf(parameters.get("tls_mode")),
    ...given("ca", parameters.get("tls_trusted_certs")),
    ...given("backup", parameters.get("backup_server_node")),
    label: parameters.get("client_label") ?? "godwit",
    ...given("workload", parameters.get("workload")),
    ...timeout(parameters.get("connect_timeout")),
  };
}

const known = ["tls_mode", "tls_trusted_certs", "backup_server_node", "client_label", "workload", "connect_timeout"];

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

function portOf(text: string | undefined): number {
  if (text === undefined || text === "") return 5433;
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw wrong(`"${text}" is not a port`);
}

function tlsOf(text = "disable"): VerticaTarget["tls"] {
  const mode = tlsModes.find((each) => each === text);
  if (mode !== undefined) return mode;
  throw wrong(`tls_mode is "${text}"; use one of ${tlsModes.join(", ")}`);
}

function timeout(text: string | undefined): Pick<VerticaTarget, "connectTimeoutMs"> {
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
  new ToolError("url", why.startsWith("the URL") ? why : `the Vertica URL is wrong: ${why}`);
