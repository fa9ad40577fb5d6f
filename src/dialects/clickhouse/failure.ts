import { ToolError } from "../../core/errors.ts";
import type { ClickhouseTarget } from "./url.ts";

/** What the client, the network and the server put into their errors. */
export interface Failure {
  /** Of the server a number as text; of the network a word. */
  readonly code?: string;
  /** The server's symbol: `UNKNOWN_TABLE`. */
  readonly type?: string;
  readonly message?: string;
  readonly cause?: unknown;
}

/** The ToolError `connect` for a server that cannot be used. */
export function connectFailure(error: unknown, target: ClickhouseTarget): ToolError {
  const failure = error as Failure;
  const code = codeOf(failure);
  const said = firstLine(failure);
  const explain = explanations.find(([pattern]) => pattern.test(`${code ?? ""} ${said}`))?.[1];
  return new ToolError(
    "connect",
    explain?.(target, said) ?? `${target.origin} cannot be used: ${said}`,
    {
      url: target.origin,
      ...(code && { code }),
      ...(isStarting(code, said) && { starting: true }),
    },
    { cause: error },
  );
}

/** The ToolError for a statement that failed: `connect` when the server is gone, else `database`. */
export function statementFailure(
  error: unknown,
  sql: string,
  target: ClickhouseTarget,
  statement = { text: sql, offset: 0 },
): ToolError {
  const failure = error as Failure;
  const code = codeOf(failure);
  const said = firstLine(failure);
  if (failure.type === undefined)
    return new ToolError(
      "connect",
      `the connection to ${target.origin} was lost (${said}); the server may be at work on the statement still: look at its system.processes, then run it again`,
      { sql, url: target.origin, ...(code && { code }) },
      { cause: error },
    );
  const offset = positionIn(said, statement.text);
  return new ToolError(
    "database",
    shortened(said),
    { sql, ...(code && { code }), ...(offset !== undefined && { offset: statement.offset + offset }) },
    { cause: error },
  );
}

/** The network's errors are wrapped by some runtimes. */
function codeOf({ type, code, cause }: Failure): string | undefined {
  if (type !== undefined) return type;
  const inner = (cause as Failure | undefined)?.code;
  return inner ?? (typeof code === "string" ? code : undefined);
}

function firstLine({ message, cause }: Failure): string {
  const inner = (cause as Failure | undefined)?.message;
  const text = message === undefined || /^fetch failed$/.test(message) ? (inner ?? message) : message;
  // Some repeat the whole URL with its parameters, which says nothing.
  return (text ?? "unknown reason")
    .replace(/ for url \(\S*\)/, "")
    .trim()
    .replace(/\s+/g, " ")
    .slice(0, 2000);
}

/** What a syntax error says could have stood there fills a page, and the scope of an unknown name repeats the statement. */
const shortened = (message: string): string =>
  message.replace(/\. Expected one of: .*$/s, "").replace(/:? in scope .*?(?=\. Maybe you meant|$)/is, "");

/** `failed at position 7`, in bytes from 1. */
function positionIn(message: string, sql: string): number | undefined {
  const at = /failed at position (\d+)/.exec(message)?.[1];
  if (at === undefined) return undefined;
  const bytes = new TextEncoder().encode(sql).subarray(0, Number(at) - 1);
  return new TextDecoder().decode(bytes).length;
}

const isStarting = (code: string | undefined, said: string): boolean =>
  /ConnectionRefused|ECONNREFUSED|FailedToOpenSocket/.test(code ?? "") ||
  /Unable to connect|ECONNREFUSED|Connection refused/i.test(said);

type Explain = (target: ClickhouseTarget, said: string) => string;

const explanations: readonly (readonly [RegExp, Explain])[] = [
  [
    /AUTHENTICATION_FAILED|REQUIRED_PASSWORD|WRONG_PASSWORD|UNKNOWN_USER/,
    ({ origin, user }) => `${origin} does not let user "${user}" in: check user and password`,
  ],
  [
    /UNKNOWN_DATABASE/,
    ({ origin, database }) =>
      `there is no database "${database}" at ${origin}; create it first: CREATE DATABASE \`${database.replaceAll("`", "\\`")}\``,
  ],
  [
    /clickhouse-client program|use port 8123/i,
    ({ origin }) =>
      `${origin} speaks ClickHouse's native protocol, and godwit the HTTP one; give the port for that, which is 8123 on most servers`,
  ],
  [/HTTP request to an HTTPS server/i, ({ origin }) => `${origin} wants TLS: add ?secure=1 to the URL`],
  [
    /ENOTFOUND|EAI_AGAIN|DNS|getaddrinfo|NameNotResolved|failed to lookup/i,
    ({ origin }) => `the host of ${origin} cannot be found; check its spelling in the connection URL, and the network`,
  ],
  [
    /ConnectionRefused|ECONNREFUSED|FailedToOpenSocket|Unable to connect|Connection refused/i,
    ({ origin }) => `no server answers at ${origin}; is it running there, and is the port right?`,
  ],
  [
    /aborted|timed? ?out/i,
    ({ origin }) =>
      `${origin} did not answer in time; check host, port and firewall, or give it longer with ?connect-timeout=SECONDS in the URL`,
  ],
  [
    /cert|self.signed|UNABLE_TO_VERIFY/i,
    ({ origin }, said) =>
      `the certificate of ${origin} is not trusted (${said}); name its certificate authority with ?ca=FILE in the URL`,
  ],
  [
    /ssl|tls|packet length too long|wrong version number|InvalidContentType/i,
    ({ origin }, said) => `${origin} does not speak TLS (${said}); leave ?secure=1 out, or give the port for it`,
  ],
];
