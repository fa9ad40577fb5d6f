import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import open from "../../src/dialects/mariadb/driver.ts";
import { parseMysqlUrl } from "../../src/dialects/mysql/url.ts";
import { driverSuite } from "../conformance/driver.ts";
import { type MariadbDatabase, mariadbServer, startMariadb } from "../helpers/mariadb-server.ts";

let home: MariadbDatabase;
beforeAll(async () => {
  home = await (await mariadbServer()).createDatabase();
});
afterAll(() => home.drop());

driverSuite("MariaDB", {
  open: () => open(home.url),
  placeholder: () => "?",
  types: { integer: "BIGINT", bytes: "LONGBLOB", text: "LONGTEXT" },
  begin: "START TRANSACTION",
  transactionalDdl: false,
  codes: { unique: "1062", syntax: "1064" },
});

const failureOf = (work: Promise<unknown>): Promise<ToolError> =>
  work.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => (error instanceof ToolError ? error : Promise.reject(error)),
  );

/** The test database's URL with parts changed. */
const urlWith = (parts: Parts): string => Object.assign(new URL(home.url), parts).href;

type Parts = Partial<Pick<URL, "hostname" | "password" | "pathname" | "port" | "search">>;

describe("URLs", () => {
  test("all parts of a URL, and what is left out", () => {
    expect(parseMysqlUrl("mysql://ann:p%40s%2Fs@db.example.org:3307/shop?ssl-mode=verify_ca&ssl-ca=%2Fca.pem")).toEqual(
      {
        host: "db.example.org",
        port: 3307,
        user: "ann",
        password: "p@s/s",
        database: "shop",
        ssl: "verify_ca",
        sslFiles: { ca: "/ca.pem" },
      },
    );
    expect(parseMysqlUrl("mariadb:///shop?socket=/run/mysqld/mysqld.sock")).toEqual({
      host: "localhost",
      port: 3306,
      socket: "/run/mysqld/mysqld.sock",
      database: "shop",
      ssl: "preferred",
      sslFiles: {},
    });
    expect(parseMysqlUrl("mysql://[::1]/shop").host).toBe("::1");
  });

  const modes: readonly (readonly [string, string])[] = [
    ["", "preferred"],
    ["?ssl-mode=DISABLED", "disabled"],
    ["?sslMode=REQUIRED", "required"],
    ["?ssl_mode=verify-identity", "verify_identity"],
    ["?sslmode=verify-full", "verify_identity"],
    ["?tls=skip-verify", "required"],
    ["?ssl=true", "required"],
    ["?ssl-ca=/ca.pem", "verify_ca"],
  ];
  test.each(modes)("%j means ssl-mode %s", (query, mode) => {
    expect(parseMysqlUrl(`mysql://h/d${query}`).ssl).toBe(mode as ReturnType<typeof parseMysqlUrl>["ssl"]);
  });

  const wrong: readonly (readonly [string, RegExp])[] = [
    ["mysql://ann:secret@h:port/d", /"port" is not a port/],
    ["mysql://ann:secret@h:70000/d", /"70000" is not a port/],
    ["mysql://ann:secret@h/", /names no database/],
    ["mysql://ann:secret@h/d?ssl-mode=sometimes", /ssl-mode is "sometimes"; use one of disabled/],
    ["mysql://ann:secret@h/d?sslrootcert=x", /parameter "sslrootcert", which is not known/],
    ["mysql://ann:secret@h/d%", /its database holds a %/],
    ["mysql://ann:secret@h/d?connect-timeout=soon", /connect-timeout is "soon"/],
  ];
  test.each(wrong)("%s is refused for what is wrong, and the password is not repeated", async (url, why) => {
    const error = await failureOf(open(url));
    expect(error.code).toBe("url");
    expect(error.message).toMatch(why);
    expect(error.message).not.toContain("secret");
  });
});

describe("connecting", () => {
  const cases: readonly (readonly [string, Parts, RegExp])[] = [
    ["a wrong password", { password: "hunter2" }, /does not let user "root" in: Access denied/],
    ["a database that is not there", { pathname: "/nowhere" }, /no database "nowhere" at .*CREATE DATABASE/],
    ["a port where nobody listens", { port: "1" }, /no server answers at 127\.0\.0\.1:1/],
    ["a host that does not exist", { hostname: "db.invalid" }, /the host "db\.invalid" cannot be found/],
    ["a socket that is not there", { search: "?socket=/nowhere" }, /there is no MySQL socket "\/nowhere"/],
    ["TLS where the server has none", { search: "?ssl-mode=required" }, /does not offer TLS/],
    ["a certificate that cannot be read", { search: "?ssl-ca=/nowhere.pem" }, /"\/nowhere\.pem" that ssl-ca/],
  ];
  test.each(cases)("%s is explained", async (_, parts, why) => {
    const error = await failureOf(open(urlWith(parts)));
    expect(error.message).toMatch(why);
    expect(error.message).not.toContain("hunter2");
  });

  test("a session is strict, in UTC and in UTF-8, whatever the server is set to", async () => {
    const driver = await open(home.url);
    const [row] = await driver.query(
      "SELECT @@sql_mode AS mode, @@time_zone AS zone, @@character_set_client AS charset",
    );
    expect(row).toEqual({
      mode: expect.stringContaining("STRICT_TRANS_TABLES"),
      zone: "+00:00",
      charset: "utf8mb4",
    });
    expect(String(row?.["mode"])).not.toMatch(/IGNORE_SPACE|ANSI|NO_BACKSLASH/);
    // With the client's own flags this would be a syntax error.
    await driver.execute("CREATE TABLE count (id INT); DROP TABLE count");
    await driver.close();
  });

  test("a connection for reading writes nothing", async () => {
    const driver = await open(home.url, { readOnly: true });
    expect((await failureOf(driver.execute("CREATE TABLE t (id INT)"))).data["code"]).toBe("1792");
    await driver.close();
  });
});

