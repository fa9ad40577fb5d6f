import { ToolError } from "../../core/errors.ts";

/** Where a connection goes to. */
export interface Place {
  readonly host: string;
  readonly port: number;
  /** For people: `db.example.org:5432`, or the path of a socket. */
  readonly name: string;
  readonly socket?: string;
  readonly user?: string;
  readonly database?: string;
}

/** What postgres.js, the network and the server put into their errors. */
interface Failure {
  readonly code?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly where?: string;
  /** Characters (not UTF-16 units) from 1, as text. */
  readonly position?: string;
  readonly constraint_name?: string;
  readonly table_name?: string;
  readonly column_name?: string;
}

/** The ToolError `connect` for a connection that did not come about. */
export function connectFailure(error: unknown, place: Place): ToolError {
  const failure = error as Failure;
  const explain = explanations[failure.code ?? ""] ?? (isTlsCode(failure.code) ? untrusted : undefined);
  const why = explain?.(place, failure) ?? `${place.name} cannot be used: ${failure.message ?? "unknown reason"}`;
  return new ToolError(
    "connect",
    why,
    {
      host: place.host,
      port: place.port,
      ...(failure.code && { code: failure.code }),
      ...(startingCodes.has(failure.code ?? "") && { starting: true }),
    },
    { cause: error },
  );
}

/** Nobody listens, `cannot_connect_now`, `too_many_connections`: a moment later it may be otherwise. */
const startingCodes = new Set(["ECONNREFUSED", "ENOENT", "57P03", "53300"]);

/**
 * The ToolError for a statement that failed: `connect` when the connection is gone, else `database`. `before` characters were sent in front
 * of it.
 */
export function statementFailure(error: unknown, sql: string, place: Place, before = 0): ToolError {
  const failure = error as Failure;
  if (lostCodes.has(failure.code ?? "")) return lost(failure, sql, place);
  const offset = failure.position === undefined ? undefined : offsetOf(sql, Number(failure.position) - before);
  const message = noRoomCodes.has(failure.code ?? "") ? noRoom(failure) : (failure.message ?? String(error));
  return new ToolError(
    "database",
    message,
    { sql, ...details(failure), ...(offset !== undefined && { offset }) },
    { cause: error },
  );
}

/** `disk_full`; a file that cannot be begun, such as that of a new session, has no code of its own. */
const noRoomCodes = new Set(["53100"]);

const noRoom = ({ message }: Failure): string =>
  `the disk of the server is full: ${message}; make room there, then run it again`;

/** The server counts characters from 1; editors and JavaScript count UTF-16 units from 0. */
export function offsetOf(sql: string, position: number): number {
  let units = 0;
  let characters = 1;
  for (const character of sql) {
    if (characters >= position) break;
    units += character.length;
    characters++;
  }
  return units;
}

function details(failure: Failure): Readonly<Record<string, string>> {
  const { code, detail, hint, where, constraint_name: constraint, table_name: table, column_name: column } = failure;
  const all = { code, detail, hint, where, constraint, table, column };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

const lostCodes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P05",
  "08006",
  "08003",
]);

function lost(failure: Failure, sql: string, place: Place): ToolError {
  const said = failure.code?.startsWith("5") ? ` (${failure.message})` : "";
  return new ToolError(
    "connect",
    `the connection to ${place.name} was lost${said}; the server rolls back what was not committed: look at the database's log, then run it again`,
    { sql, host: place.host, port: place.port, code: failure.code ?? "CONNECTION_CLOSED" },
  );
}

type Explain = (place: Place, failure: Failure) => string;

const noServer: Explain = ({ name, socket }) =>
  socket
    ? `there is no PostgreSQL socket "${socket}"; is the server running, and is that its socket directory and port?`
    : `no server answers at ${name}; is PostgreSQL running there, and is the port right?`;

const noHost: Explain = ({ host }) =>
  `the host "${host}" cannot be found; check its spelling in the connection URL, and the network`;

const tooSlow: Explain = ({ name }) =>
  `${name} did not answer in time; check host, port and firewall, or give it longer with ?connect_timeout=SECONDS in the URL`;

const noTls: Explain = ({ name }) =>
  `${name} ended the connection while it was being set up; if it is a PostgreSQL server without TLS, use sslmode=disable in the URL`;

const refused: Explain = ({ name, user }, { message }) =>
  `${name} does not let user "${user ?? ""}" in: ${message}; check user and password (one that has expired is refused in the same words: VALID UNTIL of the role), and the server's pg_hba.conf`;

const untrusted: Explain = ({ name }, { message, code }) =>
  `the certificate of ${name} is not trusted (${message ?? code}); name its certificate authority with sslrootcert=FILE in the URL`;

const explanations: Readonly<Record<string, Explain>> = {
  ECONNREFUSED: noServer,
  ENOENT: noServer,
  EACCES: ({ name }) => `this user may not open ${name}`,
  ENOTFOUND: noHost,
  EAI_AGAIN: noHost,
  ENODATA: noHost,
  CONNECT_TIMEOUT: tooSlow,
  ETIMEDOUT: tooSlow,
  EHOSTUNREACH: tooSlow,
  ENETUNREACH: tooSlow,
  ECONNRESET: noTls,
  EPIPE: noTls,
  CONNECTION_CLOSED: noTls,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ name }, { message }) =>
    `the certificate of ${name} is for another host (${message}); connect by the name in the certificate, or use sslmode=verify-ca`,
  "28P01": refused,
  "28000": refused,
  "3D000": ({ name, database }) =>
    `there is no database "${database ?? ""}" at ${name}; create it first: CREATE DATABASE "${(database ?? "").replaceAll('"', '""')}"`,
  "53300": ({ name }) => `${name} has no connection left; close some, or raise its max_connections`,
  "57P03": ({ name }, { message }) => `${name} is not ready: ${message}; try again in a moment`,
  "42704": ({ name }, { message }) => `${name} refuses a parameter of the connection URL: ${message}`,
  "22023": ({ name }, { message }) => `${name} refuses a parameter of the connection URL: ${message}`,
};

const isTlsCode = (code: string | undefined): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER|^ERR_(?:SSL|TLS)/.test(code ?? "");

/** An error in the words of a database that only speaks the protocol of PostgreSQL. */
export function calledOtherwise(
  error: unknown,
  called: { readonly title: string; readonly scheme: string } | undefined,
): unknown {
  if (!called || !(error instanceof ToolError)) return error;
  const message = error.message.replaceAll("PostgreSQL", called.title).replaceAll("postgres://", `${called.scheme}://`);
  return new ToolError(error.code, message, error.data, { cause: error.cause });
}
