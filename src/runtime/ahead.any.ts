import type { goesAhead as goes, sendAhead as send } from "./ahead.ts";

/** Drivers at the edge wait for the answer to each request: none sends a statement ahead of it. */
export const goesAhead: typeof goes = () => false;
export const sendAhead: typeof send = async () => ({ answer: () => Promise.resolve(), committing: false });
