import { ToolError } from "../../core/errors.ts";

/** What a ClickHouse URL says. */
export interface ClickhouseTarget {
  /** `http://host:8123` or `https://host:8443`, without anything after it. */
  readonly origin: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** `false`: no session is kept on the server. */
  readonly session?: boolean;
  readonly connectTimeoutMs?: number;
  /** A certificate authority, as the path of a file. */
  readonly ca?: string;
}

/**
 * Understands `clickhouse://user:password@host:port/database?secure=1`, and the same with `http:`, `https:`, `clickhouses:`. Throws ToolError `url`
 * that says which part is wrong and never holds the password.
 */
export function parseClickhouseUrl(url: string): ClickhouseTarget {
  const match =
    /^(clickhouses?|(?:clickhouse\+)?https?):\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::([^/?#]*))?(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(
      url.trim(),
    );
  if (!match)
    throw wrong(
      "it does not have the form clickhouse://user:password@host:port/database; encode / ? # in user and password as %2F %3F %23",
    );
  const [, scheme = "", userInfo = "", host = "", port = "", path = "", query = ""] = match;
  const colon = userInfo.indexOf(":");
  const parameters = parametersOf(query);
  const secure = isSecure(scheme.toLowerCase(), parameters.get("secure"), port);
  return {
    origin: `${secure ? "https" : "http"}://${decode(host, "host") || "localhost"}:${portOf(port, secure)}`,
    user: decode(colon < 0 ? userInfo : userInfo.slice(0, colon), "user") || parameters.get("user") || "default",
    password: decode(colon < 0 ? "" : userInfo.slice(colon + 1), "password") || parameters.get("password") || "",
    database: decode(path.replace(/\/$/, ""), "database") || parameters.get("database") || "default",
    ...(parameters.has("session") && { session: isYes(parameters.get("session")) }),
    ...connectTimeout(parameters.get("connect-timeout")),
    ...(parameters.get("ca") && { ca: parameters.get("ca") ?? "" }),
  };
}

const known = ["secure", "user", "password", "database", "session", "connect-timeout", "ca"];

function parametersOf(query: string): ReadonlyMap<string, string> {
  const pairs = query.split("&").filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      const written = decode(at < 0 ? pair : pair.slice(0, at), "parameter");
      const key = spellings[written.toLowerCase()] ?? written.toLowerCase().replaceAll("_", "-");
      if (!known.includes(key))
        throw wrong(`it has the parameter "${written}", which is not known; use ${known.join(", ")}`);
      return [key, at < 0 ? "1" : decode(pair.slice(at + 1), `parameter "${written}"`)];
    }),
  );
}

/** Of other clients. */
const spellings: Readonly<Record<string, string>> = {
  tls: "secure",
  ssl: "secure",
  username: "user",
  connect_timeout: "connect-timeout",
  dial_timeout: "connect-timeout",
  ca_cert: "ca",
};

/** Where nothing is said, the port that is meant for TLS does. */
function isSecure(scheme: string, given: string | undefined, port: string): boolean {
  if (given !== undefined) return isYes(given);
  if (/s$/.test(scheme)) return true;
  return scheme === "clickhouse" && (port === "8443" || port === "443");
}

const isYes = (text: string | undefined): boolean => /^(?:1|true|yes|on|)$/i.test(text ?? "");

function portOf(text: string, secure: boolean): number {
  if (text === "") return secure ? 8443 : 8123;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw wrong(`"${text}" is not a port: give a number from 1 to 65535`);
  if (port === 9000 || port === 9440)
    throw wrong(
      `port ${port} speaks ClickHouse's native protocol, and godwit the HTTP one; that is port ${port === 9000 ? 8123 : 8443} of most servers`,
    );
  return port;
}

function connectTimeout(text: string | undefined): { readonly connectTimeoutMs?: number } {
  if (text === undefined) return {};
  if (!/^\d+s?$/.test(text)) throw wrong(`connect-timeout is "${text}"; give a number of seconds`);
  const seconds = Number.parseInt(text, 10);
  return seconds > 0 ? { connectTimeoutMs: seconds * 1000 } : {};
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(`its ${part} holds a % that is not followed by two hex digits; write %25 for a percent sign`);
  }
}

const wrong = (what: string): ToolError => new ToolError("url", `the ClickHouse URL cannot be used: ${what}`);
