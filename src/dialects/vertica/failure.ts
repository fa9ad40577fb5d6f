import { ToolError } from "../../core/errors.ts";
import type { VerticaTarget } from "./url.ts";

/** What vertica-nodejs, the network and the server put into their errors; `code` is an SQLSTATE or of the network. */
interface Failure {
  readonly code?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Characters from 1, as text. */
  readonly position?: string;
}

type Place = Pick<VerticaTarget, "host" | "port" | "user" | "database" | "password">;

/** The ToolError `connect` for a connection that did not come about. */
export function connectFailure(error: unknown, place: Place): ToolError {
  const { code, message = String(error) } = error as Failure;
  const said = withoutPassword(message, place);
  const explain = explanations.find(([pattern]) => pattern.test(`${code ?? ""} ${message}`))?.[1];
  return new ToolError(
    "connect",
    explain?.(place, said) ?? `${nameOf(place)} cannot be used: ${said}`,
    {
      host: place.host,
      port: place.port,
      ...(code && { code }),
      ...(/^(?:ECONNREFUSED|57V03|57P03)$/.test(code ?? "") && { starting: true }),
    },
    { cause: error },
  );
}

/** The ToolError for a statement that failed: `connect` when the connection is gone, else `database`. `offset`: of the statement in its text. */
export function statementFailure(error: unknown, sql: string, place: Place, offset = 0): ToolError {
  const { code, message = String(error), detail, hint, position } = error as Failure;
  if (lost.test(`${code ?? ""} ${message}`))
    return new ToolError(
      "connect",
      `the connection to ${nameOf(place)} was lost (${message}); what became of the statement is not known`,
      { sql, host: place.host, port: place.port, ...(code && { code }) },
      { cause: error },
    );
  return new ToolError(
    "database",
    message,
    {
      sql,
      ...(code && { code }),
      ...(detail && { detail }),
      ...(hint && { hint }),
      ...(position !== undefined && /^\d+$/.test(position) && { offset: offset + Number(position) - 1 }),
    },
    { cause: error },
  );
}

const lost =
  /ECONNRESET|EPIPE|ETIMEDOUT|57V01|57P01|Connection terminated|not queryable|was closed|socket (?:hang up|closed)/;

const nameOf = ({ host, port }: Place): string => `${host}:${port}`;

const withoutPassword = (message: string, { password }: Place): string =>
  password ? message.replaceAll(password, "***") : message;

type Explain = (place: Place, said: string) => string;

const explanations: readonly (readonly [RegExp, Explain])[] = [
  [
    /ENOTFOUND|EAI_AGAIN|Could not resolve/,
    ({ host }) => `the host "${host}" cannot be found; check its spelling in the connection URL, and the network`,
  ],
  [
    /ECONNREFUSED/,
    (place) => `no server answers at ${nameOf(place)}; is Vertica running there, and is the port right?`,
  ],
  [/timeout expired|ETIMEDOUT/, (place) => `${nameOf(place)} does not answer; check host, port and firewalls`],
  [
    /does not support TLS/,
    (place) => `the server at ${nameOf(place)} does not offer TLS; say tls_mode=disable, or set TLS up there`,
  ],
  [
    /certificate|CERT_|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/i,
    (place, said) =>
      `the certificate of ${nameOf(place)} is not trusted: ${said}; name the file of its authority in tls_trusted_certs`,
  ],
  [
    /28000|28P01|Invalid username or password|authentication failed/i,
    ({ user }) => `the server does not accept user "${user ?? ""}" with that password; check both in the URL`,
  ],
  [
    /3D000|database .* does not exist|Invalid database/i,
    ({ database }) => `there is no database "${database ?? ""}" on the server; check its name in the URL`,
  ],
];
