import { ToolError } from "../../core/errors.ts";

/** What a SQL Server URL says. */
export interface SqlserverTarget {
  readonly host: string;
  /** Absent: the usual one, or that of the instance. */
  readonly port?: number;
  /** One of several servers of a machine, which says at UDP port 1434 where it is. */
  readonly instance?: string;
  readonly user: string;
  readonly password: string;
  /** Of Windows: the user is one of it. */
  readonly domain?: string;
  /** Absent: that of the user. */
  readonly database?: string;
  readonly encrypt: "strict" | "mandatory" | "optional";
  readonly trustsAny: boolean;
  /** A certificate authority, as the path of a file. */
  readonly ca?: string;
  /** The name in the certificate, where it is not the host. */
  readonly certificateHost?: string;
  readonly authentication: "login" | "token" | "azure";
  readonly application: string;
  /** To a copy that may be read, where there is one. */
  readonly reads: boolean;
  readonly connectTimeoutMs?: number;
}

/**
 * Understands `sqlserver://user:password@host:1433/database?encrypt=true`, and what others write: `sqlserver://host:1433;database=shop;user=ann` as JDBC and Prisma do,
 * and `?database=shop` with an instance as the path, as programs in Go do. Throws ToolError `url` that says which part is wrong and never holds the password.
 */
export function parseSqlserverUrl(url: string): SqlserverTarget {
  const [, address = "", semicolons = ""] = /^([^;?]*)((?:;[\s\S]*)?)$/.exec(url.trim()) ?? [undefined, url.trim()];
  const match =
    /^(?:sqlserver|mssql):\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^/?#:\\]*)(?:\\([^/?#:]*))?(?::([^/?#]*))?(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(
      address,
    );
  if (!match)
    throw wrong(
      "it does not have the form sqlserver://user:password@host:port/database; encode / ? # ; in user and password as %2F %3F %23 %3B",
    );
  const [, userInfo = "", host = "", named = "", port = "", path = "", query = ""] = match;
  const parameters = parametersOf([...query.split("&"), ...semicolons.split(";")]);
  const colon = userInfo.indexOf(":");
  const place = placeIn(decode(path.replace(/\/$/, ""), "database"), decode(named, "instance"), parameters);
  return {
    host: decode(host.replace(/^\[|\]$/g, ""), "host") || "localhost",
    ...(port !== "" && { port: portOf(port) }),
    ...place,
    user: decode(colon < 0 ? userInfo : userInfo.slice(0, colon), "user") || (parameters.get("user") ?? ""),
    password: decode(colon < 0 ? "" : userInfo.slice(colon + 1), "password") || (parameters.get("password") ?? ""),
    ...optional("domain", parameters.get("domain")),
    encrypt: encryption(parameters.get("encrypt")),
    trustsAny: isYes("trustservercertificate", parameters.get("trustservercertificate") ?? "false"),
    ...optional("ca", parameters.get("ca")),
    ...optional("certificateHost", parameters.get("hostnameincertificate")),
    authentication: authentication(parameters.get("authentication")),
    application: parameters.get("applicationname") ?? "godwit",
    reads: parameters.get("applicationintent")?.toLowerCase() === "readonly",
    ...connectTimeout(parameters.get("connecttimeout")),
  };
}

/** Where the database has a parameter of its own, the path is the instance. */
function placeIn(
  path: string,
  named: string,
  parameters: ReadonlyMap<string, string>,
): Pick<SqlserverTarget, "instance" | "database"> {
  const database = parameters.get("database");
  const instance = named || (parameters.get("instance") ?? (database === undefined ? "" : path));
  return { ...optional("instance", instance), ...optional("database", database ?? path) };
}

const known = new Set([
  ...["database", "user", "password", "instance", "encrypt", "trustservercertificate", "ca", "hostnameincertificate"],
  ...["authentication", "domain", "applicationname", "applicationintent", "connecttimeout"],
  // What other programs want to be told, and what is so here anyway.
  ...[
    "multisubnetfailover",
    "logintimeout",
    "packetsize",
    "persistsecurityinfo",
    "keepalive",
    "log",
    "columnencryption",
  ],
  ...["connectionlimit", "pooltimeout", "sockettimeout", "schema", "multipleactiveresultsets", "pooling"],
]);

/** Of other programs, without blanks and lines between the words. */
const spellings: Readonly<Record<string, string>> = {
  initialcatalog: "database",
  databasename: "database",
  username: "user",
  userid: "user",
  uid: "user",
  pwd: "password",
  instancename: "instance",
  trust: "trustservercertificate",
  certificate: "ca",
  truststore: "ca",
  appname: "applicationname",
  dialtimeout: "connecttimeout",
  connectiontimeout: "connecttimeout",
  fedauth: "authentication",
};

const shown =
  "encrypt, trustServerCertificate, ca, hostNameInCertificate, database, instance, domain, authentication, applicationIntent, connectTimeout";

function parametersOf(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pairs
      .filter((pair) => pair.trim() !== "")
      .map((pair) => {
        const at = pair.indexOf("=");
        const written = decode(at < 0 ? pair : pair.slice(0, at), "parameter");
        const word = written.toLowerCase().replace(/[ _-]/g, "");
        const key = spellings[word] ?? word;
        if (!known.has(key)) throw wrong(`it has the parameter "${written}", which is not known; use ${shown}`);
        return [key, decode(at < 0 ? "true" : pair.slice(at + 1), `parameter "${written}"`)] as const;
      }),
  );
}

/** Without a word about it nothing is sent in the clear. */
function encryption(given: string | undefined): SqlserverTarget["encrypt"] {
  const word = (given ?? "true").toLowerCase();
  if (word === "strict") return "strict";
  if (/^(?:true|yes|mandatory|required|1)$/.test(word)) return "mandatory";
  if (/^(?:false|no|optional|disable|disabled|danger_plaintext|0)$/.test(word)) return "optional";
  throw wrong(`encrypt is "${given}"; use one of true, false, strict`);
}

function authentication(given: string | undefined): SqlserverTarget["authentication"] {
  const word = (given ?? "login").toLowerCase().replace(/[ _-]/g, "");
  if (word === "login" || word === "sqlpassword" || word === "windows") return "login";
  if (word === "token" || word === "accesstoken") return "token";
  if (/^(?:azure|activedirectorydefault|azureactivedirectorydefault)$/.test(word)) return "azure";
  throw wrong(
    `authentication is "${given}"; use login, token (the password is an access token) or azure (what Azure finds by itself)`,
  );
}

function isYes(name: string, text: string): boolean {
  if (/^(?:true|yes|1|)$/i.test(text)) return true;
  if (/^(?:false|no|0)$/i.test(text)) return false;
  throw wrong(`${name} is "${text}"; use true or false`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw wrong(`"${text}" is not a port: give a number from 1 to 65535`);
  return port;
}

function connectTimeout(text: string | undefined): { readonly connectTimeoutMs?: number } {
  if (text === undefined) return {};
  if (!/^\d+$/.test(text)) throw wrong(`connectTimeout is "${text}"; give a number of seconds`);
  return Number(text) > 0 ? { connectTimeoutMs: Number(text) * 1000 } : {};
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

const wrong = (what: string): ToolError => new ToolError("url", `the SQL Server URL cannot be used: ${what}`);
