import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import open from "../../src/dialects/mysql/driver.ts";
import { driverSuite } from "../conformance/driver.ts";
import type { MariadbDatabase } from "../helpers/mariadb-server.ts";
import { mysqlIsFetched, mysqlIsHere, mysqlServer } from "../helpers/mysql-server.ts";

describe.if(mysqlIsHere())(`${mysqlIsFetched}, and there`, () => {
  let home: MariadbDatabase;
  beforeAll(async () => {
    home = await (await mysqlServer()).createDatabase();
  });
  afterAll(() => home.drop());

  driverSuite("MySQL", {
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

  /** A user whom the server has never let in, so that it has nothing of the password at hand; rights on the database come with it. */
  const withUser = async (
    rest: string,
    work: (urlWith: (search: string, password?: string) => string) => Promise<void>,
  ): Promise<void> => {
    const name = `u${crypto.randomUUID().slice(0, 8)}`;
    const admin = await open(home.url);
    await admin.execute(`CREATE USER ${name}@'%' ${rest}; GRANT ALL ON ${home.name}.* TO ${name}@'%'`);
    try {
      await work(
        (search, password = "p@ss") =>
          Object.assign(new URL(home.url), { username: name, password: encodeURIComponent(password), search }).href,
      );
    } finally {
      await admin.execute(`DROP USER ${name}@'%'`);
      await admin.close();
    }
  };

  test.each(["?ssl-mode=required", "?ssl-mode=disabled", ""])(
    "caching_sha2_password lets in whom the server has not seen, with %j",
    (search) =>
      withUser("IDENTIFIED WITH caching_sha2_password BY 'p@ss'", async (urlWith) => {
        for (let i = 0; i < 2; i++) {
          const driver = await open(urlWith(search));
          const [row] = await driver.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
          expect(row?.["Value"] === "").toBe(search.includes("disabled"));
          await driver.close();
        }
        const error = await failureOf(open(urlWith(search, "hunter2")));
        expect(error.message).toMatch(/does not let user "u\w+" in: Access denied/);
        expect(error.message).not.toContain("hunter2");
      }),
  );

  test("a password that has expired is said to have", () =>
    withUser("IDENTIFIED BY 'p@ss' PASSWORD EXPIRE", async (urlWith) => {
      expect((await failureOf(open(urlWith("")))).message).toMatch(/password/i);
    }));

  test("the certificate that the server has made is verified by its authority", async () => {
    const admin = await open(home.url);
    const [row] = await admin.query("SELECT @@datadir AS folder, @@ssl_ca AS ca");
    await admin.close();
    const ca = encodeURIComponent(join(String(row?.["folder"]), String(row?.["ca"])));
    const urlWith = (search: string): string => Object.assign(new URL(home.url), { search }).href;
    await (await open(urlWith(`?ssl-ca=${ca}`))).close();
    expect((await failureOf(open(urlWith("?ssl-mode=verify_ca")))).message).toMatch(/certificate of .* is not trusted/);
  });

  test("every value arrives as it is stored", async () => {
    const driver = await open(home.url);
    await driver.execute(
      `CREATE TABLE v (a BIGINT UNSIGNED, b DECIMAL(30,10), c JSON, d BLOB, e DATETIME(6), g TIME, h DOUBLE, i TINYINT(1), j CHAR(2), k BIT(9), l VECTOR(2));
INSERT INTO v VALUES (18446744073709551615, '12345678901234567890.0123456789', '{"n": 9007199254740993}', X'0001FF', '2026-01-31 08:09:10.123456', '-838:59:59', 0.1, 1, 'é', b'100000001', STRING_TO_VECTOR('[1,2]'))`,
    );
    const stored = {
      a: 18446744073709551615n,
      b: "12345678901234567890.0123456789",
      c: '{"n": 9007199254740993}',
      d: new Uint8Array([0, 1, 255]),
      e: "2026-01-31 08:09:10.123456",
      g: "-838:59:59",
      h: 0.1,
      i: 1,
      j: "é",
      k: new Uint8Array([1, 1]),
      l: new Uint8Array([0, 0, 128, 63, 0, 0, 0, 64]),
    };
    expect(await driver.query("SELECT * FROM v")).toEqual([stored]);
    expect(await driver.query("SELECT * FROM v WHERE i = ?", [true])).toEqual([stored]);
    await driver.execute("DROP TABLE v");
    await driver.close();
  });
});
