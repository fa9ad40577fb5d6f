import type { DialectNames } from "../core/ddl/dialect.ts";
import type { Database } from "./database.ts";
import type { ConnectedEvent } from "./events.ts";

/** What a log says of the database, by its URL; what the URL leaves to the environment is left out. */
export function connectedEvent({ url, dialect }: Opened): ConnectedEvent {
  const about = { type: "connected", dialect: dialect.name } as const;
  if (dialect.schemes.includes("file")) return { ...about, namespace: url.replace(/^(?:sqlite|file):(?:\/\/)?/i, "") };
  const [, hosts = "", path = ""] = /^[a-z][\w+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)\/?([^?#]*)/i.exec(url) ?? [];
  const [, host = "", port] = /^(\[[^\]]*\]|[^:,]*)(?::(\d+))?/.exec(hosts) ?? [];
  return {
    ...about,
    ...(path !== "" && { namespace: decodeURIComponent(path) }),
    ...(host !== "" && { host: host.replace(/^\[|\]$/g, "") }),
    ...(port !== undefined && { port: Number(port) }),
  };
}

interface Opened extends Pick<Database, "url"> {
  readonly dialect: DialectNames;
}
