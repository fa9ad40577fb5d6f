/** The number that a migration's name begins with: 7 of `0007_add_posts`, timestamps too. Names without one count as 0. */
export const numberOf = (name: string): bigint => BigInt(/^\d+/.exec(name)?.[0] ?? "0");

/** The one with the highest number; of several, the last. */
export const newestOf = (names: readonly string[]): string | undefined =>
  names.reduce<string | undefined>(
    (newest, name) => (newest === undefined || numberOf(name) >= numberOf(newest) ? name : newest),
    undefined,
  );