describe("values", () => {
  test("every value arrives as it is stored", async () => {
    const driver = await open(home.url);
    await driver.execute(
      `CREATE OR REPLACE TABLE v (a BIGINT UNSIGNED, b DECIMAL(30,10), c JSON, d BLOB, e DATETIME(6), f DATE, g TIME, h DOUBLE, i TINYINT(1), j CHAR(2));
INSERT INTO v VALUES (18446744073709551615, '12345678901234567890.0123456789', '{"n": 1.000000000000000001}', X'0001FF', '2026-01-31 08:09:10.123456', '0000-00-00', '-838:59:59', 0.1, 1, 'é')`,
    );
    const stored = {
      a: 18446744073709551615n,
      b: "12345678901234567890.0123456789",
      c: '{"n": 1.000000000000000001}',
      d: new Uint8Array([0, 1, 255]),
      e: "2026-01-31 08:09:10.123456",
      f: "0000-00-00",
      g: "-838:59:59",
      h: 0.1,
      i: 1,
      j: "é",
    };
    expect(await driver.query("SELECT * FROM v")).toEqual([stored]);
    expect(await driver.query("SELECT * FROM v WHERE i = ?", [true])).toEqual([stored]);
    await driver.close();
  });
});

describe("statements", () => {
  test("warnings are passed on", async () => {
    const notices: string[] = [];
    const driver = await open(home.url, { onNotice: (message) => notices.push(message) });
    await driver.execute("DROP TABLE IF EXISTS nowhere");
    expect(notices).toEqual([expect.stringContaining("Unknown table")]);
    await driver.close();
  });

  test("one that runs can be cancelled, and the connection goes on", async () => {
    const driver = await open(home.url);
    const sleeping = failureOf(driver.execute("SELECT SLEEP(20); SELECT 1/0 FROM nowhere"));
    await Bun.sleep(100);
    await driver.cancel?.();
    // An interrupted SLEEP returns; what comes after it is not reached, or is the statement that was cancelled.
    expect((await sleeping).code).toBe("database");
    expect(await driver.query("SELECT 2 AS two")).toEqual([{ two: 2 }]);
    await driver.close();
  });

  test("a script may choose its delimiter, and a body needs none", async () => {
    const driver = await open(home.url);
    await driver.execute(
      "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1 AS one; SELECT 2 AS two; END//\nDELIMITER ;\nCREATE FUNCTION f() RETURNS INT BEGIN DECLARE x INT DEFAULT 7; RETURN x; END;",
    );
    expect(await driver.query("SELECT f() AS f")).toEqual([{ f: 7 }]);
    expect(await driver.query("CALL p()")).toEqual([{ one: 1 }]);
    await driver.execute("DROP PROCEDURE p; DROP FUNCTION f");
    await driver.close();
  });

  test("a lost connection is said to be lost, and stays so", async () => {
    const [driver, other] = await Promise.all([open(home.url), open(home.url)]);
    const [row] = await driver.query("SELECT CONNECTION_ID() AS id");
    await other.execute(`KILL ${row?.["id"]}`);
    for (let i = 0; i < 2; i++) {
      const error = await failureOf(driver.execute("SELECT 1"));
      expect(error).toMatchObject({ code: "connect", message: expect.stringContaining("was lost") });
    }
    await Promise.all([driver.close(), other.close()]);
  });
});

describe("TLS and sockets", () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startMariadb>>;
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "godwit-tls-"));
    const openssl = (...words: readonly string[]): void => {
      const { status, stderr } = spawnSync("openssl", words, { cwd: folder, encoding: "utf8" });
      if (status !== 0) throw new Error(`openssl ${words.join(" ")}: ${stderr}`);
    };
    const days = ["-days", "2"];
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-subj",
      "/CN=ca",
      ...days,
    );
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "csr.pem", "-subj", "/CN=localhost");
    openssl(
      "x509",
      "-req",
      "-in",
      "csr.pem",
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-out",
      "cert.pem",
      ...days,
    );
    // The server runs as somebody else.
    spawnSync("chmod", ["-R", "a+rX", folder]);
    server = await startMariadb([
      `--ssl-ca=${file("ca.pem")}`,
      `--ssl-cert=${file("cert.pem")}`,
      `--ssl-key=${file("key.pem")}`,
    ]);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const cipher = async (query: string, host = "127.0.0.1"): Promise<unknown> => {
    const url = new URL(`${server.url}/mysql${query}`);
    url.hostname = host;
    const driver = await open(url.href);
    const [row] = await driver.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    await driver.close();
    return row?.["Value"];
  };

  test("is used where the server has it, unless it is not wanted", async () => {
    expect(await cipher("")).not.toBe("");
    expect(await cipher("?ssl-mode=required")).not.toBe("");
    expect(await cipher("?ssl-mode=disabled")).toBe("");
    expect(await cipher(`?socket=${encodeURIComponent(join(server.folder, "socket"))}`)).toBe("");
  });

  test("certificates are verified by their authority and, where asked for, by their name", async () => {
    const ca = encodeURIComponent(file("ca.pem"));
    expect((await failureOf(cipher("?ssl-mode=verify_ca"))).message).toMatch(/certificate of .* is not trusted/);
    expect(await cipher(`?ssl-ca=${ca}`)).not.toBe("");
    expect(await cipher(`?ssl-mode=verify_identity&ssl-ca=${ca}`, "localhost")).not.toBe("");
    expect((await failureOf(cipher(`?ssl-mode=verify_identity&ssl-ca=${ca}`))).code).toBe("connect");
  });
});
