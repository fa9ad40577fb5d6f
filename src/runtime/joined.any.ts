import type { Steps } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";
import type { joinedOf as joined, tryJoined as tried } from "./joined.ts";

/** Only drivers of PostgreSQL and of SQLite files do several migrations at once, and none of them is for the edge: each stands alone. */
export const joinedOf: typeof joined = (_: Database, migrations: readonly Steps[]) =>
  migrations.map((steps) => [steps]);

/** None is applied so. */
export const tryJoined: typeof tried = async () => ({ applied: [], failed: true });
