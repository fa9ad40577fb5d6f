import type { Database } from "./database.ts";

/**
 * Runs SQL of authors and comes back to where the session was: to the schema in which the history is found by its name, and the rights to write it.
 * A dump may well set an empty search path, and the next migration is written for the place where a session begins.
 */
export async function keepingPlace(
  { driver, dialect }: Database,
  sql: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const { place } = dialect.bookkeeping;
  if (!place || !sql.some(place.isLeftBy)) return work();
  const [home = {}] = await driver.query(place.query);
  const goBack = async (): Promise<void> => {
    for (const text of place.back(home)) await driver.execute(text);
  };
  try {
    await work();
  } catch (error) {
    // A transaction that failed goes back by itself, and refuses to be told.
    await goBack().catch(() => undefined);
    throw error;
  }
  await goBack();
}

/** The statements that lead a session elsewhere: what follows them in the same migration expects to be there. */
export const leadingElsewhere = ({ dialect }: Database, sql: readonly string[]): readonly string[] =>
  sql.filter((text) => dialect.bookkeeping.place?.isLeftBy(text));
