import { ToolError } from "../../core/errors.ts";

/** What a MySQL URL says, in the terms of the `mysql` client: https://dev.mysql.com/doc/refman/8.4/en/connection-options.html */
export interface MysqlTarget {
  readonly host: string;
  readonly port: number;
  /** Path of a socket, in the place of host and port. */
  readonly socket?: string;
  readonly user?: string;
  readonly password?: string;
  readonly database: string;
  readonly ssl: SslMode;
  readonly sslFiles: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly connectTimeoutMs?: number;
}

const sslModes = ["disabled", "preferred", "required", "verify_ca", "verify_identity"] as const;
export type SslMode = (typeof sslModes)[number];

/** Understands a URL. Throws ToolError `url` that says which part is wrong and never holds the password. */
export function parseMysqlUrl(url: string, usualPort = 3306): MysqlTarget {
  try {
    return readUrl(url, usualPort);
  } catch (error) {
    const title = titles[schemeOf(url)];
    if (!(error instanceof ToolError) || title === undefined) throw error;
    throw new ToolError(error.code, error.message.replace("MySQL URL", `${title} URL`), error.data);
  }
}

/** Of databases that speak the protocol, where people would not call them MySQL. */
const titles: Readonly<Record<string, string>> = { tidb: "TiDB", starrocks: "StarRocks" };

function readUrl(url: string, usualPort: number): MysqlTarget {
  const match =
    /^(?:mysql|mariadb|tidb|starrocks):\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::([^/?#]*))?(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(
      url.trim(),
    );
  if (!match)
    throw wrong(
      `it does not have the form ${schemeOf(url)}://user:password@host:port/database; encode / ? # in user and password as %2F %3F %23`,
    );
  const [, userInfo = "", host = "", port = "", path = "", query = ""] = match;
  const colon = userInfo.indexOf(":");
  const parameters = parametersOf(query);
  const database = decode(path, "database");
  if (database === "")
    throw wrong(`it names no database; add one: ${schemeOf(url)}://user:password@host:port/database`);
  return {
    host: decode(host.replace(/^\[|\]$/g, ""), "host") || "localhost",
    port: port === "" ? usualPort : portOf(port),
    ...optional("socket", parameters.get("socket")),
    ...optional("user", decode(colon < 0 ? userInfo : userInfo.slice(0, colon), "user")),
    ...optional(
      "password",
      parameters.get("password") ?? decode(colon < 0 ? "" : userInfo.slice(colon + 1), "password"),
    ),
    database,
    ssl: sslMode(parameters),
    sslFiles: {
      ...optional("ca", parameters.get("ssl-ca")),
      ...optional("cert", parameters.get("ssl-cert")),
      ...optional("key", parameters.get("ssl-key")),
    },
    ...connectTimeout(parameters.get("connect-timeout")),
  };
}

const schemeOf = (url: string): string => /^\s*(tidb|starrocks):/i.exec(url)?.[1]?.toLowerCase() ?? "mysql";

const known = new Set([
  ...["socket", "password", "ssl", "tls", "ssl-mode", "ssl-ca", "ssl-cert", "ssl-key", "connect-timeout"],
  // What other tools want to be told and what is so here anyway: exact values, UTF-8, times in UTC.
  ...["charset", "collation", "parsetime", "loc", "timezone", "multistatements", "connection-limit", "pool-timeout"],
]);

/** Keys in lower case with dashes: `ssl_mode` and `sslMode`, of other tools, are `ssl-mode`. */
function parametersOf(query: string): ReadonlyMap<string, string> {
  const pairs = query.split("&").filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      const written = decode(at < 0 ? pair : pair.slice(0, at), "parameter");
      const key = spellings[written.toLowerCase().replaceAll("_", "-")] ?? written.toLowerCase().replaceAll("_", "-");
      if (!known.has(key))
        throw wrong(`it has the parameter "${written}", which is not known; use ${[...known].slice(0, 9).join(", ")}`);
      return [key, decode(at < 0 ? "" : pair.slice(at + 1), `parameter "${written}"`)];
    }),
  );
}

const spellings: Readonly<Record<string, string>> = {
  sslmode: "ssl-mode",
  sslca: "ssl-ca",
  sslcert: "ssl-cert",
  sslkey: "ssl-key",
  socketpath: "socket",
  "unix-socket": "socket",
  connecttimeout: "connect-timeout",
  timeout: "connect-timeout",
};

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw wrong(`"${text}" is not a port: give a number from 1 to 65535`);
  return port;
}

/** Without a word about it, encryption is used where the server offers it, as the client does; a certificate authority is there to be used. */
function sslMode(parameters: ReadonlyMap<string, string>): SslMode {
  const given = parameters.get("ssl-mode") ?? parameters.get("ssl") ?? parameters.get("tls");
  if (given === undefined) return parameters.has("ssl-ca") ? "verify_ca" : "preferred";
  const word = given.toLowerCase().replaceAll("-", "_");
  const mode = modeSpellings[word] ?? sslModes.find((item) => item === word);
  if (!mode) throw wrong(`ssl-mode is "${given}"; use one of ${sslModes.join(", ")}`);
  return mode;
}

const modeSpellings: Readonly<Record<string, SslMode>> = {
  true: "required",
  "1": "required",
  require: "required",
  false: "disabled",
  "0": "disabled",
  disable: "disabled",
  prefer: "preferred",
  skip_verify: "required",
  verify_full: "verify_identity",
};

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

const optional = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined || value === "" ? {} : { [key]: value }) as { readonly [P in K]?: string };

const wrong = (what: string): ToolError => new ToolError("url", `the MySQL URL cannot be used: ${what}`);
