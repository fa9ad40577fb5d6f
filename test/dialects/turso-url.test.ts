import { describe, expect, test } from "bun:test";
import { parseLibsqlUrl } from "../../src/dialects/libsql/url.ts";
import { databaseUrl } from "../../src/runtime/database-url.ts";
import { redact } from "../../src/runtime/redact.ts";
import { parseUrl } from "../../src/runtime/url.ts";
import { errorOf } from "../helpers/tool-error.ts";

describe("URLs of libSQL", () => {
  test.each([
    ["libsql://db-org.turso.io", { base: "https://db-org.turso.io/", name: "https://db-org.turso.io" }],
    ["libsql://db.example:8443?authToken=ey.J-_x", { base: "https://db.example:8443/", authToken: "ey.J-_x" }],
    ["libsql://127.0.0.1:8080?tls=0", { base: "http://127.0.0.1:8080/" }],
    ["http+libsql://127.0.0.1:8080", { base: "http://127.0.0.1:8080/" }],
    ["https+libsql://example.org/dev/app/", { base: "https://example.org/dev/app/", name: "https://example.org" }],
    ["http://[::1]:8080", { base: "http://[::1]:8080/" }],
    // Where password_command puts what it prints.
    ["libsql://anybody:ey.J%2D@db-org.turso.io", { base: "https://db-org.turso.io/", authToken: "ey.J-" }],
  ])("%s leads to a server", (url, expected) => {
    expect(parseLibsqlUrl(url)).toMatchObject({ kind: "remote", ...expected });
  });

  test.each([
    ["libsql:app.db", { url: "sqlite:app.db", path: "app.db" }],
    [
      "libsql:///data/my%20app.db?busy_timeout=9",
      { url: "sqlite:/data/my%20app.db?busy_timeout=9", path: "/data/my app.db" },
    ],
    ["file:app.db", { url: "sqlite:app.db", path: "app.db" }],
  ])("%s is a file", (url, expected) => {
    expect(parseLibsqlUrl(url)).toEqual({ kind: "file", ...expected });
  });

  test("a file with syncUrl is a replica of that server", () => {
    const target = parseLibsqlUrl("libsql:///data/app.db?syncUrl=libsql://db-org.turso.io&authToken=abc");
    const primary = {
      kind: "remote" as const,
      base: "https://db-org.turso.io/",
      name: "https://db-org.turso.io",
      authToken: "abc",
    };
    expect(target).toEqual({ kind: "file", url: "sqlite:/data/app.db", path: "/data/app.db", primary });
  });

  test.each([
    ["libsql://host?authtoken=x", 'did you mean "authToken"'],
    ["libsql:app.db?sync=libsql://x", "use syncUrl"],
    ["libsql://host:port", "libsql://host[:port]"],
    ["http+libsql://host?tls=1", "the scheme says it"],
    ["libsql://host?tls=maybe", "use 1 or 0"],
    ["libsql:", "names no file"],
    ["libsql:app.db?authToken=x", "needs no authToken"],
    ["libsql:app.db?syncUrl=file:other.db", "its syncUrl is a file"],
    ["postgres://host/name", "none of libSQL"],
  ])("%s is refused, saying what is wrong", (url, words) => {
    const error = errorOf(() => parseLibsqlUrl(url));
    expect([error.code, error.message.includes(words)]).toEqual(["url", true]);
  });

  test("no token is shown", () => {
    expect(redact("libsql://db.turso.io?authToken=ey.secret-_1&tls=1")).toBe(
      "libsql://db.turso.io?authToken=***&tls=1",
    );
    expect(parseUrl("libsql://db.turso.io?authToken=ey.secret").redacted).not.toContain("secret");
    expect(errorOf(() => parseLibsqlUrl("libsql://h:x?authToken=ey.secret")).message).not.toContain("secret");
  });

  test("a relative file lies beside the configuration, and what follows it stays as it is", () => {
    const config = { database: { url: "libsql:data/app.db?syncUrl=libsql://db.turso.io" } };
    expect(databaseUrl(undefined, config, {}, "/project")).toBe(
      "libsql:/project/data/app.db?syncUrl=libsql://db.turso.io",
    );
  });

  test("--database turso takes files under the names that they have for SQLite", () => {
    expect(parseUrl("file:app.db", "turso").dialect.name).toBe("turso");
    expect(parseUrl("sqlite:app.db", "libsql").dialect.name).toBe("turso");
    expect(errorOf(() => parseUrl("file:app.db", "postgresql")).code).toBe("url");
  });
});
