import { describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { redact, redactorFor } from "../../src/runtime/redact.ts";
import { dialectNamed, parseUrl } from "../../src/runtime/url.ts";

const failureOf = (url: string, dialect?: string): ToolError => {
  try {
    parseUrl(url, dialect);
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error(`"${url}" was accepted`);
};

describe("parseUrl", () => {
  test("the scheme names the dialect; without one it is a SQLite file", () => {
    const names = [
      "postgres://u@h/d",
      "postgresql://u@h/d",
      "sqlite:app.db",
      "file:app.db",
      "dir/app.db",
      ":memory:",
      "C:\\app.db",
    ];
    expect(names.map((url) => parseUrl(url).dialect.name)).toEqual([
      "postgresql",
      "postgresql",
      "sqlite",
      "sqlite",
      "sqlite",
      "sqlite",
      "sqlite",
    ]);
  });

  test("an unknown scheme and an unknown database suggest the nearest", () => {
    expect(failureOf("postgre://u@h/d").message).toContain('did you mean "postgres:"?');
    expect(() => dialectNamed("postgress")).toThrow('did you mean "postgres"?');
    expect(dialectNamed("PG").name).toBe("postgresql");
  });

  // Every password here must come out of `new URL` as it went in.
  const passwords = ["p@ss", "p/w", "a#b", "a?b", "100%", "a:b", "ü😀", "a b", "p@h/d?x", "%41", "[x]"];
  test.each(passwords)("the password %p works as it is pasted", (password) => {
    const { url, redacted } = parseUrl(`postgres://ann:${password}@db.example:5432/app?sslmode=require`);
    const parsed = new URL(url);
    expect([parsed.username, parsed.hostname, parsed.port, parsed.pathname]).toEqual([
      "ann",
      "db.example",
      "5432",
      "/app",
    ]);
    expect(parsed.searchParams.get("sslmode")).toBe("require");
    const expected = password === "%41" ? "A" : password;
    expect(decodeURIComponent(parsed.password)).toBe(expected);
    expect(redacted).toBe("postgres://ann:***@db.example:5432/app?sslmode=require");
  });

  test("an @ in a parameter does not end the user", () => {
    expect(new URL(parseUrl("postgres://ann:pw@h/d?application_name=a@b").url).hostname).toBe("h");
  });

  test("several hosts and sockets are left to the driver", () => {
    expect(parseUrl("postgres://u:p@h1:5432,h2:5433/d").url).toBe("postgres://u:p@h1:5432,h2:5433/d");
    expect(parseUrl("postgres:///d?host=/run/postgresql").url).toBe("postgres:///d?host=/run/postgresql");
  });

  test.each([
    ["postgres://u:secret@h:54x/d", 'the port "54x"'],
    ["postgres://u:secret@h:70000/d", 'the port "70000"'],
    ["postgres://u:secret@ho st/d", 'the host "ho st"'],
    ["postgres://u:secret@h/a%zz", 'the database name "a%zz"'],
  ])("%p: the part that is wrong is named, the password is not", (url, part) => {
    const error = failureOf(url);
    expect(error.code).toBe("url");
    expect(error.message).toContain(part);
    expect(error.message).not.toContain("secret");
  });

  test("a path is no PostgreSQL URL, and nothing is none at all", () => {
    expect(failureOf("app.db", "postgresql").message).toContain('begins with "postgres');
    expect(failureOf("  ").message).toContain("is empty");
  });
});

describe("redact", () => {
  test("passwords go from URLs anywhere in a text, and from parameters", () => {
    expect(redact('cannot reach "postgres://ann:p@ss/w@h:1/d?password=x&a=1" now')).toBe(
      'cannot reach "postgres://ann:***@h:1/d?password=***&a=1" now',
    );
    expect(redact("libsql://h?authToken=abc")).toBe("libsql://h?authToken=***");
    expect(redact("sqlite:app.db and ann@example.org")).toBe("sqlite:app.db and ann@example.org");
  });

  test("a password is found on its own too, encoded or not", () => {
    const clean = redactorFor("postgres://ann:p%40ss@h/d");
    expect(clean("FATAL: p@ss is wrong (p%40ss)")).toBe("FATAL: *** is wrong (***)");
  });
});
