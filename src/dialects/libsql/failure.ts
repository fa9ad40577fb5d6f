import { ToolError } from "../../core/errors.ts";

/** What the protocol's library throws: told by shape, because a bundle may hold its classes twice. */
interface Failure {
  readonly name?: string;
  readonly message?: string;
  /** Of the server: `SQLITE_CONSTRAINT`, `STREAM_EXPIRED`; of the network: `ECONNREFUSED`. */
  readonly code?: string;
  /** Of HTTP. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** What a failed statement was part of. */
export interface Place {
  /** For people: `https://host`. */
  readonly server: string;
  /** The whole text, and where in it the statement begins. */
  readonly sql: string;
  readonly statement: string;
  readonly offset: number;
  /** Whether a transaction was open. */
  readonly inTransaction: boolean;
  /** The one that was sent; only what it says of itself is looked at. */
  readonly token?: string | undefined;
}

/** The ToolError for a statement that failed: `connect` where the server or its session is out of reach, else `database`. */
export function statementFailure(error: unknown, place: Place): ToolError {
  if (error instanceof ToolError) return error;
  const failure = error as Failure;
  if (isForgotten(error)) return expired(error, place);
  if (failure.name !== "ResponseError" || isAuth(failure)) return requestFailure(error, place.server, place);
  const { message, byteOffset } = positioned(failure.message ?? "", place.statement);
  const code = codeOf(failure.code, message);
  const advice = code === undefined ? undefined : advices[code];
  return new ToolError(
    "database",
    advice ? `${message}; ${advice}` : message,
    {
      sql: place.sql,
      statement: place.statement,
      offset: place.offset + (byteOffset === undefined ? 0 : utf16Offset(place.statement, byteOffset)),
      ...(code && { code }),
      ...(/unsupported statement/.test(message) && { hint: unsupportedHint }),
    },
    { cause: error },
  );
}

/** The ToolError `connect` for a request that got no answer, or one that is not about its SQL. */
export function requestFailure(error: unknown, server: string, place?: Place): ToolError {
  if (error instanceof ToolError) return error;
  const failure = error as Failure;
  const code = networkCode(failure);
  const { why, starting } = reasonOf(failure, { server, code, token: place?.token });
  const lost =
    place?.inTransaction && !isAuth(failure) ? "; what the transaction did so far is undone by the server" : "";
  return new ToolError(
    "connect",
    `${why}${lost}`,
    {
      server,
      ...(code && { code }),
      ...(failure.status && { status: failure.status }),
      ...(starting && { starting: true }),
      // Nobody has answered at all.
      ...(!failure.status &&
        !isAuth(failure) &&
        !["ProtoError", "SyntaxError"].includes(failure.name ?? "") && { unreachable: true }),
      ...(place && { sql: place.sql }),
    },
    { cause: error },
  );
}

interface Reason {
  readonly why: string;
  /** A moment later it may be otherwise. */
  readonly starting?: boolean;
}

interface Asked {
  readonly server: string;
  readonly code: string | undefined;
  readonly token: string | undefined;
}

function reasonOf(failure: Failure, { server, code, token }: Asked): Reason {
  if (isAuth(failure)) return { why: authReason(failure, server, token) };
  const { status } = failure;
  if (status === 404)
    return {
      why: `${server} has no database of libSQL there (HTTP 404): check the host, and the path if there is one`,
    };
  if (status === 429 || status === 502 || status === 503 || status === 504)
    return { why: `${server} lets nobody in for the moment (HTTP ${status})`, starting: true };
  if (status !== undefined)
    return { why: `${server} does not answer as a libSQL server does: ${failure.message ?? ""}` };
  return networkReason(failure, server, code);
}

function networkReason(failure: Failure, server: string, code = ""): Reason {
  if (/ENOTFOUND|EAI_AGAIN|DNS|NotFound/i.test(code) || /getaddrinfo|dns error|failed to lookup/i.test(textOf(failure)))
    return { why: `the host of ${server} cannot be found; check its spelling in the connection URL, and the network` };
  if (
    /ECONNREFUSED|ConnectionRefused|FailedToOpenSocket/i.test(code) ||
    /refused|Unable to connect/i.test(textOf(failure))
  )
    return {
      why: `no server answers at ${server}; is it running there, and is the port right?`,
      starting: true,
    };
  if (failure.name === "TimeoutError" || failure.name === "AbortError")
    return { why: `${server} did not answer in time`, starting: true };
  if (/CERT|TLS|SSL|SELF_SIGNED|certificate/i.test(`${code} ${textOf(failure)}`))
    return {
      why: `the certificate of ${server} is not trusted (${code || textOf(failure)}); for a server without TLS write http+libsql://`,
    };
  // JSON has no word for it; nothing else is null where a number is due.
  if (failure.name === "ProtoError" && /Expected number, received null/.test(textOf(failure)))
    return {
      why: `${server} has a number among the results that is infinite, and that it cannot send: leave the row out, or cast the column to text`,
    };
  if (failure.name === "ProtoError" || failure.name === "SyntaxError")
    return { why: `${server} does not answer as a libSQL server does: ${textOf(failure)}` };
  return { why: `the connection to ${server} broke: ${textOf(failure) || "no reason given"}` };
}

/** sqld says AUTH_…, or answers with 401; Turso with 401, or 403 for a token without the right to write. */
const isAuth = ({ code, status }: Failure): boolean =>
  status === 401 || status === 403 || /^AUTH_/.test(code ?? "") || code === "SERVER_ERROR_AUTH";

function authReason({ code = "", message = "", status }: Failure, server: string, token: string | undefined): string {
  const { exp, a } = claimsOf(token);
  const expired = (typeof exp === "number" && exp * 1000 < Date.now()) || /expired/i.test(`${code} ${message}`);
  const said = !token
    ? "it wants a token and got none"
    : expired
      ? "the token has expired"
      : a === "ro" || status === 403
        ? "the token does not give the right to write"
        : "the token is not accepted";
  return `${server} lets nobody in like this: ${said}; give a valid one as ?authToken=… of the URL, in TURSO_AUTH_TOKEN, or with database.password_command`;
}

/** Why nothing can be written, as far as the token itself says so. */
export const obstacleOf = (token: string | undefined): string | undefined =>
  claimsOf(token)["a"] === "ro" ? "the token does not give the right to write; use one that does" : undefined;

/** What a token says of itself, in its second part; nothing of one of another make. */
function claimsOf(token = ""): Readonly<Record<string, unknown>> {
  try {
    const part = token.split(".")[1]?.replaceAll("-", "+").replaceAll("_", "/") ?? "";
    const claims: unknown = JSON.parse(atob(part));
    return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function expired(error: unknown, { server, sql, inTransaction }: Place): ToolError {
  const why = inTransaction
    ? "the server ended the session with the open transaction, because it heard nothing for too long or was started anew; all of the transaction is undone, run it again"
    : "the server ended the session, because it heard nothing for too long or was started anew; run it again";
  return new ToolError("connect", `${server}: ${why}`, { server, sql, code: "STREAM_EXPIRED" }, { cause: error });
}

/**
 * Whether the server has forgotten the session, and so has not even looked at the statement: nothing was heard for ten seconds, or it does not know the
 * baton, because it was started anew.
 */
export const isForgotten = (error: unknown): boolean => {
  const { name, code = "", message = "", status } = error as Failure;
  return (name === "ResponseError" && /^STREAM_/.test(code)) || (status === 400 && /\bbaton\b/.test(message));
};

/** The server's parser counts lines and bytes from 1 and stands behind the token; SQLite's own counts bytes from 0. */
function positioned(
  said: string,
  statement: string,
): { readonly message: string; readonly byteOffset: number | undefined } {
  const text = said.replace(/^(?:SQLite error|SQL input error|SQL string could not be parsed): /, "");
  const input = / \(at offset (\d+)\)$/.exec(text);
  if (input) return { message: text.slice(0, input.index), byteOffset: Number(input[1]) };
  const around = /^syntax error around L(\d+):(\d+): `([\s\S]*)`$/.exec(text);
  if (around) {
    const [, line, column, token = ""] = around;
    const end = byteAt(statement, Number(line), Number(column));
    return { message: `near "${token}": syntax error`, byteOffset: Math.max(0, end - bytesOf(token)) };
  }
  const at = / at \((\d+), (\d+)\)$/.exec(text);
  if (!at) return { message: text, byteOffset: undefined };
  const end = byteAt(statement, Number(at[1]), Number(at[2]));
  const message = text.slice(0, at.index);
  // A keyword where it may not stand, named as the parser calls it; it stands behind that as well.
  const word =
    /syntax error$/.test(message) && /(?:\w+|\S)$/.exec(statement.slice(0, utf16Offset(statement, end)))?.[0];
  if (word) return { message: `near "${word}": syntax error`, byteOffset: end - bytesOf(word) };
  return { message, byteOffset: Math.min(end, bytesOf(statement)) };
}

function byteAt(text: string, line: number, column: number): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, each) => sum + bytesOf(each) + 1, 0) + column - 1;
}

