import { ToolError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";

/** Where a SQLite database is, as its URL says. */
export interface Location {
  /** Path of the file, or `:memory:`. */
  readonly path: string;
  /** `ro` reads only, `rw` writes but creates no file, `rwc` (the default) creates one. */
  readonly mode: "ro" | "rw" | "rwc";
  /** How long to wait for another process to finish writing. */
  readonly busyTimeoutMs: number;
}

export const memory = ":memory:";

/** What other tools wait, too, before they report a locked database. */
const defaultBusyTimeoutMs = 5000;
const modes = ["ro", "rw", "rwc", "memory"];
const parameterNames = ["mode", "busy_timeout"];

/**
 * Reads `sqlite:app.db`, `sqlite://app.db`, `sqlite:///abs/app.db`, `file:app.db`, a bare path or `:memory:`, after a scheme with
 * `?mode=…&busy_timeout=MS` and %-encoding. Throws ToolError `url` naming the part that is wrong.
 */
export function parseLocation(url: string): Location {
  const [, scheme, rest] = /^(sqlite3?|file):(.*)$/is.exec(url) ?? [];
  if (scheme === undefined || rest === undefined)
    return { path: checkedPath(url, url), mode: "rwc", busyTimeoutMs: defaultBusyTimeoutMs };
  const [encoded = "", query] = splitOnce(rest, "?");
  const parameters = parseParameters(url, query);
  const path = checkedPath(decoded(url, withoutAuthority(encoded, scheme)), url);
  const mode = parameters.get("mode") ?? "rwc";
  return {
    path: mode === "memory" ? memory : path,
    mode: mode === "ro" || mode === "rw" ? mode : "rwc",
    busyTimeoutMs: Number(parameters.get("busy_timeout") ?? defaultBusyTimeoutMs),
  };
}

/** What URLs write as `/C:/app.db` is `C:/app.db` to Windows; no other system has such a path. */
const withoutAuthority = (text: string, scheme: string): string =>
  pathAfter(text, scheme).replace(/^\/(?=[a-z]:[\\/])/i, "");

/** `//host/path` of a `file:` URL names a host, of which only this machine will do; after `sqlite://` the path begins at once. */
function pathAfter(text: string, scheme: string): string {
  if (!text.startsWith("//")) return text;
  if (scheme.toLowerCase() !== "file") return text.slice(2);
  const [, host = "", path = ""] = /^\/\/([^/]*)(.*)$/s.exec(text) ?? [];
  if (host !== "" && host.toLowerCase() !== "localhost") {
    throw new ToolError(
      "url",
      `the host "${host}" in "file:${text}" is not this machine; write file:///path/to/app.db`,
      { host },
    );
  }
  return path;
}

function parseParameters(url: string, query: string | undefined): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of (query ?? "").split("&").filter((p) => p !== "")) {
    const [name = "", value = ""] = splitOnce(part, "=");
    if (!parameterNames.includes(name)) {
      const near = nearest(name, parameterNames);
      throw new ToolError(
        "url",
        `"${name}" in "${url}" is not a parameter of SQLite URLs; ${near ? `did you mean "${near}"?` : `use ${parameterNames.join(" or ")}`}`,
        { parameter: name },
      );
    }
    if (name === "mode" && !modes.includes(value))
      throw new ToolError("url", `mode "${value}" in "${url}" is not one of ${modes.join(", ")}`, { parameter: name });
    if (name === "busy_timeout" && !/^\d{1,9}$/.test(value)) {
      throw new ToolError("url", `busy_timeout "${value}" in "${url}" is not a number of milliseconds`, {
        parameter: name,
      });
    }
    parameters.set(name, value);
  }
  return parameters;
}

function decoded(url: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ToolError(
      "url",
      `"${text}" in "${url}" has a "%" that is not the start of an encoded character (write %25)`,
      { url },
    );
  }
}

function checkedPath(path: string, url: string): string {
  if (path === "")
    throw new ToolError("url", `"${url}" names no file; write sqlite:app.db or sqlite:///path/to/app.db`, { url });
  if (path.includes("\0"))
    throw new ToolError("url", `the path ${JSON.stringify(path)} contains a NUL character`, { url });
  return path;
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
