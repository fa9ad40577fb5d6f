import { expect, test } from "bun:test";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { type DialectSuite, dialectSuite } from "./dialect.ts";
import { emptiedForEach } from "./scratch.ts";

interface GivenServer extends Omit<DialectSuite, "open" | "engine"> {
  /** Drops everything in the database that is given. */
  empty(database: Database): Promise<void>;
  /** What its server says that it is; absent: begins with two numbers. */
  readonly version?: RegExp;
}

/**
 * All of the suite on an empty database of a server that a variable of the environment names, for databases of which no server can be had here. Where
 * it names none, the list of tests says so.
 */
export function givenServer(variable: string, { empty, version = /^\d+\.\d+/, ...suite }: GivenServer): void {
  const url = process.env[variable];
  test.skipIf(url === undefined)(`${variable} names a server of ${suite.dialect.title}`, async () => {
    const session = await openDatabase({ url: url ?? "" });
    expect(await session.driver.serverVersion()).toMatch(version);
    await session.close();
  });
  if (url === undefined) return;
  const create = () => Promise.resolve({ url, drop: () => Promise.resolve() });
  dialectSuite({ ...suite, open: emptiedForEach({ create, empty }) });
}
