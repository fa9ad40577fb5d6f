import { ToolError } from "../../core/errors.ts";
import type { YdbTarget } from "./url.ts";

/** What the network and the client of gRPC put into their errors. */
interface Failure {
  /** A status of gRPC: https://ydb.tech/docs/en/reference/ydb-sdk/grpc-status-codes */
  readonly code?: unknown;
  readonly details?: string;
  readonly message?: string;
}

/** What YDB says of a request that it refuses: a word for the status, and a tree of issues. */
export interface Refusal {
  /** `SCHEME_ERROR`: https://ydb.tech/docs/en/reference/ydb-sdk/ydb-status-codes */
  readonly status: string;
  readonly issues: readonly Issue[];
}

export interface Issue {
  readonly message: string;
  /** Row and column from 1. */
  readonly position?: { readonly row: number; readonly column: number } | undefined;
  readonly issues: readonly Issue[];
}

/** A request that YDB has answered, and refused. */
export class Refused extends Error implements Refusal {
  readonly status: string;
  readonly issues: readonly Issue[];
  constructor({ status, issues }: Refusal) {
    super(messageOf(issues) || status);
    this.status = status;
    this.issues = issues;
  }
}

type Place = Pick<YdbTarget, "host" | "port" | "tls" | "user" | "password" | "token" | "database">;

/** The ToolError `connect` for a connection that did not come about. */
export function connectFailure(error: unknown, place: Place): ToolError {
  const said = withoutSecrets(reasonOf(error), place);
  const status = error instanceof Refused ? error.status : statusOf(error);
  const explain = explanations.find(([pattern]) => pattern.test(`${status ?? ""} ${said}`))?.[1];
  return new ToolError(
    "connect",
    explain?.(place, said) ?? `${nameOf(place)} cannot be used: ${said}`,
    {
      host: place.host,
      port: place.port,
      ...(status !== undefined && { code: status }),
      ...(/ECONNREFUSED/.test(said) && { starting: true }),
    },
    { cause: error },
  );
}

/** The ToolError for a statement that failed: `connect` when the connection is gone, else `database`. `offset`: of the statement in its text. */
export function statementFailure(
  error: unknown,
  sql: string,
  place: Place,
  statement: { readonly text: string; readonly offset: number },
): ToolError {
  if (!(error instanceof Refused)) {
    const status = statusOf(error);
    if (status === "CANCELLED")
      return new ToolError("database", "the statement was cancelled", { sql, code: status }, { cause: error });
    return new ToolError(
      "connect",
      `the connection to ${nameOf(place)} was lost (${withoutSecrets(reasonOf(error), place)}); what became of the statement is not known`,
      { sql, host: place.host, port: place.port, ...(status !== undefined && { code: status }) },
      { cause: error },
    );
  }
  const at = deepest(error.issues)?.position;
  const offset = at && offsetOf(statement.text, at);
  return new ToolError(
    "database",
    error.message,
    { sql, code: error.status, ...(offset !== undefined && { offset: statement.offset + offset }) },
    { cause: error },
  );
}

/** What the innermost issues say: those around them say of which part of the work they are. */
function messageOf(issues: readonly Issue[]): string {
  const texts = issues.flatMap((issue) => leaves(issue)).map(({ message }) => message.trim());
  return [...new Set(texts.filter((text) => text !== ""))].join("; ");
}

const leaves = (issue: Issue): readonly Issue[] => (issue.issues.length === 0 ? [issue] : issue.issues.flatMap(leaves));

const deepest = (issues: readonly Issue[]): Issue | undefined =>
  issues.flatMap(leaves).find(({ position }) => position !== undefined && position.row > 0);

/** Columns count bytes of UTF-8. */
function offsetOf(sql: string, { row, column }: { readonly row: number; readonly column: number }): number | undefined {
  const lines = sql.split("\n");
  const line = lines[row - 1];
  if (line === undefined) return undefined;
  const before = lines.slice(0, row - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return before + new TextDecoder().decode(new TextEncoder().encode(line).subarray(0, Math.max(0, column - 1))).length;
}

const statuses = ["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS"];
const moreStatuses = ["PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE"];
const lastStatuses = ["UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"];
const allStatuses = [...statuses, ...moreStatuses, ...lastStatuses];

/** The word for a status of gRPC. */
function statusOf(error: unknown): string | undefined {
  const { code, name } = error as Failure & { readonly name?: string };
  if (name === "AbortError") return "CANCELLED";
  if (name === "TimeoutError") return "DEADLINE_EXCEEDED";
  return typeof code === "number" ? allStatuses[code] : undefined;
}

function reasonOf(error: unknown): string {
  const { details, message } = error as Failure;
  return (details || message || String(error)).replace(/ Resolution note: *$/, "").trim();
}

const nameOf = ({ host, port }: Place): string => `${host}:${port}`;

const withoutSecrets = (message: string, { password, token }: Place): string =>
  [password, token].reduce((text: string, secret) => (secret ? text.replaceAll(secret, "***") : text), message);

type Explain = (place: Place, said: string) => string;

const explanations: readonly (readonly [RegExp, Explain])[] = [
  [
    /DEADLINE_EXCEEDED/,
    (place) =>
      `${nameOf(place)} does not answer; check host, port and firewalls, and whether ydb:// or, with TLS, ydbs:// is right`,
  ],
  [
    /Name resolution failed|ENOTFOUND|EAI_AGAIN/,
    ({ host }) => `the host "${host}" cannot be found; check its spelling in the connection URL, and the network`,
  ],
  [/ECONNREFUSED/, (place) => `no server answers at ${nameOf(place)}; is YDB running there, and is the port right?`],
  [
    /ServerName to an IP address/,
    ({ host }) =>
      `"${host}" is an address, and a certificate is for a name; give the host by its name, or say tls_server_name`,
  ],
  [
    /certificate|CERT_|SELF_SIGNED|UNABLE_TO_|ALTNAME/i,
    (place, said) =>
      `the certificate of ${nameOf(place)} is not trusted: ${said}; name the file of its authority in ca`,
  ],
  [
    /wrong version number|EPROTO|ERR_SSL|SSL routines|BoringSSL|TLS/i,
    (place) => `the server at ${nameOf(place)} does not speak TLS there; use ydb://, or the port that it has for TLS`,
  ],
  [
    /UNAUTHENTICATED|UNAUTHORIZED|PERMISSION_DENIED|Invalid password|Could not find correct token|Access denied/i,
    ({ user, token }, said) =>
      user === undefined
        ? `the server does not accept ${token === undefined ? "somebody without a name" : "that token"} (${said}); give the URL ${token === undefined ? "user and password, or a token" : "another one"}`
        : `the server does not accept user "${user}" with that password (${said}); check both in the URL`,
  ],
  [
    /NOT_FOUND|Unknown database|Database .*(?:not found|does not exist)|SCHEME_ERROR/i,
    ({ database }, said) => `there is no database "${database}" on the server (${said}); check its path in the URL`,
  ],
  [
    /UNIMPLEMENTED|HTTP2|PROTOCOL_ERROR|socket hang up|ECONNRESET|connection (?:closed|dropped)|404/i,
    (place, said) =>
      `what listens at ${nameOf(place)} does not answer as YDB does (${said}); check the port, and whether ydb:// or, with TLS, ydbs:// is right`,
  ],
];
