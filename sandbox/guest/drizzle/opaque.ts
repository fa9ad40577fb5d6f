const NAME = Symbol("opaque");

/**
 * What another package exports, of which nothing is known: it can be called and looked into, and gives more of the kind. A file may use it
 * for what is no part of the database; where a table depends on it, that is an error.
 */
export const opaque = (name: string): unknown => {
  const target = () => undefined;
  const self: unknown = new Proxy(target, {
    get: (_, key) => (key === NAME ? name : key === Symbol.toPrimitive || key === "then" ? undefined : self),
    has: (_, key) => key === NAME,
    apply: () => self,
    construct: () => self as object,
    ownKeys: () => needed(self, "what is made of its parts"),
  });
  return self;
};

export const isOpaque = (value: unknown): boolean => typeof value === "function" && NAME in value;

/** Throws an error that says what is missing, and what for. */
export function needed(value: unknown, by: string): never {
  const name = String((value as { readonly [NAME]?: unknown })[NAME]);
  throw problem(
    `${name} is not known here, and ${by} needs it; only Drizzle and files that are imported by relative paths are read`,
  );
}

const OWN = Symbol("problem");

/** An error that says what is wrong with what a file declares. */
export const problem = (message: string): Error => Object.assign(new Error(message), { [OWN]: true });

/** What is wrong with a table shows only when all of them are there; then its place is where the table was made. */
export function placed<T>(made: Error, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && OWN in error) Object.defineProperty(error, "stack", { value: made.stack });
    throw error;
  }
}
