import type { Row } from "../../core/ddl/dialect.ts";
import type { Transaction } from "./transaction.ts";

/** Sends one text by itself, past everything that a driver does around it. */
export type Ask = (text: string) => PromiseLike<readonly Row[]>;

const whichSession = "SELECT pg_catalog.pg_backend_pid() AS pid";

const sessionOf = async (ask: Ask): Promise<unknown> => (await ask(whichSession))[0]?.["pid"];

/**
 * Whether something stands between here and the server that has sessions of its own. A server begins a connection with the number of
 * its session; a pooler, with one that it makes up to recognise requests to cancel. postgres.js tells that number with every result.
 */
export async function isPooled(ask: Ask): Promise<boolean> {
  const rows: readonly Row[] & { readonly state?: { readonly pid?: unknown } } = await ask(whichSession);
  const begun = rows.state?.pid;
  return typeof begun === "number" && begun !== Number(rows[0]?.["pid"]);
}

/**
 * Whether a pooler gives each transaction another session: then somebody who begins a transaction now gets the session that was ours
 * before, or we get another one while he has it. Other clients may be in between, so it is tried several times. Where a second
 * connection has to wait for the first, sessions are not shared.
 */
export async function sharesSessions(ours: Ask, others: Ask): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = await sessionOf(ours);
    await others("BEGIN");
    const isOurs = (await sessionOf(others)) === before;
    // Not asked where it was ours: we might have to wait for the other transaction, which is our own.
    const isMoved = !isOurs && (await sessionOf(ours)) !== before;
    await others("ROLLBACK");
    if (isOurs || isMoved) return true;
  }
  return false;
}

/** In transactions that write nothing, for sessions that must not be told so; inside a transaction, it is the one who began it who says that. */
export const readingOnly =
  ({ run, isOpen }: Transaction): Transaction["run"] =>
  async (text, parameters) => {
    if (isOpen()) return run(text, parameters);
    await run("BEGIN READ ONLY");
    try {
      return await run(text, parameters);
    } finally {
      await run("ROLLBACK").catch(() => undefined);
    }
  };
