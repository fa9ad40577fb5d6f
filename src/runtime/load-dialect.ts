import type { Dialect, KnownDialect } from "../core/ddl/dialect.ts";

/** The dialect itself; of the others, only those that it varies are loaded with it. */
export const loadDialect = async (known: KnownDialect): Promise<Dialect> => (await known.load()).default;
