/**
 * A server with ClickHouse's HTTP interface (https://clickhouse.com/docs/interfaces/http) before the engine of `chdb`, which has none: each
 * request is a session of its own unless it names one. Arguments: path of chdb's index.js, a folder, a port. `KILL QUERY` finds a query by
 * its settings only, because the engine chooses ids itself.
 */
import { createRequire } from "node:module";

interface EngineResult {
  readonly rowsRead: number;
  bytes(): Uint8Array<ArrayBuffer>;
}
interface EngineSession {
  queryAsync(sql: string, options?: { readonly format?: string }): Promise<EngineResult>;
  close(): void;
}

const [enginePath = "", folder = "", port = ""] = process.argv.slice(2);
const { Session } = createRequire(import.meta.url)(enginePath) as { Session: new (path: string) => EngineSession };

/** Without it the engine ends with the last session. */
const keeper = new Session(folder);
const named = new Map<string, { readonly session: EngineSession; busy: boolean }>();

/** The users there are, with their passwords. */
const passwords: Readonly<Record<string, string>> = { default: "", ann: "s3cr/t@#?" };

const notSettings = new Set([
  ...["database", "query", "query_id", "session_id", "session_timeout", "default_format", "wait_end_of_query"],
  ...["send_progress_in_http_headers", "http_headers_progress_interval_ms", "enable_http_compression"],
]);

class Refusal extends Error {}

Bun.serve({
  port: Number(port),
  hostname: "127.0.0.1",
  idleTimeout: 0,
  fetch: (request) => answer(request).catch(refused),
});
await keeper.queryAsync("SELECT 1");
process.stdout.write("front is ready\n");

async function answer(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  checkUser(request);
  const sql = `${searchParams.get("query") ?? ""}${await request.text()}`;
  if (isSeveral(sql))
    throw new Refusal("Code: 62. DB::Exception: Syntax error (Multi-statements are not allowed). (SYNTAX_ERROR)");
  const { session, release } = sessionFor(searchParams.get("session_id"));
  try {
    for (const text of preparations(searchParams)) await session.queryAsync(text);
    const format = searchParams.get("default_format") ?? "TabSeparated";
    const result = await session.queryAsync(sql, { format });
    const writes = /^\s*INSERT\b/i.test(sql);
    return new Response(result.bytes(), {
      headers: {
        "X-ClickHouse-Format": /\bFORMAT (\w+)\s*$/i.exec(sql)?.[1] ?? format,
        "X-ClickHouse-Summary": JSON.stringify({ written_rows: String(writes ? result.rowsRead : 0) }),
      },
    });
  } finally {
    release();
  }
}

/** What the parameters of a request mean for its session. */
function preparations(parameters: URLSearchParams): readonly string[] {
  const database = parameters.get("database");
  const settings = [...parameters].filter(([name]) => !notSettings.has(name));
  return [
    ...(database === null ? [] : [`USE \`${database.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``]),
    ...settings.map(([name, value]) => `SET ${name} = '${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`),
  ];
}

function sessionFor(id: string | null) {
  if (id === null) {
    const session = new Session(folder);
    return { session, release: () => session.close() };
  }
  const entry = named.get(id) ?? { session: new Session(folder), busy: false };
  named.set(id, entry);
  if (entry.busy)
    throw new Refusal("Code: 373. DB::Exception: Session is locked by a concurrent client. (SESSION_IS_LOCKED)");
  entry.busy = true;
  return {
    session: entry.session,
    release: () => {
      entry.busy = false;
    },
  };
}

function checkUser(request: Request): void {
  const [, encoded = ""] = /^Basic (.*)$/.exec(request.headers.get("Authorization") ?? "") ?? [];
  const [, user = "", password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  if (!Object.hasOwn(passwords, user) || passwords[user] !== password)
    throw new Refusal(
      `Code: 516. DB::Exception: ${user}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)`,
    );
}

const isSeveral = (sql: string): boolean =>
  /;\s*\S/.test(sql.replace(/'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`\\]|\\[\s\S])*`|"(?:[^"\\]|\\[\s\S])*"/g, "x"));

function refused(error: unknown): Response {
  const message = error instanceof Error ? error.message : String(error);
  const code = /^Code: (\d+)\./.exec(message)?.[1] ?? "1001";
  return new Response(message, {
    status: code === "516" ? 403 : 500,
    headers: { "X-ClickHouse-Exception-Code": code },
  });
}
