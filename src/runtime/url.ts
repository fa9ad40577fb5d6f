import type { Dialect, KnownDialect } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { knownDialects } from "../dialects/known.gen.ts";
import { loadDialect } from "./load-dialect.ts";
import { redact } from "./redact.ts";

/** A connection URL that has been understood. */
export interface Target {
  /** For the driver: special characters of user and password are encoded. */
  readonly url: string;
  readonly dialect: KnownDialect;
  /** For people. */
  readonly redacted: string;
}

/**
 * Understands a connection URL; `name` is the dialect that `--database` or the configuration asks for, if any. A text
 * without a scheme is the path of a SQLite file. Throws ToolError `url` saying which part is wrong, `config` for a
 * dialect that does not exist.
 */
export function parseUrl(text: string, name?: string): Target {
  const given = text.trim();
  if (given === "")
    throw new ToolError(
      "url",
      'the connection URL is empty; give one such as "sqlite:app.db" or "postgres://user:password@host:5432/name"',
    );
  const scheme = schemeOf(given);
  const dialect = name ? dialectNamed(name) : dialectOfScheme(scheme ?? "sqlite", given);
  if (scheme === undefined && !dialect.schemes.includes("sqlite")) {
    throw new ToolError(
      "url",
      `"${shown(given)}" has no scheme; a ${dialect.title} URL begins with "${dialect.schemes[0]}://"`,
    );
  }
  if (name) refuseMismatch(dialect, scheme, given);
  const networked =
    scheme !== undefined &&
    scheme !== "file" &&
    given.startsWith(`${scheme}://`) &&
    !dialect.schemes.includes("sqlite");
  const url = networked ? checkNetworkUrl(encodeUserInfo(given)) : given;
  return { url, dialect, redacted: networked ? redact(url) : redact(given) };
}

/** The dialect of that name or alias. Throws ToolError `config` with the names there are. */
export function dialectNamed(name: string): KnownDialect {
  const wanted = name.toLowerCase();
  const found = knownDialects.find((d) => d.name === wanted || d.aliases.includes(wanted));
  if (found) return found;
  const near = nearest(
    wanted,
    knownDialects.flatMap((d) => [d.name, ...d.aliases]),
  );
  const hint = near ? `did you mean "${near}"?` : `use one of ${knownDialects.map((d) => d.name).join(", ")}`;
  throw new ToolError("config", `there is no database "${name}"; ${hint}`, {
    database: name,
    ...(near && { nearest: near }),
  });
}

/** A dialect may be spoken under another's scheme, but a server is not a file. */
function refuseMismatch(dialect: KnownDialect, scheme: string | undefined, url: string): void {
  const owner = knownDialects.find((d) => d.schemes.includes(scheme ?? ""));
  if (!owner || isEmbedded(owner) === isEmbedded(dialect) || (isEmbedded(owner) && dialect.opensFiles)) return;
  throw new ToolError(
    "url",
    `"${shown(url)}" is a ${owner.title} URL, but the database is to be ${dialect.title}, whose URLs begin with "${dialect.schemes[0]}:"; give another --url or --database`,
    { scheme },
  );
}

const isEmbedded = (dialect: KnownDialect): boolean => dialect.schemes.includes("file");

/** Encoded first: a password with a space in it would not be recognised as one. */
const shown = (url: string): string => redact(encodeUserInfo(url));

/** The dialect of a database that need not be reachable. Rejects with ToolError `url` or `config`. */
export const dialectOf = async (database: DatabaseKind): Promise<Dialect> =>
  database.door?.dialect ?? loadDialect(kindOf(database));

