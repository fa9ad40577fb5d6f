import { ToolError } from "../../core/errors.ts";

/** Where a connection goes to. */
export interface Place {
  /** For people: `db.example.org:1433`, `db.example.org\SALES`. */
  readonly name: string;
  readonly host: string;
  readonly user: string;
  readonly database?: string;
}

/** What tedious, the network and the server put into their errors. */
export interface Failure {
  readonly code?: string;
  readonly message?: string;
  /** Of the server. */
  readonly number?: number;
  readonly lineNumber?: number;
  readonly procName?: string;
  readonly cause?: unknown;
  /** Where the server has said several things. */
  readonly errors?: readonly Failure[];
}

/** The ToolError `connect` for a connection that did not come about. `said`: what the server said, where it did. */
export function connectFailure(error: unknown, place: Place, said?: Failure): ToolError {
  const failure = said ?? innermost(error as Failure);
  const code = codeOf(failure) ?? (error as Failure).code;
  const message = oneLine(failure.message ?? String(error));
  const explain = explanations.find(([pattern]) => pattern.test(`${code ?? ""} ${message}`))?.[1];
  return new ToolError(
    "connect",
    explain?.(place, message) ?? `${place.name} cannot be used: ${message}`,
    {
      host: place.host,
      server: place.name,
      ...(code && { code }),
      ...(starting.test(code ?? "") && { starting: true }),
    },
    { cause: error },
  );
}

/** Nobody listens; the server or the database is not there yet, or has no room (40613 and its kind are of Azure). */
const starting =
  /^(?:ECONNREFUSED|904|921|922|927|6005|10928|10929|17142|17187|18401|18461|40197|40501|40613|49918|49919|49920)$/;

/** The ToolError for a statement that failed: `connect` when the connection is gone, else `database`. `offset`: of the batch in its text. */
export function statementFailure(
  error: unknown,
  sql: string,
  place: Place,
  batch = { text: sql, offset: 0 },
): ToolError {
  const all = (error as Failure).errors ?? [error as Failure];
  const first = all.find((each) => each.number !== undefined) ?? all[0] ?? {};
  const code = codeOf(first);
  if (first.number === undefined && code !== "ECANCEL") return lost(error, first, sql, place);
  const message = all.map(({ message: text }) => oneLine(text ?? "")).join("; ") || "the statement was cancelled";
  const offset = offsetOf(first, batch.text);
  return new ToolError(
    "database",
    noRoom(first.number)
      ? `the disk of the server is full, or what the database may take: ${message}; make room there, then run it again`
      : message,
    {
      sql,
      ...(code && { code }),
      ...(hints[first.number ?? 0] && { hint: hints[first.number ?? 0] }),
      ...(first.procName && { procedure: first.procName }),
      ...(offset !== undefined && { offset: batch.offset + offset }),
    },
    { cause: error },
  );
}

const noRoom = (number: number | undefined): boolean => [1101, 1105, 9002, 40544].includes(number ?? 0);

const hints: Readonly<Record<number, string>> = {
  1785: "of several foreign keys by which one row reaches another, only one may do anything (CASCADE, SET NULL); give the others NO ACTION",
  5074: "an index, a default or another constraint that is not in the migrations stands on the column; drop it first",
  15336:
    "a check, a computed column or a view with SCHEMABINDING that is not in the migrations names it; drop that first",
  3902: "something in the SQL has ended the transaction of the migration",
};

/** The server counts lines from 1, in the batch or, inside of one, in the procedure. It says what stands near the fault, and no column. */
function offsetOf({ lineNumber, procName, message = "" }: Failure, sql: string): number | undefined {
  if (lineNumber === undefined || lineNumber < 1 || procName) return undefined;
  const lines = sql.split("\n");
  if (lineNumber > lines.length) return undefined;
  const start = lines.slice(0, lineNumber - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const near = /near (?:the keyword )?'([^']+)'/.exec(message)?.[1];
  const within = near === undefined ? -1 : (lines[lineNumber - 1] ?? "").indexOf(near);
  return within < 0 ? start : start + within;
}

