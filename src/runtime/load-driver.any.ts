import type { OpenDriver } from "./driver.ts";

/** Programs bring their drivers along: none is found by its name. */
export const loadDriver = async (_dialect: string): Promise<OpenDriver | undefined> => undefined;
