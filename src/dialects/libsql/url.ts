import { ToolError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";

/** A server that speaks libSQL's protocol over HTTP, hosted by Turso or one's own. */
export interface RemoteTarget {
  readonly kind: "remote";
  /** Address for requests: `https://host[:port]/[path/]`. */
  readonly base: string;
  /** For people: `https://host[:port]`, without any secret. */
  readonly name: string;
  readonly authToken?: string;
}

/** A file on this machine; with `primary`, a copy of what that server has (an embedded replica). */
export interface FileTarget {
  readonly kind: "file";
  /** For the driver of SQLite: `sqlite:` and the path, encoded as it was. */
  readonly url: string;
  readonly path: string;
  readonly primary?: RemoteTarget;
}

const remoteParameters = ["authToken", "tls"];
const fileParameters = ["syncUrl", "authToken", "busy_timeout"];

/**
 * Understands `libsql://host`, `http+libsql://` and `https+libsql://` (also `http://` and `https://`, which libraries are given), and files:
 * `libsql:app.db`, `libsql:///path/app.db`, `file:app.db`, with `?syncUrl=` for a replica. Throws ToolError `url` naming the part that is wrong;
 * no message holds the token.
 */
export function parseLibsqlUrl(url: string): RemoteTarget | FileTarget {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url.trim()) ?? [];
  const word = scheme.toLowerCase();
  if (/^https?(?:\+libsql)?$/.test(word)) return remoteTarget(word.startsWith("https"), rest);
  if (word === "libsql" && /^\/\/[^/?]/.test(rest)) return remoteTarget(undefined, rest);
  if (["libsql", "file", "sqlite", "sqlite3"].includes(word)) return fileTarget(rest);
  throw wrong(
    "it is none of libSQL: write libsql://host for a server at Turso, http+libsql://host:port for one without TLS, or libsql:app.db for a file",
  );
}

/** `tls`: absent where the scheme leaves it to the parameter. */
function remoteTarget(tls: boolean | undefined, rest: string): RemoteTarget {
  const match =
    /^\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?(\/[^?#]*)?(?:\?([^#]*))?$/.exec(rest) ??
    fail("it does not have the form libsql://host[:port][?authToken=…]");
  const [, userInfo, host = "", port, path = "", query] = match;
  if (host === "") throw wrong("it names no host: write libsql://name-organisation.turso.io");
  const parameters = parametersOf(query, remoteParameters);
  const secure = tls ?? tlsOf(parameters.get("tls"));
  if (tls !== undefined && parameters.has("tls")) throw wrong("tls= is for libsql://; here the scheme says it");
  const name = `${secure ? "https" : "http"}://${host}${port === undefined ? "" : `:${port}`}`;
  const authToken = parameters.get("authToken") ?? passwordOf(userInfo);
  return {
    kind: "remote",
    base: `${name}${path.replace(/\/*$/, "")}/`,
    name,
    ...(authToken !== undefined && authToken !== "" && { authToken }),
  };
}

function fileTarget(rest: string): FileTarget {
  const [encoded = "", query] = splitOnce(rest, "?");
  const parameters = parametersOf(query, fileParameters);
  const [authToken, syncUrl] = [parameters.get("authToken"), parameters.get("syncUrl")];
  const plain = encoded.startsWith("//") ? encoded.slice(2) : encoded;
  if (plain === "") throw wrong("it names no file: write libsql:app.db or libsql:///path/to/app.db");
  if (syncUrl === undefined && authToken !== undefined)
    throw wrong("a file needs no authToken; with syncUrl= it is that of the server");
  const busy = parameters.get("busy_timeout");
  return {
    kind: "file",
    url: `sqlite:${plain}${busy === undefined ? "" : `?busy_timeout=${busy}`}`,
    path: decoded(plain, "path"),
    ...(syncUrl !== undefined && { primary: primaryOf(syncUrl, authToken) }),
  };
}

function primaryOf(syncUrl: string, authToken: string | undefined): RemoteTarget {
  const target = parseLibsqlUrl(syncUrl);
  if (target.kind === "file") throw wrong("its syncUrl is a file; a replica is a copy of what a server has");
  return authToken === undefined ? target : { ...target, authToken };
}

/** Where a password belongs, a token may stand: what reads passwords from files and commands puts it there. */
function passwordOf(userInfo: string | undefined): string | undefined {
  const [, password] = splitOnce(userInfo ?? "", ":");
  return password === undefined ? undefined : decoded(password, "token");
}

function parametersOf(query: string | undefined, known: readonly string[]): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of (query ?? "").split("&").filter((p) => p !== "")) {
    const [name = "", value = ""] = splitOnce(part, "=");
    if (!known.includes(name)) {
      const near = nearest(name, known);
      throw wrong(
        `"${name}" is not a parameter of it; ${near ? `did you mean "${near}"?` : `use ${known.join(" or ")}`}`,
      );
    }
    parameters.set(name, decoded(value, name));
  }
  return parameters;
}

function tlsOf(value: string | undefined): boolean {
  if (value === undefined || value === "1" || value === "true") return true;
  if (value === "0" || value === "false") return false;
  throw wrong(`its tls is "${value}"; use 1 or 0`);
}

function decoded(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(`its ${part} has a "%" that is not the start of an encoded character (write %25)`);
  }
}

const wrong = (why: string): ToolError => new ToolError("url", `the URL of the database cannot be used: ${why}`);

function fail(why: string): never {
  throw wrong(why);
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
