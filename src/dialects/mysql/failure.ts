import { ToolError } from "../../core/errors.ts";

/** Where a connection goes to. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  /** For people: `db.example.org:3306`, or the path of a socket. */
  readonly name: string;
  readonly user?: string;
  readonly database: string;
}

/** What mysql2, the network and the server put into their errors. */
export interface Failure {
  /** Of the network and of mysql2; of the server, its symbol (`ER_NO_SUCH_TABLE`) where mysql2 knows it. */
  readonly code?: string;
  readonly errno?: number;
  readonly sqlState?: string;
  readonly sqlMessage?: string;
  readonly message?: string;
  readonly fatal?: boolean;
}

/** The ToolError `connect` for a connection that did not come about. */
export function connectFailure(error: unknown, place: Place): ToolError {
  const failure = error as Failure;
  const said = failure.sqlMessage ?? failure.message ?? "unknown reason";
  const explain =
    ofServer[failure.errno ?? 0] ?? ofNetwork[failure.code ?? ""] ?? (isTlsCode(failure.code) ? untrusted : undefined);
  const code = codeOf(failure);
  return new ToolError(
    "connect",
    explain?.(place, said) ?? `${place.name} cannot be used: ${said}`,
    {
      host: place.host,
      port: place.port,
      ...(code && { code }),
      ...(starting.has(code ?? "") && { starting: true }),
    },
    { cause: error },
  );
}

/** Nobody listens, too many connections (in all, or of this user), shutting down: a moment later it may be otherwise. */
const starting = new Set(["ECONNREFUSED", "ENOENT", "1040", "1203", "1053"]);

/** The ToolError for a statement that failed: `connect` when the connection is gone, else `database`. `offset`: of the statement in its text. */
export function statementFailure(
  error: unknown,
  sql: string,
  place: Place,
  statement = { text: sql, offset: 0 },
): ToolError {
  const failure = error as Failure;
  if (isLost(failure)) return lost(failure, sql, place);
  // Some servers let a user in whose password has expired, for a new one to be set.
  if (failure.errno === 1820) return connectFailure(error, place);
  const said = failure.sqlMessage ?? failure.message ?? String(error);
  const message = noRoom(failure.errno, said) ?? said;
  const within = positionOf(said, statement.text);
  const code = codeOf(failure);
  return new ToolError(
    "database",
    message,
    {
      sql,
      ...(code && { code }),
      ...(failure.sqlState && { sqlstate: failure.sqlState }),
      ...(hints[failure.errno ?? 0] && { hint: hints[failure.errno ?? 0] }),
      ...(within !== undefined && { offset: statement.offset + within }),
    },
    { cause: error },
  );
}

/** A table is "full" (1114) where its file cannot grow; 28 and 135 are what the system and InnoDB call a full disk. */
function noRoom(errno: number | undefined, said: string): string | undefined {
  const full = errno === 1021 || errno === 1114 || /errno: (?:28|135)\b/.test(said);
  return full
    ? `the disk of the server is full, or what it may take for its tables: ${said}; make room there, then run it again`
    : undefined;
}

/** The server's number as text: its symbols are not the same everywhere, and SQLSTATE is HY000 for most. */
const codeOf = ({ errno, code, sqlState }: Failure): string | undefined =>
  sqlState !== undefined && errno !== undefined ? String(errno) : code;

const hints: Readonly<Record<number, string>> = {
  1170: "TEXT and BLOB columns are indexed by their beginning only: give the field a type with a length, such as varchar",
  1075: "a column that the database numbers has to be a key: make it an integer first, or the primary key later",
};

/** `… near 'SELEC 1' at line 2`: where that stands, in UTF-16 units; the server says no more. */
function positionOf(message: string, sql: string): number | undefined {
  const [, near, line] = /near '([\s\S]*)' at line (\d+)$/.exec(message) ?? [];
  if (near === undefined) return undefined;
  const lines = sql.split("\n");
  const start = lines.slice(0, Number(line) - 1).reduce((sum, text) => sum + text.length + 1, 0);
  if (near === "") return sql.length;
  const found = sql.indexOf(near, Math.min(start, sql.length));
  return found >= 0 ? found : undefined;
}

