import type { Facts, ServerFacts } from "./facts.ts";

/** The database, where there is one and it answers. */
export const serverOf = ({ database }: Facts): ServerFacts | undefined =>
  database && "value" in database ? database.value.server : undefined;