/** The server knows primary codes only, and not all of them; which constraint it was is in the message. */
function codeOf(code: string | undefined, message: string): string | undefined {
  if (code === "SQLITE_CONSTRAINT") return constraintCodes.find(([words]) => message.startsWith(words))?.[1] ?? code;
  if (code === "SQLITE_UNKNOWN" || code === "SQL_INPUT_ERROR") return "SQLITE_ERROR";
  if (code === "SQL_PARSE_ERROR") return /unsupported statement/.test(message) ? "SQL_UNSUPPORTED" : "SQLITE_ERROR";
  return code;
}

const constraintCodes: readonly (readonly [string, string])[] = [
  ["UNIQUE", "SQLITE_CONSTRAINT_UNIQUE"],
  ["NOT NULL", "SQLITE_CONSTRAINT_NOTNULL"],
  ["FOREIGN KEY", "SQLITE_CONSTRAINT_FOREIGNKEY"],
  ["CHECK", "SQLITE_CONSTRAINT_CHECK"],
];

const unsupportedHint =
  "a libSQL server takes no VACUUM, ATTACH, ANALYZE, temporary tables, and only a few PRAGMAs; a local file takes them all";

const advices: Readonly<Record<string, string>> = {
  RESPONSE_TOO_LARGE:
    "the server answers with so much at most (10 MB, if nobody told it otherwise); ask for less, with --where or --limit where rows are generated",
  TRANSACTION_TIMEOUT:
    "the server undid it, because it was open for more than five seconds while somebody else wanted to write",
};

/** Bun puts the code on the error, Node on its cause, and wraps several of them. */
function networkCode(failure: Failure): string | undefined {
  for (let each: Failure | undefined = failure; each; each = each.cause as Failure | undefined) {
    const first = (each as { readonly errors?: readonly Failure[] }).errors?.[0];
    if (typeof each.code === "string") return each.code;
    if (typeof first?.code === "string") return first.code;
  }
  return undefined;
}

const textOf = (failure: Failure): string =>
  [failure.message, (failure.cause as Failure | undefined)?.message].filter((text) => text).join(": ");

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The server counts bytes, texts count UTF-16 units. */
const utf16Offset = (text: string, bytes: number): number =>
  new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes)).length;