export const isLost = ({ code, errno, fatal }: Failure): boolean =>
  lostCodes.has(code ?? "") || lostNumbers.has(errno ?? 0) || (fatal === true && errno === undefined);

const lostCodes = new Set(["PROTOCOL_CONNECTION_LOST", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ECONNABORTED"]);
/** Shutdown, killed, idle for too long: https://mariadb.com/kb/en/mariadb-error-code-reference/ */
const lostNumbers = new Set([1053, 1079, 1927, 4031]);

function lost(failure: Failure, sql: string, place: Place): ToolError {
  const said = failure.sqlMessage ? ` (${failure.sqlMessage})` : "";
  return new ToolError(
    "connect",
    `the connection to ${place.name} was lost${said}; the server rolls back what was not committed: look at the database's log, then run it again`,
    { sql, host: place.host, port: place.port, code: codeOf(failure) ?? "PROTOCOL_CONNECTION_LOST" },
    { cause: failure },
  );
}

type Explain = (place: Place, said: string) => string;

const noServer: Explain = ({ name, socket }) =>
  socket
    ? `there is no MySQL socket "${socket}"; is the server running, and is that the path of its socket?`
    : `no server answers at ${name}; is it running there, and is the port right?`;
const noHost: Explain = ({ host }) =>
  `the host "${host}" cannot be found; check its spelling in the connection URL, and the network`;
const tooSlow: Explain = ({ name }) =>
  `${name} did not answer in time; check host, port and firewall, or give it longer with ?connect-timeout=SECONDS in the URL`;
const noMysql: Explain = ({ name }) =>
  `${name} ended the connection while it was being set up; is a MySQL or MariaDB server listening there?`;
const refused: Explain = ({ name, user }, said) =>
  `${name} does not let user "${user ?? ""}" in: ${said}; check user, password and from which hosts the user may come`;
const untrusted: Explain = ({ name }, said) =>
  `the certificate of ${name} is not trusted (${said}); name its certificate authority with ssl-ca=FILE in the URL`;

const ofServer: Readonly<Record<number, Explain>> = {
  1044: ({ name, user, database }) =>
    `user "${user ?? ""}" may not use the database "${database}" at ${name}; grant the rights, or check the name`,
  1045: refused,
  1049: ({ name, database }) =>
    `there is no database "${database}" at ${name}; create it first: CREATE DATABASE \`${database.replaceAll("`", "``")}\` CHARACTER SET utf8mb4`,
  1040: ({ name }) => `${name} has no connection left; close some, or raise its max_connections`,
  1129: ({ name }, said) => `${name} refuses this host: ${said}`,
  1130: refused,
  1203: ({ name }, said) => `${name} has no connection left for this user: ${said}`,
  1698: refused,
  1820: ({ name, user }) =>
    `the password of user "${user ?? ""}" at ${name} has expired; set a new one: ALTER USER … IDENTIFIED BY …`,
  1862: ({ name, user }) =>
    `the password of user "${user ?? ""}" at ${name} has expired; set a new one: ALTER USER … IDENTIFIED BY …`,
  3118: refused,
  4151: refused,
};

const ofNetwork: Readonly<Record<string, Explain>> = {
  ECONNREFUSED: noServer,
  ENOENT: noServer,
  EACCES: ({ name }) => `this user may not open ${name}`,
  ENOTFOUND: noHost,
  EAI_AGAIN: noHost,
  ENODATA: noHost,
  ETIMEDOUT: tooSlow,
  EHOSTUNREACH: tooSlow,
  ENETUNREACH: tooSlow,
  ECONNRESET: noMysql,
  EPIPE: noMysql,
  PROTOCOL_CONNECTION_LOST: noMysql,
  HANDSHAKE_NO_SSL_SUPPORT: ({ name }) =>
    `${name} does not offer TLS; use ssl-mode=disabled in the URL if the way there is safe`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ name }, said) =>
    `the certificate of ${name} is for another host (${said}); connect by the name in the certificate, or use ssl-mode=verify_ca`,
};

const isTlsCode = (code: string | undefined): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER|^ERR_(?:SSL|TLS)|HANDSHAKE_SSL_ERROR/.test(code ?? "");
