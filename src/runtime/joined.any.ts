import type { Steps } from "../core/plan/plan.ts";
import type { Database } from "./database.ts";
import type { joinedOf as joined, tellJoined as tell, tryJoined as tried } from "./joined.ts";

/** Only drivers of PostgreSQL send several migrations at once, and none of them is for the edge: each stands alone. */
export const joinedOf: typeof joined = (_: Database, migrations: readonly Steps[]) =>
  migrations.map((steps) => [steps]);

/** None is applied so. */
export const tryJoined: typeof tried = async () => [];
export const tellJoined: typeof tell = () => undefined;