function lost(error: unknown, failure: Failure, sql: string, place: Place): ToolError {
  const inner = innermost(failure);
  return new ToolError(
    "connect",
    `the connection to ${place.name} was lost (${oneLine(inner.message ?? String(error))}); the server rolls back what was not committed: look at its log, then run it again`,
    { sql, server: place.name, code: codeOf(inner) ?? "ECLOSE" },
    { cause: error },
  );
}

/** The network's own error is inside of tedious's. */
function innermost(failure: Failure): Failure {
  const inner = (failure.errors?.[0] ?? failure.cause) as Failure | undefined;
  return inner && typeof inner === "object" ? innermost(inner) : failure;
}

const codeOf = ({ number, code }: Failure): string | undefined => (number === undefined ? code : String(number));

const oneLine = (text: string): string => text.trim().replace(/\s+/g, " ").slice(0, 2000);

type Explain = (place: Place, said: string) => string;

/** https://learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-18456-database-engine-error and its neighbours. */
const explanations: readonly (readonly [RegExp, Explain])[] = [
  [
    /^(?:4060|4063) /,
    ({ name, database, user }) =>
      `there is no database "${database ?? ""}" at ${name}, or user "${user}" may not open it; create it first: CREATE DATABASE [${(database ?? "").replaceAll("]", "]]")}]`,
  ],
  [
    /^4064 /,
    ({ name, user }) => `the database in which user "${user}" begins at ${name} cannot be opened; name one in the URL`,
  ],
  [
    /^(?:18487|18488) /,
    ({ name, user }) =>
      `the password of user "${user}" at ${name} has expired, or has to be changed; give it a new one (ALTER LOGIN)`,
  ],
  [/^18470 /, ({ name, user }) => `user "${user}" is disabled at ${name} (ALTER LOGIN … ENABLE)`],
  [
    /^(?:18452|18456|18463|18464|18466|40532) |^ELOGIN /,
    ({ name, user }, said) =>
      `${name} does not let user "${user}" in: ${said}; check user and password, and whether the server takes logins of its own (mixed mode)`,
  ],
  [/^(?:17809|17810|10928|10929|18461) /, ({ name }, said) => `${name} has no connection left: ${said}`],
  [
    /^(?:40613|40197|40501|904|921|922|927|6005|17142|17187|18401) /,
    ({ name }, said) => `${name} is not ready: ${said}; try again in a moment`,
  ],
  [
    /^EINSTLOOKUP /,
    ({ name }, said) =>
      `${name} does not say where its instance listens (${said}); is SQL Server Browser running there (UDP port 1434)? Else give the port`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|EAI_NODATA|getaddrinfo|ENODATA/,
    ({ host }) => `the host "${host}" cannot be found; check its spelling in the connection URL, and the network`,
  ],
  [
    /ECONNREFUSED/,
    ({ name }) =>
      `no server answers at ${name}; is SQL Server running there, is TCP/IP switched on, and is the port right?`,
  ],
  [
    /ETIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    ({ name }) =>
      `${name} did not answer in time; check host, port and firewall, or give it longer with ?connectTimeout=SECONDS in the URL`,
  ],
  [
    /^EPLAIN /,
    ({ name }) =>
      `${name} does not offer TLS, so that the password would go over the network in the clear; use ?encrypt=false if that is meant`,
  ],
  [/^EENCRYPT /, ({ name }) => `${name} wants TLS; leave ?encrypt=false out`],
  [
    /ALTNAME/,
    ({ name }, said) =>
      `the certificate of ${name} is for another host (${said}); connect by the name in the certificate, or name it with ?hostNameInCertificate=NAME`,
  ],
  [
    /CERT|SELF_SIGNED|self.signed|UNABLE_TO_VERIFY|unable to verify|ISSUER/i,
    ({ name }, said) =>
      `the certificate of ${name} is not trusted (${said}); name its certificate authority with ?ca=FILE, or trust it as it is with ?trustServerCertificate=true`,
  ],
  [
    /incoming packet|ECONNRESET|EPIPE|socket hang up|closed|Unknown type|Unexpected|unrecognized|SSL|TLS|prelogin/i,
    ({ name }, said) =>
      `${name} does not answer as SQL Server does (${said}); is that its port, and has encrypt the right value (true, strict or false)?`,
  ],
];
