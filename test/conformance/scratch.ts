import { afterAll, beforeAll } from "bun:test";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Scratch } from "./dialect.ts";

/** A database that a server made. */
export interface Lent {
  readonly url: string;
  drop(): Promise<void>;
}

type Connect = (url: string) => Promise<Database>;
const plainly: Connect = (url) => openDatabase({ url });

/** A new database for each test. */
export const newForEach =
  (create: () => Promise<Lent>, connect: Connect = plainly) =>
  async (): Promise<Scratch> => {
    const { url, drop } = await create();
    const sessions = sessionsOf(() => connect(url));
    const database = await sessions.again();
    const close = async (): Promise<void> => {
      await sessions.close();
      await drop();
    };
    return { database, again: sessions.again, close };
  };

interface Emptied {
  create(): Promise<Lent>;
  readonly connect?: Connect;
  /** Drops everything in the database. `url`: of the database itself, for what only an administrator may. */
  empty(database: Database, url: string): Promise<void>;
}

/** One database, emptied for each test, where making one takes longer. Called where `beforeAll` may be. */
export function emptiedForEach({ create, connect = plainly, empty }: Emptied): () => Promise<Scratch> {
  let lent: { readonly home: Lent; readonly database: Database } | undefined;
  beforeAll(async () => {
    const home = await create();
    lent = { home, database: await connect(home.url) };
  });
  afterAll(async () => {
    await lent?.database.close();
    await lent?.home.drop();
  });
  return async () => {
    if (!lent) throw new Error("a database is lent while tests run, not before");
    const { database, home } = lent;
    await empty(database, home.url);
    return { database, ...sessionsOf(() => connect(home.url)) };
  };
}

function sessionsOf(open: () => Promise<Database>): Pick<Scratch, "again" | "close"> {
  const sessions: Database[] = [];
  return {
    async again() {
      const session = await open();
      sessions.push(session);
      return session;
    },
    async close() {
      await Promise.all(sessions.map((session) => session.close()));
    },
  };
}
