/** Runs before any code of the author. The sandbox keeps these functions; no migration can reach them. */
import { prepareGlobals } from "./globals.ts";

export { answerCall, callOf, startCode } from "./code.ts";
export { explain } from "./explain.ts";
export { takeLog } from "./globals.ts";
export { hostFunction } from "./host-function.ts";
export { serialize, serializeInert } from "./serialize.ts";

prepareGlobals();
