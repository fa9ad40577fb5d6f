import { drivers } from "../dialects/drivers.gen.ts";
import type { OpenDriver } from "./driver.ts";

/** What opens databases of a dialect, loaded only now; `undefined` where this build has no driver for it. */
export const loadDriver = async (dialect: string): Promise<OpenDriver | undefined> =>
  (await drivers[dialect]?.())?.default;
