import { ToolError } from "../../core/errors.ts";

/** What a PostgreSQL URL says, in the terms of libpq: https://www.postgresql.org/docs/current/libpq-connect.html */
export interface PostgresTarget {
  /** In the order in which they are tried. A host that begins with `/` is the folder of a socket. None: the environment's or localhost. */
  readonly hosts: readonly { readonly host?: string; readonly port?: number }[];
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl: SslMode;
  readonly sslFiles: {
    readonly root?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly passphrase?: string;
  };
  readonly directTls: boolean;
  readonly connectTimeoutMs?: number;
  readonly session: SessionAttributes;
  /** Settings of the server for this session, `application_name` among them. */
  readonly settings: Readonly<Record<string, string>>;
}

const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
export type SslMode = (typeof sslModes)[number];

const sessionAttributes = ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"] as const;
export type SessionAttributes = (typeof sessionAttributes)[number];

/**
 * Understands a URL in libpq's form, under any scheme; one that does not say how to encrypt means `unsaid`. Throws ToolError `url` that says which part is
 * wrong and never holds the password.
 */
export function parsePostgresUrl(url: string, unsaid: SslMode = "prefer"): PostgresTarget {
  const match = /^[a-z][\w+]*:\/\/(?:([^/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(url.trim());
  if (!match)
    throw wrong(
      "the URL does not have the form postgres://user:password@host:port/database; encode / ? # in user and password as %2F %3F %23",
    );
  const [, userInfo, authority = "", path, query = ""] = match;
  const [user, password] = splitOnce(userInfo ?? "", ":");
  const parameters = parametersOf(query);
  const { hosts, unknown } = { hosts: hostsOf(authority, parameters), unknown: settingsOf(parameters) };
  const ssl = sslMode(parameters, unsaid);
  return {
    hosts,
    ...optional("user", parameters.get("user") ?? decode(user ?? "", "user")),
    ...optional("password", parameters.get("password") ?? decode(password ?? "", "password")),
    ...optional("database", parameters.get("dbname") ?? decode(path ?? "", "database")),
    ssl,
    sslFiles: {
      ...optional("root", parameters.get("sslrootcert")),
      ...optional("cert", parameters.get("sslcert")),
      ...optional("key", parameters.get("sslkey")),
      ...optional("passphrase", parameters.get("sslpassword")),
    },
    directTls: parameters.get("sslnegotiation") === "direct",
    ...connectTimeout(parameters.get("connect_timeout")),
    session: oneOf("target_session_attrs", parameters.get("target_session_attrs") ?? "any", sessionAttributes),
    settings: unknown,
  };
}

/**
 * Parameters that mean something to libpq, poolers or other tools and nothing to the server: `channel_binding` would be
 * refused by it as an unknown setting.
 */
const notSettings = new Set([
  "host",
  "hostaddr",
  "port",
  "dbname",
  "user",
  "password",
  "passfile",
  "connect_timeout",
  "sslmode",
  "ssl",
  "requiressl",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "sslpassword",
  "sslnegotiation",
  "sslcrl",
  "sslcrldir",
  "sslsni",
  "sslcompression",
  "sslcertmode",
  "ssl_min_protocol_version",
  "ssl_max_protocol_version",
  "channel_binding",
  "require_auth",
  "gssencmode",
  "gsslib",
  "gssdelegation",
  "krbsrvname",
  "keepalives",
  "keepalives_idle",
  "keepalives_interval",
  "keepalives_count",
  "tcp_user_timeout",
  "target_session_attrs",
  "load_balance_hosts",
  "client_encoding",
  "fallback_application_name",
  "replication",
  "service",
  "schema",
  "pgbouncer",
  "connection_limit",
  "pool_timeout",
  "socket_timeout",
  "statement_cache_size",
]);

function settingsOf(parameters: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const schema = parameters.get("schema");
  return {
    application_name: parameters.get("fallback_application_name") ?? "godwit",
    ...(schema !== undefined && { search_path: `"${schema.replaceAll('"', '""')}"` }),
    ...Object.fromEntries([...parameters].filter(([key]) => !notSettings.has(key))),
  };
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const pairs = query.split("&").filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair) => {
      const [key = "", value = ""] = splitOnce(pair, "=");
      return [decode(key, "parameter"), decode(value, `parameter "${key}"`)];
    }),
  );
}

/** `h1:5432,h2`, `[::1]:5432`, `%2Fvar%2Frun`, or `?host=…&port=…`, which take precedence. */
function hostsOf(authority: string, parameters: ReadonlyMap<string, string>): PostgresTarget["hosts"] {
  const inUrl = authority.split(",").map(hostAndPort);
  const hosts = parameters.get("host")?.split(",") ?? parameters.get("hostaddr")?.split(",");
  const ports = parameters.get("port")?.split(",").map(portOf);
  const list = hosts ? hosts.map((host, i) => ({ host, port: inUrl[i]?.port ?? inUrl[0]?.port })) : inUrl;
  return list.map(({ host, port }, i) => {
    const number = ports ? (ports[i] ?? ports[0]) : port;
    return { ...optional("host", host), ...(number !== undefined && { port: number }) };
  });
}

function hostAndPort(text: string): { readonly host: string; readonly port: number | undefined } {
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(text);
  if (!match) throw wrong(`"${text}" is not a host and port; an IPv6 address goes into brackets: [::1]:5432`);
  return { host: decode(match[1] ?? match[2] ?? "", "host"), port: match[3] ? portOf(match[3]) : undefined };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw wrong(`"${text}" is not a port: give a number from 1 to 65535`);
  return port;
}

/** Without a word about it, encryption is used where the server offers it, as libpq does. */
function sslMode(parameters: ReadonlyMap<string, string>, unsaid: SslMode): SslMode {
  const given =
    parameters.get("sslmode") ??
    spelledAs[parameters.get("ssl") ?? parameters.get("requiressl") ?? ""] ??
    parameters.get("ssl");
  // libpq refuses weaker modes together with the system's certificates; so nobody relies on them.
  if (given === undefined) return parameters.get("sslrootcert") === "system" ? "verify-full" : unsaid;
  if (given === "no-verify") return "require";
  return oneOf("sslmode", given, sslModes);
}

const spelledAs: Readonly<Record<string, SslMode>> = {
  true: "require",
  "1": "require",
  false: "disable",
  "0": "disable",
};

function connectTimeout(text: string | undefined): { readonly connectTimeoutMs?: number } {
  if (text === undefined) return {};
  if (!/^\d+$/.test(text)) throw wrong(`connect_timeout is "${text}"; give a number of seconds`);
  return Number(text) > 0 ? { connectTimeoutMs: Number(text) * 1000 } : {};
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (!found) throw wrong(`${name} is "${value}"; use one of ${allowed.join(", ")}`);
  return found;
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(`its ${part} holds a % that is not followed by two hex digits; write %25 for a percent sign`);
  }
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

const optional = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined || value === "" ? {} : { [key]: value }) as { readonly [P in K]?: string };

const wrong = (what: string): ToolError => new ToolError("url", `the PostgreSQL URL cannot be used: ${what}`);