/** The dialect of a database that need not be known: `undefined` where nothing usable says it. */
export async function dialectIfKnown(database: DatabaseKind): Promise<Dialect | undefined> {
  try {
    return await dialectOf(database);
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}

/** The dialect of that name, or the one of a database that varies it. Rejects as `dialectOf` does, throws as `dialectNamed`. */
export async function dialectLike(database: DatabaseKind, name: string): Promise<Dialect> {
  const own = database.door?.dialect ?? kindOf(database);
  if (!own.variantOf?.includes(name)) return loadDialect(dialectNamed(name));
  return dialectOf(database);
}

/** The URL is put together only where nothing else tells: it may need a password. */
const kindOf = (database: DatabaseKind): KnownDialect =>
  database.dialect === undefined ? parseUrl(database.url).dialect : dialectNamed(database.dialect);

/** What says of which kind a database is. */
interface DatabaseKind {
  readonly url: string;
  readonly dialect?: string;
  readonly door?: { readonly dialect: Dialect };
}

function dialectOfScheme(scheme: string, url: string): KnownDialect {
  const found = knownDialects.find((d) => d.schemes.includes(scheme));
  if (found) return found;
  const near = nearest(
    scheme,
    knownDialects.flatMap((d) => d.schemes),
  );
  const hint = near
    ? `did you mean "${near}:"?`
    : `known schemes: ${knownDialects.flatMap((d) => d.schemes).join(", ")}`;
  throw new ToolError("url", `the scheme "${scheme}:" of "${shown(url)}" is not that of a known database; ${hint}`, {
    scheme,
  });
}

/** A single letter before a colon is a Windows drive; `:memory:` has no scheme. */
const schemeOf = (url: string): string | undefined => /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();

/**
 * People paste passwords as they are: `/`, `#`, `?`, `@` and `%` in user and password are encoded, what is encoded already stays. The
 * user information ends at an `@` after which host, name and parameters follow.
 */
function encodeUserInfo(url: string): string {
  const match = /^([a-z][\w+.-]*:\/\/)(.*)$/is.exec(url);
  const head = match?.[1] ?? "";
  const rest = match?.[2] ?? "";
  const at = endOfUserInfo(rest);
  if (at < 0) return url;
  const info = rest.slice(0, at);
  const colon = info.indexOf(":");
  const parts = colon < 0 ? [info] : [info.slice(0, colon), info.slice(colon + 1)];
  return `${head}${parts.map(encodePart).join(":")}@${rest.slice(at + 1)}`;
}

/** `host:port,host/name?key=value&key=value` */
const afterUserInfo = /^[^@/?#\s]*(?:\/[^@/?#]*)?(?:\?(?:[\w.-]+=[^&#]*(?:&[\w.-]+=[^&#]*)*)?)?$/;

/** The first `@` after which everything makes sense, else the last one of the authority. */
function endOfUserInfo(rest: string): number {
  for (let at = rest.indexOf("@"); at >= 0; at = rest.indexOf("@", at + 1)) {
    if (afterUserInfo.test(rest.slice(at + 1))) return at;
  }
  return /^[^/?#]*/.exec(rest)?.[0].lastIndexOf("@") ?? -1;
}

const encodePart = (text: string): string =>
  text.replace(/%(?![0-9a-f]{2})|[^\w.~!$&'()*+,;=%-]/giu, (c) =>
    c.isWellFormed() ? encodeURIComponent(c) : "%EF%BF%BD",
  );

/** What is after the user: hosts with ports, a database, parameters. The driver judges the parameters. */
function checkNetworkUrl(url: string): string {
  const [, scheme = "", authority = "", path = ""] = /^([a-z][\w+.-]*):\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  const hosts = authority.slice(authority.indexOf("@") + 1);
  const fail = (what: string): never => {
    throw new ToolError("url", `${what} in "${redact(url)}"`, { scheme });
  };
  for (const host of hosts.split(",")) {
    const [, name = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(host) ?? [];
    if (name === "" && host !== "" && !host.startsWith(":"))
      fail(`the host "${host}" is not a host name (write an IPv6 address as [::1])`);
    if (port !== undefined && !isPort(port)) fail(`the port "${port}" is not a number from 1 to 65535`);
    if (/[\s<>"\\^`{|}]/.test(name)) fail(`the host "${name}" is not a host name`);
  }
  if (/%(?![0-9a-f]{2})/i.test(path))
    fail(`the database name "${path.slice(1)}" has a "%" that is not the start of an encoded character (write %25)`);
  return url;
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
